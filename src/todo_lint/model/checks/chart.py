"""The chart's metadata and the keys of its values.yaml."""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.manifests.resources import at
from todo_lint.model.equality import same_default
from todo_lint.model.evidence import Evidence, holds, missing, not_checkable, show, violated
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Statement


def metadata(statement: Statement, evidence: Evidence) -> Outcome:
    """A field of Chart.yaml."""
    if evidence.chart is None:
        return not_checkable(statement)
    key = str(statement.attribute)
    actual = evidence.chart.get(key)
    if show(actual) == statement.value:
        return holds(statement)
    if actual is None:
        message = f"Chart.yaml has no {key}; the document says {statement.value}"
        return missing(statement, message, Target(chart_file="Chart.yaml"))
    message = f"Chart.yaml has the {key} {show(actual)}; the document says {statement.value}"
    return violated(statement, message, actual, Target((key,), chart_file="Chart.yaml"))


def values_key(statement: Statement, evidence: Evidence) -> Outcome:
    """A default in values.yaml; quantities are compared as such."""
    if evidence.default_values is None:
        return not_checkable(statement)
    route: Route = tuple(statement.attribute.split("."))
    actual = at(dict(evidence.default_values), route)
    if actual is None:
        while route and at(dict(evidence.default_values), route) is None:
            route = route[:-1]
        says = f"says {statement.value}" if statement.value else "names it"
        message = f"values.yaml has no {statement.attribute}; the document {says}"
        return missing(statement, message, Target(route, chart_file="values.yaml", on_key=True))
    if same_default(statement.attribute, statement.value, actual):
        return holds(statement)
    message = f"values.yaml sets {statement.attribute} to {show(actual)}; the document says {statement.value}"
    return violated(statement, message, actual, Target(route, chart_file="values.yaml"))
