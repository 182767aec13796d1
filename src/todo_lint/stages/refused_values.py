"""Where the values stand that values.schema.json refuses."""

from __future__ import annotations

import re

from todo_lint.findings import Location, Route
from todo_lint.helm.chart import Chart
from todo_lint.helm.failures import RenderFailure
from todo_lint.helm.merged_values import MergedValues
from todo_lint.helm.profiles import Profile
from todo_lint.helm.subcharts import whole_chart

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_EXTRA = re.compile(r"additional properties? '([^']+)'")


def refused_places(failure: RenderFailure, chart: Chart, profile: Profile) -> tuple[Location | None, ...]:
    """The place of each value of a profile that the schema refuses, in the order of the failure's details.

    A key that is not allowed is pointed at itself; where a key is missing, what should hold it. None where an option
    gives the value, or nothing of the path is written in a file.
    """
    if not failure.details:
        return ()
    values = MergedValues(whole_chart(chart), profile)
    return tuple(_place(detail, values) for detail in failure.details)


def _place(detail: str, values: MergedValues) -> Location | None:
    key, colon, text = detail.partition(": ")
    route = _route(key) if colon and " " not in key else ()
    extra = _EXTRA.search(text if colon else detail)
    if extra:
        route = (*route, extra[1])
    while route:
        written = values.written(route)
        if written is not None:
            return written.location
        route = route[:-1]
    return None


def _route(key: str) -> Route:
    """``hosts[0].name`` as a route."""
    return tuple(int(number) if number else name for number, name in _STEP.findall(key))
