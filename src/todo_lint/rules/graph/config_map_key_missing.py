"""A pod reads a key that the ConfigMap does not have.

What it finds
    A pod's `env`, the `items` of a volume or a `subPath` name a key of a ConfigMap that is rendered and lacks it,
    and neither the reference nor the volume is `optional`.

Why it matters
    The pods wait in CreateContainerConfigError ("couldn't find key"); a `subPath` without a key becomes an empty
    folder where the program expects a file.
    Source: https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      log-level: info
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
            - configMapRef:
                name: web
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: LOG_LEVEL  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      log-level: info
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
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: log-level
            - name: LOG_FORMAT
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: log-format
                  optional: true
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.keys import missing_keys

SUBJECT = Subject.GRAPH
SIGN = "ConfigMap lacks a key"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each key of a rendered ConfigMap that a pod reads and that is not there."""
    yield from missing_keys(graph, "ConfigMap")
