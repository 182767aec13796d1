"""An Ingress is not what the document states.

What it finds
    A host, path, path type, backend, class or certificate that the document states for an Ingress is another
    one in the chart. A backend is the Service that plays the stated one's part, under whatever name.

Why it matters
    Requests from outside reach another application, or none.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
      - Container Image: web:1.0
    ### Kubernetes Services
    - **web-service**
      - Port: 80
    ### Ingress
    - **web-ingress**
      - Host: todo.example.com
    -- manifest.yaml --
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web-ingress
    spec:
      rules:
        - host: shop.example.com  # <-- here
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web-service
                    port:
                      number: 80
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - port: 80
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
    ### Kubernetes Services
    - **web-service**
      - Port: 80
    ### Ingress
    - **web-ingress**
      - Host: todo.example.com
    -- manifest.yaml --
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web-ingress
    spec:
      rules:
        - host: todo.example.com
          http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web-service
                    port:
                      number: 80
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - port: 80
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
from todo_lint.model.statements import Attribute
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

_OWN = (
    *(Attribute.HOST, Attribute.PATH, Attribute.PATH_TYPE, Attribute.INGRESS_CLASS, Attribute.TLS),
    *(Attribute.BACKEND_SERVICE, Attribute.BACKEND_PORT),
)

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if is_plain(divergence) and statement.attribute in _OWN:
        yield defect_of(divergence, context, "set it as stated, or change the document")
