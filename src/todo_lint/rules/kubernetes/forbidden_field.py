"""The field may not be set here.

What it finds
    The field exists, but not beside what else the object says: for example a nodePort in a Service of the type
    ClusterIP, or a rollingUpdate beside the strategy Recreate.

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
      type: ClusterIP
      selector:
        app: web
      ports:
        - name: http
          port: 80
          nodePort: 30080  # <-- here
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
    yield from defects_of("forbidden-field", resource, context)
