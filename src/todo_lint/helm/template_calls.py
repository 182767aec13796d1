"""What the named templates of a chart are given where they are included, read from the text of an action.

It is followed through paths, variables, ``dict`` with plain keys, and brackets; the rest is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.helm.template_scope import PATH, STRING, Fields, Meaning, Scope
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_CALL = pattern(rf"(?:\b(?:include|template)|^\s*block)\s+({STRING})\s*")
_CALLING = ("include", "template", "block")
_NAMELESS = pattern(r"\b(?:include|template)\s+(?![\"`])")
_STRING = pattern(STRING)
_KEY = pattern(rf"\s*({STRING})\s*")
_WORD = pattern(r"[\w.-]+")
_OPERAND = pattern(rf"\s*({PATH})(?![\w.(])")
_DICT = pattern(r"\s*dict\b")
_OR_NOTHING = pattern(r"\s*\|\s*default\s+(?:dict|\(\s*dict\s*\))\s*$")
_NOTHING_OR = pattern(r"\s*default\s+(?:dict|\(\s*dict\s*\))\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Call:
    """A named template that is included, and what it is given; ``followed`` are the places of the paths in that.

    ``start`` and each place count from the beginning of the action.
    """

    name: str
    start: int
    given: Meaning
    followed: tuple[int, ...] = ()


def calls_in(text: str, scope: Scope) -> Iterator[Call]:
    """The calls in an action whose names are written out."""
    if not any(word in text for word in _CALLING):
        return
    for found in _CALL.finditer(text):
        reader = _Reader(text, scope)
        given = reader.operand(found.end())
        yield Call(
            found[1][1:-1], found.start(), given[0] if given else None, tuple(reader.followed) if given else ()
        )


def calls_in_text(text: str) -> list[str]:
    """The names of the named templates that a text includes; an empty one where a name is not written out."""
    names = [found[1][1:-1] for found in _CALL.finditer(text)]
    return [*names, ""] if _NAMELESS.search(text) else names


class _Reader:
    """Reads the operand of a call, and notes where the paths are that it follows."""

    def __init__(self, text: str, scope: Scope) -> None:
        self._text = text
        self._scope = scope
        self.followed: list[int] = []

    def operand(self, start: int) -> tuple[Meaning, int] | None:
        """What the operand at a place means, and where it ends; None where it is none that can be followed."""
        text = self._text
        start += len(text[start:]) - len(text[start:].lstrip())
        if text.startswith("(", start):
            end = _closing(text, start)
            return None if end is None else (self._in_brackets(start + 1, end), end + 1)
        path = _OPERAND.match(text, start)
        if path is None:
            string = _STRING.match(text, start) or _WORD.match(text, start)
            return (None, string.end()) if string else None
        meaning = self._scope.meaning(path[1])
        if meaning is not None:
            self.followed.append(path.start(1))
        return meaning, path.end()

    def _in_brackets(self, start: int, end: int) -> Meaning:
        inner = self._text[start:end]
        made = _DICT.match(inner)
        if made:
            return self._dict(start + made.end(), end)
        nothing = _NOTHING_OR.match(inner)
        first = start + nothing.end() if nothing else start
        given = self.operand(first)
        if given is None:
            return None
        rest = self._text[given[1] : end]
        if not rest.strip() or (_OR_NOTHING.match(rest) and not nothing):
            return given[0]
        self._forget(first)
        return None

    def _forget(self, start: int) -> None:
        """What is given to a function is not followed."""
        self.followed[:] = [place for place in self.followed if place < start]

    def _dict(self, position: int, end: int) -> Meaning:
        """The mapping of ``dict "a" .x "b" .y``; None where a key is not written out."""
        entries: list[tuple[str, Meaning]] = []
        begin = position
        while self._text[position:end].strip():
            key = _KEY.match(self._text, position)
            value = self.operand(key.end()) if key else None
            if key is None or value is None or value[1] > end:
                self._forget(begin)
                return None
            entries.append((key[1][1:-1], value[0]))
            position = value[1]
        return Fields(tuple(entries))


def _closing(text: str, start: int) -> int | None:
    """Where the bracket that opens at a place is closed."""
    depth = 0
    position = start
    while position < len(text):
        string = _STRING.match(text, position)
        if string:
            position = string.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if not depth:
            return position
        position += 1
    return None
