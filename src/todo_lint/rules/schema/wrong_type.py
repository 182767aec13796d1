"""A value has another type than Kubernetes expects.

What it finds
    A string where a number is expected, a list where a mapping is expected, and the like.

Why it matters
    The API server cannot decode the object and refuses it.

Bad
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: "2"  # <-- here
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0
              imagePullPolicy: Always

Good
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0
              imagePullPolicy: Always
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
    yield from defects_of("wrong-type", resource, context)
