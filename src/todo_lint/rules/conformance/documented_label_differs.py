"""A label or an annotation is not what the document states.

What it finds
    A documented label of a resource or of its pods, or a documented annotation, has another value or is not
    there.

Why it matters
    Labels are how Services, policies, dashboards and people find things.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Pod Labels: tier=front
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
            tier: back  # <-- here
        spec:
          containers:
            - name: web
              image: web:1.0

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Pod Labels: tier=front
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
            tier: front
        spec:
          containers:
            - name: web
              image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Prefix
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if is_plain(divergence) and statement.attribute.startswith((Prefix.LABEL, Prefix.POD_LABEL, Prefix.ANNOTATION)):
        yield defect_of(divergence, context, "set it as stated, or change the document")
