"""A template renders text that is no YAML, or that Kubernetes cannot read.

What it finds
    A template whose rendered text is no YAML as Kubernetes and Helm read it.

Why it matters
    Helm stops at it: the chart cannot be installed. The cause is most often wrong indentation behind an
    expression, or a value that is not quoted.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    note: "see: the manual"
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      note: {{ .Values.note }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    note: "see: the manual"
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      note: {{ .Values.note | quote }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity
from todo_lint.rules.api import Context, Defect, SourceDocument, Subject

SUBJECT = Subject.DOCUMENT
SEVERITY = Severity.ERROR


def check(document: SourceDocument, context: Context) -> Iterator[Defect]:
    """Yield the reason for which a rendered document cannot be read."""
    if document.document is None and document.source.layer is Layer.RENDERED:
        place = Location(document.source.file, document.line, document.column, document.source.layer)
        hint = "check the indentation and the quotes where a value is filled in"
        yield Defect(f"what this template renders is no YAML: {document.problem}", place, hint, excerpt=False)
