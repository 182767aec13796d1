"""The chart does not render.

What it finds
    A profile (the default values, a ci file, the given values) for which Helm's engine stops: a template that is
    wrong or reads a key that is not there, values that values.schema.json refuses, or the chart's own `required`
    or `fail` where no other profile renders either.

Why it matters
    `helm install` stops in the same place.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    service: {}
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: {{ .Values.service.http.port }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    service: {}
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      ports:
        - port: {{ (.Values.service.http).port | default 80 }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity
from todo_lint.rules.api import Context, Defect, FailedProfile, Subject
from todo_lint.rules.rendering.default_values_stop import stops_by_design

SUBJECT = Subject.RENDERING
SEVERITY = Severity.ERROR


def check(failed: FailedProfile, context: Context) -> Iterator[Defect]:
    """Yield why a profile does not render, and the templates that include the one that stops."""
    if failed.failure.ended_engine or stops_by_design(failed):
        return
    included = tuple(
        ("included here", Location(failed.chart.place(place.file), place.line, place.column, Layer.TEMPLATE))
        for place in failed.failure.included_from
    )
    yield Defect(
        failed.failure.message,
        next((place for place in failed.refused[:1] if place), failed.place),
        f"an option such as --set gives it: {failed.failure.hint}" if _by_option(failed, 0) else failed.failure.hint,
        related=(*included, *_refused(failed)),
    )


def _refused(failed: FailedProfile) -> Iterator[tuple[str, Location]]:
    """What else values.schema.json refuses, each at the value, and the schema itself."""
    details = failed.failure.details
    for number, detail in enumerate(details):
        place = failed.refused[number] if number < len(failed.refused) else None
        if number:  # the message tells the first
            yield f"{detail} (given by an option)" if _by_option(failed, number) else detail, place or failed.place
    if any(failed.refused[:1]):
        yield "the schema that refuses the value", failed.place


def _by_option(failed: FailedProfile, number: int) -> bool:
    """Whether no file of values holds what the schema refuses: its path is known, and its place is not."""
    path, colon, _ = failed.failure.details[number].partition(": ") if failed.failure.details else ("", "", "")
    return (
        bool(failed.refused[number : number + 1])
        and failed.refused[number] is None
        and bool(colon)
        and " " not in path
    )
