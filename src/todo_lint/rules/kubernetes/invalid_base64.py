"""The text is no base64.

What it finds
    The data of a Secret and other bytes are encoded with standard base64, padding included. Plain text of a
    Secret belongs under stringData, which the server encodes itself.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data

Bad
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      token: not base64  # <-- here

Good
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    data:
      token: ZHVtbXk=
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
    yield from defects_of("invalid-base64", resource, context)
