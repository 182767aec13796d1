"""A container does not take its environment from where the document says.

What it finds
    The container of a documented Deployment has neither envFrom nor valueFrom for a kind (ConfigMap, Secret) from
    which the document says that the environment comes.

Why it matters
    The application starts without its configuration or its credentials.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Replica Count: 2
      - Container Image: web:1.0
      - Resource Requests: 128Mi memory, 0.2 CPU
      - Environment: From ConfigMap and Secrets
    -- manifest.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
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
              envFrom:  # <-- here
                - configMapRef:
                    name: web-config
              resources:
                requests:
                  cpu: 200m
                  memory: 128Mi

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Replica Count: 2
      - Container Image: web:1.0
      - Resource Requests: 128Mi memory, 0.2 CPU
      - Environment: From ConfigMap
    -- manifest.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
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
              envFrom:
                - configMapRef:
                    name: web-config
              resources:
                requests:
                  cpu: 200m
                  memory: 128Mi
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.attribute == Attribute.ENV_FROM and not divergence.primary.entity:
        yield defect_of(divergence, context, "add an envFrom of that kind, or change the document")
