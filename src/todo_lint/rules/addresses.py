"""What the rules about addresses share: which Service an address means, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.manifests.addresses import Address, service_of
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.model.outcomes import Target
from todo_lint.rules.references import Missing

NotThere = tuple[UsedAddress, Missing]
MOST_RELATED = 5


def unknown_hosts(graph: Graph) -> Iterator[Sequence[NotThere]]:
    """The addresses whose host is no Service of the profile, those with the same host together."""
    by_host: dict[str, list[NotThere]] = {}
    for used in graph.addresses:
        found = _not_there(used, graph)
        if found is not None:
            by_host.setdefault(used.service.name, []).append((used, found))
    yield from by_host.values()


def _not_there(used: UsedAddress, graph: Graph) -> Missing | None:
    name = used.service.name
    if graph.may_lack("Service"):
        return None
    if graph.find("Service", name, used.service.namespace) is not None or graph.outside.has("Service", name):
        return None
    if graph.is_pod_host(used.service) or graph.mentions.made_by(name):
        return None
    return Missing(_follows(used, graph), _renamed(used, graph), graph.similar("Service").like(name) or "")


def _follows(used: UsedAddress, graph: Graph) -> bool:
    """Whether the host changes with the release's name."""
    twin = _twin(used, graph)
    return twin is not None and twin.host != used.address.host


def _twin(used: UsedAddress, graph: Graph) -> Address | None:
    """The address at the same place under the other release name."""
    twin = graph.twin(used.source)
    if twin is None or graph.other is None:
        return None
    own, theirs = (graph.addresses_at(used.source, used.route), graph.other.addresses_at(twin, used.route))
    if len(own) != len(theirs):
        return None
    return next((other for mine, other in zip(own, theirs, strict=True) if mine.start == used.address.start), None)


def _renamed(used: UsedAddress, graph: Graph) -> str:
    """The name of the Service here that the address means under the other release name."""
    address = _twin(used, graph)
    if address is None or graph.other is None:
        return ""
    meant = service_of(address, used.service.namespace)
    target = graph.other.find("Service", meant.name, meant.namespace) if meant is not None else None
    found = graph.other.twin(target) if target is not None else None
    return found.ref.name if found is not None else ""


def where(used: UsedAddress) -> Target:
    """The place of an address."""
    return Target(used.route, used.source)


def what(used: UsedAddress) -> str:
    """How a message calls the text that holds an address: by its field, for a Secret's text must not be shown."""
    if used.source.ref.kind in ("ConfigMap", "Secret") and len(used.route) > 1:
        return f"{used.route[-1]} of {used.source.ref}"
    return str(used.source.ref)


def shown(used: UsedAddress) -> str:
    """The address as a message shows it; one inside a Secret is not shown."""
    if used.source.ref.kind == "Secret":
        return "a host"
    port = f":{used.address.port}" if used.address.stated else ""
    return f"{used.address.host}{port}"


def related(others: Sequence[UsedAddress]) -> tuple[tuple[str, Target], ...]:
    """The further places of the same address."""
    return tuple((f"{what(other)} names it as well", where(other)) for other in others[:MOST_RELATED])
