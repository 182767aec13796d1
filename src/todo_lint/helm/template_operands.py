"""What an operand in a Go template means, followed through paths, ``dict`` with plain keys, ``merge`` and brackets.

The rest is not known. What a path means depends on where it stands, and is asked of the caller.
"""

from __future__ import annotations

from collections.abc import Callable

from todo_lint.helm.template_meaning import PATH, STRING, Fields, Meaning, merged
from todo_lint.patterns import pattern

_STRING = pattern(STRING)
_KEY = pattern(rf"\s*({STRING})\s*")
_WORD = pattern(r"[\w.-]+")
_OPERAND = pattern(rf"\s*({PATH})(?![\w.(])")
_DICT = pattern(r"\s*dict\b")
_COPY = pattern(r"\s*(?:mustDeepCopy|deepCopy)\s+(?=\S)")
_COPIED = pattern(r"\s*\|\s*(?:mustDeepCopy|deepCopy)\s*$")
_MERGE = pattern(r"\s*(?P<name>mustMergeOverwrite|mergeOverwrite|mustMerge|merge)\s+(?=\S)")
_OR_NOTHING = pattern(r"\s*\|\s*default\s+(?:dict|\(\s*dict\s*\))\s*$")
_NOTHING_OR = pattern(r"\s*default\s+(?:dict|\(\s*dict\s*\))\s+(?=\S)")


class OperandReader:
    """Reads operands in the text of an action, and notes where the paths are that it follows."""

    def __init__(self, text: str, meaning: Callable[[str], Meaning]) -> None:
        self._text = text
        self._meaning = meaning
        self.followed: list[int] = []

    def operand(self, start: int) -> tuple[Meaning, int] | None:
        """What the operand at a place means, and where it ends; None where it is none that can be followed."""
        text = self._text
        start += len(text[start:]) - len(text[start:].lstrip())
        if text.startswith("(", start):
            end = _closing(text, start)
            return None if end is None else (self.expression(start + 1, end), end + 1)
        path = _OPERAND.match(text, start)
        if path is None:
            string = _STRING.match(text, start) or _WORD.match(text, start)
            return (None, string.end()) if string else None
        meaning = self._meaning(path[1])
        if meaning is not None:
            self.followed.append(path.start(1))
        return meaning, path.end()

    def expression(self, start: int, end: int) -> Meaning:
        """What the expression between two places means: an operand, or a function that is known here."""
        inner = self._text[start:end]
        made = _DICT.match(inner)
        if made:
            return self._dict(start + made.end(), end)
        merging = _MERGE.match(inner)
        if merging:
            return self._merge(start + merging.end(), end, last_wins="Overwrite" in merging["name"])
        before = _NOTHING_OR.match(inner) or _COPY.match(inner)
        first = start + before.end() if before else start
        given = self.operand(first)
        if given is None:
            return None
        rest = self._text[given[1] : end]
        if not rest.strip() or (not before and (_OR_NOTHING.match(rest) or _COPIED.match(rest))):
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

    def _merge(self, position: int, end: int, *, last_wins: bool) -> Meaning:
        """The mapping of ``merge .x (dict "a" .y)``."""
        parts: list[Meaning] = []
        begin = position
        while self._text[position:end].strip():
            part = self.operand(position)
            if part is None or part[0] is None or part[1] > end:
                self._forget(begin)
                return None
            parts.append(part[0])
            position = part[1]
        return merged(parts[::-1] if last_wins else parts)


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
