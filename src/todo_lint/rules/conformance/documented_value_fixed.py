"""What the document calls configurable is not: no key of the values changes it.

What it finds
    A field that has the stated value, of which the document says that it is configurable (or a default that can be
    changed), while no key of the values changes it: each is tried, and the chart is rendered again.

Why it matters
    Whoever wants another value finds no key for it, or sets one that is there and changes nothing.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    replicas: 1
    -- chart/templates/deployment.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 1  # <-- here
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
    -- data-model.md --
    ### Kubernetes Deployments
    - **web**
      - Replica Count: 1 (configurable)
      - Container Image: web:1.0

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    web:
      size: small
    -- chart/templates/deployment.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: {{ ternary 1 3 (eq .Values.web.size "small") }}
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
    -- data-model.md --
    ### Kubernetes Deployments
    - **web**
      - Replica Count: 1 (configurable)
      - Container Image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.FIXED
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield what is stated as configurable, and cannot be configured."""
    hint = "let the template read it from a key of values.yaml, or change the document"
    yield defect_of(divergence, context, hint)
