"""Which resource of a rendering is which entity of the document.

An entity is paired by name; where that fails, by the role it plays: the same kind, with a name that contains
the stated one (a chart that puts its release's name in front) or with the stated image, ports, selector or keys.
"""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource, ResourceSet, items_at, mapping_at, text_at
from todo_lint.model.images import repository
from todo_lint.model.statements import Attribute, DataModel, Kind, Statement
from todo_lint.records import dataclass

RENDERED_KINDS = (Kind.DEPLOYMENT, Kind.SERVICE, Kind.CONFIG_MAP, Kind.SECRET)
"""The kinds of entity that are Kubernetes resources of the same kind."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The resource of each entity, by kind and stated name; an entity without one is missing."""

    resources: Mapping[tuple[str, str], Resource]

    def of(self, kind: str, name: str) -> Resource | None:
        """The resource that plays the entity's part, or None."""
        return self.resources.get((kind, name))

    def renamed(self, kind: str) -> dict[str, str]:
        """Stated names of a kind to the names they are rendered under, where these differ."""
        return {
            name: resource.ref.name
            for (of, name), resource in self.resources.items()
            if of == kind and resource.ref.name != name
        }


def pair(model: DataModel, resources: ResourceSet) -> Pairing:
    """Pair every present-day entity of the document with a resource, each resource at most once."""
    paired: dict[tuple[str, str], Resource] = {}
    for kind in RENDERED_KINDS:
        candidates = list(resources.of_kind(kind))
        names = list(dict.fromkeys(s.name for s in model.stated(kind, Attribute.NAME)))
        for name in names:
            exact = next((c for c in candidates if c.ref.name == name), None)
            if exact:
                paired[kind, name] = exact
                candidates.remove(exact)
        scores = sorted(
            (
                (-_score(model, kind, name, candidate), order, name, candidate)
                for name in names
                if (kind, name) not in paired
                for order, candidate in enumerate(candidates)
            ),
            key=lambda entry: entry[:3],
        )
        taken: set[int] = set()
        for score, order, name, candidate in scores:
            if score < 0 and order not in taken and (kind, name) not in paired:
                paired[kind, name] = candidate
                taken.add(order)
    return Pairing(paired)


def _score(model: DataModel, kind: Kind, name: str, candidate: Resource) -> int:
    """How well a resource of the right kind fits an entity of another name; 0: not at all."""
    score = 3 if f"-{name}-" in f"-{candidate.ref.name}-" else 0
    stated = [s for s in model.statements if s.kind is kind and s.name == name and not s.later]
    return score + sum(_plays(candidate, statement) for statement in stated)


def _plays(candidate: Resource, statement: Statement) -> bool:
    """Whether a resource has the property that a statement gives to its subject."""
    value = dict(candidate.value)
    if statement.attribute == Attribute.IMAGE:
        images = [text_at(c, ("image",)) or "" for _, c in containers(candidate)]
        return repository(statement.value) in [repository(image) for image in images]
    if statement.attribute in (Attribute.PORT, Attribute.TARGET_PORT):
        key = statement.attribute
        return any(str(mapping_at(port).get(key)) == statement.value for port in items_at(value, ("spec", "ports")))
    if statement.attribute == Attribute.SELECTOR:
        selector = mapping_at(value, ("spec", "selector"))
        return set(statement.value.split(",")) <= {f"{key}={found}" for key, found in selector.items()}
    if statement.attribute.startswith("data."):
        key = statement.attribute.removeprefix("data.")
        return key in mapping_at(value, ("data",)) or key in mapping_at(value, ("stringData",))
    return False
