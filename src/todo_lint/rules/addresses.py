"""What the rules about addresses share: which Service an address means, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.findings import Route
from todo_lint.helm.chart import Chart
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.dangling import Missing, missing_host
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.model.outcomes import Target
from todo_lint.patterns import pattern
from todo_lint.rules.references import inside

_NAMES_HOST = pattern(r"(?i)host|server|service|url|addr|endpoint")
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
    return inside(used.source, used.route, used.address.start)


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


def related(first: UsedAddress, others: Sequence[UsedAddress]) -> tuple[tuple[str, Target], ...]:
    """The further places of the same address as the first one, each once."""
    places = {_spot(other): other for other in reversed(others)}
    places.pop(_spot(first), None)
    further = list(places.values())[::-1][:MOST_RELATED]
    return tuple((f"{what(other)} names the address as well", where(other)) for other in further)


def _spot(used: UsedAddress) -> tuple[int, Route, int]:
    """What tells the line of an address from others."""
    return id(used.source), used.route, where(used).below


def users_name(host: str, graph: Graph, chart: Chart | None) -> bool:
    """Whether values.yaml has an empty key that is for the name of a host, such as ``loki: {serviceName: ""}``.

    The host holds the word that the key, or what it stands in, begins with: what is written is only a guess then.
    """
    text = chart.files.get("values.yaml") if chart is not None else None
    if text is None:
        return False
    from todo_lint.kubernetes_yaml.document import YamlDocument
    from todo_lint.kubernetes_yaml.reader import read_document

    read = read_document(text.decode("utf-8", "replace"))
    common = {word for release in graph.releases for word in release.split("-")}
    words = tuple(word for word in host.split("-") if word not in common)
    leaves = _leaves(read.value) if isinstance(read, YamlDocument) else ()
    empty = [route for route, value in leaves if value in ("", None) and _NAMES_HOST.search(str(route[-1]))]
    return any(str(step).startswith(words) for route in empty for step in route)


def _leaves(value: Json) -> Iterator[tuple[Route, Json]]:
    """The leaves of values below mappings, each with its route."""
    stack: list[tuple[Route, Json]] = [((), value)]
    while stack:
        route, current = stack.pop()
        if isinstance(current, dict) and current:
            stack += [((*route, key), inner) for key, inner in current.items()]
        elif route:
            yield route, current
