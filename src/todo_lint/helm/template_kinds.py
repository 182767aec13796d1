"""The kinds of objects that the templates of a chart can make, whatever the values are."""

from __future__ import annotations

from todo_lint.helm.chart import Chart
from todo_lint.patterns import pattern

_KIND = pattern(
    rb"^[ \t]*[\"']?kind[\"']?:[ \t]*[\"']?([A-Za-z][A-Za-z0-9]*)[\"']?[ \t\r]*(?:#.*)?$", 8
)  # re.MULTILINE
_OPEN = pattern(rb"^[ \t]*[\"']?kind[\"']?:[ \t]*[\"']?[A-Za-z]*\{\{", 8)
_TEMPLATES = pattern(r"(?:charts/[^/]+/)*(?:templates|crds)/.*")


def kinds_in_templates(chart: Chart) -> frozenset[str] | None:
    """The kinds that the templates of a chart and of its unpacked subcharts name.

    None where some template leaves its kind to values or to other templates, or a subchart is packed: it can be any.
    """
    found: set[str] = set()
    for name, text in chart.files.items():
        if name.startswith("charts/") and name.endswith((".tgz", ".tar.gz")):
            return None
        if not _TEMPLATES.fullmatch(name):
            continue
        if _OPEN.search(text):
            return None
        found.update(kind.decode() for kind in _KIND.findall(text))
    return frozenset(found)
