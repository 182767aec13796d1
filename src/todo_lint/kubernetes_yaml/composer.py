"""YAML events become plain data, the way Kubernetes and Helm understand them.

libyaml's events are walked in one loop without recursion, so that no depth of nesting can exhaust a stack. Anchors,
merge keys and the limit on what aliases may expand to follow decode.go of go.yaml.in/yaml v2.4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from todo_lint.kubernetes_yaml.pyyaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from todo_lint.kubernetes_yaml.scalar_types import (
    MERGE_TAG,
    Scalar,
    ScalarError,
    json_value,
    key_text,
    resolve,
    resolve_tagged,
)

MAX_DEPTH = 256
TOO_DEEP = f"the document is nested more than {MAX_DEPTH} levels deep"
"""How deep a document may be nested. Kubernetes stops at 10,000; no real object comes near this."""

_SIMPLE = frozenset({str, bool, type(None)})
"""Scalars that JSON leaves as they are."""

ITEM = object()
MERGE_KEY = object()


class RejectedError(Exception):
    """A document that cannot be read: what is wrong, and the index of the character where."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.message = message
        self.index = index


class EventSource(Protocol):
    """Something that gives one event after another: a YAML parser."""

    def get_event(self) -> Any:
        """Give the next event."""


class Anchor:
    """What an anchor names; open while it is being read. ``size`` counts its nodes with aliases expanded."""

    __slots__ = ("height", "is_mapping", "is_open", "is_scalar", "node", "size")

    def __init__(self, node: Any, *, is_scalar: bool = False, is_mapping: bool = False) -> None:
        self.node = node
        self.is_scalar = is_scalar
        self.is_mapping = is_mapping
        self.is_open = not is_scalar
        self.size = 1
        self.height = 0


class Frame:
    """A collection that is being filled."""

    __slots__ = (
        "anchor",
        "children",
        "counted",
        "height",
        "key",
        "key_part",
        "last_end",
        "last_key",
        "merged",
        "node",
    )

    def __init__(self, node: Any, children: Any, key: object, counted: int) -> None:
        self.node = node
        self.children = children
        self.key = key  # ITEM in a sequence; None while a mapping waits for a key
        self.counted = counted  # nodes decoded before this one
        self.height = 0
        self.anchor: Anchor | None = None
        self.merged: set[object] | None = None  # keys that only a merge has set so far
        self.key_part = (0, 0)  # these three only matter where places are wanted
        self.last_key = ""
        self.last_end = 0


