"""A template reads a key that values.yaml lacks.

What it finds
    A value that one of the chart's own templates names and that neither values.yaml nor any profile gives, while the
    mapping around it has other keys. It is found through variables, ``with``, ``range``, and what a named template is
    given, too; a named template that is given several mappings reads a key that all of them lack. Of items of a list
    only a key is told that is nearly one which they have. A key that values.yaml has commented out, that
    values.schema.json describes, or that is looked at in order to refuse it, is known to the reader and no finding.

Why it matters
    Nobody can know of the key without reading the templates; and where it is a misspelling, what the template writes
    is always empty.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    service:
      port: 80
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.service.port | quote }}
      path: {{ .Values.service.pth | default "/" }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    service:
      port: 80
      # path: /
    labels: {}
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      port: {{ .Values.service.port | quote }}
      path: {{ .Values.service.path | default "/" }}
      tier: {{ .Values.labels.tier | default "web" }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Route, Severity, format_route
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.chart_values import ChartValues
from todo_lint.rules.values_schema import described_keys

SUBJECT = Subject.VALUES
SEVERITY = Severity.NOTE


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each value that is named and not given, at the first place that names it."""
    described = described_keys(values.whole)
    text = values.whole.files.get("values.yaml", b"").decode("utf-8", "replace")
    for route, use in values.missing_uses:
        if route in described or _is_commented_out(route, text):
            continue
        place = Location(values.whole.shown(use.file), use.line, use.column, Layer.TEMPLATE)
        message = f"the template reads the values key {format_route(route)}, which values.yaml does not have"
        near = values.nearest_unread(route)
        meant = f"did you mean {format_route((*route[:-1], near))}? Else " if near else ""
        yield Defect(message, place, f"{meant}add the key with its default, or correct its name")


def _is_commented_out(route: Route, text: str) -> bool:
    return bool(re.search(rf"^[ \t]*#.*\b{re.escape(str(route[-1]))}[\"']?\s*:", text, re.MULTILINE))
