"""Which fields differ between two renderings of a chart.

Renderings are compared as text first, file by file and document by document; only what differs is read as YAML.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence

from todo_lint.findings import ResourceRef, Route, format_route
from todo_lint.helm.render import Rendered
from todo_lint.kubernetes_yaml.document import Json, YamlDocument
from todo_lint.records import dataclass
from todo_lint.records import field as described

_ABSENT: Json = "\ue002absent"


class Change(enum.StrEnum):
    """What became of a field."""

    VALUE = "value"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a rendered object, or what else a chart writes.

    ``resource`` is None for a text that is no object (NOTES.txt, a document that cannot be read); ``route`` is empty
    for the whole. ``file`` is the rendered file, as Helm names it.
    """

    resource: ResourceRef | None
    route: Route
    file: str = ""

    def __str__(self) -> str:
        where = str(self.resource) if self.resource else self.file.rpartition("/")[2]
        return f"{where}:{format_route(self.route)}" if self.route else where


@dataclass(frozen=True, slots=True)
class Effect:
    """A field that moves, and how. ``after`` is its new value, which may be a secret."""

    field: Field
    change: Change = Change.VALUE
    after: Json = described(compare=False, default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Object:
    """An object in a file. A document that is no object has no reference, and its text as its value."""

    ref: ResourceRef | None
    value: Json = described(repr=False)


class FieldReader:
    """Reads documents of renderings, each text once."""

    def __init__(self) -> None:
        self._objects: dict[str, tuple[_Object, ...]] = {}
        self._documents: dict[str, list[str]] = {}

    def changes(self, before: Rendered, after: Rendered) -> Iterator[Effect]:
        """The fields in which two renderings differ, those of the first by their places there."""
        yield from self._texts(before.files, after.files)
        yield from self._texts(before.notes, after.notes)

    def _texts(self, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Effect]:
        for name in dict.fromkeys((*before, *after)):
            one, other = before.get(name, ""), after.get(name, "")
            if one != other:
                yield from self._file(name, one, other)

    def _file(self, name: str, before: str, after: str) -> Iterator[Effect]:
        if name.endswith(".txt"):
            yield Effect(Field(None, (), name), _kind_of_change(before, after), after)
            return
        ones, others = self._split(before), _documents(after)
        if len(ones) == len(others):
            pairs = [(one, other) for one, other in zip(ones, others, strict=True) if one != other]
            old = [found for one, _ in pairs for found in self._read(one)]
            new = [found for _, other in pairs for found in self._read(other)]
        else:
            old = [found for text in ones for found in self._read(text)]
            new = [found for text in others for found in self._read(text)]
        yield from _objects_differ(name, old, new)

    def _split(self, text: str) -> list[str]:
        """The documents of a text that is compared with many others."""
        if text not in self._documents:
            self._documents[text] = _documents(text)
        return self._documents[text]

    def _read(self, text: str) -> tuple[_Object, ...]:
        if text not in self._objects:
            self._objects[text] = tuple(_objects(text))
        return self._objects[text]


def _documents(text: str) -> list[str]:
    from todo_lint.kubernetes_yaml.split import split_rendered

    return [part for _, part in split_rendered(text)]


def _objects(text: str) -> Iterator[_Object]:
    """The objects of a document; those of a List one by one."""
    from todo_lint.kubernetes_yaml.reader import read_document

    read = read_document(text)
    value = read.value if isinstance(read, YamlDocument) else text
    if value is None:
        return
    items = value.get("items") if isinstance(value, dict) and value.get("kind") == "List" else None
    for item in items if isinstance(items, list) else [value]:
        yield _Object(_ref(item), item)


def _ref(value: Json) -> ResourceRef | None:
    if not isinstance(value, dict) or not isinstance(value.get("kind"), str):
        return None
    metadata = value.get("metadata")
    named: Mapping[str, Json] = metadata if isinstance(metadata, dict) else {}
    name, namespace = named.get("name"), named.get("namespace")
    return ResourceRef(
        str(value.get("apiVersion") or ""),
        str(value["kind"]),
        name if isinstance(name, str) else "",
        namespace if isinstance(namespace, str) else None,
    )


def _objects_differ(file: str, old: Sequence[_Object], new: Sequence[_Object]) -> Iterator[Effect]:
    """Pair the objects of a file, by place where their kinds agree, else by kind and name, and compare each pair."""
    kinds = [_kind(found) for found in old] == [_kind(found) for found in new]
    pairs = list(zip(old, new, strict=True)) if kinds else list(_pairs_by_name(old, new))
    for one, other in pairs:
        place = Field((one or other).ref, (), file)  # type: ignore[union-attr]
        if one is None or other is None:
            change = Change.ADDED if one is None else Change.REMOVED
            yield Effect(place, change, other.value if other else None)
        else:
            for effect in differences(one.value, other.value):
                yield Effect(Field(place.resource, effect.field.route, file), effect.change, effect.after)


def _pairs_by_name(old: Sequence[_Object], new: Sequence[_Object]) -> Iterator[tuple[_Object | None, _Object | None]]:
    left = list(new)
    for one in old:
        match = next((other for other in left if other.ref == one.ref), None)
        if match is not None:
            left.remove(match)
        yield one, match
    for other in left:
        yield None, other


def _kind(found: _Object) -> str:
    return found.ref.kind if found.ref else ""


def differences(before: Json, after: Json, route: Route = ()) -> Iterator[Effect]:
    """The fields in which two values differ. Items of lists are paired by name, or else by what stays equal."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys((*before, *after)):
            one, other = before.get(key, _ABSENT), after.get(key, _ABSENT)
            if not _is_same_scalar(one, other):
                yield from _entry(one, other, (*route, key))
    elif isinstance(before, list) and isinstance(after, list):
        for one, other in _pairs(before, after):
            yield from _item(before, after, one, other, route)
    elif type(before) is not type(after) or before != after:
        yield Effect(Field(None, route), Change.VALUE, after)


def _is_same_scalar(one: Json, other: Json) -> bool:
    """Whether two values are the same text, number, boolean or null: most are, and are looked at no further."""
    return type(one) is type(other) and not isinstance(one, dict | list) and one == other


def _entry(before: Json, after: Json, route: Route) -> Iterator[Effect]:
    if before == _ABSENT or after == _ABSENT:
        yield Effect(Field(None, route), _kind_of_change(before != _ABSENT, after != _ABSENT), after)
    else:
        yield from differences(before, after, route)


def _item(
    before: list[Json], after: list[Json], one: int | None, other: int | None, route: Route
) -> Iterator[Effect]:
    if one is not None and other is not None:
        yield from differences(before[one], after[other], (*route, one))
    elif one is not None:
        yield Effect(Field(None, (*route, one)), Change.REMOVED)
    elif other is not None:
        yield Effect(Field(None, (*route, other)), Change.ADDED, after[other])


def _kind_of_change(before: object, after: object) -> Change:
    if before and after:
        return Change.VALUE
    return Change.ADDED if after else Change.REMOVED


def _pairs(before: list[Json], after: list[Json]) -> list[tuple[int | None, int | None]]:
    """Which item became which, by number; None: it is new, or gone."""
    if len(before) == len(after):
        return [(number, number) for number in range(len(before))]
    names, new_names = _names(before), _names(after)
    if names and new_names:
        by_name = {name: number for number, name in enumerate(new_names)}
        kept = [(number, by_name.pop(name, None)) for number, name in enumerate(names)]
        return [*kept, *((None, number) for number in by_name.values())]
    return _pairs_around_change(before, after)


def _names(items: list[Json]) -> list[str]:
    """The names of the items, where each has one of its own; else nothing."""
    names = [item.get("name") for item in items if isinstance(item, dict)]
    texts = [name for name in names if isinstance(name, str)]
    return texts if len(set(texts)) == len(items) else []


def _pairs_around_change(before: list[Json], after: list[Json]) -> list[tuple[int | None, int | None]]:
    """Pair what is equal at the beginning and at the end; between them, by place."""
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    olds: list[int | None] = [*range(start, len(before) - end)]
    news: list[int | None] = [*range(start, len(after) - end)]
    longest = max(len(olds), len(news))
    olds += [None] * (longest - len(olds))
    news += [None] * (longest - len(news))
    head: list[tuple[int | None, int | None]] = [(number, number) for number in range(start)]
    tail: list[tuple[int | None, int | None]] = [
        (len(before) - end + number, len(after) - end + number) for number in range(end)
    ]
    return [*head, *zip(olds, news, strict=True), *tail]
