"""References that lead to nothing that is rendered, and why each is thought to be the chart's own, or is not.

Not everything that a chart refers to is its own: Secrets above all are often made outside.
"""

from __future__ import annotations

from todo_lint.manifests.addresses import Address, service_of
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.reference import Reference
from todo_lint.records import dataclass

_MADE_BY_PROGRAMS = ("ConfigMap", "Secret")
"""What a program makes whose name it is told; other kinds are made by operators only."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a name that leads nowhere is thought to be the chart's own; all empty: it may be made outside.

    ``follows``: it changes with the release's name. ``renamed``: under the other release name it fits, and what it
    leads to there is rendered here under this name. ``like``: something like it is rendered.
    """

    follows: bool = False
    renamed: str = ""
    like: str = ""

    @property
    def own(self) -> bool:
        """Whether the name is probably meant as the chart's own."""
        return bool(self.follows or self.renamed or self.like)


def missing(reference: Reference, graph: Graph) -> Missing | None:
    """What is known of a reference that leads nowhere; None where it leads somewhere, or may do without."""
    if reference.optional or graph.target(reference) is not None or graph.may_lack(reference.kind):
        return None
    if graph.outside.has(reference.kind, reference.name):
        return None
    source = graph.namespace_of(reference.source) or graph.namespace
    if reference.namespace not in ("", source):
        return None
    made = graph.mentions.of if reference.kind in _MADE_BY_PROGRAMS else graph.mentions.made_by
    if made(reference.name):
        return None
    return Missing(
        graph.follows_release(reference.source, reference.route),
        _renamed(reference, graph),
        graph.similar(reference.kind).like(reference.name) or "",
    )


def _renamed(reference: Reference, graph: Graph) -> str:
    """What the reference leads to under the other release name, by its name in this graph."""
    twin = graph.twin(reference.source)
    if twin is None or graph.other is None:
        return ""
    name = twin.get(*reference.route)
    target = graph.other.find(reference.kind, str(name), reference.namespace)
    found = graph.other.twin(target) if target is not None else None
    return found.ref.name if found is not None else ""


def missing_host(used: UsedAddress, graph: Graph) -> Missing | None:
    """What is known of a host that is no Service of the profile; None where it is one, or somebody makes it."""
    name = used.service.name
    if graph.may_lack("Service"):
        return None
    if graph.find("Service", name, used.service.namespace) is not None or graph.outside.has("Service", name):
        return None
    if graph.is_pod_host(used.service) or graph.mentions.made_by(name):
        return None
    return Missing(_follows(used, graph), _renamed_host(used, graph), graph.similar("Service").like(name) or "")


def is_meant(used: UsedAddress, graph: Graph) -> bool:
    """Whether an address leads to a Service under the other release name as well, and not here by chance."""
    address = _twin(used, graph)
    if address is None or graph.other is None:
        return True
    meant = service_of(address, used.service.namespace)
    return meant is None or graph.other.find("Service", meant.name, meant.namespace) is not None


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


def _renamed_host(used: UsedAddress, graph: Graph) -> str:
    """The name of the Service here that the address means under the other release name."""
    address = _twin(used, graph)
    if address is None or graph.other is None:
        return ""
    meant = service_of(address, used.service.namespace)
    target = graph.other.find("Service", meant.name, meant.namespace) if meant is not None else None
    found = graph.other.twin(target) if target is not None else None
    return found.ref.name if found is not None else ""
