"""What the rules about ports of Services share."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.resources import Resource, at, items_at
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Defect


def ports_of(service: Resource) -> list[Json]:
    """The entries of ``spec.ports``."""
    return items_at(dict(service.value), ("spec", "ports"))


def target_of(entry: Json) -> Json:
    """The container port that an entry of a Service's ports leads to: its ``port`` where it names no other."""
    target = at(entry, ("targetPort",))
    return at(entry, ("port",)) if target in (None, "", 0) else target


def has_port(service: Resource, port: str) -> bool:
    """Whether a Service has a port of this number or name; one that points to another host has every port."""
    if service.get("spec", "type") == "ExternalName":
        return True
    return any(port in (str(at(entry, ("port",))), at(entry, ("name",))) for entry in ports_of(service))


def show_ports(service: Resource) -> str:
    """The ports of a Service as a message names them: ``80 (http), 9090``."""
    shown = []
    for entry in ports_of(service):
        number, name = at(entry, ("port",)), at(entry, ("name",))
        shown.append(f"{number} ({name})" if name else str(number))
    return ", ".join(shown) or "no port"


def wrong_port(reference: Reference, graph: Graph) -> Iterator[Defect]:
    """The defect of a reference whose Service is rendered and lacks the port."""
    service = graph.target(reference)
    if service is None or reference.key is None or has_port(service, reference.key):
        return
    yield Defect(
        f"{reference.source.ref} refers to port {reference.key} of {service.ref}, which has {show_ports(service)}",
        Target(reference.key_route, reference.source),
        "name a port of the Service: its port, not the container's",
        related=(("the Service's ports", Target(("spec", "ports"), service)),),
    )
