"""values.schema.json refuses a value of values.yaml.

What it finds
    A value that values.yaml gives, and that is not empty, and that the chart's own values.schema.json refuses, while
    another profile overrides it. Where none does, the chart does not render, which is another rule.

Why it matters
    Helm checks the values that result: with the defaults the chart cannot be installed, and whoever overrides other
    keys only gets the same refusal. The profiles that the team installs hide it.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.schema.json --
    {"properties": {"port": {"type": "integer", "maximum": 65535}}}
    -- chart/values.yaml --
    port: 80000  # <-- here
    -- chart/ci/a-values.yaml --
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
    {"properties": {"port": {"type": "integer", "maximum": 65535}}}
    -- chart/values.yaml --
    port: 65535
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.port | quote }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, format_route
from todo_lint.rules.api import Context, Defect, FailedProfile, Subject, Target
from todo_lint.rules.rendering.default_values_stop import stops_by_design
from todo_lint.rules.values_schema import refused_defaults

SUBJECT = Subject.RENDERING
SEVERITY = Severity.ERROR


def check(failed: FailedProfile, context: Context) -> Iterator[Defect]:
    """Yield each default that the schema refuses, where the chart renders otherwise."""
    for route, reason in refused_defaults(failed) if stops_by_design(failed) else ():
        message = f"values.schema.json refuses the value that values.yaml gives for {format_route(route)}: {reason}"
        hint = "change the value, or the schema where it is wrong"
        yield Defect(message, Target(route, chart_file="values.yaml"), hint, excerpt=False)
