import json
from pathlib import Path

import pytest

from todo_lint.errors import UserError
from todo_lint.kubernetes import schema_index
from todo_lint.kubernetes.schema_index import definitions_path, index_file_name, pack_index
from todo_lint.kubernetes.schemas import SchemaStore
from todo_lint.kubernetes.versions import LATEST, SUPPORTED, nearest_supported, parse_version, parse_versions
from todo_lint.shipped import shipped_path


@pytest.mark.parametrize(
    ("text", "version"), [("1.30", "1.30"), ("v1.30.2", "1.30"), ("1.25.0+k3s1", "1.25"), (" v1.37 ", "1.37")]
)
def test_a_version_is_read_in_every_usual_form(text: str, version: str) -> None:
    assert parse_version(text) == version


@pytest.mark.parametrize("text", ["", "1", "30", "2.30", "1.x", "1.30.2.1", "one.two"])
def test_what_is_no_version_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="is no Kubernetes version"):
        parse_version(text)


@pytest.mark.parametrize(("text", "near"), [("1.24", "1.25"), ("v1.99.1", "1.37")])
def test_an_unsupported_version_names_the_nearest(text: str, near: str) -> None:
    with pytest.raises(UserError, match=f"nearest is {near}"):
        parse_version(text)
    assert nearest_supported(text) == near


def test_ranges_of_versions() -> None:
    assert parse_versions("1.36-1.37,1.28") == ("1.28", "1.36", "1.37")
    with pytest.raises(UserError, match="backwards"):
        parse_versions("1.30-1.28")


@pytest.mark.parametrize("version", SUPPORTED)
def test_the_shipped_index_fits_the_installed_schemas(version: str) -> None:
    made = pack_index(Path(definitions_path(version)).read_bytes())
    assert json.loads(Path(shipped_path(index_file_name(version))).read_text(encoding="utf-8")) == made
    assert "apps/v1" in made["resources"]


def test_a_stale_index_is_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    stale = tmp_path / "stale.json"
    stale.write_text(json.dumps({"format": 1, "size": 5}), encoding="utf-8")
    monkeypatch.setattr(schema_index, "shipped_path", lambda relative: str(stale))
    fresh = schema_index.load_index.__wrapped__("1.30")
    monkeypatch.undo()
    assert fresh == schema_index.load_index("1.30")


def test_kinds_are_found_by_their_whole_api_version() -> None:
    store = SchemaStore(LATEST)
    assert store.has("apps/v1", "Deployment")
    assert not store.has("apps.example.com/v1", "Deployment")
    assert not store.has("scheduling.volcano.sh/v1beta1", "PodGroup")
    assert not store.has("v1", "List")
    assert store.api_versions_of("HorizontalPodAutoscaler") == ["autoscaling/v1", "autoscaling/v2"]


def test_a_schema_holds_all_that_it_refers_to() -> None:
    schema = SchemaStore("1.28").schema("v1", "Service")
    text = json.dumps(schema)
    assert "#/$defs/io.k8s.api.core.v1.ServiceSpec" in text
    assert "io.k8s.api.core.v1.ServiceSpec" in schema["$defs"]
    assert "io.k8s.api.core.v1.PodSpec" not in schema["$defs"]
    assert "/api/_definitions.json" not in text


def test_api_versions_are_those_of_a_server() -> None:
    offered = SchemaStore("1.30").api_versions()
    for name in ("v1", "v1/ConfigMap", "networking.k8s.io/v1/Ingress", "apps/v1"):
        assert name in offered
    for name in ("policy/v1beta1", "v1/ConfigMapList", "v1/Status", "v1/APIGroup", "v1/DeleteOptions"):
        assert name not in offered
    assert "policy/v1beta1" not in offered
    assert "autoscaling/v2beta2" in SchemaStore("1.25").api_versions()
