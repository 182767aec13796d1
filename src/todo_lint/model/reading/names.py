"""The entities of a document by their names, found in a time that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from todo_lint.model.reading.entity import Entity

MOST_PARTS = 8
"""More parts of a name than that (``a-b-c`` has three) are not looked for in others."""


class Names:
    """Entities by kind and name, and by kind and a part of the name.

    A name that a document gives stays; a description (``role``) is the name of an entity until it gets one.
    """

    def __init__(self) -> None:
        self._order: dict[Entity, int] = {}
        self._named: dict[tuple[str, str], Entity] = {}
        self._described: dict[tuple[str, str], list[Entity]] = {}
        self._parts: dict[tuple[str, str], list[Entity]] = {}

    def __contains__(self, entity: Entity) -> bool:
        return entity in self._order

    def add(self, entity: Entity) -> None:
        """Note an entity, by all that it is known as so far."""
        self._order.setdefault(entity, len(self._order))
        if entity.stated or entity.name:
            for name in dict.fromkeys((entity.stated, entity.name)):
                self._note(entity, name)
        elif entity.role:
            self._described.setdefault((entity.kind, entity.role), []).append(entity)
            self._note_parts(entity, entity.role)

    def renamed(self, entity: Entity) -> None:
        """Note the name that an entity has got since, if the entity is noted at all."""
        if entity in self:
            self._note(entity, entity.stated)

    def _note(self, entity: Entity, name: str) -> None:
        key = (entity.kind, name)
        if not name:
            return
        known = self._named.get(key)
        if known is None:
            self._note_parts(entity, name)
        if known is None or self._order[entity] < self._order[known]:
            self._named[key] = entity

    def _note_parts(self, entity: Entity, name: str) -> None:
        for part in parts_of(name):
            self._parts.setdefault((entity.kind, part), []).append(entity)

    def named(self, kinds: Iterable[str], name: str) -> Entity | None:
        """The first entity of some kinds that has a name."""
        keys = [(kind, name) for kind in kinds]
        found = [*map(self._named.get, keys), *map(self._first_described, keys)]
        return min((entity for entity in found if entity), key=self._order.__getitem__, default=None)

    def _first_described(self, key: tuple[str, str]) -> Entity | None:
        """The first entity that is still known by a description alone."""
        described = self._described.get(key, [])
        while described and described[0].known_as != key[1]:
            described.pop(0)
        return described[0] if described else None

    def only_part(self, kinds: Iterable[str], part: str) -> Entity | None:
        """The entity of some kinds in whose name a part stands, where all that have it share one name."""
        only: Entity | None = None
        for kind in kinds:
            for entity in self._parts.get((kind, part), ()):
                if f"-{part}-" not in f"-{entity.known_as}-":
                    continue
                if only is not None and entity.known_as != only.known_as:
                    return None
                only = only or entity
        return only


def parts_of(name: str) -> Iterator[str]:
    """All runs of parts of a name: ``a-b`` has ``a``, ``a-b`` and ``b``."""
    parts = name.split("-")
    for start in range(min(len(parts), MOST_PARTS * 2)):
        for end in range(start + 1, min(len(parts), start + MOST_PARTS) + 1):
            yield "-".join(parts[start:end])
