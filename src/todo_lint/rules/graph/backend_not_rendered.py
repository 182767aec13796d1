"""An Ingress or route leads to a Service that is not rendered.

What it finds
    A backend of an Ingress, or of a route of the Gateway API, names a Service of its own namespace that the chart
    does not render. A backend that an annotation explains (as AWS' load balancer controller has them) is none. A
    Service that is made outside can be declared: `outside: [Service/name]`.

Why it matters
    The address answers with 503, or not at all.
    Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-web
    spec:
      ports:
        - port: 80
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: web  # <-- here
                    port:
                      number: 80

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-web
    spec:
      ports:
        - port: 80
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      rules:
        - http:
            paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: shop-web
                    port:
                      number: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered, of_use

SUBJECT = Subject.GRAPH
SIGN = "backend not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each backend that is not there."""
    references = of_use(graph, "Service", Use.BACKEND)
    yield from not_rendered(graph, references, "the address leads nowhere", otherwise=SEVERITY)
