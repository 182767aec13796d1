"""A template reads a field that Helm's built-in objects do not have.

What it finds
    A field of `.Release`, `.Chart`, `.Template` or `.Capabilities` that Helm does not know, in one of the chart's own
    templates: through `$`, variables, `with`, and what a named template is given, too. What stands below
    `.Chart.Annotations` is free.

Why it matters
    What `.Release`, `.Chart` and `.Template` do not have is empty: the name or label that it should make is cut
    short, and no error says so. With `.Capabilities` the rendering stops, but only where the condition around holds.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      labels:
        app.kubernetes.io/managed-by: {{ .Release.Servce }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    annotations:
      team: blue
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      labels:
        app.kubernetes.io/managed-by: {{ .Release.Service }}
        team: {{ .Chart.Annotations.team }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity
from todo_lint.helm.built_in_objects import unknown_field
from todo_lint.kubernetes.words import choice, nearest
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.chart_values import ChartValues

SUBJECT = Subject.VALUES
SEVERITY = Severity.WARNING


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each field that Helm does not know, at each place that reads it."""
    for place, path in values.uses.of_built_in_objects():
        found = unknown_field(path)
        if found is None:
            continue
        around, known = found
        holder = f".{'.'.join(around)}"
        name = path[len(around)]
        near = nearest(name, known)
        location = Location(values.whole.shown(place[0]), place[1], place[2], Layer.TEMPLATE)
        message = f"the template reads {holder}.{name}, which Helm does not have"
        hint = f"did you mean {holder}.{near}?" if near else f"{holder} has {_some(known)}"
        yield Defect(message, location, hint)


def _some(known: tuple[str, ...]) -> str:
    return choice(known).replace(" or ", " and ")
