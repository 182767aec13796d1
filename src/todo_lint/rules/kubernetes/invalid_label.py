"""A label or annotation has a wrong key or value.

What it finds
    Keys have an optional prefix, a DNS subdomain, and a name of at most 63 letters, digits, hyphens, underscores
    and dots. Values of labels are as such names or empty; values of annotations are free.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
      labels:
        app: "the web"  # <-- here
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
    yield from defects_of("invalid-label", resource, context)
