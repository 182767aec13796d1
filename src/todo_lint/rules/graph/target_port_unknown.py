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
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.pod_templates import ContainerPort, PodTemplate
from todo_lint.manifests.resources import Resource, at, text_at
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import place
from todo_lint.rules.service_ports import ports_of, target_of

SUBJECT = Subject.GRAPH
SIGN = "target port unknown"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each target port that the selected pods lack."""
    for service in graph.of_kind("Service"):
        pods = graph.selected(service)
        ports = [port for candidate in pods for port in candidate.ports()]
        unreadable = any(port.number is None for port in ports)  # an objection of Kubernetes' own
        if not pods or unreadable or service.get("spec", "type") == "ExternalName":
            continue
        for number, entry in enumerate(ports_of(service)):
            severity = _severity(graph, service, entry, pods, ports)
            if severity is not None:
                yield _defect(service, number, entry, pods, ports, severity)


def _severity(
    graph: Graph, service: Resource, entry: Json, pods: Sequence[PodTemplate], ports: list[ContainerPort]
) -> Severity | None:
    """How sure it is that the port is wrong; None where it is right.

    A name must be there, unless the Service is headless: its name leads to the pods, whatever its ports are. A number
    is probably wrong where the pods declare another port that no Service leads to, and that has the same name or is
    the only one to be meant.
    """
    target = target_of(entry)
    if _has(ports, entry):
        return None
    others_lead = any(_has(ports, other) for other in ports_of(service))
    if isinstance(target, str):
        if service.get("spec", "clusterIP") == "None":
            return Severity.NOTE
        return Severity.WARNING if others_lead else Severity.ERROR
    if not isinstance(target, int) or not ports:
        return None
    meant = not others_lead or at(entry, ("name",)) in [port.name for port in _spare(graph, pods, ports)]
    sure = meant and bool(_spare(graph, pods, ports)) and all(candidate.ports() for candidate in pods)
    return Severity.WARNING if sure else Severity.NOTE


def _has(ports: list[ContainerPort], entry: Json) -> bool:
    """Whether an entry of a Service's ports leads to a port that a container declares."""
    target, protocol = target_of(entry), text_at(entry, ("protocol",)) or "TCP"
    if isinstance(target, str):
        return any(port.name == target and port.protocol == protocol for port in ports)
    return target in [port.number for port in ports]


def _spare(graph: Graph, pods: Sequence[PodTemplate], ports: list[ContainerPort]) -> list[ContainerPort]:
    """The declared ports that no Service leads to."""
    services = {id(s): s for candidate in pods for s in graph.selected_by("Service").get(id(candidate), ())}
    led_to = {target_of(other) for service in services.values() for other in ports_of(service)}
    return [port for port in ports if port.number not in led_to and port.name not in led_to]


def _defect(
    service: Resource,
    number: int,
    entry: Json,
    pods: Sequence[PodTemplate],
    ports: list[ContainerPort],
    severity: Severity,
) -> Defect:
    names = ", ".join(dict.fromkeys(str(candidate.resource.ref) for candidate in pods[:3]))
    containers = place(pods[0].resource, *pods[0].route, "spec", "containers")
    return Defect(
        f"{service.ref} sends traffic to port {target_of(entry)} of its pods; {names} {_have(ports)}",
        place(service, "spec", "ports", number, "targetPort"),
        "name a port of a container, by name or number",
        severity=severity,
        related=((f"the pods of {pods[0].resource.ref}", containers),),
    )


def _have(ports: list[ContainerPort]) -> str:
    shown = dict.fromkeys(f"{port.number} ({port.name})" if port.name else str(port.number) for port in ports)
    return f"has {', '.join(shown)}" if shown else "declares no port"
