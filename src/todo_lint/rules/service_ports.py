"""What the rules about references to ports of Services share."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.manifests.dangling import lacks_port
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.service_ports import show_ports
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Defect


def wrong_port(reference: Reference, graph: Graph) -> Iterator[Defect]:
    """The defect of a reference whose Service is rendered and lacks the port."""
    service = graph.target(reference)
    if service is None or not lacks_port(reference, graph):
        return
    yield Defect(
        f"{reference.source.ref} refers to port {reference.key} of {service.ref}, which has {show_ports(service)}",
        Target(reference.key_route, reference.source),
        "name a port of the Service: its port, not the container's",
        related=(("the Service's ports", Target(("spec", "ports"), service)),),
    )
