"""A document that was meant to be something is empty.

What it finds
    A template renders a document of comments only, and one of them holds `apiVersion:` or `kind:` on a line that the
    chart's own text does not contain: an action that takes away the line break before or behind it has joined the
    manifest to a comment.

Why it matters
    Nothing is created, and nothing says so.
    Source: https://helm.sh/docs/chart_template_guide/control_structures/#controlling-whitespace

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/configmap.yaml --
    # Settings of the web server.  # <-- here
    {{- if true }} apiVersion: v1, kind: ConfigMap {{- end }}

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/configmap.yaml --
    # Settings of the web server.
    # apiVersion: v1
    {{ if true }}
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    {{ end }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Location, Severity
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, SourceDocument, Subject
from todo_lint.rules.printed import OwnText

SUBJECT = Subject.DOCUMENT
SEVERITY = Severity.WARNING
_MANIFEST = pattern(r"^[^\S\n]*(#.*\b(?:apiVersion|kind):[^\S\n]*\S.*)$", 8)


def check(document: SourceDocument, context: Context) -> Iterator[Defect]:
    """Yield the comment that has swallowed a manifest."""
    read = document.document
    if read is None or read.value is not None or context.chart is None or document.problem:
        return
    lines = document.source.text.split("\n")[read.line - 1 :]
    for number, line in enumerate(lines):
        if number and line.startswith("---"):
            return
        found = _MANIFEST.match(line)
        if found is not None and not OwnText(context.chart).has(found[1].strip()):
            place = Location(document.source.file, read.line + number, 1, document.source.layer)
            yield Defect(
                "the document is empty: its manifest stands in a comment",
                place,
                "keep the line break behind the comment: leave the dash out of `{{-` or `-}}` beside it",
            )
            return