class Composer:
    """Builds the value of the first document of a stream of events.

    A subclass may build other nodes than plain data from the same walk.
    """

    def __init__(self, source: EventSource) -> None:
        self._source = source
        self._root = Frame(None, [], ITEM, 0)
        self._frame = self._root
        self._stack: list[Frame] = []
        self._anchors: dict[str, Anchor] = {}
        self._decoded = 1
        self._through_alias = 0
        self._done = False
        self.found_duplicates = False
        self._handlers: dict[type[Event], Callable[[Any], None]] = {
            ScalarEvent: self._scalar,
            MappingStartEvent: self._start_mapping,
            SequenceStartEvent: self._start_sequence,
            MappingEndEvent: self._end_collection,
            SequenceEndEvent: self._end_collection,
            AliasEvent: self._alias,
            StreamStartEvent: self._ignore,
            DocumentStartEvent: self._start_document,
            DocumentEndEvent: self._finish,
            StreamEndEvent: self._finish,
        }

    def compose(self) -> Any:
        """Give the value of the first document, or None if there is none; what follows it is not read.

        Raises:
            RejectedError: when Kubernetes would not read it. Errors of the event source pass through.
        """
        next_event = self._source.get_event
        handlers = self._handlers
        plain_scalar = self._plain_scalar
        while not self._done:
            event = next_event()
            kind = event.__class__
            if kind is ScalarEvent and event.tag is None and event.anchor is None:
                plain_scalar(event)
            else:
                handlers[kind](event)
        return self._root.children[0] if self._root.children else None

    # What a subclass changes.

    def _make_scalar(self, value: Scalar, event: Any) -> Any:
        return value

    def _make_mapping(self, event: Any) -> tuple[Any, dict[str, Any]]:
        """Make a node for a mapping, and the dict that takes its entries."""
        children: dict[str, Any] = {}
        return children, children

    def _make_sequence(self, event: Any) -> tuple[Any, list[Any]]:
        """Make a node for a sequence, and the list that takes its items."""
        children: list[Any] = []
        return children, children

    def _make_alias(self, node: Any, event: Any) -> Any:
        return node

    def _make_merged(self, node: Any, frame: Frame) -> Any:
        return node

    def _content(self, node: Any) -> Any:
        """Give the dict, the list or the scalar inside a node."""
        return node

    def _note_key(self, frame: Frame, event: Any) -> None:
        """Learn which event was the key of the frame's next entry."""

    def _note_end(self, frame: Frame, event: Any) -> None:
        """Learn that the end of a collection was reached."""

    def _note_duplicate(self, frame: Frame, key: Any) -> None:
        """Learn that an entry is about to be overwritten by a second one of the same key."""
        self.found_duplicates = True

    # One method for each kind of event.

    def _ignore(self, event: Any) -> None:
        pass

    def _start_document(self, event: Any) -> None:
        if event.version not in (None, (1, 1)):
            raise RejectedError("Kubernetes reads YAML 1.1 only; remove the %YAML line", event.start_mark.index)

    def _finish(self, event: Any) -> None:
        self._done = True

    def _plain_scalar(self, event: Any) -> None:
        """Take a scalar without tag and anchor: nearly every one, so the shortest way for these.

        What needs more (merges, keys that are no text, numbers outside JSON, keys that stand twice) goes on to
        ``_scalar``.
        """
        frame = self._frame
        text = event.value
        value = resolve(text) if event.implicit[0] else text
        key = frame.key
        if key is None:
            if value.__class__ is str and text != "<<":
                self._decoded += 1
                frame.key = value
                return
        elif value.__class__ in _SIMPLE:
            if key is ITEM:
                self._decoded += 1
                frame.children.append(value)
                return
            if key not in frame.children and key is not MERGE_KEY:
                self._decoded += 1
                frame.children[key] = value
                frame.key = None
                return
        self._scalar(event)

    def _scalar(self, event: Any) -> None:
        frame = self._frame
        if frame.key is None and event.value == "<<" and _is_plain_merge(event):
            self._merge_key(frame, event)
            return
        self._decoded += 1
        try:
            value = _scalar_value(event)
            if event.anchor is not None:
                # An alias may use it as a key or as a value: it becomes JSON only there.
                self._anchors[event.anchor] = Anchor(self._make_scalar(value, event), is_scalar=True)
            if frame.key is None:
                frame.key = value if value.__class__ is str else key_text(value)
                self._note_key(frame, event)
                return
            if value.__class__ is not str:
                value = json_value(value)
        except ScalarError as error:
            raise RejectedError(str(error), event.start_mark.index) from None
        self._put(self._make_scalar(value, event), event)

    def _merge_key(self, frame: Frame, event: Any) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = Anchor(self._make_scalar("<<", event), is_scalar=True)
        frame.key = MERGE_KEY
        self._note_key(frame, event)

    def _start_mapping(self, event: Any) -> None:
        node, children = self._make_mapping(event)
        self._push(Frame(node, children, None, self._decoded), event)

    def _start_sequence(self, event: Any) -> None:
        node, children = self._make_sequence(event)
        self._push(Frame(node, children, ITEM, self._decoded), event)

    def _push(self, frame: Frame, event: Any) -> None:
        self._decoded += 1
        parent = self._frame
        if parent.key is None:
            raise _bad_key(event)
        if len(self._stack) >= MAX_DEPTH:
            raise _too_deep(event)
        if event.anchor is not None:
            frame.anchor = self._anchors[event.anchor] = Anchor(frame.node, is_mapping=frame.key is None)
        # The entry is made at once: the parent then holds the same node that is filled from now on. A merge has to
        # wait for the end, when its entries are known.
        if parent.key is not MERGE_KEY:
            self._put(frame.node, event)
        self._stack.append(parent)
        self._frame = frame

    def _end_collection(self, event: Any) -> None:
        frame = self._frame
        self._note_end(frame, event)
        self._frame = parent = self._stack.pop()
        if frame.height >= parent.height:
            parent.height = frame.height + 1
        anchor = frame.anchor
        if anchor is not None:
            anchor.is_open = False
            anchor.size = self._decoded - frame.counted
            anchor.height = frame.height + 1
        if parent.key is MERGE_KEY:
            self._merge(parent, frame.children, event.start_mark.index)

    def _alias(self, event: Any) -> None:
        index = event.start_mark.index
        anchor = self._anchors.get(event.anchor)
        if anchor is None:
            raise RejectedError(f"the alias *{event.anchor} refers to an anchor that this document lacks", index)
        if anchor.is_open:
            raise RejectedError(f"the alias *{event.anchor} refers to itself", index)
        self._decoded += 1 + anchor.size
        self._through_alias += anchor.size
        if _is_excessive(self._through_alias, self._decoded):
            raise RejectedError("aliases expand to too much; Kubernetes refuses such a document", index)
        if len(self._stack) + anchor.height > MAX_DEPTH:
            raise _too_deep(event)
        frame = self._frame
        frame.height = max(frame.height, anchor.height)
        if frame.key is MERGE_KEY:
            if not anchor.is_mapping:
                raise _bad_merge(index)
            self._merge(frame, self._content(anchor.node), index)
        elif anchor.is_scalar:
            self._scalar_alias(frame, anchor, event)
        elif frame.key is None:
            raise _bad_key(event)
        else:
            self._put(self._make_alias(anchor.node, event), event)

    def _scalar_alias(self, frame: Frame, anchor: Anchor, event: Any) -> None:
        value = self._content(anchor.node)
        try:
            if frame.key is None:
                frame.key = key_text(value)
                self._note_key(frame, event)
                return
            node = self._make_scalar(json_value(value), event)
        except ScalarError as error:
            raise RejectedError(str(error), event.start_mark.index) from None
        self._put(node, event)

    # Entries.

    def _put(self, node: Any, event: Any) -> None:
        frame = self._frame
        key = frame.key
        children = frame.children
        if key is ITEM:
            children.append(node)
            return
        if key is MERGE_KEY:
            raise _bad_merge(event.start_mark.index)
        frame.key = None
        if key in children:
            if frame.merged and key in frame.merged:
                frame.merged.discard(key)
            else:
                self._note_duplicate(frame, key)
        children[key] = node

    def _merge(self, frame: Frame, source: Any, index: int) -> None:
        """Put the entries of a mapping, or of a list of mappings of which the first wins, over those so far."""
        frame.key = None
        sources = [source] if isinstance(source, dict) else [self._content(node) for node in reversed(source)]
        for mapping in sources:
            if not isinstance(mapping, dict):
                raise _bad_merge(index)
            self._merge_mapping(frame, mapping)

    def _merge_mapping(self, frame: Frame, source: dict[str, Any]) -> None:
        if frame.merged is None:
            frame.merged = set()
        for key, node in source.items():
            if key not in frame.children:
                frame.merged.add(key)
            frame.children[key] = self._make_merged(node, frame)


def _scalar_value(event: Any) -> Scalar:
    """What the scalar is before it becomes JSON."""
    if event.tag is not None:
        return resolve_tagged(event.tag, event.value)
    text: str = event.value
    return resolve(text) if event.implicit[0] else text


def _is_plain_merge(event: Any) -> bool:
    """Whether a key ``<<`` merges: without quotes or with the tag !!merge, but not quoted."""
    return bool(event.tag == MERGE_TAG or event.implicit[0])


def _bad_key(event: Any) -> RejectedError:
    return RejectedError("a key is a list or a mapping; a key must be text", event.start_mark.index)


def _too_deep(event: Any) -> RejectedError:
    return RejectedError(TOO_DEEP, event.start_mark.index)


def _bad_merge(index: int) -> RejectedError:
    return RejectedError("the merge key << needs a mapping, or a list of mappings", index)


def _is_excessive(through: int, decoded: int) -> bool:
    """Whether too large a share of all nodes comes out of aliases (``allowedAliasRatio`` of decode.go)."""
    if through <= 100 or decoded <= 1000:
        return False
    low, high = 400_000, 4_000_000
    grown = min(max((decoded - low) / (high - low), 0.0), 1.0)
    return through / decoded > 0.99 - 0.89 * grown
