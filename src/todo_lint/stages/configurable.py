"""Proof of "(configurable)": whether some key of the values changes a field, by rendering with another value."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from todo_lint.findings import Route
from todo_lint.helm.merged_values import Leaf
from todo_lint.helm.origins import Origins
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.model.evidence import Moves
from todo_lint.model.naming import words
from todo_lint.model.outcomes import Target


def moves_of(origins: Callable[[], Origins | None]) -> Moves:
    """What tells whether some key of a profile's values moves a field; nothing is rendered before it is asked."""

    def moves(target: Target) -> bool | None:
        known = origins() if target.resource is not None else None
        return None if known is None else _moves(known, target)

    return moves


def _moves(origins: Origins, target: Target) -> bool | None:
    """Try the likeliest keys first: those that hold the field's value, and of these such as share its words."""
    resource = target.resource
    if resource is None:
        return None
    value = resource.get(*target.route)
    for leaf in _likely(origins, target.route, value):
        if origins.of(leaf.route).moves(resource.ref, target.route):
            return True
    every = origins.all()
    if any(moved.moves(resource.ref, target.route) for moved in every):
        return True
    return None if any(not moved.known for moved in every) else False


def _likely(origins: Origins, route: Route, value: Json) -> Iterator[Leaf]:
    wanted = {word.rstrip("s") for step in route[-2:] for word in words(str(step))}
    leaves = [leaf for leaf in origins.values.leaves() if str(leaf.value) == str(value)]
    yield from sorted(leaves, key=lambda leaf: -_shared(leaf, wanted))[:6]


def _shared(leaf: Leaf, wanted: set[str]) -> int:
    return len({word.rstrip("s") for step in leaf.route[-2:] for word in words(str(step))} & wanted)
