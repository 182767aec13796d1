"""A Deployment runs another number of replicas than the document states.

What it finds
    The replicas of a documented Deployment are not the stated number. Left out they are 1, Kubernetes' default.

Why it matters
    Too few replicas carry less load than planned, too many do not fit the cluster the plan was made for.

Bad
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
      replicas: 3  # <-- here
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

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Replica Count: 1 (configurable)
      - Container Image: web:1.0
      - Resource Requests: 128Mi memory, 0.2 CPU
      - Environment: From ConfigMap
    -- manifest.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
    spec:
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
    if statement.attribute == Attribute.REPLICAS and not divergence.primary.entity:
        yield defect_of(divergence, context, "set the stated number, or change the document")
