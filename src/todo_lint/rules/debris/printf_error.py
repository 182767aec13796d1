"""A value holds an error of printf.

What it finds
    The text of a field holds what Go's `printf` writes when the verb does not fit its argument, such as
    `%!d(float64=80)`, `%!s(<nil>)` or `%!(EXTRA string=x)`, and the chart's own text does not contain it. The
    decoded values of Secrets are looked at as well, and not shown.

Why it matters
    The value is broken. In Helm every number from values.yaml is a float64, so `%d` never fits one without `int`.
    Source: https://pkg.go.dev/fmt#hdr-Format_errors

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    port: 80
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      url: {{ printf "http://web.example.com:%d" .Values.port | quote }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    port: 80
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      url: {{ printf "http://web.example.com:%d" (int .Values.port) | quote }}
      rate: 90%! (of all)
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.printed import debris

SUBJECT = Subject.GRAPH
SIGN = "text %!"
SEVERITY = Severity.WARNING
_DEBRIS = pattern(r"%!(?:[A-Za-z%]\(|\((?:EXTRA|NOVERB|BAD\w+))")
_WHAT = "which printf writes when a verb does not fit its argument"
_HINT = 'convert the argument, as in {{ printf "%d" (int .Values.port) }}, or use another verb'


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each field that holds it."""
    yield from debris(graph, context, "%!", _DEBRIS, _WHAT, _HINT)
