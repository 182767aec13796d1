"""A server-side apply cannot tell an item apart.

What it finds
    A server-side apply, with which Helm 4 installs, merges certain lists by keys and refuses an item that has
    none of them.

Why it matters
    A create takes the object; what the cluster or the tool does then may not.
    Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy

Bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    automountServiceAccountToken: false
    secrets:
      - kind: Secret  # <-- here

Good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: web
    automountServiceAccountToken: false
    secrets:
      - kind: Secret
        name: registry
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
    yield from defects_of("unclear-on-apply", resource, context)
