"""The traces of all inputs become one traceability report, without any text of a Secret."""

from __future__ import annotations

from collections.abc import Sequence

from todo_lint.findings import Failure, FailureKind, Report
from todo_lint.records import replace
from todo_lint.stages.secrets import Clean, cleaner
from todo_lint.stages.unit_result import UnitResult
from todo_lint.traces import Trace, TraceCell, TraceReport, TraceRow


def assemble_traces(units: Sequence[UnitResult], report: Report) -> TraceReport:
    """Put the traces of a run together; ``report`` is that of the same run.

    Where nothing was held against a document, and nothing says why, that is wrong input.
    """
    traces = tuple(_clean_trace(trace, cleaner(unit.secrets)) for unit in units for trace in unit.traces)
    failures = report.failures
    remarks = report.summary.remarks
    if not traces and not failures:
        why = remarks[-1] if remarks else "no chart was held against a document"
        failures = (Failure(FailureKind.INPUT, f"there is nothing to trace: {why}"),)
    about = tuple(finding for finding in report.findings if finding.statements)
    return TraceReport(traces, about, failures, fail_on=report.fail_on, remarks=remarks)


def _clean_trace(trace: Trace, clean: Clean) -> Trace:
    return replace(trace, rows=tuple(_clean_row(row, clean) for row in trace.rows))


def _clean_row(row: TraceRow, clean: Clean) -> TraceRow:
    return replace(
        row,
        text=clean(row.text),
        section=clean(row.section),
        subject=clean(row.subject),
        value=clean(row.value),
        reason=clean(row.reason),
        cells=tuple(_clean_cell(cell, clean) for cell in row.cells),
    )


def _clean_cell(cell: TraceCell, clean: Clean) -> TraceCell:
    resource = cell.resource and replace(cell.resource, name=clean(cell.resource.name))
    return replace(cell, message=clean(cell.message), path=clean(cell.path), resource=resource)
