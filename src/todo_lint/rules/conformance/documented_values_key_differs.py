"""values.yaml differs from the document.

What it finds
    A values key that the document states is missing from values.yaml or has another default. Quantities are compared
    as such. Where the same default also puts a stated field of a resource wrong, the finding is about that field and
    relates the key.

Why it matters
    Whoever installs the chart by the document sets a key that does nothing, or relies on a default that is another.

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
    version: 0.2.0
    -- chart/values.yaml --
    service:
      port: 8080  # <-- here
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
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DEFAULT
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence: no other rule speaks of it."""
    yield defect_of(divergence, context, "set the stated default in values.yaml, or change the document")
