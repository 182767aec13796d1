"""A Service is in another namespace than the document states.

What it finds
    The document gives an address such as api.default.svc.cluster.local, and the Service is rendered into another
    namespace than the one in that address. Where neither the chart, an option nor the configuration names a
    namespace, and nothing else in the document speaks of the one in the address, that is a warning: with
    `--namespace` it is known which one is meant.

Why it matters
    The address does not resolve.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
    ## Networking Model
    - **Internal Communication**: browser to web-service.default.svc.cluster.local:80
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
      namespace: web  # <-- here
    spec:
      type: NodePort
      selector:
        app: web
      ports:
        - port: 80
          targetPort: 3000

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
    ## Networking Model
    - **Internal Communication**: browser to web-service.default.svc.cluster.local:80
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
    primary = divergence.primary
    statement = primary.statement
    if statement.attribute != Attribute.NAMESPACE or primary.entity:
        return
    if primary.target is None:  # nothing in the chart sets it
        hint = (
            f"change the address; where it is right, name it: --namespace {statement.value}, or in the configuration"
        )
        yield defect_of(divergence, context, hint, severity=Severity.WARNING)
    else:
        yield defect_of(divergence, context, "render the Service into that namespace, or change the document")
