"""Where the named templates of a chart are written, and which a line of a template includes, by their text.

Marks do not come out of a named template that is written on one line, or that trims all its lines. So where a mark
tells nothing, the text does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from todo_lint.helm.source_map import TemplateLine
from todo_lint.helm.subcharts import WholeChart
from todo_lint.helm.template_calls import calls_in_text
from todo_lint.helm.template_text import Body, bodies_of
from todo_lint.patterns import pattern

_TEMPLATES = "templates/"
_MOST_STEPS = 8
_WRITES_NOTHING = pattern(r"\s*(?:/\*|(?:if|else|end|with|range|define|block)\b|\$\w+\s*:?=|$)")


class NamedTemplates:
    """The named templates of a chart and its subcharts."""

    def __init__(self, whole: WholeChart) -> None:
        self._whole = whole
        self._bodies: dict[str, tuple[Body, ...]] = {}

    def included_on(self, file: str, line: int) -> Iterator[TemplateLine]:
        """The lines of named templates that a line of a template includes: one for each, where it is known."""
        for body in self._bodies_of(file):
            for action in body.actions:
                first, last = action.line, action.place(len(action.text))[0]
                if first <= line <= last:
                    for name in dict.fromkeys(calls_in_text(action.text)):
                        place = self._line_of(name)
                        if place is not None:
                            yield place

    def _line_of(self, name: str) -> TemplateLine | None:
        """The line of a named template that writes; the line where it begins, where there are several.

        One that only includes another stands for that one.
        """
        for _ in range(_MOST_STEPS):
            found = self._defined.get(name)
            if found is None:
                return None
            file, body = found
            writing = [action for action in body.actions if not _WRITES_NOTHING.match(action.text)]
            inner = calls_in_text(writing[0].text) if len(writing) == 1 else []
            if len(inner) == 1 and inner[0] in self._defined and inner[0] != name:
                name = inner[0]
                continue
            lines = {action.line for action in writing} or {body.line}
            return TemplateLine(file, lines.pop() if len(lines) == 1 else body.line)
        return None

    @cached_property
    def _defined(self) -> dict[str, tuple[str, Body]]:
        """The named templates, each with its file; that of the chart above counts, as in Helm."""
        found: dict[str, tuple[str, Body]] = {}
        names = (name for name in self._whole.files if _TEMPLATES in name)
        for file in sorted(names, key=lambda name: (-name.count("/"), name)):
            found.update({body.name: (file, body) for body in self._bodies_of(file)[1:] if body.name})
        return found

    def _bodies_of(self, file: str) -> tuple[Body, ...]:
        if file not in self._bodies:
            self._bodies[file] = bodies_of(self._whole.files.get(file, b"").decode("utf-8", "replace"))
        return self._bodies[file]
