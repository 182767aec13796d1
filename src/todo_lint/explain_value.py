"""The command ``explain-value``: the answer is worked out, written, and what is wrong told in one line."""

from __future__ import annotations

import sys

from todo_lint.check import EXIT_WRONG_INPUT, write_output
from todo_lint.errors import UserError
from todo_lint.stages.explain_value import Line
from todo_lint.stages.request import Request
from todo_lint.terminal import one_line, printable


def explain(request: Request, asked: str) -> int:
    """Write what a values key decides, or where a field comes from; return the exit code: 0, or 2 for wrong input.

    Raises:
        ToolError: when there is no engine to render with, or the answer cannot be written.
    """
    from todo_lint.helm.render import Renderer
    from todo_lint.pipeline import explain_value

    try:
        with Renderer() as renderer:
            lines = explain_value(request, asked, renderer)
    except UserError as error:
        print(f"todo-lint: {one_line(str(error))}", file=sys.stderr)
        return EXIT_WRONG_INPUT
    write_output("".join(f"{_shown(line)}\n" for line in lines))
    return 0


def _shown(line: Line) -> str:
    """A line for a terminal: indented, with the place that it is about behind it."""
    text = f"{'  ' * line.depth}{printable(line.text)}"
    if line.place is None:
        return text
    place = ":".join(str(part) for part in (line.place.file, line.place.line, line.place.column) if part is not None)
    return f"{text}  ({printable(place)})"
