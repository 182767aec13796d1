"""Each value of the shipped document is changed once: just one finding speaks of that line, and of no other."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from todo_lint.findings import Severity
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
CHANGES = {
    22: ("1 (conf", "2 (conf"), 23: ("latest", "v9"), 24: ("256Mi", "257Mi"), 25: ("512Mi", "513Mi"),
    37: ("NodePort", "LoadBalancer"), 38: ("80 (", "81 ("), 39: ("todo-frontend", "todo-web"),
    43: ("ClusterIP", "NodePort"),
    44: ("8000", "8001"), 51: ("false", "true"), 52: ("*", "x"), 55: ("jwt_secret", "signing_key"),
    68: ("todo-app", "todo"), 69: ("0.1.0", "0.2.0"), 70: ("1.0.0", "2.0.0"), 74: ("latest", "v9"), 76: ("80", "81"),
    80: ("1Gi", "2Gi"), 84: (":8000", ":8001"), 85: ("NodePort", "LoadBalancer"),
}  # fmt: skip


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


@pytest.mark.parametrize("line", CHANGES)
def test_a_changed_value_is_one_finding(
    line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    lines = (ROOT / "policies/data-model.md").read_text().split("\n")
    old, new = CHANGES[line]
    assert old in lines[line - 1]
    lines[line - 1] = re.sub(re.escape(old), new, lines[line - 1], count=1)
    (tmp_path / "data-model.md").write_text("\n".join(lines))
    monkeypatch.chdir(tmp_path)

    report = run(Request(("chart",), data_model="data-model.md"), renderer)

    found = [f for f in report.findings if f.statements and f.severity > Severity.NOTE]
    assert [[ref.line for ref in f.statements] for f in found] == [[line]]
