"""A value that Kubernetes does not accept in this place.

What it finds
    A value of the right type that the field does not allow: a word that is none of its choices, a number out of
    range, text in another format than the field's.

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
        - port: 80
          targetPort: -1  # <-- here

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
          targetPort: http
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
    yield from defects_of("invalid-value", resource, context)
