"""A probe is not what the document states.

What it finds
    A liveness, readiness or startup probe that the document describes is not there, or asks another path or
    port, or at another pace. What Kubernetes fills in counts as set; a named port is its number.

Why it matters
    Kubernetes restarts a healthy container, or sends traffic to one that is not ready yet.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Liveness Probe: /healthz on port 80
      - Container Port: 80
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
              ports:
                - name: http
                  containerPort: 80
              livenessProbe:
                httpGet:
                  path: /ready  # <-- here
                  port: http

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Liveness Probe: /healthz on port 80
      - Container Port: 80
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
              ports:
                - name: http
                  containerPort: 80
              livenessProbe:
                httpGet:
                  path: /healthz
                  port: http
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
    probes = (Prefix.LIVENESS, Prefix.READINESS, Prefix.STARTUP, Prefix.PROBE)
    if is_plain(divergence) and statement.attribute.startswith(probes):
        yield defect_of(divergence, context, "set the probe as stated, or change the document")
