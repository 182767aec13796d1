"""The JSON report; schemas/report.json describes it, and it changes only by addition."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from todo_lint.findings import (
    Failure,
    Finding,
    Fix,
    Location,
    Report,
    ResourceRef,
    Severity,
    Skip,
    StatementRef,
    Summary,
    Verdict,
)

VERSION = 1
DOCS = "todo-lint explain"
"""The command that prints the page of a rule, wherever todo-lint is installed."""


def write(report: Report, *, colour: bool = False) -> str:
    """Write a report as JSON, ending in a line feed.

    All characters but ASCII are escaped, so that no text of a chart reaches a terminal as it is. Equal runs give
    equal bytes: lists are sorted before they come here. ``colour`` changes nothing.
    """
    return json.dumps(_report(report), indent=2) + "\n"


def _report(report: Report) -> dict[str, Any]:
    return {
        "version": VERSION,
        "findings": [_finding(finding) for finding in report.findings],
        "statements": _statements(report),
        "summary": _summary(report.summary, report),
        "failures": [_failure(failure) for failure in report.failures],
        "exit": report.exit_code,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "hint": finding.hint,
        "docs": f"{DOCS} {finding.rule}",
        "resource": _resource(finding.resource),
        "path": finding.path,
        "location": _location(finding.location),
        "related": [{"message": r.message, "location": _location(r.location)} for r in finding.related],
        "statements": [_statement(statement) for statement in finding.statements],
        "kubernetes": {"since": finding.kubernetes.since, "until": finding.kubernetes.until},
        "profiles": list(finding.profiles),
        "fix": _fix(finding.fix),
        "fingerprint": fingerprint(finding),
    }


def fingerprint(finding: Finding) -> str:
    """What stays the same when lines move: a digest of rule, file, resource, field and the stated lines' text."""
    resource = finding.resource
    parts = [
        finding.rule,
        finding.location.file,
        *((resource.api_version, resource.kind, resource.name) if resource else ("", "", "")),
        finding.path or "",
        *(statement.text for statement in finding.statements),
    ]
    if not resource and not finding.path and not finding.statements:
        parts.append(finding.message)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _resource(resource: ResourceRef | None) -> dict[str, Any] | None:
    if resource is None:
        return None
    return {
        "apiVersion": resource.api_version,
        "kind": resource.kind,
        "name": resource.name,
        "namespace": resource.namespace,
    }


def _location(location: Location) -> dict[str, Any]:
    place = {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "layer": location.layer.value,
    }
    return {**place, "exactness": location.exactness.value} if location.exactness else place


def _statement(statement: StatementRef) -> dict[str, Any]:
    return {
        "file": statement.file,
        "line": statement.line,
        "text": statement.text,
        "verdict": statement.verdict.value,
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    edits = [
        {
            "line": edit.line,
            "column": edit.column,
            "endLine": edit.end_line,
            "endColumn": edit.end_column,
            "text": edit.text,
        }
        for edit in fix.edits
    ]
    return {"file": fix.file, "edits": edits}


def _statements(report: Report) -> dict[str, int]:
    counts = {verdict.value: report.statements.get(verdict, 0) for verdict in Verdict}
    return {"total": sum(counts.values()), **counts}


def _summary(summary: Summary, report: Report) -> dict[str, Any]:
    severities = [finding.severity for finding in report.findings]
    return {
        "charts": summary.charts,
        "profiles": summary.profiles,
        "documents": summary.documents,
        "resources": summary.resources,
        "checked": summary.checked,
        "skipped": [_skip(skip) for skip in summary.skipped],
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "suppressed": summary.suppressed,
        "remarks": list(summary.remarks),
        "kubernetes": {"oldest": summary.kubernetes.since, "newest": summary.kubernetes.until},
        "versions": list(summary.versions),
    }


def _skip(skip: Skip) -> dict[str, str]:
    return {"resource": skip.resource, "reason": skip.reason}


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "kind": failure.kind.value,
        "message": failure.message,
        "location": _location(failure.location) if failure.location else None,
    }
