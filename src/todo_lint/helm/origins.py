"""Which values put what into a rendering: one leaf of the values is changed, and what moves is its effect.

It takes no parsing of templates. A template may refuse a value, so there are several to try; what no value renders
for is unknown, and is said to be. Fields that differ by themselves (randAlphaNum, now) are found by rendering twice.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from todo_lint.findings import ResourceRef, Route
from todo_lint.helm.merged_values import Leaf, MergedValues, leaves_of, routes_at, value_at
from todo_lint.helm.probe_values import WORD, probe_values
from todo_lint.helm.render import Rendered
from todo_lint.helm.rendered_fields import Change, Effect, Field, FieldReader
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.records import dataclass, field

Attempt = Callable[[Mapping[str, Json]], Rendered | None]
"""Renders the chart with these values of the profile; None where it does not render, or there is no time left."""
AttemptEach = Callable[[Sequence[Mapping[str, Json]]], Iterator[Rendered | None]]
"""Renders the chart with each of several values, in order. Nothing else is attempted before it is exhausted."""

SHORTEST_MARK = 4
MOST_GATES = 8
TRIES = 3
MOST_GIVEN = 12


@dataclass(frozen=True, slots=True)
class Moved:
    """What a leaf moves. ``known`` is false where no value but its own renders: nothing is said of its effects then.

    ``gates`` are the booleans that had to be flipped before the leaf moved anything.
    """

    route: Route
    effects: tuple[Effect, ...] = ()
    known: bool = True
    gates: tuple[Route, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields that move, each once."""
        return tuple(dict.fromkeys(effect.field for effect in self.effects))

    def moves(self, resource: ResourceRef, route: Route) -> bool:
        """Whether the leaf puts its value into a field, or into something inside of it."""
        return any(
            effect.change is not Change.REMOVED
            and effect.field.resource == resource
            and effect.field.route[: len(route)] == route
            for effect in self.effects
        )

    def decides(self, resource: ResourceRef, route: Route) -> bool:
        """Whether the leaf decides that a field is there at all."""
        return any(
            effect.change is Change.REMOVED
            and effect.field.resource == resource
            and route[: len(effect.field.route)] == effect.field.route
            for effect in self.effects
        )


@dataclass(frozen=True, slots=True)
class _Base:
    """A rendering to compare with, the values on which it rests, and the fields in it that differ by themselves."""

    flipped: tuple[Route, ...]
    rendered: Rendered = field(repr=False)
    volatile: frozenset[Field]


