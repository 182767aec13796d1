"""The shipped chart does what a document says of it, in whichever dialect that is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.findings import Verdict
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import trace
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
DIALECTS = ROOT / "tests/model/dialects"
BESIDE = ROOT.parent / "shared" / "dialects"
"""Further documents, where they lie beside the checkout."""


def _verdicts(document: Path, renderer: Renderer) -> list[tuple[int, Verdict]]:
    request = Request((str(ROOT / "chart"),), ValueOptions(), data_model=str(document), trace=True)
    (found,) = trace(request, renderer).traces
    return [(row.line, row.verdict) for row in found.rows]


@pytest.mark.parametrize("document", sorted(path.name for path in DIALECTS.glob("todo-*.md")))
def test_all_that_a_document_says_of_the_chart_holds(document: str, renderer: Renderer) -> None:
    verdicts = _verdicts(DIALECTS / document, renderer)

    assert verdicts
    assert {verdict for _, verdict in verdicts} <= {Verdict.HOLDS, Verdict.LATER}


def test_a_changed_line_does_not_hold(renderer: Renderer, tmp_path: Path) -> None:
    text = (DIALECTS / "todo-entities.md").read_text(encoding="utf-8")
    document = tmp_path / "data-model.md"
    document.write_text(text.replace("| 80 | 3000 |", "| 80 | 3001 |"), encoding="utf-8")

    assert [line for line, verdict in _verdicts(document, renderer) if verdict is Verdict.VIOLATED] == [14]


def test_an_example_of_a_key_that_is_not_there_is_no_difference(renderer: Renderer, tmp_path: Path) -> None:
    lines = (
        "## ConfigMap: app-config", "**Data**:", "- `backend_debug`: \"false\"", "- `log_level`: info", "",
        "**Example**:", "```yaml", "data:", "  log_format: json", "```",
    )  # fmt: skip
    document = tmp_path / "data-model.md"
    document.write_text("\n".join(lines) + "\n", encoding="utf-8")

    assert _verdicts(document, renderer) == [
        (1, Verdict.HOLDS), (3, Verdict.HOLDS), (4, Verdict.MISSING), (9, Verdict.NOT_CHECKABLE),
    ]  # fmt: skip


@pytest.mark.skipif(not BESIDE.exists(), reason="the documents do not lie beside the checkout")
@pytest.mark.parametrize("document", sorted(path.name for path in BESIDE.glob("*-*.md")))
def test_documents_beside_the_checkout_hold_as_well(document: str, renderer: Renderer) -> None:
    assert {verdict for _, verdict in _verdicts(BESIDE / document, renderer)} <= {Verdict.HOLDS, Verdict.LATER}
