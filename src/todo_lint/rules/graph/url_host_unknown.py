"""A URL or host:port names a Service that is not rendered.

What it finds
    A variable, an argument, a ConfigMap or any other value holds an address whose host is meant as a Service (a
    single label with a scheme or a port, or a name that ends in `.svc`), and the chart renders no Service of that
    name in that namespace. `localhost`, images, other namespaces, pods of a StatefulSet and hosts that are declared
    (`outside: [Service/redis]`) are no findings. Where the host neither follows the release's name nor is like the
    name of a Service that is rendered, it may be outside, and the finding is a note; so it is where the Service has
    no such port, or values.yaml has an empty key in which the users name the host.

Why it matters
    The name does not resolve: the program starts and cannot reach what it needs. Most often the host is written out
    and the Service's name begins with the release's.
    Source: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-backend
    spec:
      ports:
        - port: 8000
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
              value: http://backend:8000/api  # <-- here

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: shop-backend
    spec:
      ports:
        - port: 8000
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
              value: http://shop-backend:8000/api
            - name: HEALTH_URL
              value: http://localhost:3000/health
            - name: DOCS_URL
              value: https://backend.example.com:8000
            - name: AUTH_URL
              value: http://backend.login.svc.cluster.local
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.helm.chart import Chart
from todo_lint.manifests.dangling import Missing
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.resources import Resource
from todo_lint.manifests.service_ports import has_port, ports_of, target_of
from todo_lint.rules.addresses import related, shown, unknown_hosts, users_name, what, where
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import switched_off

SUBJECT = Subject.GRAPH
SIGN = "host not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each host that is no Service, once, with all its places."""
    for places in unknown_hosts(graph):
        used, missing = next((place for place in places if place[1].own), places[0])
        meant = missing.renamed or missing.like
        probable = missing.own and _is_meant(used, missing, meant, graph, context.chart)
        name = "the host's name" if used.source.ref.kind == "Secret" else f"Service/{used.service.name}"
        message = f"{what(used)} names {shown(used)}, and {name} is not rendered"
        if meant == used.service.name:
            message += f" in the namespace {used.service.namespace}, but in another one"
        elif meant:
            message += f"; Service/{meant} is"
        elif missing.follows:
            message += "; the name follows the release's"
        yield Defect(
            message,
            where(used),
            "let the host follow the Service's name; declare one that is outside under outside: in .todo-lint.yaml",
            severity=SEVERITY if probable else Severity.NOTE,
            related=related(used, [other for other, _ in places]),
            excerpt=used.source.ref.kind != "Secret",
        )


def _is_meant(used: UsedAddress, missing: Missing, meant: str, graph: Graph, chart: Chart | None) -> bool:
    """Whether a name that is probably the chart's own is so for certain.

    It is not where the Service that it is like has no such port, neither of its own nor of its pods, or where the
    name that follows the release's is that of a part which is switched off, or which the users are to name.
    """
    if meant:
        services = [service for service in graph.of_kind("Service") if service.ref.name == meant]
        return not services or not used.address.stated or any(_leads(s, used.address.port) for s in services)
    if not missing.follows:
        return True
    name = used.service.name
    return not switched_off("Service", name, graph, chart) and not users_name(name, graph, chart)


def _leads(service: Resource, port: int | None) -> bool:
    return has_port(service, str(port)) or any(target_of(entry) in (port, str(port)) for entry in ports_of(service))
