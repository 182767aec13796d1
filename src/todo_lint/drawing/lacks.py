"""What dangles, in words: the same functions tell it as in the rules, manifests/dangling.py and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, Severity
from todo_lint.manifests.dangling import closed_service, lacks_key, lacks_port, missing, missing_host
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.resources import Resource
from todo_lint.manifests.target_ports import UnknownPort
from todo_lint.manifests.unselected import unselected
from todo_lint.records import dataclass

SELECTING = ("Service", "NetworkPolicy", "PodDisruptionBudget")
_SELECTORS = {"NetworkPolicy": ("spec", "podSelector")}
NOT_RENDERED = "not rendered"
NO_PODS = "no such pods"


@dataclass(frozen=True, slots=True)
class Spot:
    """A field that refers to something, which is the same under every release name.

    ``key`` leads to the key or port; ``number`` tells the addresses in one text apart.
    """

    route: Route
    key: Route = ()
    number: int = 0


def spot_of(refers: Reference | UsedAddress, graph: Graph) -> Spot:
    """The field of a reference or an address of a graph."""
    if isinstance(refers, Reference):
        return Spot(refers.route, refers.key_route)
    return Spot(refers.route, number=graph.addresses_at(refers.source, refers.route).index(refers.address))


def selector_route(resource: Resource) -> Route:
    """Where the selector of a resource stands that selects pods."""
    return _SELECTORS.get(resource.ref.kind, ("spec", "selector"))


def lack_of(refers: Reference | UsedAddress, graph: Graph) -> str:
    """What is not there of what a reference or an address leads to: the whole, a key or a port; empty: all is there.

    A port that stands in a Secret is not told.
    """
    if isinstance(refers, UsedAddress):
        return _lack_of_address(refers, graph)
    if missing(refers, graph) is not None:
        return NOT_RENDERED
    if lacks_key(refers, graph):
        return f"no key {refers.key}"
    return f"no port {refers.key}" if lacks_port(refers, graph) else ""


def _lack_of_address(used: UsedAddress, graph: Graph) -> str:
    if missing_host(used, graph) is not None:
        return NOT_RENDERED
    if closed_service(used, graph) is None:
        return ""
    return "no such port" if used.source.ref.kind == "Secret" else f"no port {used.address.port}"


def lack_of_port(unknown: UnknownPort) -> str:
    """What is not there of the port of a Service."""
    return f"no container has port {unknown.target}"


def lacks_elsewhere(graph: Graph) -> dict[tuple[int, Spot], str]:
    """What dangles under the other release name, by the ``id()`` of the source in this graph, and the field."""
    if graph.other is None:
        return {}
    found = {}
    for source, spot, lack in _lacks(graph.other):
        twin = graph.other.twin(source)
        if twin is not None:
            found[id(twin), spot] = f"{lack} when the release is called {graph.other.release}"
    return found


def _lacks(graph: Graph) -> Iterator[tuple[Resource, Spot, str]]:
    """All that dangles in a graph and is probably meant as the chart's own: the source, the field and what lacks."""
    for reference in graph.references:
        lack, absent = lack_of(reference, graph), missing(reference, graph)
        if lack and (absent is None or absent.own):
            yield reference.source, spot_of(reference, graph), lack
    for resource in graph.of_kind(*SELECTING):
        asked = unselected(resource, graph)
        if asked is not None and asked.severity is not Severity.NOTE:
            yield resource, Spot(selector_route(resource)), NO_PODS
    for used in graph.addresses:
        lack, host = lack_of(used, graph), missing_host(used, graph)
        if lack and (host is None or host.own):
            yield used.source, spot_of(used, graph), lack
