"""Chart.yaml differs from the document.

What it finds
    The name, version or appVersion in Chart.yaml is missing or not the stated one.

Why it matters
    Releases and images are found by these versions.

Bad
    -- data-model.md --
    ## Helm Chart Structure
    - **Chart.yaml**
      - Name: web
      - Version: 0.2.0
    - **values.yaml**
      - service.port: 80
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.3.0  # <-- here
    -- chart/values.yaml --
    service:
      port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: {{ .Values.service.port }}

Good
    -- data-model.md --
    ## Helm Chart Structure
    - **Chart.yaml**
      - Name: web
      - Version: 0.2.0
    - **values.yaml**
      - service.port: 80
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.2.0
    -- chart/values.yaml --
    service:
      port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: {{ .Values.service.port }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Kind
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.kind == Kind.CHART:
        yield defect_of(divergence, context, "set the stated value in Chart.yaml, or change the document")
