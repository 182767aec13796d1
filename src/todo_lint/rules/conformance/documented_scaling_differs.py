"""An autoscaler or a disruption budget is not what the document states.

What it finds
    The bounds, target or metric of a documented HorizontalPodAutoscaler, or the limit of a documented
    PodDisruptionBudget, is another one in the chart.

Why it matters
    Under load there are fewer pods than planned, or more than the cluster has room for; a drain of nodes takes
    more of them away than agreed.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
    ### Horizontal Pod Autoscalers
    - **web-hpa**
      - Max Replicas: 5
    -- manifest.yaml --
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web-hpa
    spec:
      minReplicas: 1
      maxReplicas: 3  # <-- here
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web-deployment
    ---
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

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
    ### Horizontal Pod Autoscalers
    - **web-hpa**
      - Max Replicas: 5
    -- manifest.yaml --
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata:
      name: web-hpa
    spec:
      minReplicas: 1
      maxReplicas: 5
      scaleTargetRef:
        apiVersion: apps/v1
        kind: Deployment
        name: web-deployment
    ---
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

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute, Prefix
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

_OWN = (
    *(Attribute.MIN_REPLICAS, Attribute.MAX_REPLICAS, Attribute.TARGET),
    *(Attribute.MIN_AVAILABLE, Attribute.MAX_UNAVAILABLE),
)

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if is_plain(divergence) and (statement.attribute in _OWN or statement.attribute.startswith(Prefix.METRIC)):
        yield defect_of(divergence, context, "set it as stated, or change the document")
