"""A PodDisruptionBudget selects no pods.

What it finds
    The selector of a PodDisruptionBudget matches the labels of no pod that the chart renders. Where an operator
    makes the pods, from a custom resource of the chart, it is no finding.

Why it matters
    The budget protects nothing: a drained node takes all pods with it at once.
    Source: https://kubernetes.io/docs/tasks/run-application/configure-pdb/

Bad
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector:
        matchLabels:
          app: website  # <-- here
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0

Good
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector:
        matchExpressions:
          - key: app
            operator: In
            values: [web, website]
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.selecting import selects_nothing

SUBJECT = Subject.GRAPH
SIGN = "PodDisruptionBudget selects nothing"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each budget with a selector that no pod's labels match."""
    for budget in graph.of_kind("PodDisruptionBudget"):
        yield from selects_nothing(graph, budget, ("spec", "selector"), SEVERITY)
