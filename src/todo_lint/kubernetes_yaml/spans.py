"""Where keys and values stand: a second walk over the text, done only when somebody asks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.composer import ITEM, MERGE_KEY, Composer, EventSource, Frame
from todo_lint.kubernetes_yaml.document import DuplicateKey, Span, SpanIndex
from todo_lint.kubernetes_yaml.pyyaml import ScalarEvent
from todo_lint.kubernetes_yaml.scalar_types import Scalar
from todo_lint.records import dataclass

Range = tuple[int, int]
"""Index of the first character and of the one after the last."""


class LineTable:
    """Turns indexes of characters into lines and columns.

    Only a line feed ends a line here, as in Kubernetes' and Helm's own splitting and in most editors; libyaml's own
    line numbers also count U+0085, U+2028 and U+2029.
    """

    def __init__(self, text: str, first_line: int, first_column: int = 1) -> None:
        self._text = text
        self._first_line = first_line
        self._first_column = first_column
        self._starts: list[int] = []

    def place(self, index: int) -> tuple[int, int]:
        """Give line and column, counted from 1, of the character at an index."""
        if not self._starts:
            self._starts = [0, *(found + 1 for found in _line_feeds(self._text))]
        index = min(index, len(self._text))
        row = bisect_right(self._starts, index) - 1
        shift = self._first_column if row == 0 else 1
        return self._first_line + row, index - self._starts[row] + shift

    def span(self, part: Range) -> Span:
        """Give the span of a range of characters."""
        return Span(*self.place(part[0]), *self.place(part[1]))


def _line_feeds(text: str) -> Iterator[int]:
    position = text.find("\n")
    while position >= 0:
        yield position
        position = text.find("\n", position + 1)


class _Node:
    """A value of the document with its place.

    ``outside`` is set for what is written elsewhere, behind an alias or a merge key: the place stands for all below.
    """

    __slots__ = ("children", "key", "outside", "part", "value")

    def __init__(self, part: Range, children: Any = None, value: Scalar = None, *, outside: bool = False) -> None:
        self.part = part
        self.children = children
        self.value = value
        self.outside = outside
        self.key: Range | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """The spans of a document, and the keys that it holds twice."""

    index: SpanIndex
    duplicates: tuple[DuplicateKey, ...]


class _LocatingComposer(Composer):
    """Builds nodes with places instead of values."""

    def __init__(self, source: EventSource, text: str) -> None:
        super().__init__(source)
        self._text = text
        self.duplicates: list[tuple[Route, Range, Range]] = []

    def _plain_scalar(self, event: Any) -> None:
        self._scalar(event)

    def _make_scalar(self, value: Scalar, event: Any) -> _Node:
        start, end = _part(event)
        if event.__class__ is ScalarEvent and event.style in ("|", ">"):
            # libyaml ends a block scalar where the next token starts.
            end = start + len(self._text[start:end].rstrip())
        return _Node((start, end), value=value)

    def _make_mapping(self, event: Any) -> tuple[_Node, dict[str, Any]]:
        children: dict[str, Any] = {}
        return _Node(_part(event), children), children

    def _make_sequence(self, event: Any) -> tuple[_Node, list[Any]]:
        children: list[Any] = []
        return _Node(_part(event), children), children

    def _make_alias(self, node: _Node, event: Any) -> _Node:
        return _Node(_part(event), node.children, node.value, outside=True)

    def _make_merged(self, node: _Node, frame: Frame) -> _Node:
        return _Node(frame.key_part, node.children, node.value, outside=True)

    def _content(self, node: _Node) -> Any:
        return node.value if node.children is None else node.children

    def _alias(self, event: Any) -> None:
        super()._alias(event)
        self._frame.last_end = event.end_mark.index

    def _put(self, node: _Node, event: Any) -> None:
        frame = self._frame
        key = frame.key
        super()._put(node, event)
        frame.last_end = max(frame.last_end, node.part[1])
        if isinstance(key, str):
            node.key = frame.key_part
            frame.last_key = key

    def _note_key(self, frame: Frame, event: Any) -> None:
        frame.key_part = _part(event)

    def _note_end(self, frame: Frame, event: Any) -> None:
        start, end = _part(event)
        if start == end:
            # Nothing closes a block collection: it ends with its last entry, not where the next token starts.
            end = max(frame.last_end, frame.node.part[1])
        frame.node.part = (frame.node.part[0], end)
        parent = self._stack[-1]
        parent.last_end = max(parent.last_end, end)

    def _note_duplicate(self, frame: Frame, key: str) -> None:
        first = frame.children[key].key or frame.key_part
        self.duplicates.append(((*self._route(), key), frame.key_part, first))

    def _route(self) -> Route:
        """The route of the collection that is being filled."""
        route: list[str | int] = []
        merging = False
        for frame in self._stack[1:]:
            if frame.key is MERGE_KEY:
                merging = True
                continue
            if frame.key is not ITEM:
                route.append(frame.last_key)
            elif not merging:
                route.append(len(frame.children) - 1)
            merging = False
        return tuple(route)


def _part(event: Any) -> Range:
    return event.start_mark.index, event.end_mark.index


def locate(source: EventSource, text: str, lines: LineTable) -> Located:
    """Give the spans of all keys and values of a document that was read without a problem before."""
    composer = _LocatingComposer(source, text)
    root = composer.compose()
    duplicates = tuple(
        DuplicateKey(route, lines.span(part), lines.span(first)) for route, part, first in composer.duplicates
    )
    return Located(_index(root, lines), duplicates)


def _index(root: _Node | None, lines: LineTable) -> SpanIndex:
    """Flatten the tree of nodes into one span a route."""
    keys: dict[Route, Span] = {}
    values: dict[Route, Span] = {}
    waiting: list[tuple[Route, _Node, Span | None]] = [((), root, None)] if root else []
    while waiting:
        route, node, outside = waiting.pop()
        if outside is None and node.key is not None:
            keys[route] = lines.span(node.key)
        span = outside or lines.span(node.part)
        values[route] = span
        below = span if outside or node.outside else None
        if isinstance(node.children, dict):
            waiting.extend(((*route, key), child, below) for key, child in node.children.items())
        elif node.children is not None:
            waiting.extend(((*route, number), child, below) for number, child in enumerate(node.children))
    return SpanIndex(keys, values)
