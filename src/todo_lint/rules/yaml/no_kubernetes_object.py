"""A document is no Kubernetes object.

What it finds
    A YAML document that holds something but has no kind or no apiVersion, among manifests or in what a template
    renders.

Why it matters
    Neither Helm nor kubectl can send it to an API server: the install stops.

Bad
    apiVersion: v1  # <-- here
    metadata:
      name: web
    data:
      log_level: info

Good
    # Nothing but a comment is no document.
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      log_level: info
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity
from todo_lint.rules.api import Context, Defect, SourceDocument, Subject

SUBJECT = Subject.DOCUMENT
SEVERITY = Severity.ERROR


def check(document: SourceDocument, context: Context) -> Iterator[Defect]:
    """Yield a document that can be read but names no kind."""
    if document.document is not None and document.problem:
        place = Location(document.source.file, document.line, document.column, document.source.layer)
        rendered = document.source.layer is Layer.RENDERED
        hint = "give it apiVersion and kind" + (", or render nothing" if rendered else "")
        yield Defect(document.problem, place, hint, excerpt=False)
