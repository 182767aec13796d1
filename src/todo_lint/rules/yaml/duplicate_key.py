"""A mapping holds the same key twice.

What it finds
    A key that stands twice in one mapping: of a manifest, of what a template renders, or of values.yaml.

Why it matters
    Kubernetes and Helm keep the last of the two and drop the other without a word; with strict validation an API
    server refuses the object.

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      log_level: info
      log_level: debug  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      log_level: info
      log-level: debug
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Location, Severity, format_route
from todo_lint.rules.api import Context, Defect, SourceDocument, Subject

SUBJECT = Subject.DOCUMENT
SEVERITY = Severity.WARNING


def check(document: SourceDocument, context: Context) -> Iterator[Defect]:
    """Yield each further place of a key that its mapping already holds."""
    for duplicate in document.duplicates:
        first = Location(document.source.file, duplicate.first.line, duplicate.first.column, document.source.layer)
        place = Location(document.source.file, duplicate.span.line, duplicate.span.column, document.source.layer)
        yield Defect(
            f"the key {format_route(duplicate.route)} stands twice; Kubernetes and Helm keep only the last",
            place,
            "remove one of the two",
            related=(("it stands here first", first),),
            excerpt=False,
        )
