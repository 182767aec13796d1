"""A quick way through documents of plain block YAML, which nearly all manifests are.

Only what has one obvious meaning is read here, line by line: keys, scalars on one line, lists and mappings in
brackets on one line (that of their key or the next), literal blocks (``|``), and folded ones (``>``) in which no line
is indented further than the others. For all else, and for every error, the answer is NOT_PLAIN, and the
composer reads the document with libyaml. Where there is an answer, it is what the composer gives; it takes a third of
the time or less, because most lines of manifests (``spec:``, ``protocol: TCP``) come again and again and are taken
apart once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from todo_lint.kubernetes_yaml.forms import Forms, Mark
from todo_lint.kubernetes_yaml.scalar_types import ScalarError, json_value, resolve
from todo_lint.patterns import pattern

__all__ = ["NOT_PLAIN", "forget", "read_plain"]

NOT_PLAIN = object()
"""Stands for: this text needs the composer."""

_REMEMBERED = 3000
"""How many lines are remembered before all are forgotten: some 1 MB."""
_REMEMBERED_FORMS = 10_000
"""How many forms of lines are remembered, which come again and again."""
_LONGEST_REMEMBERED = 200
_LONGEST_KEY = 128
_DEEPEST = 60

_FOREIGN = pattern("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
"""Tabs, carriage returns, other line breaks than LF, and what YAML allows in some places only."""

_LINE = pattern(
    r"""([ ]*)                                   # 1: indentation
        (?:-(\ +|$))?                            # 2: a dash and the space behind it
        (?:(?:([A-Za-z0-9_./][-A-Za-z0-9_./]*)   # 3: a plain key
             |"([^"\\]*)"|'([^']*)')             # 4, 5: a quoted key
           :(?=\ |$)\ *)?
        (.*)                                     # 6: a value, and perhaps a comment
    """,
    re.VERBOSE,
)
_STRINGS = r"""(?:"((?:[^"\\]|\\["\\nt])*)"|'((?:[^']|'')*)')"""
_QUOTED = pattern(_STRINGS + r" *(?:(?<= )#.*)?")
_ESCAPE = pattern(r'\\(["\\nt])')
_ESCAPED = {'"': '"', "\\": "\\", "n": "\n", "t": "\t"}
_BLOCK = pattern(r"[|>](-?) *(?:(?<= )#.*)?")
_NO_PLAIN_START = frozenset("-?:,[]{}#&*!|>'\"%@` ")
_DASH_AND_SUCH = frozenset("-?:")

_FLOW_STRING = pattern(_STRINGS + r"(?= *[],}])")
_FLOW_PLAIN = pattern(r"-?[A-Za-z0-9_./$=~](?:[-A-Za-z0-9_./$=~+()^<>;\\@%*| ]|:(?=[A-Za-z0-9_./-]))*(?=[],}])")
_FLOW_KEY = pattern(r"""([A-Za-z0-9_./][-A-Za-z0-9_./]*):\ +|(?:"([^"\\]*)"|'([^']*)'):\ *""")
_FLOW_END = pattern(r" *(?:(?<= )#.*)?")

_BLANK, _LONE, _ENTRY, _KEY, _ITEM, _ITEM_ENTRY, _ITEM_KEY, _DASH = range(8)
_FIRST_OF_ITEMS = _ITEM


class _Block:
    """Stands for a value that the following lines hold.

    ``ends`` says whether a line feed is kept at its end, ``folds`` whether lines are joined.
    """

    __slots__ = ("ends", "folds")

    def __init__(self, *, ends: bool, folds: bool) -> None:
        self.ends = ends
        self.folds = folds


_BLOCKS = {(mark, strip): _Block(ends=not strip, folds=mark == ">") for mark in "|>" for strip in ("", "-")}
_NEEDS_CARE = frozenset({list, dict, _Block})

_Line = tuple[int, int, str, Any, int, int]
"""A line taken apart: its indentation, its sort, key, value, the column of the mapping behind a dash, and the number
of its form, which is all but the value; 0 where lines follow that have none, those of a block."""

_Form = tuple[int, int, str, int, bool]

_FORM_NUMBER = itemgetter(5)


class _Lines(dict[str, _Line]):
    """Lines taken apart, each when it is first asked for; the long ones every time."""

    __slots__ = ()

    def __missing__(self, line: str) -> _Line:
        return _take_apart(line)


