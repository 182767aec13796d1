"""The values that templates see, and which file gives each of them.

Helm lays values over each other: a subchart's values.yaml at the bottom, then what the charts above it say below
its name, then the values files and options of the profile. Null takes a key of the layers below away.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from todo_lint.errors import UserError
from todo_lint.findings import Layer, Location, Route
from todo_lint.helm.profiles import Profile
from todo_lint.helm.subcharts import WholeChart
from todo_lint.kubernetes_yaml.document import Json, Span, YamlDocument
from todo_lint.records import dataclass, field

if TYPE_CHECKING:
    from todo_lint.helm.subcharts import ChartPart

VALUES_FILE = "values.yaml"
ITEM = "[]"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value in the merged values: a scalar, or a list or mapping that is empty. The value may be a secret."""

    route: Route
    value: Json = field(repr=False)


@dataclass(frozen=True, slots=True)
class ValuesFile:
    """A file that gives values: ``name`` as messages show it, ``scope`` the keys below which they come to lie."""

    name: str
    scope: tuple[str, ...]
    raw: bytes = field(repr=False)
    values: Mapping[str, Json] = field(repr=False)
    document: YamlDocument | None = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Written:
    """Where a value is written: the file, the route inside it, and the span of the value and of its key."""

    file: ValuesFile
    route: Route
    value: Span | None
    key: Span | None

    @property
    def location(self) -> Location:
        """The place of the value; of the key where the value is written below it; else the file."""
        at_value = self.value and (self.key is None or self.value.line == self.key.line)
        span = self.value if at_value else self.key or self.value
        line, column = (span.line, span.column) if span else (None, None)
        return Location(self.file.name, line, column, Layer.VALUES)


class MergedValues:
    """The values of one profile of a chart.

    ``values`` is what templates of the whole chart see, the values of subcharts below their names; ``given`` what the
    profile lays over the ``defaults``. ``file`` is how messages name the chart's own values.yaml.
    """

    def __init__(self, whole: WholeChart, profile: Profile) -> None:
        self.given: Mapping[str, Json] = profile.values
        self.file = whole.chart.place(VALUES_FILE)
        self._profile = profile
        self._whole = whole
        self._own = [_chart_values(whole, part) for part in whole.parts]
        self._given: list[ValuesFile] | None = None
        values: dict[str, Json] = {}
        for file in reversed(self._own):
            values = coalesce(_below(file.scope, file.values), values)
        self.defaults = values
        self.values = coalesce(profile.values, values)

    def leaves(self) -> Iterator[Leaf]:
        """All leaves, in the order in which they are written."""
        yield from leaves_of(self.values)

    def overlay(self, changes: Mapping[Route, Json]) -> dict[str, Json]:
        """The values of the profile with some values changed. A list can only be given as a whole, so it is."""
        values: dict[str, Json] = dict(self._profile.values)
        lists: dict[Route, Json] = {}
        for route, value in changes.items():
            first_item = next((number for number, step in enumerate(route) if isinstance(step, int)), None)
            if first_item is None:
                values = coalesce_over(values, _below(route, value))
                continue
            around = route[:first_item]
            changed = lists.setdefault(around, copy.deepcopy(value_at(self.values, around)))
            _put(changed, route[first_item:], value)
        for route, changed in lists.items():
            values = coalesce_over(values, _below(route, changed))
        return values

    def written(self, route: Route) -> Written | None:
        """Where the value at a route is written: in the topmost file that gives it. None: an option gave it."""
        given = value_at(self._profile.values, route, default=_MISSING)
        if given is _MISSING:
            return self.default(route)
        for file in reversed(self._given_files()):
            value = value_at(file.values, route, default=_MISSING)
            if value is not _MISSING:
                return _written(file, route) if value == given else None
        return None

    def default(self, route: Route) -> Written | None:
        """Where the chart's own files give the value at a route: the chart wins over its subcharts."""
        for file in self._own:
            inner = route[len(file.scope) :]
            if route[: len(file.scope)] != file.scope:
                continue
            if value_at(file.values, inner, default=_MISSING) is not _MISSING:
                return _written(file, inner)
        return None

    @property
    def own_files(self) -> tuple[ValuesFile, ...]:
        """The values.yaml of the chart and of each of its subcharts that has one."""
        return tuple(file for file in self._own if file.raw)

    def _given_files(self) -> list[ValuesFile]:
        if self._given is None:
            self._given = [_given_file(self._whole, name) for name in self._profile.files]
        return self._given


_MISSING: Json = "\ue002missing"


