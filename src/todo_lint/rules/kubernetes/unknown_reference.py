"""A reference leads to nothing inside the object.

What it finds
    The field names another part of the same object that is not there, such as a resource claim of the pod.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/

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
                claims:
                  - name: tpu  # <-- here
              volumeMounts:
                - name: cache
                  mountPath: /cache
          resourceClaims:
            - name: gpu
              resourceClaimTemplateName: gpu
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
                claims:
                  - name: gpu
              volumeMounts:
                - name: cache
                  mountPath: /cache
          resourceClaims:
            - name: gpu
              resourceClaimTemplateName: gpu
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
    yield from defects_of("unknown-reference", resource, context)
