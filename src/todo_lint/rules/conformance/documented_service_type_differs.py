"""A Service has another type than the document states.

What it finds
    The type of a documented Service is not the stated one, or no Service has the type through which the document
    says that the application is reached. A type that is left out is ClusterIP.

Why it matters
    With ClusterIP for NodePort nobody reaches the application from outside; the other way round an internal
    Service stands open.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Type: NodePort
      - Port: 80 (external), 3000 (target)
      - Selector: app=web
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      type: ClusterIP  # <-- here
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 3000

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Type: ClusterIP
      - Port: 80
      - Selector: app=web
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 3000
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
        statement.kind in (Kind.SERVICE, Kind.NETWORK)
        and statement.attribute in (Attribute.TYPE, Attribute.EXTERNAL_ACCESS)
        and not divergence.primary.entity
    ):
        yield defect_of(divergence, context, "set the stated type, or change the document")
