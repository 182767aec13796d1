"""Defects become findings: their abstract places become files, lines and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from todo_lint.findings import Exactness, Finding, Layer, Location, Related, Route, Severity, format_route
from todo_lint.helm.chart import Chart
from todo_lint.kubernetes_yaml.document import Span, YamlDocument
from todo_lint.manifests.resources import at
from todo_lint.model.outcomes import Target
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace
from todo_lint.rules.api import Context, Defect, Place, Rule
from todo_lint.stages.masking import masked, secret_value, without

if TYPE_CHECKING:
    from todo_lint.stages.template_lines import TemplateFinder

_SECRET = pattern(r"^\s*(?:-\s+)?kind:\s*[\"']?Secret\b", re.MULTILINE)
_VALUES_FILES = ("values.yaml",)
_BLOCK = pattern(r"[:-]\s+\|[-+]?\s*$")
"""The end of a line below which a text stands as it is."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A concrete place, and the text of its line where that may be shown."""

    location: Location
    excerpt: str | None = None
    rendered: Location | None = None
    defines: tuple[Related, ...] = ()


WRITTEN_BY = "this line of a named template wrote it"
PARTLY_WRITTEN_BY = "this line of a named template, which is included there, may have written it"
AS_RENDERED = "the line as rendered"
_RENDERED_WORDS = {
    None: AS_RENDERED,
    Exactness.EXACT: AS_RENDERED,
    Exactness.LINES: f"{AS_RENDERED}, which differs with each rendering; found by the lines around it",
    Exactness.FILE: f"{AS_RENDERED}; which line of the template wrote it is not known",
}


