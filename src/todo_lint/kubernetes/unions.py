"""Mappings of which exactly one member may be given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import choice


def check_union(value: dict[str, Any], members: Sequence[str], what: str, route: Route, report: Report) -> str | None:
    """Check that exactly one of ``members`` is in the mapping, and return the first that is.

    A server blames the mapping where there is none, and the second and later members where there are more.
    """
    given = [name for name in members if name in value]
    if not given:
        shown = choice(members[:8]) + (" or others" if len(members) > 8 else "")
        report.add("not-one-of", route, f"{_place(route)} has no {what}: one of {shown} is expected")
        return None
    for name in given[1:]:
        message = f"{name} stands beside {given[0]}, only one {what} is allowed"
        report.add("not-one-of", (*route, name), message, f"remove {name} or {given[0]}", on_key=True)
    return given[0]


def _place(route: Route) -> str:
    from todo_lint.kubernetes.report import label

    return label(route)
