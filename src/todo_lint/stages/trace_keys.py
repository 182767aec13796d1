"""The values keys behind the fields of a traceability report."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Finding, format_route
from todo_lint.model.outcomes import Target
from todo_lint.stages.explain_findings import FindingExplainer
from todo_lint.stages.trace_rows import KeysOf
from todo_lint.stages.value_origins import ChartOrigins
from todo_lint.traces import TraceKey


def keys_by(explainer: FindingExplainer, origins: ChartOrigins) -> KeysOf:
    """What tells the keys behind a field of a chart's rendering, and where each is written."""

    def keys_of(finding: Finding, target: Target) -> tuple[TraceKey, ...]:
        return tuple(_keys(explainer, origins, finding, target))

    return keys_of


def _keys(explainer: FindingExplainer, origins: ChartOrigins, finding: Finding, target: Target) -> Iterator[TraceKey]:
    found = origins.of_profile(finding.profiles[0]) if finding.profiles else None
    if found is None:
        return
    for route in explainer.keys(finding, target).routes:
        written = found.values.written(route) or found.values.default(route)
        yield TraceKey(format_route(route), written.location if written else None)
