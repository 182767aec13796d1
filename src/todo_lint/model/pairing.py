"""Which resource of a rendering is which entity of the document.

An entity is paired by name (or by a name with placeholders); where that fails, by the role it plays: the same kind,
with a name that contains the stated one (a chart that puts its release's name in front) or shares its telling words,
or with the stated image, ports, selector or keys, or tied to a resource that is paired already. Last of all a
workload may be of another kind of workload than is stated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from todo_lint.findings import Route
from todo_lint.manifests.resources import Resource, ResourceSet, items_at, text_at
from todo_lint.model.naming import contains, fits, literal_parts, words
from todo_lint.model.parts import ROLES
from todo_lint.model.roles import firm, score, tied
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Attribute, DataModel, Kind, Modality
from todo_lint.records import dataclass, field

_FILLED = "x"
"""A text in the place of what is filled in later."""
_MOST_KEYS = 3
"""What it counts that a resource has most of the keys that are stated."""
LEAST_SCORE = 2
"""What a resource must have in common with an entity of another name: a shared port alone says nothing."""

Entity = tuple[str, str]
"""The kind and the name of an entity, as stated."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The resource of each entity, by kind and stated name; an entity without one is missing.

    ``claims`` are the entities that are a template of claims inside a StatefulSet: its resource and the route.
    ``short`` are those that the document names twice, and once with placeholders: ``init`` and ``<release>-init``.
    """

    resources: Mapping[Entity, Resource]
    claims: Mapping[Entity, tuple[Resource, Route]] = field(default_factory=dict)
    short: frozenset[Entity] = frozenset()

    def of(self, kind: str, name: str) -> Resource | None:
        """The resource that plays the entity's part, or None."""
        return self.resources.get((kind, name))

    def renamed(self, kind: str) -> dict[str, str]:
        """Stated names of a kind to the names they are rendered under, where these differ."""
        return {
            name: resource.ref.name
            for (of, name), resource in self.resources.items()
            if of == kind and name and resource.ref.name != name and not fits(name, resource.ref.name)
        }

    def same_name(self, kind: str, stated: str, found: str) -> bool:
        """Whether a rendered reference leads to the entity of the stated name, under whatever name."""
        paired = self.of(kind, stated)
        return found == stated or fits(stated, found) or (paired is not None and paired.ref.name == found)

    def paired(self) -> Iterator[Resource]:
        """All resources that play some entity's part."""
        yield from self.resources.values()
        yield from (resource for resource, _ in self.claims.values())


def pair(model: DataModel, resources: ResourceSet) -> Pairing:
    """Pair every present-day entity of the document with a resource, each resource at most once."""
    work = _Pairer(model, resources)
    work.by_name()
    work.by_keys()
    work.by_score(lambda entity, candidate: score(model, *entity, candidate))
    work.by_score(lambda entity, candidate: tied(work.paired, entity, candidate))
    work.by_shared_word()
    work.across_kinds()
    short = work.named_twice()
    work.without_name()
    return Pairing(work.paired, work.claims(), short)


def entities(model: DataModel) -> Iterator[Entity]:
    """The entities of a document that are Kubernetes resources, in the order in which they are first stated."""
    named = ((str(s.kind), s.name) for s in model.statements if s.understood and s.modality is not Modality.FUTURE)
    for kind, name in dict.fromkeys(named):
        if name and kind not in NO_RESOURCES:
            yield kind, name


