"""Which values the templates of a chart name, read from their text.

It is a reading, no evaluation: ``.port`` inside ``with .Values.service`` is ``service.port``, and inside a named
template ``.Values`` is taken to be the chart's. What a template does with a whole mapping is not followed: then all
below it counts as named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from todo_lint.findings import Route
from todo_lint.helm.subcharts import ChartPart, WholeChart
from todo_lint.helm.template_scope import ScopeReader
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

ITEM = "[]"
_TOKEN = pattern(
    r'/\*.*?\*/|"(?:\\.|[^"\\])*"|`[^`]*`|(?:\$\w*)?(?:\.\w+)+|\$\w*|(?<![\w)])\.(?![\w.])|[A-Za-z_]\w*', 16
)
_LOOKS_UP = frozenset({"index", "get", "hasKey", "dig", "pluck", "pick"})
_COMPARES = pattern(r"\b(?:eq|ne|has|contains|hasPrefix)\b([^{}]*)")
_BEHIND_BRACKET = pattern(r"\s*\)((?:\.\w+)+)")
_QUOTED = pattern(r'"((?:\\.|[^"\\])*)"')
_VARIABLE = pattern(r"\$\w+")
_INCLUDED = pattern(r'\b(?:include|template)\s+"([^"]+)"')
_LOOKS_AT = pattern(r"\s*-?\s*(?:else\s+)?(?:if|with)\b")
_TEMPLATES = "templates/"


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a template names a value.

    ``route`` is that of the value in the merged values, an item of any number being ``[]``. ``file`` is the
    template's name in the whole chart; line and column count from 1. ``define`` is the named template around it,
    ``action`` the text of the action, ``scope`` that of the part of the chart that the template belongs to.
    """

    route: Route
    file: str
    line: int
    column: int
    define: str
    action: str
    scope: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all that lies below may be read here: a condition and ``with`` only look at the value itself."""
        return not _LOOKS_AT.match(self.action)


class ValueUses:
    """The uses of values in all templates of a chart and its subcharts."""

    def __init__(self, whole: WholeChart) -> None:
        self.chart = whole
        self._by_file: dict[str, tuple[Use, ...]] = {}

    @cached_property
    def all(self) -> tuple[Use, ...]:
        """Every use, by part of the chart and file."""
        return tuple(
            use
            for part in self.chart.parts
            for name in _templates(self.chart, part)
            for use in self.in_file(part, name)
        )

    def names(self, route: Route) -> bool:
        """Whether a template may read the value at a route: it names it, what is in it, or all of what it is in."""
        steps = tuple(ITEM if isinstance(step, int) else step for step in route)
        return steps in self._named or any(steps[:end] in self._whole for end in range(len(steps)))

    def takes_whole(self, route: Route) -> bool:
        """Whether a template takes a mapping as it is, with whatever keys it has."""
        return route in self._whole

    @cached_property
    def _named(self) -> frozenset[Route]:
        """The routes that are named, and all that lead to them."""
        return frozenset(route[:end] for route, _ in self._everywhere for end in range(1, len(route) + 1))

    @cached_property
    def _whole(self) -> frozenset[Route]:
        return frozenset(route for route, whole in self._everywhere if whole)

    @cached_property
    def _everywhere(self) -> tuple[tuple[Route, bool], ...]:
        """All routes that are named, and whether as a whole. A named template may be included by any part."""
        found: dict[tuple[Route, bool], None] = {}
        for use in self.all:
            found[use.route, use.whole] = None
            inner = use.route[len(use.scope) :] if use.route[: len(use.scope)] == use.scope else use.route
            for part in self.chart.parts if use.define else ():
                found[(*part.scope, *inner), use.whole] = None
        for part in self.chart.parts:
            found.update(dict.fromkeys((route, True) for route in _of_dependencies(part)))
        return tuple(found)

    def in_file(self, part: ChartPart, name: str) -> tuple[Use, ...]:
        """The uses in one template, as the part reads it that installs it."""
        key = f"{'.'.join(part.scope)}:{name}"
        if key not in self._by_file:
            text = self.chart.files[name].decode("utf-8", "replace")
            self._by_file[key] = tuple(_uses(text, name, part.scope))
        return self._by_file[key]

    def of_template(self, file: str) -> tuple[Use, ...]:
        """The uses in a template, in every part that installs it, and in the named templates that it includes."""
        parts = [part for part in self.chart.parts if file.startswith(f"{part.folder}{_TEMPLATES}")]
        found = [use for part in parts for use in self.in_file(part, file)] if file in self.chart.files else []
        included = set(_INCLUDED.findall(self.chart.files.get(file, b"").decode("utf-8", "replace")))
        found += [use for use in self.all if use.define in included] if included else []
        return tuple(dict.fromkeys(found))

    def on_line(self, file: str, line: int) -> tuple[Use, ...]:
        """The uses in the actions on a line of a template, in every part that installs it.

        They include those behind a variable of the line, and those inside the named templates that it includes.
        """
        parts = [part for part in self.chart.parts if file.startswith(f"{part.folder}{_TEMPLATES}")]
        text = _line(self.chart.files.get(file, b"").decode("utf-8", "replace"), line)
        found = [use for part in parts for use in self.in_file(part, file) if use.line == line]
        for name in dict.fromkeys(_VARIABLE.findall(text)):
            assigned = pattern(rf"^\s*{re.escape(name)}\s*:?=")
            found += [use for part in parts for use in self.in_file(part, file) if assigned.match(use.action)]
        included = set(_INCLUDED.findall(text))
        found += [use for use in self.all if use.define in included] if included else []
        return tuple(dict.fromkeys(found))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The texts that templates compare values with, such as ``"NodePort"``."""
        found: dict[str, None] = {}
        for part in self.chart.parts:
            for name in _templates(self.chart, part):
                text = self.chart.files[name].decode("utf-8", "replace")
                for compared in _COMPARES.finditer(text):
                    found.update(dict.fromkeys(word for word in _QUOTED.findall(compared[1]) if word))
        return tuple(found)


