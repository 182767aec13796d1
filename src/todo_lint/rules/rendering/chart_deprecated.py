"""The chart is marked as deprecated.

What it finds
    `deprecated: true` in Chart.yaml.

Why it matters
    Helm warns whoever installs it: its authors no longer look after it.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    deprecated: true  # <-- here
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    deprecated: false
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.helm.checks import ChartProblem
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.CHART
SEVERITY = Severity.NOTE


def check(problem: ChartProblem, context: Context) -> Iterator[Defect]:
    """Yield what Helm only warns of."""
    if not problem.stops:
        yield Defect(problem.message, Target(problem.route, chart_file=problem.file), problem.hint)