_lines = _Lines()
_heads: dict[str, tuple[int, int, str, int]] = {}
"""What stands before the colon of lines with a plain key and a value: the same, but for the value."""
_form_numbers: dict[_Form, int] = {}


class _NotPlainError(Exception):
    """The text holds something that is not read here."""


def read_plain(text: str) -> Any:
    """Return the value of a text that holds one document, or NOT_PLAIN."""
    _make_room()
    lines = text.split("\n")
    try:
        if "|" not in text:  # else there may well be a block, whose lines have no form
            return _of_known_form(lines)
    except _NotPlainError:
        pass
    try:
        return _Reader(lines, _lines).read()
    except _NotPlainError:
        return NOT_PLAIN


def _of_known_form(lines: list[str]) -> Any:
    """Return the value of a document by the function for its form."""
    taken = list(map(_lines.__getitem__, lines))
    build = _forms.get(tuple(map(_FORM_NUMBER, taken)))
    if build is None:
        raise _NotPlainError
    return build(taken)


def _line(indent: int, sort: int, key: str, value: Any, inner: int) -> _Line:
    """Return a line with the number of its form."""
    form = indent, sort, key, inner, value.__class__ in _NEEDS_CARE
    number = 0 if value.__class__ is _Block else _form_numbers.setdefault(form, len(_form_numbers) + 1)
    return indent, sort, key, value, inner, number


def _read_form(form: tuple[int, ...]) -> Any:
    """Return the value of a document whose lines have these forms, with marks for values; None where it has none."""
    if 0 in form:
        return None
    described = list(_form_numbers)
    lines: dict[int, _Line] = {}
    for at, number in enumerate(form):
        indent, sort, key, inner, copied = described[number - 1]
        lines[at] = indent, sort, key, Mark(at, copied=copied), inner, number
    return _Reader(list(lines), lines).read()


def _make_room() -> None:
    """Forget lines where there are too many; their forms come again and are kept, unless these are too many, too."""
    if len(_lines) > _REMEMBERED:
        _lines.clear()
    if len(_heads) > _REMEMBERED_FORMS or len(_form_numbers) > _REMEMBERED_FORMS:
        forget()


def forget() -> None:
    """Forget all that is remembered. What is read stays the same."""
    for remembered in (_lines, _heads, _form_numbers, _forms):
        remembered.clear()


def _is_foreign(line: str) -> bool:
    """Whether a line holds characters that are not read here; most lines are ASCII, and need no expression for it."""
    return not line.isprintable() if line.isascii() else _FOREIGN.search(line) is not None


