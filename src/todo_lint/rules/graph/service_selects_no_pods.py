"""A Service selects no pods.

What it finds
    The selector of a Service matches the labels of no pod that the chart renders. A Service whose pods an operator
    makes, from a custom resource of the chart, is no finding; nor is one in another namespace than all of the
    chart's workloads; nor a label that a controller or a program gives to running pods, such as that of a leader.
    Where no pods come near, or those that do belong to another Service, it is a note: a part of the chart is
    switched off.

Why it matters
    The Service has no endpoints: every connection to it fails.
    Source: https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: website  # <-- here
      ports:
        - port: 80
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
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
        tier: front
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
SIGN = "Service selects nothing"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each Service with a selector that no pod's labels match."""
    for service in graph.of_kind("Service"):
        yield from selects_nothing(graph, service, ("spec", "selector"))
