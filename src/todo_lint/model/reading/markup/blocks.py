"""The blocks of a document: headings, items, paragraphs, tables and code, each with its lines, which count from 1."""

from __future__ import annotations

from todo_lint.patterns import pattern
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text within a line. ``style`` is ``strong``, ``code`` or empty."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document.

    ``type`` is ``heading``, ``item``, ``paragraph``, ``table``, ``row``, ``cell``, ``fence``, ``html`` or ``rule``;
    ``level`` is the heading's level. ``line`` to ``end_line`` are the lines it covers, inclusive. The children of an
    item are what is nested in it, and not among its lines; those of a table are its rows, the head first, and those
    of a row its cells. A fence has its ``info`` (the language) and its ``content``, which begins on ``first_line``.
    """

    type: str
    line: int
    end_line: int
    inlines: tuple[Inline, ...] = ()
    level: int = 0
    children: tuple[Block, ...] = ()
    info: str = ""
    content: str = ""
    first_line: int = 0

    @property
    def text(self) -> str:
        """The block's text without marks of emphasis or code, white space folded."""
        return " ".join("".join(part.text for part in self.inlines).split())

    @property
    def marked(self) -> str:
        """The block's text with marks around code, lines kept apart."""
        parts = (f"`{part.text}`" if part.style == "code" else _folded(part.text) for part in self.inlines)
        return "".join(parts).strip()

    @property
    def length(self) -> int:
        """How many characters the block's own text has."""
        return sum(len(part.text) for part in self.inlines)

    @property
    def strong(self) -> str:
        """The strong text with which the block begins, or an empty text."""
        first = next((part for part in self.inlines if part.text.strip()), None)
        return first.text.strip() if first is not None and first.style == "strong" else ""


def _folded(text: str) -> str:
    """White space within a line folded, as HTML does; in code it stays."""
    return _SPACES.sub(" ", text)


_SPACES = pattern(r"[^\S\n]+")
