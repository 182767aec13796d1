"""The traceability report for programs, and for ``--diff``; schemas/trace.json describes it."""

from __future__ import annotations

import json
from typing import Any

from todo_lint.findings import Failure, Location, Verdict
from todo_lint.traces import Difference, Trace, TraceCell, TraceReport, TraceRow, share

VERSION = 1


def write(report: TraceReport, *, colour: bool = False) -> str:
    """Write a report as JSON, ending in a line feed; all characters but ASCII are escaped."""
    return json.dumps(_report(report), indent=2) + "\n"


def _report(report: TraceReport) -> dict[str, Any]:
    found: dict[str, Any] = {
        "version": VERSION,
        "traces": [_trace(trace) for trace in report.traces],
        "counts": _counts(report.counts()),
        "share": share(report.counts()),
        "failures": [_failure(failure) for failure in report.failures],
        "exit": report.exit_code,
    }
    if report.differences is not None:
        found["differences"] = [_difference(difference) for difference in report.differences]
        found["uncompared"] = list(report.uncompared)
    return found


def _trace(trace: Trace) -> dict[str, Any]:
    return {
        "chart": trace.chart,
        "document": trace.document,
        "base": trace.base,
        "sections": [
            {"name": section.name, "counts": _counts(section.counts), "share": section.share}
            for section in trace.sections()
        ],
        "rows": [_row(row) for row in trace.rows],
    }


def _counts(counts: Any) -> dict[str, int]:
    every = {verdict.value: counts.get(verdict, 0) for verdict in Verdict}
    return {"total": sum(every.values()), **every}


def _row(row: TraceRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "text": row.text,
        "section": row.section,
        "subject": row.subject,
        "attribute": row.attribute,
        "value": row.value,
        "verdict": row.verdict.value,
        "reason": row.reason,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: TraceCell) -> dict[str, Any]:
    resource = cell.resource
    return {
        "profiles": list(cell.profiles),
        "verdict": cell.verdict.value,
        "message": cell.message,
        "resource": None
        if resource is None
        else {
            "apiVersion": resource.api_version,
            "kind": resource.kind,
            "name": resource.name,
            "namespace": resource.namespace,
        },
        "path": cell.path,
        "location": _location(cell.location),
        "keys": [{"key": key.key, "location": _location(key.location)} for key in cell.keys],
    }


def _location(location: Location | None) -> dict[str, Any] | None:
    if location is None:
        return None
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "layer": location.layer.value,
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "kind": failure.kind.value,
        "message": failure.message,
        "location": _location(failure.location),
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "change": difference.change.value,
        "chart": difference.chart,
        "line": difference.line,
        "text": difference.text,
        "before": difference.before.value if difference.before else None,
        "after": difference.after.value if difference.after else None,
        "message": difference.message,
    }
