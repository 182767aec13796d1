"""Where the parts of a document are written: worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from todo_lint.kubernetes_yaml.document import DuplicateKey, SpanIndex

if TYPE_CHECKING:
    from todo_lint.kubernetes_yaml.composer import EventSource
    from todo_lint.kubernetes_yaml.spans import Located


class Written:
    """Works out the places in a document when they are first asked for, and remembers them.

    ``line`` and ``column`` are those of the first character of ``text``; ``source`` gives the events of the text.
    """

    __slots__ = ("_column", "_line", "_located", "_source", "_text")

    def __init__(self, text: str, line: int, column: int, source: Callable[[str], EventSource]) -> None:
        self._text = text
        self._line = line
        self._column = column
        self._source = source
        self._located: Located | None = None

    def __call__(self) -> SpanIndex:
        """Give the places of keys and values."""
        return self._get().index

    def duplicates(self) -> tuple[DuplicateKey, ...]:
        """Give the keys that stand twice, with their places."""
        return self._get().duplicates

    def _get(self) -> Located:
        if self._located is None:
            from todo_lint.kubernetes_yaml.spans import LineTable, locate

            lines = LineTable(self._text, self._line, self._column)
            self._located = locate(self._source(self._text), self._text, lines)
        return self._located
