"""A port is not the one that the document states.

What it finds
    The port, target port or node port of a documented Service, or a port of the container that runs a
    documented image, is not the stated one. A named target port is looked up among the ports of the pods that the
    Service selects.

Why it matters
    Whoever wrote a URL, an Ingress or a firewall rule by the document reaches a closed port.

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
        app: web
      ports:
        - port: 8080  # <-- here
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
from todo_lint.rules.divergences import defect_of, is_plain

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.attribute in (
        Attribute.PORT,
        Attribute.TARGET_PORT,
        Attribute.NODE_PORT,
        Attribute.CONTAINER_PORT,
    ) and is_plain(divergence):
        yield defect_of(divergence, context, "set the stated port, or change the document")
