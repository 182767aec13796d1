"""A documented URL names a Service that has another name or another port in the chart.

What it finds
    A ConfigMap holds the URL that the document states, and its host is a documented Service; but the chart renders
    this Service under another name, or without that port.

Why it matters
    The chart looks as the document says, and the address leads nowhere: the application starts and cannot reach its
    backend.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **api**
      - Selector: app=api
    ### Configurations
    - **web-config ConfigMap**
      - api_url: http://api:8000
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector:
        app: api
      ports:
        - port: 80  # <-- here
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      api_url: http://api:8000

Good
    -- data-model.md --
    ### Kubernetes Services
    - **api**
      - Selector: app=api
    ### Configurations
    - **web-config ConfigMap**
      - api_url: http://api:8000
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector:
        app: api
      ports:
        - port: 8000
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      api_url: http://api:8000
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    if divergence.primary.unreachable:
        yield defect_of(divergence, context, "let the URL follow the Service's name and port in the template")
