"""A NetworkPolicy selects no pods.

What it finds
    The `podSelector` of a NetworkPolicy matches the labels of no pod that the chart renders. An empty selector
    means all pods and is no finding; nor are the selectors of its peers, which often mean pods of others.

Why it matters
    The policy protects nothing: the pods it was written for stay open.
    Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/

Bad
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: website  # <-- here
      policyTypes: [Ingress]
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
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: web
    spec:
      podSelector:
        matchLabels:
          app: web
      policyTypes: [Ingress]
      ingress:
        - from:
            - podSelector:
                matchLabels:
                  web-client: "true"
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
SIGN = "NetworkPolicy selects nothing"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each policy with a selector that no pod's labels match."""
    for policy in graph.of_kind("NetworkPolicy"):
        yield from selects_nothing(graph, policy, ("spec", "podSelector"), SEVERITY)
