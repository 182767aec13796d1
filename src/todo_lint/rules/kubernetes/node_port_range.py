"""The node port is outside the usual range.

What it finds
    Node ports come from 30000 to 32767 unless the cluster was set up otherwise. Validation takes any port; a
    cluster with the usual range then refuses to allocate this one.

Why it matters
    A create takes the object; what the cluster or the tool does then may not.
    Source: https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport

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
          nodePort: 80  # <-- here
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
SEVERITY = Severity.WARNING


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("node-port-range", resource, context)
