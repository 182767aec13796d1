"""What the check of one object says: its problems, or why it was not checked."""

from __future__ import annotations

from todo_lint.findings import Route, VersionRange, format_route
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason for which an API server refuses an object.

    ``route`` leads to what stands in the object: the offending value, or its key where ``on_key`` is true, or for
    a field that is missing the nearest parent that is there. ``field`` is the field that a server blames, in its
    notation (``spec.ports[0].port``); for a missing field it names that field. ``refused`` is false for what a
    create accepts and a server-side apply refuses. ``kubernetes`` are the first and the last version for which
    it was found, where more than one was asked about.
    """

    rule: str
    route: Route
    message: str
    hint: str = ""
    on_key: bool = False
    field: str = ""
    refused: bool = True
    kubernetes: VersionRange = VersionRange()


@dataclass(frozen=True, slots=True)
class Checked:
    """The object was checked; no problems: a server accepts it."""

    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """The object could not be checked; ``reason`` is one line for the user."""

    reason: str


ObjectVerdict = Checked | Skipped


@dataclass(frozen=True, slots=True)
class Piece:
    """The verdict that servers of the versions from ``oldest`` to ``newest`` share."""

    oldest: str
    newest: str
    verdict: ObjectVerdict


def problem(
    rule: str,
    route: Route,
    message: str,
    hint: str = "",
    *,
    on_key: bool = False,
    field: str | None = None,
) -> Problem:
    """Make a problem at a value that is there; ``field`` is worked out from the route unless it is given."""
    return Problem(rule, route, message, hint, on_key, format_route(route) if field is None else field)


def missing(route: Route, name: str, message: str, hint: str = "") -> Problem:
    """Make the problem of a field ``name`` that is not in the mapping at ``route``."""
    return Problem("missing-field", route, message, hint, field=format_route((*route, name)))
