"""The command ``graph``: a request in, the drawing written, the exit code out."""

from __future__ import annotations

import importlib
import sys

from todo_lint.check import EXIT_WRONG_INPUT, write_output
from todo_lint.errors import UserError
from todo_lint.stages.request import Request
from todo_lint.terminal import one_line


def draw(request: Request, profile: str | None, format_: str) -> int:
    """Write the graph of the one input of a request as ``mermaid``, ``dot`` or ``json``; return the exit code.

    Raises:
        ToolError: when the chart cannot be rendered for a reason that is not its own.
    """
    from todo_lint.helm.render import Renderer
    from todo_lint.pipeline import draw_first

    try:
        with Renderer() as renderer:
            drawing = draw_first(request, renderer, profile)
    except UserError as error:
        print(f"todo-lint: {one_line(str(error))}", file=sys.stderr)
        return EXIT_WRONG_INPUT
    write_output(importlib.import_module(f"todo_lint.drawing.{format_}").write(drawing))
    return 0
