"""A server-side apply refuses a repeated item.

What it finds
    A server-side apply, with which Helm 4 installs, merges certain lists by keys: environment variables by name,
    ports by number and protocol, pull secrets by name. A create takes an item that repeats the key of another, an
    apply refuses it.

Why it matters
    A create takes the object; what the cluster or the tool does then may not.
    Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy

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
              env:
                - name: PORT
                  value: "8000"
                - name: PORT  # <-- here
                  value: web
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
              env:
                - name: PORT
                  value: "8000"
                - name: HOST
                  value: web
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
SEVERITY = Severity.WARNING


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("duplicate-on-apply", resource, context)
