"""A value holds a map as Go prints it.

What it finds
    The text of a field holds `map[key:value]`, which templates print for a mapping that was not converted, and the
    chart's own text does not contain it. The decoded values of Secrets are looked at as well, and not shown.

Why it matters
    Nothing reads this form: `toYaml` or `toJson` was forgotten.
    Source: https://helm.sh/docs/chart_template_guide/function_list/#type-conversion-functions

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    limits:
      requests: 10
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      limits: {{ .Values.limits | quote }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    limits:
      requests: 10
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      limits: {{ .Values.limits | toJson | quote }}
      example: values[0], map[string]int
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.printed import debris

SUBJECT = Subject.GRAPH
SIGN = "text map["
SEVERITY = Severity.WARNING
_DEBRIS = pattern(r"\bmap\[(?:\]|[\w./-]+:)")
_WHAT = "which is how Go prints a mapping"
_HINT = "write it with toYaml or toJson"


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each field that holds it."""
    yield from debris(graph, context, "map[", _DEBRIS, _WHAT, _HINT)
