"""A Service sends traffic to a port that no container of its pods has.

What it finds
    The `targetPort` of a Service (its `port` where none is written) is a name that no container of the selected
    pods gives to a port, or a number that is none of the ports that these containers declare. Pods that declare no
    ports are passed over: declaring one is not needed to listen on it. For the same reason a number is a note
    unless the pods declare a port that no Service leads to and that is likely meant; a name of a headless Service
    is a note as well.

Why it matters
    By an unknown name the Service gets no endpoints; at a wrong number connections are refused.
    Source: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: web  # <-- here
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - name: http
              containerPort: 8080

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: web
      ports:
        - port: 80
          targetPort: http
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - name: http
              containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.pod_templates import ContainerPort
from todo_lint.manifests.resources import Resource
from todo_lint.manifests.target_ports import UnknownPort, unknown_target_ports
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import place

SUBJECT = Subject.GRAPH
SIGN = "target port unknown"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each target port that the selected pods lack."""
    for service in graph.of_kind("Service"):
        for unknown in unknown_target_ports(service, graph):
            yield _defect(service, unknown)


def _defect(service: Resource, unknown: UnknownPort) -> Defect:
    pods = unknown.pods
    names = ", ".join(dict.fromkeys(str(candidate.resource.ref) for candidate in pods[:3]))
    containers = place(pods[0].resource, *pods[0].route, "spec", "containers")
    return Defect(
        f"{service.ref} sends traffic to port {unknown.target} of its pods; {names} {_have(unknown.ports)}",
        place(service, "spec", "ports", unknown.number, "targetPort"),
        "name a port of a container, by name or number",
        severity=unknown.severity,
        related=((f"the pods of {pods[0].resource.ref}", containers),),
    )


def _have(ports: Sequence[ContainerPort]) -> str:
    shown = dict.fromkeys(f"{port.number} ({port.name})" if port.name else str(port.number) for port in ports)
    return f"has {', '.join(shown)}" if shown else "declares no port"
