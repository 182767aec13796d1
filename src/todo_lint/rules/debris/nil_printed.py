"""A value holds `<nil>` or `<no value>`.

What it finds
    The text of a field holds `<nil>` or `<no value>`, which templates print for a value that is not there, and the
    chart's own text does not contain it. The decoded values of Secrets are looked at as well, and not shown.

Why it matters
    A key is missing in the values, or misspelt in the template, and its absence became text.
    Source: https://pkg.go.dev/text/template

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    hosts: {}
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      host: {{ printf "%v" .Values.hosts.web | quote }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    hosts: {}
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      host: {{ .Values.hosts.web | default "web" | quote }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.printed import debris

SUBJECT = Subject.GRAPH
SIGN = "text <n"
SEVERITY = Severity.WARNING
_DEBRIS = pattern(r"(?<!\()<(?:nil|no value)>")
_WHAT = "which is printed for a value that is not there"
_HINT = "give the key a value, or a default in the template"


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each field that holds it."""
    yield from debris(graph, context, "<n", _DEBRIS, _WHAT, _HINT)
