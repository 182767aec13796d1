"""What would mend a finding: one value in values.yaml, or one literal of a template, where nothing else explains it.

A proposal is no promise: it is tried, and the finding is looked at again, before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from todo_lint.findings import Edit, Exactness, Finding, Fix, Layer, Location, Route
from todo_lint.fixing.parts import mended_part
from todo_lint.fixing.scalars import rewritten, scalar_of_line
from todo_lint.helm.merged_values import Written, value_at
from todo_lint.helm.origins import Origins
from todo_lint.kubernetes_yaml.document import Json, Span
from todo_lint.manifests.resources import at
from todo_lint.rules.api import Defect, Repair, Target
from todo_lint.stages.locate import holds_secret
from todo_lint.stages.template_lines import TemplateFinder
from todo_lint.stages.value_origins import ChartOrigins

ValuesBehind = Callable[[Finding, Target], tuple[Route, ...]]
"""The routes of the values that put what stands in a rendered field there."""


class FixProposer:
    """Proposes fixes for findings about one chart. A packaged chart is not written to."""

    def __init__(self, origins: ChartOrigins, templates: TemplateFinder, values_behind: ValuesBehind) -> None:
        self._origins = origins
        self._templates = templates
        self._values_behind = values_behind

    def propose(self, finding: Finding, defect: Defect) -> Fix | None:
        """The fix of a finding; None where the right value is not known, or more than one place explains it.

        A values key that the document itself names goes before what a rendered field would need.
        """
        profile = finding.profiles[0] if finding.profiles else ""
        origins = self._origins.of_profile(profile) if defect.repairs else None
        if origins is None or self._origins.whole.chart.packaged:
            return None
        named = [repair for repair in defect.repairs if repair.target.chart_file == "values.yaml"]
        if named:
            fixes = {self._of_key(origins, repair.target.route, repair.text) for repair in named}
        else:
            fixes = {
                self._of_field(origins, finding, repair) for repair in defect.repairs if repair.target == defect.place
            }
        return fixes.pop() if len(fixes) == 1 else None

    def _of_field(self, origins: Origins, finding: Finding, repair: Repair) -> Fix | None:
        """The one value, or else the literal, that has to change for a rendered field to be the stated one."""
        resource = repair.target.resource
        if resource is None or resource.source.layer is not Layer.RENDERED or resource.ref.kind == "Secret":
            return None
        whole = _text(at(dict(resource.value), repair.target.route))
        if whole is None:
            return None
        routes = self._values_behind(finding, repair.target)
        if not routes:
            return self._of_literal(finding.location, repair.target.route, whole, repair.text)
        wanted: dict[Route, str] = {}
        for route in routes:
            part = _text(value_at(origins.values.values, route))
            mended = mended_part(part, whole, repair.text) if part else None
            if mended is not None:
                wanted[route] = mended
        if len(wanted) != 1:
            return None
        ((route, text),) = wanted.items()
        return self._of_key(origins, route, text)

    def _of_key(self, origins: Origins, route: Route, text: str) -> Fix | None:
        """The edit of a values key, if a values.yaml of the chart itself is what gives it its value."""
        written = origins.values.written(route)
        default = origins.values.default(route)
        if written is None or default is None or written.file is not default.file:
            return None
        fields = origins.of(route).fields
        reaches_secret = any(field.resource and field.resource.kind == "Secret" for field in fields)
        return None if reaches_secret else self._edit(written, text)

    def _edit(self, written: Written, text: str) -> Fix | None:
        span = written.value
        file = written.file.name
        if span is None or span.line != span.end_line or not Path(file).is_file():
            return None
        lines = written.file.raw.decode("utf-8", "replace").split("\n")
        token = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        return _fix(file, span, token, text)

    def _of_literal(self, place: Location, route: Route, whole: str, text: str) -> Fix | None:
        """The edit of a literal in a template: only where the line is exact, and holds just that key and value."""
        if place.layer is not Layer.TEMPLATE or place.exactness is not Exactness.EXACT or place.line is None:
            return None
        template = self._templates.file_text(place.file) or ""
        lines = template.split("\n")
        if holds_secret(template) or place.line > len(lines) or not Path(place.file).is_file():
            return None
        found = scalar_of_line(lines[place.line - 1].rstrip("\r"), route[-1] if route else "")
        if found is None or _text(found.value) != whole:
            return None
        span = Span(place.line, found.column, place.line, found.column + len(found.written))
        return _fix(place.file, span, found.written, text)


def _fix(file: str, span: Span, token: str, text: str) -> Fix | None:
    new = rewritten(token, text)
    if new is None or new == token:
        return None
    return Fix(file, (Edit(span.line, span.column, span.end_line, span.end_column, new),))


def _text(value: Json) -> str | None:
    """A scalar as text; None for what is none."""
    if value is None or isinstance(value, dict | list):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
