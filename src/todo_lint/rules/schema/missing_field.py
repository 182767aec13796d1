"""A field that Kubernetes requires is missing.

What it finds
    A field that the schema of the object's kind requires is left out.

Why it matters
    The API server refuses the object.

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - name: http  # <-- here

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.resources import Resource
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.RESOURCE
SEVERITY = Severity.ERROR


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("missing-field", resource, context)
