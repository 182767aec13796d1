"""The API of an object is not served any more.

What it finds
    Objects of an API that Kubernetes once served and has removed, in a version that the chart is checked for. The
    table schemas/kubernetes/deprecated-apis.json holds every API that was removed since 1.16, with what takes its
    place.

Why it matters
    An API server refuses the object, and `helm upgrade` fails for the whole release.
    Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/

Bad
    apiVersion: policy/v1beta1  # <-- here
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector:
        matchLabels:
          app: web

Good
    apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata:
      name: web
    spec:
      minAvailable: 1
      selector:
        matchLabels:
          app: web
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
    """Yield that the API of the resource is gone."""
    yield from defects_of("removed-api", resource, context)
