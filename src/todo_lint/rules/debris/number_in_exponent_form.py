"""A number became text in exponent form.

What it finds
    The text of a field holds a number such as `1e+06` or `1.234567e+07`, and the chart's own text does not contain
    it: a template printed a large number of values.yaml, which Helm reads as a float64, as it is. In a text of
    several lines, whose reader may take it for the number, it is a note. The decoded values of Secrets are looked
    at as well, and not shown.

Why it matters
    Most programs do not read a whole number in this form, and those that do have lost its digits.
    Source: https://helm.sh/docs/chart_best_practices/values/#make-types-clear

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    maxBytes: 10485760
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      max_bytes: {{ .Values.maxBytes | quote }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    maxBytes: 10485760
    ratio: "1e+06"
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      max_bytes: {{ int .Values.maxBytes | quote }}
      ratio: {{ .Values.ratio | quote }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.printed import debris

SUBJECT = Subject.GRAPH
SIGN = "text e+"
SEVERITY = Severity.WARNING
_DEBRIS = pattern(r"(?<![\w.+-])-?[1-9](?:\.\d+)?e\+(?:0[6-9]|[1-9]\d)(?![\w.+-])")
_WHAT = "a number in exponent form"
_HINT = "convert it, as in {{ int64 .Values.maxBytes }}, or put the number in quotes in values.yaml"


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each field that holds it."""
    yield from debris(graph, context, "e+", _DEBRIS, _WHAT, _HINT, in_files=Severity.NOTE)
