"""The command ``trace``: a request in, the traceability report written, the exit code out."""

from __future__ import annotations

import importlib
import os
from typing import Any

from todo_lint.check import wants_colour, write_output
from todo_lint.errors import UserError
from todo_lint.findings import Verdict
from todo_lint.modules import module_names
from todo_lint.records import replace
from todo_lint.stages.request import Request
from todo_lint.traces import Trace, TraceReport, TraceRow

MAX_SIZE = 64 << 20


def trace_formats() -> tuple[str, ...]:
    """The formats of the report: each module of ``report/traces`` is one."""
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - as the other formats are found
    return module_names(os.path.join(here, "report", "traces", "__init__.py"))  # noqa: PTH118


def trace(request: Request, format_: str, earlier: str | None) -> int:
    """Hold charts against their documents, write a row for each statement, and return the exit code.

    Args:
        request: what to look at.
        format_: one of ``trace_formats``.
        earlier: a report in the format json, to tell what has changed since; None for none.

    Raises:
        UserError: when the earlier report cannot be read.
        ToolError: when the report cannot be written.
    """
    known = read_report(earlier) if earlier else None
    report = _run(replace(request, trace=True))
    if known is not None:
        from todo_lint.drift import drift

        found = drift(known, report.traces)
        report = replace(report, differences=found.differences, uncompared=found.uncompared)
    writer = importlib.import_module(f"todo_lint.report.traces.{format_}")
    write_output(writer.write(report, colour=wants_colour()))
    return report.exit_code


def _run(request: Request) -> TraceReport:
    from todo_lint.helm.render import Renderer
    from todo_lint.pipeline import trace as run_pipeline

    with Renderer() as renderer:
        return run_pipeline(request, renderer)


def read_report(path: str) -> tuple[Trace, ...]:
    """Read a report that ``--format json`` wrote, as far as later ones are compared with it.

    Raises:
        UserError: when it cannot be read, or is no such report.
    """
    import json
    from pathlib import Path

    import jsonschema_rs

    from todo_lint.shipped import shipped_path

    try:
        if Path(path).stat().st_size > MAX_SIZE:
            raise UserError(f"the earlier report is larger than {MAX_SIZE >> 20} MiB", file=path)
        value = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"the earlier report cannot be read: {error.strerror}", file=path) from error
    except (ValueError, RecursionError) as error:
        raise UserError("the earlier report is no JSON: write it with --format json", file=path) from error
    schema = json.loads(Path(shipped_path("schemas/trace.json")).read_text(encoding="utf-8"))
    for problem in jsonschema_rs.validator_for(schema).iter_errors(value):
        where = "/".join(map(str, problem.instance_path)) or "its top"
        raise UserError(f"this is no report of todo-lint trace: {where}: {problem.message}", file=path)
    return tuple(_trace(entry) for entry in value["traces"])


def _trace(entry: dict[str, Any]) -> Trace:
    rows = (
        TraceRow(
            row["line"],
            row["text"],
            row["section"],
            row["subject"],
            row["attribute"],
            row["value"],
            Verdict(row["verdict"]),
            row["reason"],
        )
        for row in entry["rows"]
    )
    return Trace(entry["chart"], entry["document"], entry["base"], tuple(rows))
