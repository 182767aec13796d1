"""A value holds the address of something in memory.

What it finds
    The text of a field holds an address such as `0xc000123450` or `0x338d00d5f770` (9 to 12 digits; older and newer
    versions of Go place them differently), which templates print for a pointer, and the chart's own text does not
    contain it. The decoded values of Secrets are looked at as well, and not shown.

Why it matters
    The value means nothing, and is another one at each rendering: each upgrade changes the object.
    Source: https://pkg.go.dev/fmt#hdr-Printing

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      chart: "0x338d00d5f770"  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      mask: "0xc0ff"
      checksum: "0x9f86d081884c7d65"
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.printed import debris

SUBJECT = Subject.GRAPH
SIGN = "text 0x"
SEVERITY = Severity.WARNING
_DEBRIS = pattern(r"\b0x[0-9a-f]{9,12}\b")
_WHAT = "which is an address in memory"
_HINT = "print the fields that are meant, or their text with toString"


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each field that holds it."""
    yield from debris(graph, context, "0x", _DEBRIS, _WHAT, _HINT)
