"""An environment variable is not what the document states.

What it finds
    A documented variable of a container has another value, comes from elsewhere than stated, or is not there.
    Values are looked up in the ConfigMap that they come from; those of Secrets are never looked at.

Why it matters
    The application reads another setting than the one that was agreed, or none.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Env:
        - LOG_LEVEL: info
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
              env:
                - name: LOG_LEVEL
                  value: debug  # <-- here

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Env:
        - LOG_LEVEL: info
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
              env:
                - name: LOG_LEVEL
                  value: info
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute, Prefix
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    of_variable = statement.attribute.startswith((Prefix.ENV, Prefix.ENV_SOURCE))
    if of_variable and statement.attribute != Attribute.ENV_FROM and is_plain(divergence):
        yield defect_of(divergence, context, "set the variable as stated, or change the document")