class Locator:
    """Makes places concrete for one chart or set of manifests."""

    def __init__(self, chart: Chart | None = None, templates: TemplateFinder | None = None) -> None:
        self._chart = chart
        self._templates = templates
        self._chart_documents: dict[str, YamlDocument | None] = {}

    def finding(self, defect: Defect, rule: Rule, severity: Severity, context: Context) -> Finding:
        """The finding that a rule's defect amounts to."""
        profiles = (context.profile,) if context.profile else ()
        profile = next(iter(defect.profiles), context.rendering or context.profile)
        placed = self._place(defect.place, profile)
        resource = defect.place.resource if isinstance(defect.place, Target) else None
        related = [Related(message, self._place(place, profile).location) for message, place in defect.related]
        related += [replace(one, excerpt=one.excerpt and masked(one.excerpt)) for one in placed.defines]
        if placed.rendered:
            related.append(Related(_RENDERED_WORDS[placed.location.exactness], placed.rendered))
        path = defect.place.route if isinstance(defect.place, Target) and resource else ()
        secret = secret_value(resource, path) if resource and resource.ref.kind != "Secret" else ""
        return Finding(
            rule=rule.id,
            severity=severity,
            message=without(defect.message, secret),
            location=placed.location,
            hint=without(defect.hint, secret),
            resource=resource.ref if resource else None,
            path=format_route(path) if path else None,
            related=tuple(dict.fromkeys(related)),
            statements=defect.statements,
            kubernetes=defect.kubernetes if defect.kubernetes.since else context.kubernetes,
            profiles=defect.profiles or profiles,
            excerpt=masked(placed.excerpt, secret=bool(secret)) if defect.excerpt and placed.excerpt else None,
        )

    def location(self, place: Place, profile: str) -> Location:
        """Where an abstract place is, in a profile."""
        return self._place(place, profile).location

    def _place(self, place: Place, profile: str) -> Placed:
        if isinstance(place, Location):
            return self._text_place(place, profile)
        if place.place is not None:
            return Placed(place.place)
        if place.resource is not None:
            return self._resource_place(place, profile)
        return self._chart_file_place(place)

    def _text_place(self, place: Location, profile: str) -> Placed:
        """A place that is a location already; rendered text is mapped to its template."""
        if place.layer is Layer.RENDERED and place.line is not None:
            return self._from_rendered(place, None, profile)
        return Placed(
            place, self._template_line_text(place.file, place.line) if place.layer is Layer.TEMPLATE else None
        )

    def _template_line_text(self, file: str, line: int | None) -> str | None:
        """The line of a template, unless the template is one of a Secret."""
        text = self._templates.file_text(file) if self._templates else None
        if text is None or line is None:
            return None
        return None if holds_secret(text) else _line(text, line)

    def _resource_place(self, target: Target, profile: str) -> Placed:
        resource = target.resource
        if resource is None:
            raise ValueError("this target is no field of a resource")
        source = resource.source
        span = nearest_span(resource.document, (*resource.route, *target.route), on_key=target.on_key)
        line = span.line if span else resource.document.line
        column = span.column if span else 1
        if target.below and _BLOCK.search(_line(source.text, line) or ""):
            line += target.below
            text = _line(source.text, line) or ""
            column = len(text) - len(text.lstrip()) + 1
        location = Location(source.file, line, column, source.layer)
        # A line of a Secret may show its values.
        excerpt = None if resource.ref.kind == "Secret" else _line(source.text, line)
        if source.layer is Layer.RENDERED:
            return self._from_rendered(location, excerpt, profile)
        return Placed(location, excerpt)

    def _from_rendered(self, rendered: Location, excerpt: str | None, profile: str) -> Placed:
        """The template line behind a rendered one; where it is not known, the template and the rendered line."""
        if self._templates is None:
            return Placed(Location(rendered.file, None, None, Layer.TEMPLATE, Exactness.FILE), excerpt, rendered)
        found = self._templates.find(profile, rendered)
        if found.line is None:
            place = Location(found.file, None, None, Layer.TEMPLATE, found.exactness)
            return Placed(place, excerpt, rendered)
        written = self._template_line_text(found.file, found.line)
        column = _template_column(found.text, excerpt, rendered.column)
        location = Location(found.file, found.line, column, Layer.TEMPLATE, found.exactness)
        return Placed(location, written, rendered, tuple(self._defines(profile, rendered)))

    def _defines(self, profile: str, rendered: Location) -> Iterator[Related]:
        """The lines of named templates, where an ``include`` wrote the place."""
        found = self._templates.find_in_define(profile, rendered) if self._templates else ()
        for place in found:
            indent = len(place.text or "") - len((place.text or "").lstrip()) + 1
            location = Location(place.file, place.line, indent, Layer.TEMPLATE, place.exactness)
            words = WRITTEN_BY if place.sure else PARTLY_WRITTEN_BY
            yield Related(words, location, self._template_line_text(place.file, place.line))

    def _chart_file_place(self, target: Target) -> Placed:
        name = target.chart_file or ""
        if self._chart is None:
            raise ValueError(f"there is no chart that could hold {name}")
        layer = Layer.VALUES if name in _VALUES_FILES else Layer.MANIFEST
        file = self._chart.place(name)
        document = self._chart_document(name)
        span = nearest_span(document, target.route, on_key=target.on_key) if document else None
        if span is None:
            return Placed(Location(file, 1 if document else None, 1 if document else None, layer))
        text = self._chart.files[name].decode("utf-8", "replace")
        return Placed(Location(file, span.line, span.column, layer), _line(text, span.line))

    def _chart_document(self, name: str) -> YamlDocument | None:
        from todo_lint.kubernetes_yaml.reader import read_document

        if name not in self._chart_documents:
            raw = self._chart.files.get(name) if self._chart else None
            read = read_document(raw.decode("utf-8", "replace")) if raw is not None else None
            self._chart_documents[name] = read if isinstance(read, YamlDocument) else None
        return self._chart_documents[name]


def holds_secret(template: str) -> bool:
    """Whether a template writes a Secret, so that its lines may show what is secret."""
    return _SECRET.search(template) is not None


def nearest_span(document: YamlDocument, route: Route, *, on_key: bool) -> Span | None:
    """The span of a key or value, or of the nearest thing around it that is written in the text.

    A mapping or list is shown by its key: its own text begins on the next line.
    """
    collection = isinstance(at(document.value, route), (dict, list))
    exact = document.key_span(route) if on_key or collection else None
    if span := exact or document.value_span(route):
        return span
    while route:
        route = route[:-1]
        if span := document.key_span(route) or document.value_span(route):
            return span
    return None


def _template_column(template: str | None, rendered: str | None, column: int | None) -> int | None:
    """The column of a rendered place in its template line: the same as far as both lines begin alike."""
    if template is None:
        return None
    start = len(template) - len(template.lstrip()) + 1
    if rendered is None or column is None:
        return start
    return column if template[: column - 1] == rendered[: column - 1] else start


def _line(text: str, number: int) -> str | None:
    lines = _lines(text)
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None


@lru_cache(maxsize=16)
def _lines(text: str) -> list[str]:
    """The lines of a text. One text can have thousands of findings: it is split once."""
    return text.split("\n")
