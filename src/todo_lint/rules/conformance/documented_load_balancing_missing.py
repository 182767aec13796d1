"""A documented Service balances no load.

What it finds
    The document says that Services balance the load, and a documented Service is headless (clusterIP: None).

Why it matters
    A headless Service hands out the addresses of its pods; clients that ask once stay with one pod.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
    ## Networking Model
    - **Load Balancing**: Built-in Kubernetes service load balancing
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      clusterIP: None  # <-- here
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 3000

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
    ## Networking Model
    - **Load Balancing**: Built-in Kubernetes service load balancing
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      type: NodePort
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
from todo_lint.model.statements import Attribute
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.attribute == Attribute.LOAD_BALANCING:
        yield defect_of(divergence, context, "remove clusterIP: None, or change the document")
