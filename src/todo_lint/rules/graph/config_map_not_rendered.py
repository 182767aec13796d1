"""A pod refers to a ConfigMap that is not rendered.

What it finds
    A pod's `env`, `envFrom` or volume names a ConfigMap that the chart does not render, and the reference is not
    `optional`. Where the name neither follows the release's name nor is like that of a ConfigMap that is rendered,
    it may be made outside, and the finding is a note. What is made outside can be declared: `outside:
    [ConfigMap/name]`.

Why it matters
    The pods wait in CreateContainerConfigError, or in ContainerCreating, until the ConfigMap exists.
    Source: https://kubernetes.io/docs/concepts/configuration/configmap/#using-configmaps

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      LOG_LEVEL: info
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
                name: web-config
            - configMapRef:
                name: web-configs  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      LOG_LEVEL: info
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
                name: web-config
            - configMapRef:
                name: web-configs
                optional: true
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered

SUBJECT = Subject.GRAPH
SIGN = "ConfigMap not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each reference to a ConfigMap that is not there."""
    references = (reference for reference in graph.references if reference.kind == "ConfigMap")
    yield from not_rendered(graph, references, "the pods do not start")
