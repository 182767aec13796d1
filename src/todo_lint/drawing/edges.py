"""The reference graph as nodes and edges: what the formats draw."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator

from todo_lint.findings import format_route
from todo_lint.manifests.dangling import missing, missing_host
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource, at, items_at
from todo_lint.records import dataclass, replace

_SELECTING = ("Service", "NetworkPolicy", "PodDisruptionBudget")
_WITH_KEYS = ("ConfigMap", "Secret")


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
    """A reference from one node to another, by their numbers. ``path`` is the field, or the first of several.

    ``details`` are the keys, ports or addresses that it names. ``dangling`` says what of it is not there; empty where
    all is. ``optional``: Kubernetes does without it.
    """

    source: int
    target: int
    use: str
    path: str
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
    """The nodes and edges of a graph; edges between the same two that mean the same are one."""
    drawer = _Drawer(graph)
    drawer.all()
    return Drawing(title, tuple(drawer.nodes), tuple(drawer.merged()))


def cleaned(drawing: Drawing, clean: Callable[[str], str]) -> Drawing:
    """The drawing with all its texts changed by ``clean``."""
    nodes = tuple(
        replace(node, name=clean(node.name), details=tuple(map(clean, node.details))) for node in drawing.nodes
    )
    edges = tuple(
        replace(edge, path=clean(edge.path), details=tuple(map(clean, edge.details)), dangling=clean(edge.dangling))
        for edge in drawing.edges
    )
    return Drawing(drawing.title, nodes, edges)


class _Drawer:
    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.nodes = [_node(resource, graph) for resource in graph.resources]
        self._numbers = {id(resource): number for number, resource in enumerate(graph.resources)}
        self._others: dict[tuple[str, str, str], int] = {}
        self._edges: list[Edge] = []

    def all(self) -> None:
        """Collect every edge."""
        for reference in self._graph.references:
            self._edges.append(self._reference(reference))
        for resource in self._graph.of_kind(*_SELECTING):
            self._edges += self._selection(resource)
        for used in self._graph.addresses:
            self._edges += self._address(used)

    def _reference(self, reference: Reference) -> Edge:
        target = self._graph.target(reference)
        lost = "" if target is not None or missing(reference, self._graph) is None else "not rendered"
        if target is not None and reference.key is not None and not reference.optional:
            lost = _lacking(reference, target)
        number = self._number(target, reference.kind, reference.name, reference.namespace, lost)
        details = (reference.key,) if reference.key else ()
        path = format_route(reference.route)
        use = "volume" if reference.use in (Use.PARTIAL_VOLUME, Use.SUB_PATH) else reference.use.value
        return Edge(self._numbers[id(reference.source)], number, use, path, details, lost, reference.optional)

    def _selection(self, resource: Resource) -> Iterator[Edge]:
        details = _ports(resource) if resource.ref.kind == "Service" else ()
        for pods in self._graph.selected(resource):
            target = self._numbers[id(pods.resource)]
            yield Edge(self._numbers[id(resource)], target, "selects", "spec", details)

    def _address(self, used: UsedAddress) -> Iterator[Edge]:
        """The edge of an address; of one in a Secret only that it leads to a Service that is rendered."""
        service = self._graph.find("Service", used.service.name, used.service.namespace)
        hidden = used.source.ref.kind == "Secret"
        lost = "" if service is not None or missing_host(used, self._graph) is None else "not rendered"
        if hidden and service is None:
            return
        number = self._number(service, "Service", used.service.name, used.service.namespace, lost)
        port = f":{used.address.port}" if used.address.stated else ""
        details = () if hidden else (f"{used.address.host}{port}",)
        yield Edge(self._numbers[id(used.source)], number, "address", format_route(used.route), details, lost)

    def _number(self, target: Resource | None, kind: str, name: str, namespace: str, lost: str) -> int:
        if target is not None:
            return self._numbers[id(target)]
        key = (kind, namespace, name)
        if key not in self._others:
            self._others[key] = len(self.nodes)
            standing = Standing.MISSING if lost else Standing.OUTSIDE
            self.nodes.append(Node(kind, name, namespace, standing))
        elif lost:
            node = self.nodes[self._others[key]]
            self.nodes[self._others[key]] = Node(kind, name, namespace, Standing.MISSING, node.details)
        return self._others[key]

    def merged(self) -> Iterator[Edge]:
        """The edges, those of one use between the same two nodes put together."""
        groups: dict[tuple[int, int, str, str, bool], list[Edge]] = {}
        for edge in self._edges:
            key = (edge.source, edge.target, edge.use, edge.dangling, edge.optional)
            groups.setdefault(key, []).append(edge)
        for (source, target, use, lost, optional), edges in groups.items():
            details = tuple(dict.fromkeys(detail for edge in edges for detail in edge.details))
            yield Edge(source, target, use, edges[0].path, details, lost, optional)


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
    for entry in items_at(dict(service.value), ("spec", "ports")):
        port, target = at(entry, ("port",)), at(entry, ("targetPort",))
        shown.append(f"{port} → {target}" if target not in (None, port) else str(port))
    return tuple(shown)


def _lacking(reference: Reference, target: Resource) -> str:
    """What a rendered target lacks of a reference: a key, or a port."""
    if reference.kind in _WITH_KEYS:
        known = keys_of(target)
        return "" if not known or reference.key in known else f"no key {reference.key}"
    if reference.kind == "Service":
        entries = items_at(dict(target.value), ("spec", "ports"))
        ports = {str(at(entry, (field,))) for entry in entries for field in ("port", "name")}
        return "" if reference.key in ports else f"no port {reference.key}"
    return ""
