"""A values key that the document states moves nothing.

What it finds
    A key of values.yaml that the data model names and that values.yaml has, while changing it changes nothing in any
    profile, also after the booleans around it are switched on. A template that writes it on some other condition
    keeps it alive, and so does an alias by which values.yaml repeats it.

Why it matters
    The document promises that the value can be set. Whoever sets it changes nothing.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    frontend:
      replicas: 1  # <-- here
      port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.frontend.port | quote }}
    -- data-model.md --
    ### Configurations
    - **web ConfigMap**
      - port: "80"
    ## Helm Chart Structure
    - **values.yaml**
      - frontend.replicas: 1
      - frontend.port: 80

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    frontend:
      replicas: 1
      port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.frontend.port | quote }}
      replicas: {{ .Values.frontend.replicas | quote }}
    -- data-model.md --
    ### Configurations
    - **web ConfigMap**
      - port: "80"
      - replicas: "1"
    ## Helm Chart Structure
    - **values.yaml**
      - frontend.replicas: 1
      - frontend.port: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity, format_route
from todo_lint.rules.api import Context, Defect, Subject, Target
from todo_lint.rules.chart_values import ChartValues

SUBJECT = Subject.VALUES
SEVERITY = Severity.WARNING


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each documented key that is there and moves nothing."""
    own = {leaf.route for leaf, _ in values.own_leaves}
    there = [route for route in values.documented if route in own and not values.is_written_somewhere(route)]
    shown = values.base.together(there)
    doubtful = frozenset(route for route in there if route not in shown)
    for origins in values.origins.values():
        doubtful = origins.unmoving(sorted(doubtful, key=str)) if doubtful else doubtful
    for route in sorted(doubtful, key=str):
        statement = values.documented[route]
        place = Location(context.data_model, statement.line, statement.column, Layer.DOCUMENT)
        message = f"the values key {format_route(route)} moves nothing, though the document states it"
        yield Defect(
            message,
            Target(route, chart_file="values.yaml", on_key=True),
            "read it in a template, or take it out of the document",
            related=(("the document states it here", place),),
        )
