"""A template writes a literal where a values key for it exists.

What it finds
    A field that a template writes as a literal, while values.yaml has a key of the same meaning and the same value
    that no template reads: `replicas: 1` beside `replicaCount: 1`.

Why it matters
    The key looks as if it could be set. It agrees with what is rendered as long as nobody changes it, and then it
    does not.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    replicaCount: 2
    -- chart/templates/deployment.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2  # <-- here
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    replicaCount: 2
    -- chart/templates/deployment.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: {{ .Values.replicaCount }}
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, format_route
from todo_lint.rules.api import Context, Defect, Subject, Target
from todo_lint.rules.chart_values import ChartValues
from todo_lint.rules.value_literals import literals_beside

SUBJECT = Subject.VALUES
SEVERITY = Severity.NOTE


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each literal that stands where an unread key of values.yaml would belong."""
    profile = next(iter(values.origins))
    for literal in literals_beside(values):
        key = format_route(literal.route)
        message = (
            f"{literal.resource.ref} has a literal where the values key {key} has the same value and is not read"
        )
        yield Defect(
            message,
            Target(literal.field, literal.resource),
            f"write {{{{ .Values.{key} }}}} there",
            related=(("the key that is not read", Target(literal.route, chart_file="values.yaml")),),
            profiles=(profile,),
        )