class _Pairer:
    """What is paired so far, and what is left."""

    def __init__(self, model: DataModel, resources: ResourceSet) -> None:
        self._model = model
        self._resources = resources
        self.paired: dict[Entity, Resource] = {}
        self._open = list(entities(model))
        self._taken: set[int] = set()

    def _left(self, kind: str) -> list[Resource]:
        return [r for r in self._resources.of_kind(kind) if id(r) not in self._taken]

    def _take(self, entity: Entity, resource: Resource) -> None:
        self.paired[entity] = resource
        self._open.remove(entity)
        self._taken.add(id(resource))

    def by_name(self) -> None:
        """Pair by the name as it is, then by a name with placeholders where just one fits."""
        for same in (_equal, fits):
            for entity in list(self._open):
                found = [r for r in self._left(entity[0]) if same(entity[1], r.ref.name)]
                if found and (same is _equal or len(found) == 1):
                    self._take(entity, found[0])

    def by_score(self, score_of: Callable[[Entity, Resource], int]) -> None:
        """Pair what fits best, first the best fit of all. What need not be there is paired by its name only.

        An entity whose name is not stated, but taken from a heading, fits with less.
        """
        scores = [
            (-score_of(entity, candidate), order, len(words(candidate.ref.name)), place, entity, candidate)
            for order, entity in enumerate(self._open)
            if firm(self._model, *entity)
            for place, candidate in enumerate(self._left(entity[0]))
        ]
        for points, *_, entity, candidate in sorted(scores, key=lambda entry: entry[:4]):
            least = LEAST_SCORE if self._model.stated(entity[0], Attribute.NAME, entity[1]) else 1
            if -points >= least and entity in self._open and id(candidate) not in self._taken:
                self._take(entity, candidate)

    def by_shared_word(self) -> None:
        """Pair what is only described, *Backend API*, with the one resource that shares a word: ``shop-backend``.

        It must be a word for a part of a system, and no other entity that is left may share one with the resource.
        """
        described = [
            (entity, self._sharing(entity))
            for entity in self._open
            if firm(self._model, *entity) and not self._model.stated(entity[0], Attribute.NAME, entity[1])
        ]
        wanted = [id(found[0]) for _, found in described if len(found) == 1]
        for entity, found in described:
            if len(found) == 1 and wanted.count(id(found[0])) == 1:
                self._take(entity, found[0])

    def _sharing(self, entity: Entity) -> list[Resource]:
        """The resources left that share most words with the name of an entity, and at least one."""
        said = ROLES.intersection(words(entity[1]))
        shared = [(len(said.intersection(words(r.ref.name))), r) for r in self._left(entity[0])]
        most = max((count for count, _ in shared), default=0)
        return [resource for count, resource in shared if count == most > 0]

    def by_keys(self) -> None:
        """Pair what is made outside, and has no name, with what the chart makes where nobody does: by its keys."""
        for entity in list(self._open):
            about = self._model.about(*entity)
            named = any(s.attribute == Attribute.NAME for s in about)
            outside = not named and any(s.modality is Modality.OUTSIDE for s in about)
            rated = [(score(self._model, *entity, r), r) for r in self._left(entity[0])] if outside else []
            best = max(rated, key=lambda entry: entry[0], default=(0, None))
            if best[1] is not None and best[0] >= _MOST_KEYS:
                self._take(entity, best[1])

    def across_kinds(self) -> None:
        """Pair a workload with one of another kind that has its name, or its role and no other entity."""
        for entity in [entity for entity in self._open if entity[0] in WORKLOADS]:
            others = [r for kind in WORKLOADS if kind != entity[0] for r in self._left(kind)]
            rated = [(score(self._model, *entity, other), other) for other in others]
            best = max(rated, key=lambda entry: entry[0], default=(0, None))
            if best[1] is not None and best[0] > LEAST_SCORE + 1 and firm(self._model, *entity):
                self._take(entity, best[1])

    def named_twice(self) -> frozenset[Entity]:
        """Pair what is left with the resource of another entity whose name is the same but for placeholders in it."""
        found: dict[Entity, Resource] = {}
        for kind, name in self._open:
            for (of, template), resource in self.paired.items():
                parts = literal_parts(template)
                if of == kind and len(parts) > 1 and contains(_FILLED.join(parts), name):
                    found[kind, name] = resource
        self.paired.update(found)
        self._open = [entity for entity in self._open if entity not in found]
        return frozenset(found)

    def without_name(self) -> None:
        """Pair what has no name in the document with the only resource of its kind that is left, or the best fit."""
        kinds = (str(s.kind) for s in self._model.statements if s.understood and not s.name and not s.later)
        for kind in dict.fromkeys(kinds):
            left = [] if kind in NO_RESOURCES else self._left(kind)
            rated = sorted(((score(self._model, kind, "", r), r) for r in left), key=lambda rating: -rating[0])
            if len(left) == 1 or (left and rated[0][0] >= LEAST_SCORE and rated[0][0] > rated[1][0]):
                self.paired[kind, ""] = rated[0][1]
                self._taken.add(id(rated[0][1]))

    def claims(self) -> dict[Entity, tuple[Resource, Route]]:
        """Claims that no resource is for, and that a StatefulSet has a template for."""
        found: dict[Entity, tuple[Resource, Route]] = {}
        for entity in self._open:
            if entity[0] != Kind.PERSISTENT_VOLUME_CLAIM:
                continue
            for resource in self._resources.of_kind("StatefulSet"):
                for number, claim in enumerate(items_at(dict(resource.value), ("spec", "volumeClaimTemplates"))):
                    name = text_at(claim, ("metadata", "name")) or ""
                    # The claims are named TEMPLATE-STATEFULSET-NUMBER (apps/v1 StatefulSet).
                    if entity[1] == name or entity[1].startswith(f"{name}-{resource.ref.name}"):
                        found[entity] = (resource, ("spec", "volumeClaimTemplates", number))
        return found


def _equal(stated: str, found: str) -> bool:
    return stated == found
