"""A workload is of another kind than the document states.

What it finds
    The document calls something a Deployment, and the chart renders a StatefulSet of that name (or the other
    way round; the same for jobs and daemon sets). Its attributes are compared all the same.

Why it matters
    The kinds differ in what survives an update: names, order, volumes.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
    -- manifest.yaml --
    apiVersion: apps/v1
    kind: DaemonSet  # <-- here
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
        spec:
          containers:
            - name: web
              image: web:1.0

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
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
        spec:
          containers:
            - name: web
              image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, Verdict
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    primary = divergence.primary
    if primary.verdict is Verdict.VIOLATED and bool(primary.entity) and statement.attribute == Attribute.NAME:
        yield defect_of(divergence, context, "render the stated kind, or change the document")
