"""The number is too small or too large.

What it finds
    The API limits the number: ports lie between 1 and 65535, counts are not negative, weights lie between 1 and
    100.

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
      selector:
        app: web
      ports:
        - name: http
          port: 80
          nodePort: 30080
        - name: metrics
          port: 99999  # <-- here

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: web
    spec:
      type: NodePort
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
    yield from defects_of("out-of-range", resource, context)
