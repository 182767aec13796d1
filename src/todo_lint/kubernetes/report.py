"""Collects the problems of one object while it is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from todo_lint import records
from todo_lint.findings import Route
from todo_lint.kubernetes.problems import Problem
from todo_lint.kubernetes.words import choice, described, nearest, quoted

_STRICT_ADDRESSES = 36


class MapKey(str):
    """A step of a route that is a key of a map and no field: servers write it as ``data[key]``."""

    __slots__ = ()


class Report:
    """The problems found in one object.

    ``root`` is the whole object, ``written`` the same with its nulls, ``kind`` its kind and ``minor`` the minor
    version of Kubernetes that judges it. Routes given to the methods lead to the field that a server blames,
    whether it is there or not.
    """

    def __init__(self, root: dict[str, Any], minor: int) -> None:
        self.root = self.written = root
        self.kind: str = root.get("kind", "")
        self.minor = minor
        self.problems: list[Problem] = []

    @property
    def strict_addresses(self) -> bool:
        """Whether this version wants IP addresses in their usual form."""
        return self.minor >= _STRICT_ADDRESSES

    def add(self, rule: str, route: Route, message: str, hint: str = "", *, on_key: bool = False) -> None:
        """Add a problem of the given rule at a field."""
        self.problems.append(Problem(rule, route, message, hint, on_key, server_path(route)))

    def advise(self, rule: str, route: Route, message: str, hint: str = "") -> None:
        """Add a problem that a create survives, though not in every cluster or by every way of applying."""
        self.problems.append(Problem(rule, route, message, hint, field=server_path(route), refused=False))

    def blame(self, first: int, *route: Any) -> None:
        """Let the problems from number ``first`` on blame the field at ``route``, wherever they stand."""
        parts: Route = tuple(step for part in route for step in (part if isinstance(part, tuple) else (part,)))
        for number in range(first, len(self.problems)):
            self.problems[number] = records.replace(self.problems[number], field=server_path(parts))

    def blame_one(self, number: int, route: Route) -> None:
        """Let one problem blame the field at ``route``."""
        self.problems[number] = records.replace(self.problems[number], field=server_path(route))

    def replace_start(self, first: int, route: Route, other: Route) -> None:
        """Let the problems from number ``first`` on that lie below ``route`` blame the same place below ``other``."""
        for number in range(first, len(self.problems)):
            found = self.problems[number].route
            if found[: len(route)] == route:
                self.blame_one(number, (*other, *found[len(route) :]))

    def replace_end(self, first: int, name: str, other: str) -> None:
        """Let the problems from number ``first`` on that blame a field ``name`` blame it under another name."""
        for number in range(first, len(self.problems)):
            found = self.problems[number]
            if found.field.endswith(f".{name}"):
                field = found.field[: -len(name)] + other
                self.problems[number] = records.replace(found, field=field)

    def blame_inside(self, first: int, route: Route, step: str) -> None:
        """Let the problems from number ``first`` on, below ``route``, blame a path with one more step in it."""
        for number in range(first, len(self.problems)):
            found = self.problems[number]
            field = server_path((*route, step, *found.route[len(route) :]))
            self.problems[number] = records.replace(found, field=field)

    def missing(self, route: Route, why: str = "", hint: str = "") -> None:
        """Add the problem of a field that is absent or empty."""
        self.add("missing-field", route, f"{label(route)} is missing{_clause(why)}", hint)

    def invalid(self, route: Route, message: str, hint: str = "") -> None:
        """Add the problem of a value that is not allowed."""
        self.add("invalid-value", route, message, hint)

    def outside(
        self, route: Route, value: Any, least: int | None = None, most: int | None = None, why: str = ""
    ) -> None:
        """Add the problem of a number outside of its bounds (None: there is none); the nearest bound is proposed.

        ``why`` says where the bounds come from.
        """
        if least is not None and most is not None:
            allowed = f"{least} to {most}"
        else:
            allowed = f"at least {least}" if most is None else f"at most {most}"
        below = least is not None and isinstance(value, (int, float)) and value < least
        bound = least if below or most is None else most
        message = f"{label(route)} is {described(value)}, {allowed}{why and f' {why}'} is allowed"
        self.add("out-of-range", route, message, f"the nearest is {bound}")

    def forbidden(self, route: Route, why: str, hint: str = "") -> None:
        """Add the problem of a field that may not be set beside others."""
        message = f"{label(route)} is not allowed here: {why}"
        self.add("forbidden-field", route, message, hint or f"remove {label(route)}", on_key=True)

    def unsupported(self, route: Route, value: Any, allowed: tuple[str, ...] | list[str]) -> None:
        """Add the problem of a value that is none of the allowed ones; the nearest of them is proposed."""
        meant = nearest(value, allowed) if isinstance(value, str) else None
        expected = choice(allowed[:24]) + (" or others" if len(allowed) > 24 else "")
        hint = (
            f"did you mean {meant}?" if meant else f"write {allowed[0]}" if len(allowed) == 1 and allowed[0] else ""
        )
        self.add("unsupported-value", route, f"{label(route)} is {described(value)}, {expected} is expected", hint)

    def exclusive(self, route: Route, given: Sequence[str]) -> None:
        """Add the problem of fields of a mapping of which one at most may be there."""
        message = f"{' and '.join(given)} exclude each other"
        self.add("not-one-of", route, message, f"remove {choice(given)}" if len(given) == 2 else "remove all but one")

    def duplicate(self, route: Route, value: Any) -> None:
        """Add the problem of a value that has been used before where it may be used once."""
        self.add("duplicate-value", route, f"{label(route)} {quoted(value)} is there twice", "remove one of them")

    def check_name(self, route: Route, value: str, form: Callable[[str], str | None]) -> None:
        """Check a text that is there against the form of a name."""
        wrong = form(value)
        if wrong is not None:
            self.name(route, value, wrong)

    def name(self, route: Route, value: str, wrong: str) -> None:
        """Add the problem of a text that has not the form of a name."""
        from todo_lint.kubernetes.proposals import name_hint

        self.add("invalid-name", route, f"{label(route)} is {described(value)}: {wrong}", name_hint(value, wrong))


def label(route: Route) -> str:
    """Return the last step of a route as a name: ``replicas``, or ``ports[0]`` for an item of a list."""
    if not route:
        return "the object"
    last = route[-1]
    if isinstance(last, int):
        return f"{label(route[:-1])}[{last}]"
    return last if last.isprintable() and len(last) <= 80 else quoted(last)


def server_path(route: Route) -> str:
    """Write a route as a server does in its messages: ``spec.ports[0].port``, ``data[a.b]``."""
    text = ""
    for step in route:
        if isinstance(step, (int, MapKey)):
            text += f"[{step}]"
        else:
            text += f".{step}" if text else step
    return text


def existing(route: Route, value: Any) -> Route:
    """Return the longest beginning of a route that leads to something in the value."""
    for depth, step in enumerate(route):
        if isinstance(step, int):
            if not isinstance(value, list) or step >= len(value):
                return route[:depth]
            value = value[step]
        elif isinstance(value, dict) and step in value:
            value = value[step]
        else:
            return route[:depth]
    return route


def _clause(why: str) -> str:
    return f": {why}" if why else ""
