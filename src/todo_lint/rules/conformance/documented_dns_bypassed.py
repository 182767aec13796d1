"""A documented workload does not use the cluster's DNS.

What it finds
    The document says that names resolve through the cluster's DNS, and a documented Deployment has a dnsPolicy that
    passes it by: anything but ClusterFirst (the default), or ClusterFirstWithHostNet on the host's network. Or its
    dnsConfig sets ndots so low that the names of Services in the document are not looked for below the cluster's
    domains.

Why it matters
    The names of Services do not resolve inside its pods.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
    ## Networking Model
    - **DNS Resolution**: Kubernetes internal DNS for service discovery
    -- manifest.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          dnsPolicy: Default  # <-- here
          containers:
            - name: web
              image: web:1.0
              envFrom:
                - configMapRef:
                    name: web-config
              resources:
                requests:
                  cpu: 200m
                  memory: 128Mi

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
    ## Networking Model
    - **DNS Resolution**: Kubernetes internal DNS for service discovery
    -- manifest.yaml --
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          hostNetwork: true
          dnsPolicy: ClusterFirstWithHostNet
          containers:
            - name: web
              image: web:1.0
              envFrom:
                - configMapRef:
                    name: web-config
              resources:
                requests:
                  cpu: 200m
                  memory: 128Mi
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if statement.attribute == Attribute.DNS:
        yield defect_of(divergence, context, "leave dnsPolicy out, or change the document")