def value_at(value: Json | Mapping[str, Json], route: Route, *, default: Json = None) -> Json:
    """The value at a route, or ``default`` where there is none."""
    found: object = value
    for step in route:
        in_list = isinstance(found, list) and isinstance(step, int) and 0 <= step < len(found)
        if not in_list and not (isinstance(found, dict) and step in found):
            return default
        found = found[step]  # type: ignore[index]
    return found  # type: ignore[return-value]


def routes_at(value: Json | Mapping[str, Json], route: Route, done: Route = ()) -> Iterator[Route]:
    """The routes that one with items ``[]`` stands for: each item of a list, each key of a mapping."""
    if not route:
        yield done
    elif route[0] == ITEM and isinstance(value, Mapping | list):
        for step in value if isinstance(value, Mapping) else range(len(value)):
            yield from routes_at(value[step], route[1:], (*done, step))  # type: ignore[index]
    elif (inner := value_at(value, route[:1], default=_MISSING)) is not _MISSING:
        yield from routes_at(inner, route[1:], (*done, route[0]))


def values_at(value: Json | Mapping[str, Json], route: Route) -> Iterator[Json]:
    """The values that a route with items ``[]`` leads to."""
    return (value_at(value, one) for one in routes_at(value, route))


def leaves_of(value: Json, route: Route = ()) -> Iterator[Leaf]:
    """The leaves of a value, each with its route."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves_of(inner, (*route, key))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from leaves_of(inner, (*route, number))
    elif route:
        yield Leaf(route, value)


def coalesce(above: Mapping[str, Json], below: Mapping[str, Json]) -> dict[str, Json]:
    """Lay values over others as Helm does (CoalesceTables of pkg/chart/common/util): null removes a key."""
    result: dict[str, Json] = {}
    for key in (*below, *(key for key in above if key not in below)):
        if key not in above:
            result[key] = below[key]
            continue
        upper, lower = above[key], below.get(key)
        if upper is None and key in below:
            continue
        both = isinstance(upper, dict) and isinstance(lower, dict)
        result[key] = coalesce(upper, lower) if both else upper  # type: ignore[arg-type]
    return result


def coalesce_over(below: Mapping[str, Json], above: Mapping[str, Json]) -> dict[str, Json]:
    """Lay a change over given values, where null stays: it has to remove a key of the chart later."""
    result = dict(below)
    for key, upper in above.items():
        lower = result.get(key)
        both = isinstance(upper, dict) and isinstance(lower, dict)
        result[key] = coalesce_over(lower, upper) if both else upper  # type: ignore[arg-type]
    return result


def _below(route: Route, value: Json | Mapping[str, Json]) -> dict[str, Json]:
    wrapped: Json = value  # type: ignore[assignment]
    for step in reversed(route):
        wrapped = {str(step): wrapped}
    return wrapped if isinstance(wrapped, dict) else {}


def _put(container: Json, route: Route, value: Json) -> None:
    """Set the value at a route inside a list; what is not there yet is made, an item at the end of a list alone."""
    for step, following in itertools.pairwise(route):
        inner = value_at(container, (step,), default=_MISSING)
        if inner is _MISSING:
            inner = [] if isinstance(following, int) else {}
            _set(container, step, inner)
        container = inner
    _set(container, route[-1], value)


def _set(container: Json, step: str | int, value: Json) -> None:
    if isinstance(container, list) and isinstance(step, int):
        container[step : step + 1] = [value]  # behind the end of a list there is no item but the next
    elif isinstance(container, dict):
        container[str(step)] = value


def _chart_values(whole: WholeChart, part: ChartPart) -> ValuesFile:
    file = f"{part.folder}{VALUES_FILE}"
    return _read(whole.shown(file), part.scope, whole.files.get(file, b""))


def _given_file(whole: WholeChart, name: str) -> ValuesFile:
    """A values file of the profile: one of the chart's own ci/, or one on disk."""
    for inner, raw in whole.chart.ci_values.items():
        if whole.chart.place(inner) == name:
            return _read(name, (), raw)
    from todo_lint.helm.profiles import read_values_file

    try:
        return _read(name, (), read_values_file(name))
    except UserError:
        return _read(name, (), b"")


def _read(name: str, scope: tuple[str, ...], raw: bytes) -> ValuesFile:
    """A file of values; one that cannot be read gives none, and the rendering says what is wrong with it."""
    from todo_lint.kubernetes_yaml.reader import read_document

    read = read_document(raw.decode("utf-8", "replace"))
    if isinstance(read, YamlDocument) and isinstance(read.value, dict):
        return ValuesFile(name, scope, raw, read.value, read)
    return ValuesFile(name, scope, raw, {}, None)


def _written(file: ValuesFile, route: Route) -> Written:
    document = file.document
    value = document.value_span(route) if document else None
    key = document.key_span(route) if document else None
    return Written(file, route, value, key)
