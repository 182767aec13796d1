"""Lines that nothing is read of, and that name what is rendered: kept while reading, told when a chart is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.model.reading import read

from todo_lint.findings import Layer, Severity
from todo_lint.helm.render import Renderer
from todo_lint.model import cache
from todo_lint.model.reading.prose import definite
from todo_lint.model.statements import QUANTITY
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

STATED = "### Service: `shop-web`", "- Port: 80", "## Notes", ""


def mentions(*lines: str) -> dict[int, tuple[str, ...]]:
    """What is kept of lines below a Service with the port 80, by their numbers there."""
    model = read(*STATED, *lines)
    return {line.line - len(STATED): line.mentions for line in model.prose if line.mentions}


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Who calls shop-api gets 2 replicas of it, mostly.", ("shop-api",)),
        ("Frontend, for kubectl: deployment/shop-api (1 pod, port 3000)", ("shop-api",)),
        ("Config, for kubectl: cm/shop-config, secret/shop-keys", ("shop-config", "shop-keys")),
        ("It is reached at http://shop-api:8000/health by all.", ("shop-api",)),
        ("We begin with `web.replicaCount=1` and `api.replicaCount=1`.", ("web.replicaCount", "api.replicaCount")),
        ("About 512Mi are for the pods in front.", (QUANTITY,)),
        ('- `log_level`, which is `"false"` mostly', ("log_level", "false")),
    ],
)
def test_what_a_line_names_is_kept_where_its_value_is_stated_nowhere(line: str, names: tuple[str, ...]) -> None:
    assert set(names) <= set(mentions(line).get(1, ())), read(*STATED, line).statements


@pytest.mark.parametrize(
    "line",
    [
        "svc/shop-web still has port 80.",
        "shop-api calls shop-web and waits.",
        "## What shop-api with port 3000 does",
        "shop-api with some memory, e.g. 512Mi",
        "| **TOTAL** | shop-api | 2 replicas |",
        "There are 3 apples on the tree.",
    ],
)
def test_a_line_that_repeats_what_is_stated_or_holds_no_value_names_nothing(line: str) -> None:
    assert mentions(line) == {}


def test_plans_examples_and_commands_name_nothing() -> None:
    plans = "## Future", "shop-api gets 3 replicas.", "## Examples", "shop-api with 4 replicas."
    assert mentions(*plans, "```bash", "kubectl scale deployment/shop-api --replicas=3", "```") == {}


def test_a_secret_is_not_kept() -> None:
    model = read("### Secret: `shop-keys`", "- `api-key`: hunter22-abc", "", "password: hunter22-abc for shop-api")
    assert "hunter22" not in repr([line.mentions for line in model.prose])


MANIFEST = """apiVersion: v1
kind: Service
metadata: {name: shop-web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: shop-config}
data: {log_level: info}
"""


def notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *lines: str
) -> list[tuple[str, str, int | None, int | None]]:
    monkeypatch.chdir(tmp_path)
    Path("data-model.md").write_text("\n".join([*STATED, *lines]) + "\n")
    Path("manifest.yaml").write_text(MANIFEST)
    with Renderer() as renderer:
        report = run(Request(("manifest.yaml",), data_model="data-model.md"), renderer)
    found = [finding for finding in report.findings if finding.rule == "document-line-unread"]
    assert all(finding.severity is Severity.NOTE for finding in found)
    assert all(finding.location.layer is Layer.DOCUMENT for finding in found)
    return [(f.message, f.location.file, f.location.line, f.location.column) for f in found]


def test_one_note_lists_all_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "All of cm/shop-config is read.", "", "While it is hot, shop-web is a LoadBalancer."
    message = (
        "lines 5, 7 of data-model.md speak of what is rendered (shop-config, shop-web), "
        "and nothing of it is read or checked"
    )
    assert notes(tmp_path, monkeypatch, *lines) == [(message, "data-model.md", 5, 1)]


def test_what_is_not_rendered_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert notes(tmp_path, monkeypatch, "While it is hot, shop-proxy is a LoadBalancer.") == []


def test_a_kept_model_keeps_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "cache"))
    text = "\n".join([*STATED, "While it is hot, svc/shop-proxy is a LoadBalancer."])
    model = read(text)
    cache.remember(text.encode(), model)
    kept = cache.recall(text.encode(), "data-model.md")
    assert kept is not None
    assert [line.mentions for line in kept.prose] == [line.mentions for line in model.prose]
    assert any(line.mentions for line in kept.prose)


def test_each_line_is_looked_at_once_however_many_others_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def count(text: str) -> str:
        looked.append(text)
        return text

    monkeypatch.setattr(definite, "_amount", count)
    number = 200
    services = [f"- **shop-{n}**: ClusterIP, port {1000 + n}" for n in range(number)]
    notes = [f"Who calls `shop.web` meets port {20000 + n}.\n" for n in range(number)]
    read("## Services", "", *services, "", "## Notes", "", *notes)
    assert number < len(looked) < 20 * number
