"""An autoscaler scales something that is not rendered.

What it finds
    The `scaleTargetRef` of a HorizontalPodAutoscaler (or of a ScaledObject, or the `targetRef` of a
    VerticalPodAutoscaler) names a workload that the chart does not render: the name or the kind is another one.

Why it matters
    The autoscaler reports FailedGetScale and scales nothing.
    Source: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/

Bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: shop-web
    spec:
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
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 3
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web  # <-- here

Good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: shop-web
    spec:
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
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web
    spec:
      maxReplicas: 3
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: shop-web
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered

SUBJECT = Subject.GRAPH
SIGN = "scale target not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each target of an autoscaler that is not there."""
    references = (reference for reference in graph.references if reference.use is Use.SCALE_TARGET)
    yield from not_rendered(graph, references, "nothing is scaled", otherwise=SEVERITY)
