"""What the rules about addresses share: which Service an address means, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.manifests.dangling import Missing, missing_host
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.model.outcomes import Target

NotThere = tuple[UsedAddress, Missing]
MOST_RELATED = 5


def unknown_hosts(graph: Graph) -> Iterator[Sequence[NotThere]]:
    """The addresses whose host is no Service of the profile, those with the same host together."""
    by_host: dict[str, list[NotThere]] = {}
    for used in graph.addresses:
        found = missing_host(used, graph)
        if found is not None:
            by_host.setdefault(used.service.name, []).append((used, found))
    yield from by_host.values()


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
