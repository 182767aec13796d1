"""A pod reads a key that the Secret does not have.

What it finds
    A pod's `env`, the `items` of a volume or a `subPath` name a key of a Secret that is rendered and lacks it, and
    neither the reference nor the volume is `optional`. A Secret without any key, or of a type that Kubernetes fills
    in, is filled by somebody else and no finding.

Why it matters
    The pods wait in CreateContainerConfigError ("couldn't find key").
    Source: https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret

Bad
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      db-password: example
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          envFrom:
            - secretRef:
                name: web
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: web
                  key: password  # <-- here

Good
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      db-password: example
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: web
                  key: db-password
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.keys import missing_keys

SUBJECT = Subject.GRAPH
SIGN = "Secret lacks a key"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each key of a rendered Secret that a pod reads and that is not there."""
    yield from missing_keys(graph, "Secret")
