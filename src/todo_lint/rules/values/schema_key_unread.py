"""values.schema.json describes a key that no template reads.

What it finds
    A property of values.schema.json that values.yaml does not have and that no template names.

Why it matters
    Users find the key in the schema, their editor completes it, and setting it changes nothing.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.schema.json --
    {
      "properties": {
        "port": {"type": "integer"},
        "prot": {"type": "string"}  # <-- here
      }
    }
    -- chart/values.yaml --
    port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.port | quote }}

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.schema.json --
    {
      "properties": {
        "port": {"type": "integer"},
        "global": {"type": "object"},
        "path": {"type": "string"}
      }
    }
    -- chart/values.yaml --
    port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.port | quote }}
      path: {{ .Values.path | default "/" }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, format_route
from todo_lint.rules.api import Context, Defect, Subject, Target
from todo_lint.rules.chart_values import GLOBAL, ChartValues
from todo_lint.rules.values_schema import SCHEMA_FILE, described_keys

SUBJECT = Subject.VALUES
SEVERITY = Severity.NOTE


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each described key that is neither given nor named; not those inside one that was told."""
    told: list[tuple[str | int, ...]] = []
    for route, place in described_keys(values.whole).items():
        known = route[0] == GLOBAL or values.of_subchart(route) or values.has(route) or values.uses.names(route)
        if known or any(route[: len(other)] == other for other in told):
            continue
        told.append(route)
        message = f"no template reads the values key {format_route(route)}, which {SCHEMA_FILE} describes"
        hint = "read it in a template, or take it out of the schema"
        yield Defect(message, Target(place, chart_file=SCHEMA_FILE, on_key=True), hint)
