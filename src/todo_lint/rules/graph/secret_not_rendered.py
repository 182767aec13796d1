"""A pod refers to a Secret that is not rendered.

What it finds
    A pod's `env`, `envFrom` or volume names a Secret that the chart does not render, and the reference is not
    `optional`. Secrets are often made outside of a chart: where the name neither follows the release's name nor is
    like that of a Secret that is rendered, or where the chart renders it for other values, the finding is a note. A
    Secret that a Certificate, an operator or a Job of the chart is told to make is no finding. What is made outside
    can be declared: `outside: [Secret/name]`. Of the Secrets of an Ingress' `tls` and those to pull images, which
    others make, only a name is told that differs in a letter or two from one that is rendered, or fits for one
    release only.

Why it matters
    The pods wait in CreateContainerConfigError, or in ContainerCreating, until the Secret exists.
    Source: https://kubernetes.io/docs/concepts/configuration/secret/#using-a-secret

Bad
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-login
    stringData:
      password: example
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
                name: web-login
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: weblogin  # <-- here
                  key: password

Good
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-login
    stringData:
      password: example
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
                name: web-login
          env:
            - name: PASSWORD
              valueFrom:
                secretKeyRef:
                  name: web-login
                  key: password
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered, of_use

SUBJECT = Subject.GRAPH
SIGN = "Secret not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each reference to a Secret that is not there."""
    uses = (Use.ENV, Use.ENV_FROM, Use.VOLUME, Use.PARTIAL_VOLUME)
    yield from not_rendered(graph, of_use(graph, "Secret", *uses), "the pods do not start", chart=context.chart)
    pulling = of_use(graph, "Secret", Use.IMAGE_PULL, Use.OTHER)
    yield from not_rendered(graph, pulling, "images are pulled without credentials")
    yield from not_rendered(graph, of_use(graph, "Secret", Use.TLS), "the address has no certificate of its own")