def _templates(whole: WholeChart, part: ChartPart) -> Iterator[str]:
    prefix = f"{part.folder}{_TEMPLATES}"
    return (name for name in sorted(whole.files) if name.startswith(prefix))


def _uses(text: str, file: str, scope: tuple[str, ...]) -> Iterator[Use]:
    """The uses in a text, an action at a time."""
    reader = ScopeReader()
    line, counted = 1, 0
    line_start = 0
    for start, content in reader.actions(text):
        line += text.count("\n", counted, start)
        line_start = text.rfind("\n", 0, start) + 1
        counted = start
        for offset, path in _paths(content, reader):
            at_line = line + content.count("\n", 0, offset)
            begin = content.rfind("\n", 0, offset) + 1
            column = offset - begin + 1 if begin else start - line_start + offset + 1
            route = _route(path, scope)
            if route is not None:
                yield Use(route, file, at_line, column, reader.define, content, scope)


def _paths(content: str, reader: ScopeReader) -> Iterator[tuple[int, Route]]:
    """The paths of values in an action, with where they begin in it; ``index .Values "a"`` is one, too."""
    tokens = [(found.start(), found[0]) for found in _TOKEN.finditer(content) if not found[0].startswith("/*")]
    for number, (offset, token) in enumerate(tokens):
        if token[0] not in ".$":
            continue
        steps = reader.values_route(token)
        if steps is None:
            continue
        steps = (*steps, *_steps_behind(content, offset + len(token)))
        before = tokens[number - 1][1] if number else ""
        if before in _LOOKS_UP:
            steps = (*steps, *_keys_after(tokens[number + 1 :], single=before != "index"))
        elif number > 1 and tokens[number - 2][1] in _LOOKS_UP and before[0] in '"`':
            steps = (*steps, before[1:-1])  # hasKey and dig take the key first
        yield offset, steps


def _steps_behind(content: str, end: int) -> Iterator[str]:
    """The steps that follow a path in brackets: ``(.Values.a).b`` is ``.Values.a.b`` that bears a missing ``a``."""
    while found := _BEHIND_BRACKET.match(content, end):
        yield from found[1].split(".")[1:]
        end = found.end()


def _keys_after(tokens: list[tuple[int, str]], *, single: bool) -> Iterator[str]:
    """The keys that follow a mapping in the arguments of a function, as far as they are literal."""
    for _, token in tokens:
        if token[0] not in '"`':
            return
        yield token[1:-1]
        if single:
            return


def _route(steps: Route, scope: tuple[str, ...]) -> Route | None:
    """The route in the values of the whole chart; that of ``global`` is everywhere the same."""
    return steps if steps[:1] == ("global",) else (*scope, *steps)


def _of_dependencies(part: ChartPart) -> Iterator[Route]:
    """The values that Helm itself reads: conditions and tags of dependencies, and what they import."""
    for dependency in part.metadata.dependencies:
        for condition in dependency.condition.split(","):
            yield (*part.scope, *condition.strip().split("."))
        for tag in dependency.tags:
            yield (*part.scope, "tags", tag)
        if dependency.imports_values:
            yield (*part.scope, dependency.alias or dependency.name)


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1] if 0 < number <= len(lines) else ""