class _Reader:
    """Reads one document. ``columns`` and ``nodes`` are the open collections and where they stand."""

    def __init__(self, lines: Sequence[Any], known: Mapping[Any, _Line]) -> None:
        self._lines = lines
        self._known = known
        self._at = 0
        self._columns = [-1]
        root: list[Any] = [None]
        self._nodes: list[Any] = [root]
        self._holder: Any = root  # what the collection that the next line may open is put into
        self._key: Any = 0
        self._waits = True  # a key or dash on the line before has no value yet

    def read(self) -> Any:
        """Return the value of the document."""
        lines, known, columns, nodes = self._lines, self._known, self._columns, self._nodes
        root = nodes[0]
        count = len(lines)
        while self._at < count:
            line = lines[self._at]
            self._at += 1
            indent, sort, key, value, inner, _ = known[line]
            if sort <= _LONE:
                if sort == _LONE:
                    self._lone(indent, value)
                continue
            node = nodes[-1]
            if self._waits or columns[-1] != indent or (node.__class__ is list) is not (sort >= _FIRST_OF_ITEMS):
                node = self._open(indent, sort >= _FIRST_OF_ITEMS)
            if value.__class__ in _NEEDS_CARE:
                value = self._careful(value, inner)
            if sort <= _KEY:
                if key in node:
                    raise _NotPlainError
                node[key] = value
                if sort == _KEY:
                    self._holder, self._key, self._waits = node, key, True
            elif sort == _ITEM:
                node.append(value)
            else:
                self._item(node, sort, key, value, inner)
        return root[0]

    def _open(self, indent: int, is_item: bool) -> Any:
        """Return the collection that a line belongs to, opened if it is its first line."""
        columns, nodes = self._columns, self._nodes
        column = columns[-1]
        if self._waits:
            self._waits = False
            if indent > column or (is_item and indent == column and self._holder.__class__ is dict):
                node: Any = [] if is_item else {}
                self._holder[self._key] = node
                self._push(indent, node)
                return node
        while column > indent:
            columns.pop()
            nodes.pop()
            column = columns[-1]
        node = nodes[-1]
        if column == indent:
            if is_item is (node.__class__ is list):
                return node
            if not is_item and columns[-2] == indent:  # the end of a list that stands right below its key
                columns.pop()
                nodes.pop()
                return nodes[-1]
        raise _NotPlainError

    def _lone(self, indent: int, value: Any) -> None:
        """Take a line that holds nothing but the value of the key or dash before it."""
        if not self._waits or indent <= self._columns[-1]:
            raise _NotPlainError
        self._holder[self._key] = _fresh(value)
        self._waits = False

    def _push(self, column: int, node: Any) -> None:
        if len(self._columns) > _DEEPEST:
            raise _NotPlainError
        self._columns.append(column)
        self._nodes.append(node)

    def _wait(self, holder: Any, key: Any) -> None:
        self._holder, self._key, self._waits = holder, key, True

    def _item(self, node: list[Any], sort: int, key: str, value: Any, inner: int) -> None:
        """Take a line with a dash that is more than a scalar."""
        if sort == _DASH:
            node.append(None)
            self._wait(node, len(node) - 1)
            return
        child = {key: value}
        node.append(child)
        self._push(inner, child)
        if sort == _ITEM_KEY:
            self._wait(child, key)

    def _careful(self, value: Any, parent: int) -> Any:
        return self._block(value, parent) if value.__class__ is _Block else _fresh(value)

    def _block(self, block: _Block, parent: int) -> str:
        """Read the lines of a block inside a collection at column ``parent``."""
        lines, at = self._lines, self._at
        indent = 0
        found: list[str] = []
        while at < len(lines):
            line = lines[at]
            text = line.lstrip(" ")
            depth = len(line) - len(text)
            if text:
                if depth <= parent:
                    break
                if _is_foreign(text):
                    raise _NotPlainError
                if not indent:
                    indent = _block_indent(depth, found)
                elif depth < indent:
                    raise _NotPlainError
            found.append(line[indent:] if indent else line)
            at += 1
        self._at = at
        while found and not found[-1]:
            found.pop()
        if not indent or (at == len(lines) and lines[-1]):  # no content, or none of the line feeds that it needs
            raise _NotPlainError
        text = _folded(found) if block.folds else "\n".join(found)
        return text + ("\n" if block.ends else "")


def _folded(lines: list[str]) -> str:
    """Join the lines of a folded block: a line feed for each blank line, a space where there is none."""
    text = ""
    blanks = 0
    for line in lines:
        if not line:
            blanks += 1
            continue
        if line[0] == " " or (blanks and not text):  # lines that are not joined, or a start with blank lines
            raise _NotPlainError
        text += ("\n" * blanks or " " * bool(text)) + line
        blanks = 0
    return text


def _block_indent(depth: int, blanks: list[str]) -> int:
    """The indentation of a block, given by its first line with text; the blank lines before it become empty."""
    if any(len(blank) > depth for blank in blanks):
        raise _NotPlainError
    blanks[:] = [""] * len(blanks)
    return depth


def _fresh(value: Any) -> Any:
    """Return a copy of a value that a remembered line holds."""
    if value.__class__ is list:
        return [_fresh(item) for item in value]
    if value.__class__ is dict:
        return {key: _fresh(item) for key, item in value.items()}
    return value


def _take_apart(line: str) -> _Line:
    """Take a line apart, and remember what came out."""
    if _is_foreign(line):
        raise _NotPlainError
    bare = line.lstrip(" ")
    is_blank = not bare or bare[0] == "#"
    taken = _line(0, _BLANK, "", None, 0) if is_blank else _entry(line) or _parts(line)
    if len(line) <= _LONGEST_REMEMBERED:
        _lines[line] = taken
    return taken


def _entry(line: str) -> _Line | None:
    """Take a line apart whose beginning is known; None where it is not, or where there is no value on the line."""
    head, _, rest = line.partition(": ")
    known = _heads.get(head)
    value = rest.lstrip(" ")
    if known is None or not value or value[0] == "#":
        return None
    indent, sort, key, inner = known
    return _line(indent, sort, key, _value(value), inner)


