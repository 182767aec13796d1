"""The selector does not select the workload's own pods.

What it finds
    The selector of a workload must select the labels of its pod template; otherwise the controller would create
    pods for ever without finding them.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector

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
          labels:  # <-- here
            app: website
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
    yield from defects_of("selector-mismatch", resource, context)
