"""The value is not allowed.

What it finds
    The value has the right type and yet not the form or the relation to other fields that the API asks for. The
    message says what is expected.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/reference/kubernetes-api/

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      type: NodePort
      externalIPs:
        - 10.0.0.300  # <-- here
      selector:
        app: web
      ports:
        - name: http
          port: 80
          nodePort: 30080
        - name: metrics
          port: 9090

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      type: NodePort
      externalIPs:
        - 192.0.2.30
      selector:
        app: web
      ports:
        - name: http
          port: 80
          nodePort: 30080
        - name: metrics
          port: 9090
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.resources import Resource
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.OBJECTION
SEVERITY = Severity.ERROR


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("invalid-value", resource, context)
