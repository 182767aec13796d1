"""Ports of Services that lead to no port of the pods they select."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.findings import Severity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.pod_templates import ContainerPort, PodTemplate
from todo_lint.manifests.resources import Resource, at, text_at
from todo_lint.manifests.service_ports import ports_of, target_of
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class UnknownPort:
    """The entry ``number`` of a Service's ports, which leads to ``target``, and the selected pods, which lack it.

    ``ports`` are those that the pods declare. ``severity``: how sure it is that the port is wrong.
    """

    number: int
    target: Json
    pods: tuple[PodTemplate, ...]
    ports: tuple[ContainerPort, ...]
    severity: Severity


def unknown_target_ports(service: Resource, graph: Graph) -> Iterator[UnknownPort]:
    """The ports of a Service that the pods it selects lack."""
    pods = graph.selected(service)
    ports = [port for candidate in pods for port in candidate.ports()]
    unreadable = any(port.number is None for port in ports)  # an objection of Kubernetes' own
    if not pods or unreadable or service.get("spec", "type") == "ExternalName":
        return
    for number, entry in enumerate(ports_of(service)):
        severity = _severity(graph, service, entry, pods, ports)
        if severity is not None:
            yield UnknownPort(number, target_of(entry), pods, tuple(ports), severity)


def _severity(
    graph: Graph, service: Resource, entry: Json, pods: Sequence[PodTemplate], ports: list[ContainerPort]
) -> Severity | None:
    """How sure it is that the port is wrong; None where it is right.

    A name must be there, unless the Service is headless: its name leads to the pods, whatever its ports are. A number
    is probably wrong where the pods declare a port of the same name, or another one that no Service leads to and that
    is the only one to be meant.
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
    named = at(entry, ("name",)) in [port.name for port in ports if port.name]
    meant = named or (not others_lead and bool(_spare(graph, pods, ports)))
    sure = meant and all(candidate.ports() for candidate in pods)
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
