"""An Ingress or route leads to a port that its Service does not have.

What it finds
    The backend of an Ingress, or of a route of the Gateway API, names a Service that is rendered, and a port (a
    number or a name) that is not among the Service's ports. The port is the Service's `port`, not the container's.

Why it matters
    The address answers with 503, or not at all.
    Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
          targetPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web
          port:
            number: 8080  # <-- here

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: 80
          targetPort: 8080
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend:
        service:
          name: web
          port:
            number: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import of_use
from todo_lint.rules.service_ports import wrong_port

SUBJECT = Subject.GRAPH
SIGN = "backend lacks a key"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each port of a backend that its Service does not have."""
    for reference in of_use(graph, "Service", Use.BACKEND):
        yield from wrong_port(reference, graph)
