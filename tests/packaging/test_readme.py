"""What the README shows is what todo-lint prints."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from todo_lint.drawing import mermaid
from todo_lint.findings import Report
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import draw_first, run
from todo_lint.report.text import write as write_text
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _check() -> Report:
    with Renderer() as renderer:
        return run(Request(("chart/",)), renderer)


def test_the_first_command_ends_as_the_readme_shows(folder: Path) -> None:
    ending = "\n".join(write_text(_check()).splitlines()[-4:])

    assert f"```\n{ending}\n```" in README


def test_the_finding_looks_as_the_readme_shows(folder: Path) -> None:
    values = folder / "chart/values.yaml"
    text = values.read_text()
    values.write_text(text.replace("    port: 8000\n", "    port: 8080\n"))
    assert values.read_text() != text

    findings = write_text(_check()).split("\n\n")
    shown = next(part for part in findings if part.startswith("error["))

    assert f"```\n{shown}\n```" in README


def test_the_readme_names_every_exit_code() -> None:
    for code in ("| 0 |", "| 1 |", "| 2 |", "| 3 |", "| 130 |"):
        assert code in README


def test_the_graph_is_drawn_as_the_readme_shows(folder: Path) -> None:
    with Renderer() as renderer:
        drawing = draw_first(Request(("chart/",)), renderer, None)

    assert f"```mermaid\n{mermaid.write(drawing)}```" in README
    assert not [edge for edge in drawing.edges if edge.dangling]
