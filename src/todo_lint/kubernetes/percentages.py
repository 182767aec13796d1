"""Numbers that may also be percentages."""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.kubernetes.report import Report, label
from todo_lint.kubernetes.words import described
from todo_lint.patterns import pattern

_PERCENT = pattern(r"[0-9]+%")


def check_int_or_percent(value: int | str | None, route: Route, report: Report, *, limited: bool = False) -> None:
    """Check a number that is not negative or a percentage; ``limited``: of at most 100 percent."""
    if value is None:
        return
    if isinstance(value, str):
        if not _PERCENT.fullmatch(value):
            hint = "remove the quotes" if value.isascii() and value.isdigit() else ""
            report.invalid(
                route, f"{label(route)} is {described(value)}, a number or a percentage like 25% is expected", hint
            )
        elif limited and int(value[:-1]) > 100:
            report.invalid(route, f"{label(route)} is {value}, at most 100% is allowed")
    elif value < 0:
        report.outside(route, value, 0)


def is_zero(value: int | str | None) -> bool:
    """Say whether a number or percentage is nothing."""
    if isinstance(value, str):
        return _PERCENT.fullmatch(value) is not None and int(value[:-1]) == 0
    return value == 0
