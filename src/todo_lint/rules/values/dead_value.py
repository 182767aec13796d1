"""A key of values.yaml moves nothing.

What it finds
    A key in the chart's own values.yaml that no template names, nor anything it is in as a whole, and that moves
    nothing in any profile when it is changed, also after the booleans around it are switched on. Keys of subcharts
    are not looked at.

Why it matters
    Whoever sets it believes to have changed something. Most often it is misspelt in the template or in values.yaml,
    or the template that read it is gone.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    logLevel: info
    replicaCount: 2  # <-- here
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.logLevel }}

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    logLevel: info
    verbose:
      enabled: false
      level: debug
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: {{ .Values.logLevel }}
      {{- with .Values.verbose }}
      {{- if .enabled }}
      verbose: {{ .level }}
      {{- end }}
      {{- end }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, Severity, format_route
from todo_lint.rules.api import Context, Defect, Subject, Target
from todo_lint.rules.chart_values import ChartValues
from todo_lint.rules.value_literals import literals_beside

SUBJECT = Subject.VALUES
SEVERITY = Severity.NOTE


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each key that moves nothing; of a mapping in which all do, the mapping."""
    spoken_of = {literal.route for literal in literals_beside(values)}
    dead = values.unread - values.documented.keys() - spoken_of
    alive = {leaf.route for leaf, _ in values.own_leaves} - dead
    told: dict[Route, list[Route]] = {}
    meant = _meant(values) if dead else frozenset()
    for route in (leaf.route for leaf, _ in values.own_leaves if leaf.route in dead):
        misspelt = next((route[:end] for end in range(1, len(route) + 1) if route[:end] in meant), None)
        told.setdefault(misspelt or _topmost(route, alive), []).append(route)
    for shown, routes in told.items():
        route = shown if len(routes) > 1 else routes[0]
        key = format_route(route)
        message = f"the values key {key} moves nothing: no template reads it"
        if len(routes) > 1:
            message = f"the values key {key} and the {len(routes)} values in it move nothing: no template reads them"
        hint = "remove it, or read it in a template"
        yield Defect(message, Target(route, chart_file="values.yaml", on_key=True), hint)


def _meant(values: ChartValues) -> frozenset[Route]:
    """The keys that templates nearly read: each is told by itself, since each has a reason of its own."""
    found = ((route, values.nearest_unread(route)) for route, _ in values.missing_uses)
    return frozenset((*route[:-1], near) for route, near in found if near is not None)


def _topmost(route: Route, alive: set[Route]) -> Route:
    """The shortest part of a route in which nothing is alive."""
    return next(
        (route[:end] for end in range(1, len(route)) if not any(one[:end] == route[:end] for one in alive)), route
    )
