"""The text has not the form of a name.

What it finds
    Names of objects and of many of their parts are DNS labels (RFC 1123: lower-case letters, digits and hyphens,
    at most 63 characters) or DNS subdomains (labels joined by dots, at most 253 characters); ports, environment
    variables, keys and resources have forms of their own.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/

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
        - name: Metrics  # <-- here
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
    yield from defects_of("invalid-name", resource, context)
