"""The command ``check``: a request in, the report written, the exit code out."""

from __future__ import annotations

import os
import sys

from todo_lint.errors import ToolError
from todo_lint.findings import Report
from todo_lint.stages.request import Request

EXIT_WRONG_INPUT = 2


def check(request: Request, format_: str) -> int:
    """Run a request, write the report to standard output in that format, and return the exit code.

    Raises:
        ToolError: when the report cannot be written.
        BrokenPipeError: when nobody reads it any more.
    """
    report = _run(request)
    write_report(report, format_)
    _keep_schemas()
    return report.exit_code


def _keep_schemas() -> None:
    """Keep what was read of the schemas for later runs, if any were needed."""
    if "todo_lint.kubernetes.schemas" in sys.modules:
        from todo_lint.kubernetes.schema_cache import keep_all

        keep_all()


def _run(request: Request) -> Report:
    """Run the pipeline; whatever it raises becomes a failure, never Python's own exit 1."""
    from todo_lint.helm.render import Renderer
    from todo_lint.pipeline import run as run_pipeline

    with Renderer() as renderer:
        report = run_pipeline(request, renderer)
        renderer.dismiss()
        return report


def write_report(report: Report, format_: str) -> None:
    """Write a report to standard output.

    Raises:
        ToolError: when it cannot be written.
        BrokenPipeError: when nobody reads it any more.
    """
    from todo_lint.report._formats import write_report as report_text

    write_output(report_text(report, format_, colour=wants_colour()))


def write_output(text: str) -> None:
    """Write a text to standard output; raises as ``write_report`` does."""
    if sys.stdout is None:  # so Python says that it is closed
        raise ToolError("the report cannot be written: standard output is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise ToolError(f"the report cannot be written: {error.strerror}") from error


def wants_colour() -> bool:
    """Whether the report may have colours. Colour is for terminals, and for nobody who sets NO_COLOR (https://no-color.org)."""
    return (
        sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def drop_output() -> None:
    """Keep Python from writing once more at exit what could not be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
