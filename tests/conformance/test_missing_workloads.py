"""A workload that is gone, or a port that is misspelt, is one finding with what follows from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from todo_lint.findings import Report, Severity
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
DOCUMENT = "policies/data-model.md"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _found(renderer: Renderer) -> list[tuple[str, Severity, str | None, int | None]]:
    report: Report = run(Request(("chart",), data_model=DOCUMENT), renderer)
    assert report.failures == ()
    told = [finding for finding in report.findings if finding.rule != "default-values-stop"]
    return [(f.rule, f.severity, f.location.file, f.location.line) for f in told]


@pytest.mark.parametrize(("name", "line"), [("frontend", 21), ("backend", 28)])
def test_a_deployment_that_is_gone_takes_the_keys_with_it_that_only_it_read(
    name: str, line: int, renderer: Renderer, copy: Path
) -> None:
    (copy / f"chart/templates/{name}-deployment.yaml").unlink()

    report = run(Request(("chart",), data_model=DOCUMENT), renderer)

    (finding,) = [finding for finding in report.findings if finding.rule != "default-values-stop"]
    assert (finding.rule, finding.severity) == ("documented-entity-missing", Severity.ERROR)
    assert (finding.location.file, finding.location.line) == (DOCUMENT, line)
    assert any(
        f"the values key {name}.image.tag moves nothing" in related.message
        and related.location.file == "chart/values.yaml"
        for related in finding.related
    )


def test_a_key_that_no_workload_would_read_is_a_finding_of_its_own(renderer: Renderer, copy: Path) -> None:
    (copy / "chart/templates/frontend-deployment.yaml").unlink()
    (copy / "chart/values.schema.json").unlink()
    values = copy / "chart/values.yaml"
    values.write_text(values.read_text() + "greeting: hello\n")

    assert _found(renderer) == [
        ("dead-value", Severity.NOTE, "chart/values.yaml", len(values.read_text().splitlines())),
        ("documented-entity-missing", Severity.ERROR, DOCUMENT, 21),
    ]


def test_unread_keys_of_a_workload_that_is_there_are_findings_of_their_own(renderer: Renderer, copy: Path) -> None:
    service = copy / "chart/templates/backend-service.yaml"
    service.unlink()
    values = copy / "chart/values.yaml"
    values.write_text(values.read_text().replace("backend:\n", "backend:\n  nodeSelector: a\n", 1))
    (copy / "chart/values.schema.json").unlink()

    rules = [rule for rule, *_ in _found(renderer)]

    assert "dead-value" in rules
    assert "documented-entity-missing" in rules


def test_a_misspelt_port_that_nothing_states_is_told_where_it_is_misspelt(renderer: Renderer, copy: Path) -> None:
    document = copy / DOCUMENT
    document.write_text(
        "".join(line for line in document.read_text().splitlines(keepends=True) if "Port: 8000" not in line)
    )
    template = copy / "chart/templates/backend-deployment.yaml"
    template.write_text(template.read_text().replace("containerPort:", "containerPrt:"))
    line = next(n for n, text in enumerate(template.read_text().splitlines(), 1) if "containerPrt" in text)

    assert _found(renderer) == [("unknown-field", Severity.ERROR, "chart/templates/backend-deployment.yaml", line)]