class Origins:
    """The effects of the values of one profile, worked out when they are asked for, each leaf once.

    ``rendered`` is the profile's rendering, and ``again`` gives a second one of the same values where there happens
    to be one. ``words`` are texts that the templates compare values with.
    """

    def __init__(
        self,
        values: MergedValues,
        rendered: Rendered,
        attempt: Attempt,
        attempt_each: AttemptEach,
        words: Iterable[str] = (),
        again: Callable[[], Rendered | None] = lambda: None,
    ) -> None:
        self.values = values
        self._rendered = rendered
        self._attempt = attempt
        self._attempt_each = attempt_each
        self._words = tuple(words)
        self._again = again
        self._reader = FieldReader()
        self._moved: dict[Route, Moved] = {}
        self._gate_bases: dict[tuple[Route, ...], _Base | None] = {}

    @cached_property
    def volatile(self) -> frozenset[Field]:
        """The fields that are different in each rendering."""
        return self._base.volatile

    def of(self, route: Route) -> Moved:
        """What the leaf at a route moves. The route may also lead to a key that the values do not have."""
        if route not in self._moved:
            self._moved[route] = self._probe(route, self._base, TRIES)
        return self._moved[route]

    def behind_gates(self, route: Route) -> Moved:
        """What a leaf moves, if need be after the booleans that stand beside or above it are flipped."""
        moved = self.of(route)
        if moved.effects or not moved.known:
            return moved
        for gates in self._gates(route):
            base = self._gate_base(gates)
            if base is not None:
                found = self._probe(route, base, TRIES)
                if found.effects:
                    return found
        return moved

    def all(self) -> tuple[Moved, ...]:
        """What each leaf moves, in the order of the values."""
        leaves = [leaf for leaf in self.values.leaves() if leaf.route not in self._moved]
        still: list[Leaf] = []
        for leaf, moved in zip(leaves, self._probe_each([leaf.route for leaf in leaves]), strict=True):
            if moved.known and not moved.effects:
                still.append(leaf)
            else:
                self._moved[leaf.route] = moved if moved.known else self._probe(leaf.route, self._base, TRIES)
        for number in range(1, TRIES):
            restless = self._restless(still, number, self._base)
            still = [leaf for leaf in still if leaf not in restless]
            for leaf in restless:
                self._moved[leaf.route] = self._probe(leaf.route, self._base, TRIES)
        for leaf in still:
            self._moved[leaf.route] = Moved(leaf.route)
        return tuple(self._moved[leaf.route] for leaf in self.values.leaves())

    def together(self, routes: Iterable[Route]) -> dict[Route, tuple[Effect, ...]]:
        """What each of several leaves puts into the rendering, as far as one rendering shows it.

        All are changed at once, each to a value of its own; a field that shows one of them is its effect. A leaf
        that is not in the answer may have effects all the same.
        """
        changes: dict[Route, Json] = {}
        for number, route in enumerate(dict.fromkeys(routes)):
            candidates = self._candidates(route)
            if candidates:
                changes[route] = _numbered(candidates[0], number)
        rendered = self._attempt(self.values.overlay(changes)) if changes else None
        if rendered is None:
            return {}
        effects = [e for e in self._reader.changes(self._rendered, rendered) if e.change is not Change.REMOVED]
        texts = [str(value) for value in changes.values()]
        return {
            route: shown
            for route, value in changes.items()
            if texts.count(str(value)) == 1 and (shown := tuple(e for e in effects if _is_or_shows(e.after, value)))
        }

    def unmoving(self, routes: Iterable[Route], *, untried: bool = False) -> frozenset[Route]:
        """Those of the leaves that move nothing, nor do once the booleans around them that are off are on.

        Many are tried in one rendering; one that cannot be tried is not among them. ``untried``: one is all the same
        where the chart does not render with those booleans on; right for a value that no template names.
        """
        left = [Leaf(route, value_at(self.values.values, route)) for route in routes]
        for number in range(TRIES):
            moving = self._restless(left, number, self._base)
            left = [leaf for leaf in left if leaf not in moving]
        by_gates: dict[tuple[Route, ...], list[Leaf]] = {}
        for leaf in left:
            by_gates.setdefault(next(self._gates(leaf.route), ()), []).append(leaf)
        found: set[Route] = set()
        for gates, leaves in by_gates.items():
            base = self._gate_base(gates) if gates else None
            if gates and base is None and not untried:
                continue
            moving = self._restless(leaves, 0, base) if base else []
            found.update(leaf.route for leaf in leaves if leaf not in moving)
        return frozenset(found)

    def leaves_of_field(
        self, resource: ResourceRef, route: Route, hints: Sequence[Route] = (), *, thorough: bool = False
    ) -> tuple[Moved, ...]:
        """The leaves that put their value into a field of the rendering.

        ``hints`` are routes of values that the template line names; they are tried first, and without ``thorough``
        the search ends with them, or with the leaves that hold the field's value.
        """
        named = [leaf for hint in hints for leaf in self.leaves_at(hint, route)]
        found = self._moving(named, resource, route)
        if thorough:
            found = [*found, *(moved for moved in self.all() if moved.moves(resource, route))]
        return tuple({moved.route: moved for moved in found}.values())

    def given_for(self, resource: ResourceRef, route: Route) -> list[Route]:
        """The values that the profile itself gives without which a field would not be there, or would be another."""
        found = []
        for leaf in list(leaves_of(dict(self.values.given)))[:MOST_GIVEN]:
            default = value_at(self.values.defaults, leaf.route)
            reverted = None if default == leaf.value else self._attempt(self.values.overlay({leaf.route: default}))
            if reverted is None:
                continue
            effects = self._reader.changes(self._rendered, reverted)
            if any(
                _touches(effect.field, resource, route) for effect in effects if effect.field not in self.volatile
            ):
                found.append(leaf.route)
        return found

    def leaves_at(self, hint: Route, field_route: Route = ()) -> list[Route]:
        """The leaves that a template may mean by a path: an item ``[]`` is each item, a mapping what fits the field.

        Of a mapping those are taken whose last keys are the last keys of the field; where there are none, all.
        """
        routes = list(routes_at(self.values.values, hint))
        found: list[Route] = []
        for route in routes or [hint]:
            value = value_at(self.values.values, route)
            below = [leaf.route for leaf in leaves_of(value, route)] if isinstance(value, dict | list) else [route]
            fitting = [leaf for leaf in below if leaf[-1:] == field_route[-1:]]
            found += fitting or below or [route]
        return list(dict.fromkeys(found))

    def _moving(self, routes: Iterable[Route], resource: ResourceRef, route: Route) -> list[Moved]:
        moved = (self.of(leaf) for leaf in dict.fromkeys(routes))
        return [one for one in moved if one.moves(resource, route)]

    # Bases to compare with.

    @cached_property
    def _base(self) -> _Base:
        again = self._again() or self._attempt(self.values.overlay({}))
        return _Base((), self._rendered, self._volatile_fields(self._rendered, again))

    def _volatile_fields(self, rendered: Rendered, again: Rendered | None) -> frozenset[Field]:
        if again is None:
            return frozenset()
        return frozenset(effect.field for effect in self._reader.changes(rendered, again))

    def _gate_base(self, gates: tuple[Route, ...]) -> _Base | None:
        if gates not in self._gate_bases:
            self._gate_bases[gates] = self._flipped(gates)
        return self._gate_bases[gates]

    def _flipped(self, gates: tuple[Route, ...]) -> _Base | None:
        values = self.values.overlay({gate: not value_at(self.values.values, gate) for gate in gates})
        rendered = self._attempt(values)
        if rendered is None:
            return None
        volatile = self._volatile_fields(rendered, self._attempt(values)) if self._base.volatile else frozenset()
        return _Base(gates, rendered, volatile)

    def _gates(self, route: Route) -> Iterator[tuple[Route, ...]]:
        """Sets of booleans whose flipping may give a leaf an effect: all that are off at once, then one by one."""
        found: list[Route] = []
        for depth in range(len(route) - 1, -1, -1):
            around = value_at(self.values.values, route[:depth])
            for key, value in around.items() if isinstance(around, dict) else ():
                if isinstance(value, bool) and (*route[:depth], key) != route:
                    found.append((*route[:depth], key))
        off = tuple(gate for gate in found if not value_at(self.values.values, gate))
        if off:
            yield off
        for gate in found[:MOST_GATES]:
            if (gate,) != off:
                yield (gate,)

    # Probes.

    def _probe(self, route: Route, base: _Base, tries: int) -> Moved:
        """Try values for a leaf until one moves something, or ``tries`` of them have rendered."""
        rendered_count = 0
        flips: dict[Route, Json] = {gate: not value_at(self.values.values, gate) for gate in base.flipped}
        for value in self._candidates(route):
            if rendered_count == tries:
                break
            values = self.values.overlay({**flips, route: value})
            rendered = self._attempt(values)
            if rendered is None:
                continue
            rendered_count += 1
            effects = self._effects(base, rendered, value, values)
            if effects:
                return Moved(route, effects, gates=base.flipped)
        return Moved(route, known=rendered_count > 0)

    def _probe_each(self, routes: Sequence[Route]) -> list[Moved]:
        """Try the first value for each leaf; the engine renders the next while the effects of one are worked out."""
        base = self._base
        first = {route: values[0] for route in routes if (values := self._candidates(route))}
        given = [self.values.overlay({route: value}) for route, value in first.items()]
        rendered = [
            (found, self._changes(base, found)) if found is not None else None for found in self._attempt_each(given)
        ]
        moved: dict[Route, Moved] = {}
        for (route, value), used, tried in zip(first.items(), given, rendered, strict=True):
            effects = self._own(base, *tried, value, used) if tried is not None else ()
            moved[route] = Moved(route, effects, known=tried is not None)
        return [moved.get(route) or Moved(route, known=False) for route in routes]

    def _candidates(self, route: Route) -> tuple[Json, ...]:
        return probe_values(route, value_at(self.values.values, route), self._words)

    def _effects(
        self, base: _Base, rendered: Rendered, value: Json, values: Mapping[str, Json]
    ) -> tuple[Effect, ...]:
        return self._own(base, rendered, self._changes(base, rendered), value, values)

    def _changes(self, base: _Base, rendered: Rendered) -> tuple[Effect, ...]:
        return tuple(self._reader.changes(base.rendered, rendered))

    def _own(
        self, base: _Base, rendered: Rendered, effects: tuple[Effect, ...], value: Json, values: Mapping[str, Json]
    ) -> tuple[Effect, ...]:
        """Those of the changes that are not there by themselves."""
        if not base.volatile:
            return effects
        own = [effect for effect in effects if effect.field not in base.volatile or _shows(effect.after, value)]
        if own or len(own) == len(effects) or not isinstance(value, str):
            return tuple(own)
        # What stops to differ by itself has been put there.
        again = self._attempt(values)
        unsteady = {effect.field for effect in self._reader.changes(rendered, again)} if again else base.volatile
        return tuple(effect for effect in effects if effect.field not in unsteady)

    def _restless(self, leaves: Sequence[Leaf], number: int, base: _Base) -> list[Leaf]:
        """Those of the leaves that move something with their other value of this number.

        All are changed at once; only where that moves something, or does not render, the halves are looked at.
        """
        changes: dict[Route, Json] = {gate: not value_at(self.values.values, gate) for gate in base.flipped}
        for leaf in leaves:
            candidates = self._candidates(leaf.route)
            if number < len(candidates):
                changes[leaf.route] = candidates[number]
        if len(changes) == len(base.flipped):
            return []
        rendered = self._attempt(self.values.overlay(changes))
        if rendered is not None and not self._moves_anything(base, rendered):
            return []
        if len(leaves) == 1:  # a first value that does not render tells nothing, so it is looked at more closely
            return list(leaves) if rendered is not None or number == 0 else []
        middle = len(leaves) // 2
        halves = (leaves[:middle], leaves[middle:])
        return [leaf for half in halves for leaf in self._restless(half, number, base)]

    def _moves_anything(self, base: _Base, rendered: Rendered) -> bool:
        changes = self._reader.changes(base.rendered, rendered)
        return any(effect.field not in base.volatile for effect in changes)


def _numbered(value: Json, number: int) -> Json:
    """A value that is told apart from those with other numbers, where it is a number or holds a word of a probe."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value + number
    return f"{value}{number}" if isinstance(value, str) and WORD in value else value


def _touches(moved: Field, resource: ResourceRef, route: Route) -> bool:
    """Whether a field is another one, a part of it, or what it is part of."""
    shorter = min(len(moved.route), len(route))
    return moved.resource == resource and moved.route[:shorter] == route[:shorter]


def _shows(after: Json, value: Json) -> bool:
    """Whether a field's new value holds the value of a probe, plain or in base64."""
    mark = str(value)
    if not isinstance(after, str) or len(mark) < SHORTEST_MARK or isinstance(value, bool | dict | list):
        return False
    return mark in after or mark in decoded(after)


def _is_or_shows(after: Json, value: Json) -> bool:
    """Whether a field's new value is that of a probe, as it is or as a text, or holds it."""
    as_text = str(value).lower() if isinstance(value, bool) else str(value)
    same = after == as_text if isinstance(after, str) else type(after) is type(value) and after == value
    return same or _shows(after, value)


def decoded(text: str) -> str:
    """What a text means in base64; empty where it is none."""
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
