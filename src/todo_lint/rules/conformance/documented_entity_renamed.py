"""Something that the document describes is rendered under another name.

What it finds
    The chart renders a resource that plays the part of a documented entity, under another name. A name that only adds
    to the stated one, such as the release's name in front, is a note; another name is a warning. The entity's
    attributes are compared all the same, and what uses the stated name is an error where it stands.

Why it matters
    Addresses, commands and dashboards that use the documented name find nothing.

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
      name: frontend  # <-- here
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
from todo_lint.model.naming import adds_to
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.WARNING


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    if divergence.primary.verdict is Verdict.RENAMED and bool(divergence.primary.entity):
        yield defect_of(
            divergence, context, "use the stated name, or change the document", severity=_severity(divergence)
        )


def _severity(divergence: Divergence) -> Severity:
    """A name that still holds the stated one, or all its telling words, is only a note."""
    stated, rendered = divergence.primary.statement.name, divergence.primary.actual
    return Severity.NOTE if adds_to(stated, rendered) else Severity.WARNING
