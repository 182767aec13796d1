"""Helm's actions in a code block are held back, so that the rest can be read as YAML."""

from __future__ import annotations

import re

from todo_lint.patterns import pattern

_ACTION = pattern(r"\{\{.*?\}\}", re.DOTALL)
_ALONE = pattern(r"[ \t]*(?:\{\{.*?\}\}[ \t]*)+(?=\n|\Z)", re.DOTALL)
_FIRST = 0xE000
_FILL = "\uf8ff"


class Templated:
    """A text in which each ``{{ action }}`` is a word of private-use letters of the same length.

    An action that stands alone on its line is blanked out: it controls the lines around it.
    """

    def __init__(self, source: str) -> None:
        self._actions: dict[str, str] = {}
        self.text = source if "{{" not in source else self._hide(source)

    def _hide(self, source: str) -> str:
        lines = []
        for line in source.split("\n"):
            lines.append("" if _ALONE.fullmatch(line) else _ACTION.sub(self._stand_in, line))
        return "\n".join(lines)

    def _stand_in(self, match: re.Match[str]) -> str:
        letter = chr(_FIRST + len(self._actions) % 0x1800)
        stand_in = letter + _FILL * (len(match[0]) - 1)
        self._actions[letter] = match[0]
        return stand_in

    def restore(self, value: str) -> str:
        """A value with the actions in it again."""
        for letter, action in self._actions.items():
            if letter in value:
                value = value.replace(letter + _FILL * (len(action) - 1), action)
        return value
