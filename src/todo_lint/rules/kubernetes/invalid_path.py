"""The path is not allowed.

What it finds
    Paths inside volumes are relative and hold no .., paths of Ingress rules and webhooks begin with a slash and
    hold no empty steps.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/

Bad
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: example.com
          http:
            paths:
              - path: app  # <-- here
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port:
                      number: 80

Good
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - host: example.com
          http:
            paths:
              - path: /app
                pathType: Prefix
                backend:
                  service:
                    name: web
                    port:
                      number: 80
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
    yield from defects_of("invalid-path", resource, context)
