"""A field is not what the document states.

What it finds
    A field that the document states for a resource and that no other rule is about differs or is not set: a
    pull policy, restart policy, strategy, command, schedule, service account, protocol, or any field of a
    manifest that the document shows.

Why it matters
    Somebody wrote it down because it matters, and the cluster does something else.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Image Pull Policy: IfNotPresent
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
              imagePullPolicy: Always  # <-- here

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
      - Image Pull Policy: IfNotPresent
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
              imagePullPolicy: IfNotPresent
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute, Kind, Prefix
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

_OWN = (
    *(Attribute.IMAGE_PULL_POLICY, Attribute.RESTART_POLICY, Attribute.STRATEGY, Attribute.COMMAND),
    *(Attribute.SERVICE_ACCOUNT, Attribute.SERVICE_NAME, Attribute.SCHEDULE, Attribute.PROTOCOL),
    *(Attribute.CLUSTER_IP, Attribute.API_VERSION),
)

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    own = statement.attribute in _OWN or statement.attribute.startswith(Prefix.SPEC)
    of_secret = statement.kind == Kind.SECRET and statement.attribute == Attribute.TYPE
    if (own or of_secret) and statement.kind not in (Kind.CHART, Kind.VALUES) and is_plain(divergence):
        yield defect_of(divergence, context, "set the field as stated, or change the document")
