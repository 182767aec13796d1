"""Checks of charts by the rules about values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from todo_lint.findings import Finding
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.rules.registry import all_rules
from todo_lint.stages.request import Request

FAMILY = frozenset(rule.id for rule in all_rules() if rule.family == "values")
CHART = "apiVersion: v2\nname: app\nversion: 0.1.0\n"

Check = Callable[..., list[Finding]]


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture
def check(renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """The findings of the family for a chart of these files."""
    monkeypatch.chdir(tmp_path)

    def checked(files: Mapping[str, str], document: str = "") -> list[Finding]:
        for name, text in {"Chart.yaml": CHART, **files}.items():
            path = Path("chart", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if document:
            Path("data-model.md").write_text(document)
        report = run(Request(("chart",), data_model="data-model.md" if document else None), renderer)
        assert report.failures == ()
        return [finding for finding in report.findings if finding.rule in FAMILY]

    return checked
