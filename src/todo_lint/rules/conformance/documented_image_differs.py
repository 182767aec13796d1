"""A container runs another image than the document states.

What it finds
    The image of a documented workload is not the stated one, or no container runs an image that the document names.
    A tag that the document leaves out may be any; one that the chart leaves out is latest; docker.io/library is left
    out.

Why it matters
    The cluster pulls something else than what was built and reviewed, or nothing at all.

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
              image: web:1.1  # <-- here
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
              image: docker.io/library/web:1.0
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
from todo_lint.model.statements import Attribute, Kind
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if (
        statement.attribute in (Attribute.IMAGE, Attribute.IMAGE_REPOSITORY, Attribute.IMAGE_TAG)
        or (statement.kind is Kind.IMAGE and statement.attribute == Attribute.NAME)
    ) and not divergence.primary.entity:
        yield defect_of(divergence, context, "set the stated image, or change the document")
