"""The expressions of ``--set`` and its relatives, read as Helm's strvals package reads them.

``a.b=1,c[0].d=x,e={1,2}`` sets values inside values that are there already: list items by index, lists in braces,
a backslash before a character that is meant literally. Where strvals stops, this stops.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from todo_lint.errors import UserError
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.patterns import pattern

MAX_INDEX = 65536  # strvals.MaxIndex
MAX_DEPTH = 30  # strvals.MaxNestedNameLevel
INT64 = range(-(1 << 63), 1 << 63)
LONGEST_INTEGER = 20
INTEGER = pattern(r"[+-]?[0-9]+")
SPACES = " \t\n\v\f\r"

Reader = Callable[[str], Json]


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is no JSON")


STRICT_JSON = json.JSONDecoder(parse_constant=_no_constant)


def typed(text: str) -> Json:
    """What ``--set`` makes of a text: true, false, null, an integer, or the text. There are no fractions."""
    word = text.lower()
    if word in ("true", "false"):
        return word == "true"
    if word == "null":
        return None
    if text == "0":
        return 0
    if text[:1] == "0" or len(text) > LONGEST_INTEGER or not INTEGER.fullmatch(text):
        return text
    return int(text) if int(text) in INT64 else text


def set_values(option: str, expression: str, values: dict[str, Json], read: Reader | None) -> None:
    """Carry out one expression on ``values``, in place.

    ``option`` is named in errors. ``read`` makes a value of a text: ``typed`` for ``--set``, ``str`` for
    ``--set-string``, a reader of files for ``--set-file``; None means that values are JSON (``--set-json``).
    Raises UserError. The error does not repeat values, which may be secret.
    """
    if read is None and expression.lstrip(SPACES).startswith("{"):
        _merge_object(option, expression, values)
        return
    try:
        _Expression(expression, read).carry_out(values)
    except _ExpressionError as error:
        raise UserError(f"{option}: {error}") from None


def merge(below: dict[str, Json], above: dict[str, Json]) -> dict[str, Json]:
    """Lay one mapping over another as Helm does: mappings key by key, all else is replaced. Null stays null here."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


def _merge_object(option: str, expression: str, values: dict[str, Json]) -> None:
    try:
        given = STRICT_JSON.decode(expression)
    except ValueError as error:
        raise UserError(f"{option}: the JSON cannot be read: {_json_reason(error)}") from None
    merged = merge(values, given)
    values.clear()
    values.update(merged)


def _json_reason(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "bad number"


class _ExpressionError(ValueError):
    """What is wrong with an expression, in one line."""


class _End(Exception):  # noqa: N818  no error: the text is used up
    """The end of the expression."""


class _Expression:
    """Reads an expression from left to right, setting values on the way."""

    def __init__(self, text: str, read: Reader | None) -> None:
        self._text = text
        self._position = 0
        self._read = read

    def carry_out(self, values: dict[str, Json]) -> None:
        try:
            while True:
                self._key(values, 0)
        except _End:
            return

    def _until(self, stops: str) -> tuple[str, str]:
        """The text up to one of ``stops``, and which; the empty string for the end. Backslashes protect."""
        taken: list[str] = []
        while self._position < len(self._text):
            char = self._text[self._position]
            self._position += 1
            if char in stops:
                return "".join(taken), char
            if char == "\\":
                if self._position == len(self._text):
                    break
                char = self._text[self._position]
                self._position += 1
            taken.append(char)
        return "".join(taken), ""

    def _key(self, values: dict[str, Json], depth: int) -> None:
        name, stop = self._until("=[,.")
        if not stop:
            if not name:
                raise _End
            raise _ExpressionError(f"the key {name!r} has no value")
        if stop == ",":
            raise _ExpressionError(f"the key {name!r} has no value (a comma follows)")
        if stop == "=":
            if not self._assign(lambda value: _put(values, name, value)):
                raise _End
        elif stop == "[":
            self._list_under(values, name, depth)
        else:
            self._mapping_under(values, name, depth + 1)

    def _mapping_under(self, values: dict[str, Json], name: str, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise _ExpressionError(f"the keys are nested more than {MAX_DEPTH} deep")
        inner = values.get(name, {})
        if not isinstance(inner, dict):
            raise _ExpressionError(f"{name!r} is no mapping, so no key can be set in it")
        try:
            self._key(inner, depth)
        finally:
            if inner:
                _put(values, name, inner)
        if not inner:
            raise _ExpressionError(f"the key {name!r} has no value")

    def _list_under(self, values: dict[str, Json], name: str, depth: int) -> None:
        index = self._index()
        items = values.get(name, [])
        if not isinstance(items, list):
            raise _ExpressionError(f"{name!r} is no list, so no item of it can be set")
        _put(values, name, items)
        self._item(items, index, depth)

    def _index(self) -> int:
        text, stop = self._until("]")
        if not stop or not INTEGER.fullmatch(text) or len(text) > LONGEST_INTEGER:
            raise _ExpressionError(f"{text!r} is no list index")
        index = int(text)
        if not 0 <= index <= MAX_INDEX:
            raise _ExpressionError(f"the list index {index} is not between 0 and {MAX_INDEX}")
        return index

    def _item(self, items: list[Json], index: int, depth: int) -> None:
        """Set the list item whose index was just read."""
        name, stop = self._until("[.=")
        if name:
            raise _ExpressionError(f"unexpected text after a list index: {name!r}")
        if not stop:
            raise _End
        if stop == "=":
            self._assign(lambda value: _put_item(items, index, value))
            return
        old = items[index] if index < len(items) else None
        if stop == "[":
            if old is not None and not isinstance(old, list):
                raise _ExpressionError(f"the list item {index} is no list")
            inner_list = old if isinstance(old, list) else []
            self._item(inner_list, self._index(), depth)
            _put_item(items, index, inner_list)
            return
        inner = old if isinstance(old, dict) else {}
        if index < len(items):
            items[index] = inner
        self._key(inner, depth)
        _put_item(items, index, inner)

    def _assign(self, put: Callable[[Json], None]) -> bool:
        """Read the value behind an equals sign, and put it in its place. False: nothing stood there."""
        if self._read is None:
            put(self._json())
        elif self._position == len(self._text):
            put("")
            return False
        elif self._text[self._position] == "{":
            self._position += 1
            put(self._braced_list(self._read))
        else:
            put(self._read(self._until(",")[0]))
        return True

    def _braced_list(self, read: Reader) -> Json:
        items = []
        while True:
            text, stop = self._until(",}")
            if not stop:
                raise _ExpressionError("a list must end with }")
            items.append(read(text))
            if stop == "}":
                if self._text.startswith(",", self._position):
                    self._position += 1
                return list(items)

    def _json(self) -> Json:
        if self._skip_to_comma():
            return None
        try:
            value, self._position = STRICT_JSON.raw_decode(self._text, self._position)
        except ValueError as error:
            raise _ExpressionError(f"the JSON cannot be read: {_json_reason(error)}") from None
        self._skip_to_comma()
        result: Json = value
        return result

    def _skip_to_comma(self) -> bool:
        """Skip spaces and one comma; whether the comma, or the end, was there."""
        while self._position < len(self._text):
            char = self._text[self._position]
            if char == ",":
                self._position += 1
                return True
            if char not in SPACES:
                return False
            self._position += 1
        return True


def _put(values: dict[str, Json], name: str, value: Json) -> None:
    if name:
        values[name] = value


def _put_item(items: list[Json], index: int, value: Json) -> None:
    items.extend([None] * (index + 1 - len(items)))
    items[index] = value
