"""The traces of all inputs become one traceability report, without any text of a Secret."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.findings import Failure, FailureKind, Report
from todo_lint.records import replace
from todo_lint.stages.secrets import Clean, blot, cleaner
from todo_lint.stages.unit_result import UnitResult
from todo_lint.traces import Trace, TraceCell, TraceReport, TraceRow


def assemble_traces(units: Sequence[UnitResult], report: Report) -> TraceReport:
    """Put the traces of a run together; ``report`` is that of the same run.

    A chart that does not render is wrong input here, and so is it where nothing was held against a document and
    nothing says why.
    """
    traces = tuple(_clean_trace(trace, cleaner(unit.secrets)) for unit in units for trace in unit.traces)
    failures = (*report.failures, *(failure for unit in units if not unit.traces for failure in _untraced(unit)))
    remarks = report.summary.remarks
    if not traces and not failures:
        why = remarks[-1] if remarks else "no chart was held against a document"
        failures = (Failure(FailureKind.INPUT, f"there is nothing to trace: {why}"),)
    about = tuple(finding for finding in report.findings if finding.statements)
    return TraceReport(traces, about, failures, fail_on=report.fail_on, remarks=remarks)


_STOPPED = ("chart-does-not-render", "chart-not-installable")


def _untraced(unit: UnitResult) -> Iterator[Failure]:
    """Why nothing of a chart could be held against its document."""
    for finding in unit.findings:
        if finding.rule in _STOPPED:
            told = blot(finding, unit.secrets)
            yield Failure(FailureKind.INPUT, f"nothing of this chart is traced: {told.message}", told.location)


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