def _parts(line: str) -> _Line:
    found = _LINE.fullmatch(line)
    if found is None:
        raise _NotPlainError
    spaces, dash, plain, double, single, rest = found.groups()
    indent = len(spaces)
    inner = indent if dash is None else indent + 1 + len(dash)
    has_value = bool(rest) and rest[0] != "#"
    value = _value(rest) if has_value else None
    if plain is None and double is None and single is None:
        if dash is None:
            if not has_value or rest[0] not in "[{":
                raise _NotPlainError
            return _line(indent, _LONE, "", value, indent)
        return _line(indent, _ITEM if has_value else _DASH, "", value, indent)
    if plain is not None and resolve(plain).__class__ is not str:
        raise _NotPlainError
    key = plain or double or single or ""
    if len(key) > _LONGEST_KEY:
        raise _NotPlainError
    if has_value and plain is not None:
        _heads[line[: found.end(3)]] = indent, (_ENTRY if dash is None else _ITEM_ENTRY), key, inner
    if dash is None:
        return _line(indent, _ENTRY if has_value else _KEY, key, value, inner)
    return _line(indent, _ITEM_ENTRY if has_value else _ITEM_KEY, key, value, inner)


def _value(text: str) -> Any:
    """What stands behind a key or dash on one line."""
    first = text[0]
    if first in "\"'":
        found = _QUOTED.fullmatch(text)
        if found is None:
            raise _NotPlainError
        return _unquoted(found)
    if first in "[{":
        value, at = _flow(text, 0, 0)
        if _FLOW_END.fullmatch(text, at) is None:
            raise _NotPlainError
        return value
    if first in "|>":
        found = _BLOCK.fullmatch(text)
        if found is None:
            raise _NotPlainError
        return _BLOCKS[first, found[1]]
    return _plain(text)


def _plain(text: str) -> Any:
    if text[0] in _NO_PLAIN_START and (text[0] not in _DASH_AND_SUCH or text[1:2] in ("", " ")):
        raise _NotPlainError
    text = text.partition(" #")[0].rstrip(" ")
    if ": " in text or text[-1] == ":":
        raise _NotPlainError
    return _resolved(text)


def _resolved(text: str) -> Any:
    value = resolve(text)
    if value.__class__ is str:
        return value
    try:
        return json_value(value)
    except ScalarError:
        raise _NotPlainError from None


def _unquoted(found: re.Match[str]) -> str:
    double, single = found[1], found[2]
    if double is None:
        return single.replace("''", "'")
    return _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], double) if "\\" in double else double


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """Read a value inside brackets, or the brackets themselves, from an index on; gives the index behind it."""
    first = text[at : at + 1]
    if first == "[" and depth < 8:
        return _flow_list(text, _spaces(text, at + 1), depth + 1)
    if first == "{" and depth < 8:
        return _flow_mapping(text, _spaces(text, at + 1), depth + 1)
    if not depth:
        raise _NotPlainError
    found = _FLOW_STRING.match(text, at)
    if found is not None:
        return _unquoted(found), found.end()
    found = _FLOW_PLAIN.match(text, at)
    if found is None:
        raise _NotPlainError
    return _resolved(found[0].rstrip(" ")), found.end()


def _flow_list(text: str, at: int, depth: int) -> tuple[Any, int]:
    items: list[Any] = []
    if text[at : at + 1] == "]":
        return items, at + 1
    while True:
        value, at = _flow(text, at, depth)
        items.append(value)
        at = _spaces(text, at)
        mark = text[at : at + 1]
        if mark == "]":
            return items, at + 1
        if mark != ",":
            raise _NotPlainError
        at = _spaces(text, at + 1)


def _flow_mapping(text: str, at: int, depth: int) -> tuple[Any, int]:
    entries: dict[str, Any] = {}
    if text[at : at + 1] == "}":
        return entries, at + 1
    while True:
        found = _FLOW_KEY.match(text, at)
        if found is None:
            raise _NotPlainError
        key = found[1] or found[2] or found[3] or ""
        if key in entries or (found[1] is not None and resolve(key).__class__ is not str):
            raise _NotPlainError
        entries[key], at = _flow(text, found.end(), depth)
        at = _spaces(text, at)
        mark = text[at : at + 1]
        if mark == "}":
            return entries, at + 1
        if mark != ",":
            raise _NotPlainError
        at = _spaces(text, at + 1)


def _spaces(text: str, at: int) -> int:
    while text[at : at + 1] == " ":
        at += 1
    return at


_forms = Forms(_read_form, _fresh)
