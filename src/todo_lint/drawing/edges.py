"""The reference graph as nodes and edges: what the formats draw.

What dangles is told by the same functions as in the rules: manifests/dangling.py and its neighbours.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator

from todo_lint.drawing.lacks import (
    NO_PODS,
    NOT_RENDERED,
    SELECTING,
    Spot,
    lack_of,
    lack_of_port,
    lacks_elsewhere,
    selector_route,
    spot_of,
)
from todo_lint.findings import format_route
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource, at
from todo_lint.manifests.selectors import show_selector
from todo_lint.manifests.service_ports import ports_of
from todo_lint.manifests.target_ports import unknown_target_ports
from todo_lint.manifests.unselected import unselected
from todo_lint.records import dataclass, replace

_WITH_KEYS = ("ConfigMap", "Secret")
_FILES = (Use.VOLUME, Use.PARTIAL_VOLUME, Use.SUB_PATH)
PODS = "Pods"
"""The kind of a node that stands for the pods a selector asks for in vain; its name is the selector."""
_HIDDEN = "(not shown)"


class Standing(enum.StrEnum):
    """Whether a node is there."""

    RENDERED = "rendered"
    OUTSIDE = "outside"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Node:
    """A resource. ``details`` are the keys of a ConfigMap or Secret, or the ports of a Service."""

    kind: str
    name: str
    namespace: str
    standing: Standing
    details: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A reference from one node to another, by their numbers. ``paths`` are the fields that refer.

    ``details`` are the keys, ports or addresses that it names. ``dangling`` says what of it is not there; empty where
    all is. ``optional``: Kubernetes does without it.
    """

    source: int
    target: int
    use: str
    paths: tuple[str, ...]
    details: tuple[str, ...] = ()
    dangling: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """The graph of one profile: rendered resources first, then what is referred to and is not rendered."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def draw(graph: Graph, title: str) -> Drawing:
    """The nodes and edges of a graph; edges between the same two that mean the same are one.

    Where the graph has one under another release name, what dangles only there is marked as well, and says so.
    """
    drawer = _Drawer(graph, lacks_elsewhere(graph))
    drawer.all()
    return Drawing(title, tuple(drawer.nodes), tuple(drawer.merged()))


def cleaned(drawing: Drawing, clean: Callable[[str], str]) -> Drawing:
    """The drawing with all its texts changed by ``clean``."""
    nodes = tuple(
        replace(node, name=clean(node.name), details=tuple(map(clean, node.details))) for node in drawing.nodes
    )
    edges = tuple(
        replace(
            edge,
            paths=tuple(map(clean, edge.paths)),
            details=tuple(map(clean, edge.details)),
            dangling=clean(edge.dangling),
        )
        for edge in drawing.edges
    )
    return Drawing(drawing.title, nodes, edges)


class _Drawer:
    """Collects nodes and edges. ``elsewhere`` says what dangles under another release name, by source and field."""

    def __init__(self, graph: Graph, elsewhere: dict[tuple[int, Spot], str]) -> None:
        self._graph = graph
        self._elsewhere = elsewhere
        self.nodes = [_node(resource, graph) for resource in graph.resources]
        self._numbers = {id(resource): number for number, resource in enumerate(graph.resources)}
        self._others: dict[tuple[str, str, str], int] = {}
        self._edges: list[Edge] = []

    def all(self) -> None:
        """Collect every edge."""
        for reference in self._graph.references:
            self._edges.append(self._reference(reference))
        for resource in self._graph.of_kind(*SELECTING):
            self._edges += self._selection(resource)
        for used in self._graph.addresses:
            self._edges.append(self._address(used))

    def _reference(self, reference: Reference) -> Edge:
        target = self._graph.target(reference)
        lack = lack_of(reference, self._graph)
        number = self._number(target, reference.kind, reference.name, reference.namespace, lack)
        path = format_route(reference.key_route if lack and target is not None else reference.route)
        lack = lack or self._elsewhere_of(reference.source, spot_of(reference, self._graph))
        details = (reference.key,) if reference.key else ()
        use = "volume" if reference.use in _FILES else reference.use.value
        return Edge(self._numbers[id(reference.source)], number, use, (path,), details, lack, reference.optional)

    def _elsewhere_of(self, source: Resource, spot: Spot) -> str:
        return self._elsewhere.get((id(source), spot), "")

    def _selection(self, resource: Resource) -> Iterator[Edge]:
        """The edges to the pods that are selected, or asked for in vain."""
        source, route = self._numbers[id(resource)], selector_route(resource)
        path = (format_route(route),)
        asked = unselected(resource, self._graph)
        if asked is not None:
            selector, namespace = show_selector(asked.selector), self._graph.namespace_of(resource)
            yield Edge(
                source, self._number(None, PODS, selector, namespace, NOT_RENDERED), "selects", path, (), NO_PODS
            )
        if resource.ref.kind == "Service":
            yield from self._served(resource, path)
            return
        lack = self._elsewhere_of(resource, Spot(route))
        for pods in self._graph.selected(resource):
            yield Edge(source, self._numbers[id(pods.resource)], "selects", path, (), lack)

    def _served(self, service: Resource, path: tuple[str, ...]) -> Iterator[Edge]:
        """The edges of a Service to its pods; those of ports that the pods lack are of their own."""
        source, ports = self._numbers[id(service)], _ports(service)
        unknown = {one.number: one for one in unknown_target_ports(service, self._graph)}
        right = tuple(text for number, text in enumerate(ports) if number not in unknown)
        lack = self._elsewhere_of(service, Spot(selector_route(service)))
        for pods in self._graph.selected(service):
            target = self._numbers[id(pods.resource)]
            if right or not unknown:
                yield Edge(source, target, "selects", path, right, lack)
            for number, one in unknown.items():
                field = (format_route(("spec", "ports", number, "targetPort")),)
                yield Edge(source, target, "selects", field, (ports[number],), lack_of_port(one))

    def _address(self, used: UsedAddress) -> Edge:
        """The edge of an address; of one in a Secret the host and the port are not shown."""
        service = self._graph.find("Service", used.service.name, used.service.namespace)
        hidden = used.source.ref.kind == "Secret"
        lack = lack_of(used, self._graph)
        name = _HIDDEN if hidden and service is None else used.service.name
        number = self._number(service, "Service", name, used.service.namespace, lack)
        lack = lack or self._elsewhere_of(used.source, spot_of(used, self._graph))
        port = f":{used.address.port}" if used.address.stated else ""
        details = () if hidden else (f"{used.address.host}{port}",)
        return Edge(self._numbers[id(used.source)], number, "address", (format_route(used.route),), details, lack)

    def _number(self, target: Resource | None, kind: str, name: str, namespace: str, lack: str) -> int:
        if target is not None:
            return self._numbers[id(target)]
        key = (kind, namespace, name)
        if key not in self._others:
            self._others[key] = len(self.nodes)
            standing = Standing.MISSING if lack else Standing.OUTSIDE
            self.nodes.append(Node(kind, name, namespace, standing))
        elif lack:
            node = self.nodes[self._others[key]]
            self.nodes[self._others[key]] = Node(kind, name, namespace, Standing.MISSING, node.details)
        return self._others[key]

    def merged(self) -> Iterator[Edge]:
        """The edges, those of one use between the same two nodes put together."""
        groups: dict[tuple[int, int, str, str, bool], list[Edge]] = {}
        for edge in self._edges:
            key = (edge.source, edge.target, edge.use, edge.dangling, edge.optional)
            groups.setdefault(key, []).append(edge)
        for (source, target, use, lack, optional), edges in groups.items():
            details = tuple(dict.fromkeys(detail for edge in edges for detail in edge.details))
            paths = tuple(dict.fromkeys(path for edge in edges for path in edge.paths))
            yield Edge(source, target, use, paths, details, lack, optional)


def _node(resource: Resource, graph: Graph) -> Node:
    details: tuple[str, ...] = ()
    if resource.ref.kind in _WITH_KEYS:
        details = tuple(sorted(keys_of(resource)))
    elif resource.ref.kind == "Service":
        details = _ports(resource)
    return Node(resource.ref.kind, resource.ref.name, graph.namespace_of(resource), Standing.RENDERED, details)


def _ports(service: Resource) -> tuple[str, ...]:
    """The ports of a Service, each with the container port that it leads to: ``80 → http``."""
    shown = []
    for entry in ports_of(service):
        port, target = at(entry, ("port",)), at(entry, ("targetPort",))
        shown.append(f"{port} → {target}" if target not in (None, port) else str(port))
    return tuple(shown)
