"""Helm's actions in a code block are held back, so that the rest can be read as YAML."""

from __future__ import annotations

import re

from todo_lint.patterns import pattern

_ACTION = pattern(r"\{\{.*?\}\}", re.DOTALL)
_ALONE = pattern(r"[ \t]*(?:\{\{(?:[^}]|\}(?!\}))*\}\}[ \t]*)+")
_FIRST = 0xE000
_LETTERS = 0x1000
_FILL = "\uf8ff"
_STAND_IN = pattern(f"[\ue000-\uefff]{{2}}{_FILL}*")


class Templated:
    """A text in which each ``{{ action }}`` is a word of private-use letters of the same length.

    An action that stands alone on its line is blanked out: it controls the lines around it.
    """

    def __init__(self, source: str) -> None:
        self._actions: dict[str, str] = {}
        self._source = source
        self.text = source if "{{" not in source else self._hide(source)

    @property
    def has_actions(self) -> bool:
        """Whether there is any action in the text: of the branches of an ``if``, only one is there in the end."""
        return self.text is not self._source

    def _hide(self, source: str) -> str:
        lines = []
        for line in source.split("\n"):
            lines.append("" if _ALONE.fullmatch(line) else _ACTION.sub(self._stand_in, line))
        return "\n".join(lines)

    def _stand_in(self, match: re.Match[str]) -> str:
        high, low = divmod(len(self._actions), _LETTERS)
        letters = chr(_FIRST + high) + chr(_FIRST + low)
        self._actions[letters] = match[0]
        return letters + _FILL * (len(match[0]) - len(letters))

    def restore(self, value: str) -> str:
        """A value with the actions in it again."""
        return _STAND_IN.sub(self._action, value) if self._actions else value

    def _action(self, match: re.Match[str]) -> str:
        return self._actions.get(match[0][:2], match[0])
