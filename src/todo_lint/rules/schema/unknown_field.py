"""A field that Kubernetes does not know.

What it finds
    A field that the schema of the object's kind does not have, at any depth. The hint names the nearest one it has.

Why it matters
    kubectl and Helm send the object with strict validation and the API server refuses it, or, without, silently drops
    the field: the setting never takes effect.

Bad
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
              imagePullPolicies: Always  # <-- here

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
    yield from defects_of("unknown-field", resource, context)
