"""A mount names no volume of its pod.

What it finds
    Each volumeMount and volumeDevice names a volume of the same pod, or in a StatefulSet one of its
    volumeClaimTemplates.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/storage/volumes/

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
              imagePullPolicy: Always
              resources:
                requests:
                  memory: 128Mi
                limits:
                  memory: 256Mi
              volumeMounts:
                - name: cash  # <-- here
                  mountPath: /cache
          volumes:
            - name: cache
              emptyDir: {}

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
              resources:
                requests:
                  memory: 128Mi
                limits:
                  memory: 256Mi
              volumeMounts:
                - name: cache
                  mountPath: /cache
          volumes:
            - name: cache
              emptyDir: {}
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
    yield from defects_of("unknown-volume", resource, context)
