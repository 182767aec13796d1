"""Which values the templates of a chart name, read from their text.

It is a reading, no evaluation: ``.port`` inside ``with .Values.service`` is ``service.port``, and so it is inside a
named template that is given ``.Values.service``. Where the text does not tell what a named template is given,
``.Values`` in it is taken to be the chart's. What a template does with a whole mapping otherwise is not followed: all
below it counts as named then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from todo_lint.findings import Route
from todo_lint.helm.merged_values import ITEM
from todo_lint.helm.subcharts import ChartPart, WholeChart
from todo_lint.helm.template_uses import TEMPLATES, Reading, Use, read_uses
from todo_lint.patterns import pattern

__all__ = ["ITEM", "Use", "ValueUses"]

_COMPARES = pattern(r"\b(?:eq|ne|has|contains|hasPrefix)\b([^{}]*)")
_QUOTED = pattern(r'"((?:\\.|[^"\\])*)"')
_NAMED = pattern(r"\.Values((?:\.\w+)+)")
_VARIABLE = pattern(r"\$\w+")


class ValueUses:
    """The uses of values in all templates of a chart and its subcharts."""

    def __init__(self, whole: WholeChart) -> None:
        self.chart = whole

    @cached_property
    def _reading(self) -> Reading:
        return read_uses(self.chart)

    @property
    def all(self) -> tuple[Use, ...]:
        """Every use. A named template that is included in several contexts has them once for each."""
        return self._reading.uses

    def is_doubtful(self, use: Use) -> bool:
        """Whether it is not known in all contexts what is read at the place of a use, or it is read to refuse it."""
        return (use.file, use.line, use.column) in self._reading.doubtful

    def of_built_in_objects(self) -> Iterator[tuple[tuple[str, int, int], tuple[str, ...]]]:
        """The places (file, line, column) in the chart's own templates that read Helm's objects, with the paths.

        A place that stands for something else in another context is left out, and so is what a template puts there.
        """
        for place, paths in sorted(self._reading.built_in.items()):
            known = len(paths) == 1 and place not in self._reading.doubtful
            path = next(iter(paths))
            if known and place[0].startswith(TEMPLATES) and path[:2] not in self._reading.put:
                yield place, path

    def names(self, route: Route) -> bool:
        """Whether a template may read the value at a route: it names it, what is in it, or all of what it is in."""
        paths: list[Route] = [()]
        for step in route:
            if any(path in self._whole for path in paths):
                return True
            if isinstance(step, str) and step != ITEM and any(self._reading.ranged.get(path) for path in paths):
                return True  # it goes through the keys of a mapping
            paths = self._further(paths, step)
        return bool(paths)

    def may_write(self, route: Route) -> bool:
        """Whether a template that is read takes the value at a route or all it is in, or has it in a condition."""
        steps = tuple(ITEM if isinstance(step, int) else step for step in route)
        return steps in self._written or any(self._written.get(steps[:end]) for end in range(1, len(steps)))

    @cached_property
    def _written(self) -> Mapping[Route, bool]:
        """The routes that templates which are read take as a whole, or (False) look at on a condition alone."""
        included = {name for calls in self._reading.calls.values() for name, _ in calls}
        found: dict[Route, bool] = {}
        for use in self.all:
            if (use.whole or use.conditional) and (not use.define or use.define in included):
                found[use.route] = found.get(use.route, False) or use.whole
        return found

    def takes_whole(self, route: Route) -> bool:
        """Whether a template takes a mapping as it is, or goes through it, with whatever keys it has."""
        paths: list[Route] = [()]
        for step in route:
            paths = self._further(paths, step)
        return any(path in self._whole or path in self._reading.ranged for path in paths)

    def _further(self, paths: list[Route], step: str | int) -> list[Route]:
        """The paths that are named and one step longer. ``range`` goes through mappings, too: an item is any key."""
        steps = {ITEM} if isinstance(step, int) else {step, ITEM}
        return [(*path, one) for path in paths for one in steps if (*path, one) in self._named]

    @cached_property
    def _named(self) -> frozenset[Route]:
        """The routes that are named, and all that lead to them."""
        return frozenset(route[:end] for route, _ in self._everywhere for end in range(1, len(route) + 1))

    @cached_property
    def _whole(self) -> frozenset[Route]:
        return frozenset(route for route, whole in self._everywhere if whole)

    @cached_property
    def _everywhere(self) -> tuple[tuple[Route, bool], ...]:
        """All routes that are named, and whether as a whole.

        A named template of which nobody knows who includes it may be included by any part.
        """
        found: dict[tuple[Route, bool], None] = {}
        for use in self.all:
            found[use.route, use.whole] = None
            if use.define and use.context.given is None:
                inner = use.route[len(use.scope) :] if use.route[: len(use.scope)] == use.scope else use.route
                found.update({((*part.scope, *inner), use.whole): None for part in self.chart.parts})
        for part in self.chart.parts:
            found.update(dict.fromkeys((route, True) for route in (*_of_dependencies(part), *self._in_values(part))))
        return tuple(found)

    def _in_values(self, part: ChartPart) -> Iterator[Route]:
        """The values that other values name, which are templates themselves: ``{{ .Values.auth.user }}``."""
        data = self.chart.files.get(f"{part.folder}values.yaml", b"")
        for found in _NAMED.findall(data.decode("utf-8", "replace")) if b"{{" in data else ():
            steps = tuple(found.split(".")[1:])
            yield steps if steps[0] == "global" else (*part.scope, *steps)

    def of_template(self, file: str) -> tuple[Use, ...]:
        """The uses in a template, in every part that installs it, and in the named templates that it includes."""
        included = {call for (name, _), calls in self._reading.calls.items() if name == file for call in calls}
        found = [use for use in self.all if use.file == file]
        found += [use for use in self.all if (use.define, use.context) in included] if included else []
        return tuple(dict.fromkeys(found))

    def on_line(self, file: str, line: int) -> tuple[Use, ...]:
        """The uses in the actions on a line of a template, in every part that installs it.

        They include those behind a variable of the line, and those inside the named templates that it includes.
        """
        text = _line(self.chart.files.get(file, b"").decode("utf-8", "replace"), line)
        in_file = [use for use in self.all if use.file == file]
        found = [use for use in in_file if use.line == line]
        for name in dict.fromkeys(_VARIABLE.findall(text)):
            assigned = pattern(rf"^\s*{re.escape(name)}\s*:?=")
            found += [use for use in in_file if assigned.match(use.action)]
        included = self._reading.calls.get((file, line), {})
        found += [use for use in self.all if (use.define, use.context) in included] if included else []
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
    prefix = f"{part.folder}{TEMPLATES}"
    return (name for name in sorted(whole.files) if name.startswith(prefix))


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
