"""The other way: what a chart renders and the document does not state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource, ResourceSet, at, items_at, mapping_at
from todo_lint.model.equality import normalised_key
from todo_lint.model.evidence import field, show
from todo_lint.model.naming import akin
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.pairing import Pairing
from todo_lint.model.statements import WORKLOADS, Attribute, DataModel, Kind, Prefix
from todo_lint.model.urls import service_urls
from todo_lint.records import dataclass

KINDS: tuple[str, ...] = (
    *(kind for kind in WORKLOADS if kind != Kind.POD),
    *(Kind.SERVICE, Kind.INGRESS, Kind.CONFIG_MAP, Kind.SECRET, Kind.PERSISTENT_VOLUME_CLAIM),
)
"""The kinds of resource that a document is expected to name; service accounts, roles and the like are not."""


_KEY = "key of "


@dataclass(frozen=True, slots=True)
class Item:
    """Something undocumented: what a message calls it, and where it is."""

    name: str
    target: Target


@dataclass(frozen=True, slots=True)
class Undocumented:
    """What of one kind (``Service``, ``key of a ConfigMap``, ``port``) the document does not state.

    ``forbidden``: the configuration says that everything has to be stated.
    """

    kind: str
    items: tuple[Item, ...]
    profiles: tuple[str, ...] = ()
    forbidden: bool = False

    @property
    def several(self) -> str:
        """The kind in the plural."""
        if self.kind.startswith(_KEY):
            return f"keys of {self.kind.removeprefix(_KEY)}"
        return f"{self.kind}es" if self.kind.endswith("s") else f"{self.kind}s"


def undocumented(
    model: DataModel, resources: ResourceSet, pairing: Pairing, spared: Iterable[Outcome]
) -> Iterator[Undocumented]:
    """What one rendering has and the document does not state, by kind.

    ``spared`` are the outcomes of which a divergence speaks: their places, and the ports that were found instead of
    stated ones, are told there.
    """
    told = list(spared)
    places = [outcome.target for outcome in told if outcome.target is not None]
    ports = {outcome.actual for outcome in told if _is_port(outcome.statement.attribute)}
    found: dict[str, list[Item]] = {}
    paired = {id(resource) for resource in pairing.paired()}
    for resource in resources.resources:
        if id(resource) in paired:
            for kind, item in _parts(model, resource, ports):
                if not _is_spared(item.target, places):
                    found.setdefault(kind, []).append(item)
        elif _counts(resource) and not _mentioned(model, resource):
            found.setdefault(resource.ref.kind, []).append(Item(resource.ref.name, Target((), resource)))
    for kind, items in found.items():
        yield Undocumented(kind, tuple(items))


def _is_spared(target: Target, places: list[Target]) -> bool:
    """Whether a divergence speaks of a place: of it, of something in it or around it."""
    return any(
        place.resource is not None
        and target.resource is not None
        and str(place.resource.ref) == str(target.resource.ref)
        and (place.route[: len(target.route)] == target.route or target.route[: len(place.route)] == place.route)
        for place in places
    )


def _counts(resource: Resource) -> bool:
    """Whether a resource is of a kind that documents name; hooks come and go with an installation."""
    return resource.ref.kind in KINDS and not resource.get("metadata", "annotations", "helm.sh/hook")


def _mentioned(model: DataModel, resource: Resource) -> bool:
    """Whether the document speaks of a resource without describing it: as a plan, an option or a reference."""
    name, kind = resource.ref.name, resource.ref.kind
    for statement in model.statements:
        if statement.kind == kind and (statement.name == name or (statement.later and akin(statement.name, name))):
            return True
        if (
            statement.kind == kind
            and not statement.name
            and (statement.later or statement.attribute == Attribute.EXISTS)
        ):
            return True
        if f"{kind}/{name}" in statement.value or (statement.value == name and statement.kind != kind):
            return True
    return False


def _parts(model: DataModel, resource: Resource, told: set[str]) -> Iterator[tuple[str, Item]]:
    """The keys and ports of a documented resource that the document does not state; ``told`` are further ports."""
    if resource.ref.kind in (Kind.CONFIG_MAP, Kind.SECRET):
        yield from _keys(model, resource)
        return
    stated = _stated_ports(model) | told
    for value, name, target in _ports(resource):
        if value is not None and show(value) not in stated and name not in stated:
            yield "port", Item(f"{show(value)} of {resource.ref}", target)


def _ports(resource: Resource) -> Iterator[tuple[Json, Json, Target]]:
    """The ports of a Service or of the containers of a workload: number, name and where they stand."""
    is_service = resource.ref.kind == Kind.SERVICE
    key = "port" if is_service else "containerPort"
    owners = [(("spec",), mapping_at(dict(resource.value), ("spec",)))] if is_service else containers(resource)
    for route, owner in owners:
        for number, port in enumerate(items_at(owner, ("ports",))):
            yield at(port, (key,)), at(port, ("name",)), field(resource, *route, "ports", number, key)


def _keys(model: DataModel, resource: Resource) -> Iterator[tuple[str, Item]]:
    stated = {
        normalised_key(s.attribute.partition(".")[2])
        for s in model.statements
        if s.attribute.startswith((Prefix.DATA, Prefix.ENV, Prefix.ENV_SOURCE))
    }
    for place in ("data", "stringData", "binaryData"):
        for key in mapping_at(dict(resource.value), (place,)):
            if normalised_key(key) not in stated:
                yield (
                    f"{_KEY}a {resource.ref.kind}",
                    Item(f"{key} ({resource.ref.name})", field(resource, place, key, on_key=True)),
                )


_PORTS = (
    Attribute.PORT,
    Attribute.TARGET_PORT,
    Attribute.NODE_PORT,
    Attribute.CONTAINER_PORT,
    Attribute.BACKEND_PORT,
)


def _is_port(attribute: str) -> bool:
    return attribute in _PORTS or attribute.endswith("Probe.port")


def _stated_ports(model: DataModel) -> set[Json]:
    """All numbers and names of ports that the document speaks of, in whatever place."""
    ports: set[Json] = {s.value for s in model.statements if _is_port(s.attribute)}
    ports |= {s.part for s in model.statements if s.attribute in _PORTS and s.part}
    ports |= {alternative for s in model.statements if s.attribute in _PORTS for alternative in s.alternatives}
    return ports | {url.port for s in model.statements for url in service_urls(s.text) if url.port}


def undocumented_values(model: DataModel, defaults: Mapping[str, Json]) -> Iterator[Item]:
    """The keys of values.yaml (leaves; an empty mapping or list is one) that the document does not state."""
    stated = [s.attribute for s in model.statements if s.kind == Kind.VALUES]
    for route in _leaves(dict(defaults), ()):
        key = ".".join(map(str, route))
        if not any(key == known or key.startswith(f"{known}.") or known.startswith(f"{key}.") for known in stated):
            yield Item(key, Target(route, chart_file="values.yaml", on_key=True))


def _leaves(value: Json, route: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*route, key))
    elif route:
        yield route
