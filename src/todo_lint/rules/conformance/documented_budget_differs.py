"""A container requests or may use other resources than the document states.

What it finds
    A CPU or memory request or limit of a documented Deployment is missing or not the stated quantity. Quantities
    are compared as Kubernetes reads them: 0.5 is 500m, 1Gi is 1024Mi.

Why it matters
    The scheduler reserves, and the kernel enforces, something else than what was planned: pods that do not fit, or
    are killed when memory runs out.

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
                  cpu: 500m  # <-- here
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
                  cpu: "0.2"
                  memory: 128Mi
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import WORKLOADS
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.attribute.startswith("resources.") and statement.kind in WORKLOADS and not divergence.primary.entity:
        yield defect_of(divergence, context, "set the stated quantity, or change the document")
