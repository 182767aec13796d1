"""A URL or host:port names a port that the Service does not have.

What it finds
    A variable, an argument, a ConfigMap or any other value holds an address whose host is a Service that the chart
    renders, and whose port (that of the scheme where none is written: 80 for `http`) is none of the Service's
    ports. Headless Services, whose names lead to the pods themselves, are left out, as are those for hosts outside.

Why it matters
    The connection times out or is refused. Mostly the container's port is written where the Service's is needed.
    Source: https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: backend
    spec:
      ports:
        - port: 80
          targetPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: API_URL
              value: http://backend:8000  # <-- here

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: backend
    spec:
      ports:
        - port: 80
          targetPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: API_URL
              value: http://backend
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.dangling import closed_service
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.resources import Resource
from todo_lint.manifests.service_ports import show_ports
from todo_lint.model.outcomes import Target
from todo_lint.rules.addresses import related, shown, what, where
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "address of another port"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each port that a Service does not have, once for each Service and port, with all its places."""
    found: dict[tuple[int, int], tuple[Resource, list[UsedAddress]]] = {}
    for used in graph.addresses:
        service, port = closed_service(used, graph), used.address.port
        if service is not None and port is not None:
            found.setdefault((id(service), port), (service, []))[1].append(used)
    for service, places in found.values():
        used = places[0]
        written = (
            "" if used.address.stated else f" (port {used.address.port}, which is that of {used.address.scheme})"
        )
        yield Defect(
            f"{what(used)} names {shown(used)}{written}; {_name(service, used)} has {show_ports(service)}",
            where(used),
            "name a port of the Service: its port, not the container's",
            related=((f"the ports of {service.ref}", Target(("spec", "ports"), service)), *related(used, places[1:])),
            severity=_severity(used),
            excerpt=used.source.ref.kind != "Secret",
        )


def _severity(used: UsedAddress) -> Severity:
    """A written port is wrong for certain; where none is, the program may add it to an argument or in a file."""
    if used.address.stated:
        return SEVERITY
    whole = used.source.ref.kind in ("ConfigMap", "Secret") and "\n" not in str(used.source.get(*used.route))
    return Severity.WARNING if whole or "env" in used.route else Severity.NOTE


def _name(service: Resource, used: UsedAddress) -> str:
    return "the Service" if used.source.ref.kind == "Secret" else str(service.ref)
