"""Something that the document describes is not rendered.

What it finds
    The document describes a Deployment, Service, ConfigMap or Secret, and the chart renders none that has this name
    or plays its part (same kind, with the stated image, ports, selector or keys). Its attributes are counted as
    missing and not reported one by one.

Why it matters
    What others build on is not there.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**  <!-- here -->
      - Type: NodePort
      - Port: 80 (external), 3000 (target)
      - Selector: app=web
    -- manifest.yaml --
    apiVersion: example.com/v1
    kind: Thing
    metadata:
      name: other
    spec:
      type: NodePort
      selector:
        app: x
      ports:
        - port: 1234
          targetPort: 1234

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

from todo_lint.findings import Severity, Verdict
from todo_lint.model.divergence import Divergence
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    if divergence.primary.verdict is Verdict.MISSING and bool(divergence.primary.entity):
        yield defect_of(divergence, context, "render it, or take it out of the document (or mark it as Future there)")
