"""Helm refuses to install the chart, whatever its templates say.

What it finds
    What the helm program checks before it renders: Chart.yaml's required fields and versions, the apiVersion, the
    type (a library chart is not installable), declared dependencies that are missing in charts/, and a kubeVersion
    that the asked Kubernetes version does not meet.

Why it matters
    `helm install` and `helm template` stop. Nothing of the chart can be checked until it is mended.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: first  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0-rc.1
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
SEVERITY = Severity.ERROR


def check(problem: ChartProblem, context: Context) -> Iterator[Defect]:
    """Yield a problem for which Helm refuses the chart."""
    if problem.stops:
        yield Defect(problem.message, Target(problem.route, chart_file=problem.file), problem.hint)
