"""Pairing, images, quantities and the finding of the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.config import folders_above
from todo_lint.errors import UserError
from todo_lint.findings import Layer
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import ResourceSet, Source, index
from todo_lint.model.discovery import discover, load_data_model
from todo_lint.model.equality import normalised_key, same_quantity
from todo_lint.model.images import repository, same_image, tag
from todo_lint.model.pairing import pair
from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import Kind

CHART = "## Helm Chart\n- **Chart.yaml**\n  - Name: %s\n"


def _resources(text: str) -> ResourceSet:
    source = Source("x.yaml", Layer.MANIFEST, text)
    return index((source, document) for document in read_stream(text))


def _service(name: str, port: int, app: str) -> str:
    return (
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\n"
        f"spec: {{selector: {{app: {app}}}, ports: [{{port: {port}}}]}}\n"
    )


SERVICES = (
    "## Services\n- **web**\n  - Port: 80\n  - Selector: app=web\n- **api**\n  - Port: 81\n  - Selector: app=api\n"
)


@pytest.mark.parametrize(
    ("names", "paired"),
    [
        (("web", "api"), {"web": "web", "api": "api"}),
        (("shop-web", "shop-api"), {"web": "shop-web", "api": "shop-api"}),
        (("front", "back"), {"web": "front", "api": "back"}),
        (("api", "front"), {"web": "front", "api": "api"}),
    ],
)
def test_entities_are_paired_by_name_and_else_by_role(names: tuple[str, str], paired: dict[str, str]) -> None:
    model = read_markdown(SERVICES, "x.md")
    first, second = names
    swapped = first == "api"
    text = _service(first, 81 if swapped else 80, "api" if swapped else "web")
    text += _service(second, 80 if swapped else 81, "web" if swapped else "api")

    found = pair(model, _resources(text))

    assert {name: r.ref.name for (_, name), r in found.resources.items()} == paired


def test_a_stranger_plays_no_part() -> None:
    found = pair(read_markdown(SERVICES, "x.md"), _resources(_service("metrics", 9090, "prometheus")))

    assert found.of(Kind.SERVICE, "web") is None
    assert found.renamed(Kind.SERVICE) == {}


@pytest.mark.parametrize(
    ("stated", "found", "same"),
    [
        ("0.5", "500m", True),
        ("0.5", 0.5, True),
        ("1Gi", "1024Mi", True),
        ("1Gi", "1G", False),
        ("200m", "0.2", True),
        ("200m", "0.25", False),
        ("latest", "latest", True),
        ("1", True, False),
        ("1", None, False),
    ],
)
def test_quantities(stated: str, found: str | float | bool | None, same: bool) -> None:
    assert same_quantity(stated, found) is same


@pytest.mark.parametrize(
    ("stated", "found", "same"),
    [
        ("web:1.0", "docker.io/library/web:1.0", True),
        ("web", "web:latest", True),
        ("web:1.0", "web:1.1", False),
        ("web:1.0", "other/web:1.0", False),
        ("host:5000/web:1", "host:5000/web:1@sha256:abc", True),
        ("web@sha256:abc", "web:1@sha256:abc", True),
    ],
)
def test_images(stated: str, found: str, same: bool) -> None:
    assert same_image(stated, found) is same


def test_parts_of_an_image() -> None:
    assert repository("host:5000/a/web:1.0@sha256:abc") == "host:5000/a/web"
    assert (tag("web"), tag("web:2"), tag("web@sha256:abc")) == ("latest", "2", "")
    assert normalised_key("DATABASE-url") == normalised_key("database_url") != normalised_key("database_uri")


def test_the_nearest_document_of_this_chart_is_taken(tmp_path: Path) -> None:
    chart = tmp_path / "repo/charts/web"
    chart.mkdir(parents=True)
    (tmp_path / "repo/.git").mkdir()
    (tmp_path / "repo/data-model.md").write_text(CHART % "web")
    (tmp_path / "repo/charts/data-model.md").write_text(CHART % "other")
    (tmp_path / "data-model.md").write_text(CHART % "web")

    found = discover(folders_above(str(chart)), "web")

    assert found.model is not None
    assert found.model.file == str(tmp_path / "repo/data-model.md")


def test_documents_of_other_charts_are_named_and_not_taken(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies/data-model.md").write_text(CHART % "other")

    found = discover(folders_above(str(tmp_path)), "web")

    assert found.model is None
    assert "policies/data-model.md is about the chart other" in found.remark
    assert "held against Kubernetes only" in found.remark


def test_the_search_ends_at_the_repository_and_after_three_levels(tmp_path: Path) -> None:
    deep = tmp_path / "a/b/c/d"
    deep.mkdir(parents=True)
    (tmp_path / "data-model.md").write_text(CHART % "web")
    assert discover(folders_above(str(deep)), "web").model is None
    assert discover(folders_above(str(deep.parent)), "web").model is not None

    (tmp_path / "a/.git").mkdir()
    assert discover(folders_above(str(deep.parent)), "web").model is None


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "repo/.git").mkdir(parents=True)
    (tmp_path / "secret.md").write_text(CHART % "web")
    (tmp_path / "repo/data-model.md").symlink_to(tmp_path / "secret.md")

    assert discover(folders_above(str(tmp_path / "repo")), "web").model is None


def test_a_document_that_states_nothing_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("# Title\n\nOnly prose.\n")

    with pytest.raises(UserError, match="0 statements read"):
        load_data_model(str(file))


@pytest.mark.parametrize(("stated", "taken"), [("shop-backends", True), ("shop-frontend", False)])
def test_a_misspelt_name_does_not_hide_the_document(tmp_path: Path, stated: str, taken: bool) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "data-model.md").write_text(CHART % stated)
    assert (discover(folders_above(str(tmp_path)), "shop-backend").model is not None) is taken
