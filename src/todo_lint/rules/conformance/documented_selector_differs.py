"""A Service selects by other labels than the document states.

What it finds
    The selector of a documented Service lacks a stated label, or has another value for it. Further labels only
    narrow the selection and are no contradiction.

Why it matters
    A Service that selects other pods sends traffic to the wrong ones or to none.

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
      type: NodePort
      selector:
        app: webapp  # <-- here
      ports:
        - port: 80
          targetPort: 3000

Good
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
      type: NodePort
      selector:
        app: web
        tier: front
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
    if statement.attribute == Attribute.SELECTOR and not divergence.primary.entity:
        yield defect_of(divergence, context, "set the stated labels, or change the document")
