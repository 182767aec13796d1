"""JSON as kubectl reads it: values one after another, without YAML's limits on keys and escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from todo_lint.kubernetes_yaml.composer import MAX_DEPTH, TOO_DEEP
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.kubernetes_yaml.pyyaml import (
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    Mark,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from todo_lint.kubernetes_yaml.scalar_types import json_value
from todo_lint.patterns import pattern

_SPACE = pattern(r"[ \t\r\n]*")
_TOKEN = pattern(r'[ \t\r\n,:]*("(?:[^"\\]|\\.)*"|[{}\[\]]|[^ \t\r\n,:{}\[\]"]+)', re.DOTALL)
_SURROGATE = pattern(r"[\ud800-\udfff]")
_SURROGATE_ESCAPE = pattern(r"\\u[dD][89a-fA-F]")


class NotJsonError(ValueError):
    """The text is no JSON here: what is wrong, and the index of the character where."""

    def __init__(self, message: str, index: int) -> None:
        super().__init__(message)
        self.message = message
        self.index = index


class JsonValue:
    """One JSON value of a text: where it ends, its plain data, and whether a key stands twice in an object."""

    __slots__ = ("end", "has_duplicates", "value")

    def __init__(self, text: str, start: int) -> None:
        import json

        self.has_duplicates = False
        decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_float=_number, parse_int=_number, parse_constant=_constant
        )
        try:
            self.value, self.end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise NotJsonError(f"this is no JSON: {error.msg}", error.pos) from None
        except RecursionError:
            raise NotJsonError(TOO_DEEP, start) from None
        except _OutOfRangeError:
            raise NotJsonError("this is no JSON: a number is out of range, or NaN or Infinity", start) from None
        if not _is_shallow(self.value, text, start, self.end):
            raise NotJsonError(TOO_DEEP, start)
        if _SURROGATE_ESCAPE.search(text, start, self.end):
            self.value = _without_surrogates(self.value)

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        result = dict(pairs)
        if len(result) != len(pairs):
            self.has_duplicates = True
        return result


def skip_space(text: str, start: int) -> int:
    """The index of the first character from ``start`` on that is no JSON white space."""
    found = _SPACE.match(text, start)
    return found.end() if found else start


class JsonEvents:
    """Gives valid JSON as the events of a YAML parser, so that one walk finds the places in both."""

    def __init__(self, text: str) -> None:
        self._events = _events(text)

    def get_event(self) -> Event:
        """Give the next event."""
        return next(self._events)


def _events(text: str) -> Iterator[Event]:
    kinds = {"{": MappingStartEvent, "[": SequenceStartEvent}
    ends: dict[str, Any] = {"}": MappingEndEvent, "]": SequenceEndEvent}
    for found in _TOKEN.finditer(text):
        token = found[1]
        start, end = _mark(found.start(1)), _mark(found.end(1))
        if token in kinds:
            yield kinds[token](None, None, True, start, end)
        elif token in ends:
            yield ends[token](start, end)
        else:
            quoted = token[0] == '"'
            yield ScalarEvent(None, None, (not quoted, quoted), _content(token), start, end)
    yield DocumentEndEvent()


def _content(token: str) -> str:
    if token[0] != '"':
        return token
    if "\\" not in token:
        return token[1:-1]
    import json

    return _SURROGATE.sub("\ufffd", json.loads(token))


def _mark(index: int) -> Mark:
    return Mark("", index, 0, 0, None, 0)


class _OutOfRangeError(ValueError):
    """A number that Go's JSON reader refuses."""


def _number(digits: str) -> Json:
    if len(digits) <= 18 and digits.lstrip("-").isdigit():
        return int(digits)
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise _OutOfRangeError
    plain = digits.lstrip("-").isdigit() and len(digits) <= 20
    return json_value(int(digits) if plain else value)


def _constant(name: str) -> Json:
    raise _OutOfRangeError


def _is_shallow(value: Json, text: str, start: int, end: int) -> bool:
    """Whether the value is nested no deeper than allowed; few brackets answer it without a walk."""
    if text.count("{", start, end) + text.count("[", start, end) <= MAX_DEPTH:
        return True
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [child for parent in level for child in _children(parent)]
        if not level:
            return True
    return False


def _children(parent: Json) -> list[Json]:
    if isinstance(parent, dict):
        return list(parent.values())
    return parent if isinstance(parent, list) else []


def _without_surrogates(value: Json) -> Json:
    """The value with U+FFFD for each half of a surrogate pair, as Go reads JSON. Its depth is limited already."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(child) for child in value]
    if isinstance(value, dict):
        return {_SURROGATE.sub("\ufffd", key): _without_surrogates(child) for key, child in value.items()}
    return value
