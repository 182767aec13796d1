"""Markdown becomes an outline: headings with the list items, paragraphs and other blocks below them.

A CommonMark parser decides what is a heading, a list or code, so that a ``#`` inside a code block or a bullet
inside an HTML comment does no harm. Lines count from 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from todo_lint.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text within a line. ``style`` is ``strong``, ``code`` or empty."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document.

    ``type`` is ``heading``, ``item``, ``paragraph``, ``table``, ``fence``, ``html``, ``quote`` or ``rule``;
    ``level`` is the heading's level. ``line`` to ``end_line`` are the lines it covers, inclusive; an item's
    children (nested lists) are blocks of their own, and not among the item's lines.
    """

    type: str
    line: int
    end_line: int
    inlines: tuple[Inline, ...] = ()
    level: int = 0
    children: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The block's text without marks of emphasis or code, white space folded."""
        return " ".join("".join(part.text for part in self.inlines).split())


def outline(markdown: str) -> tuple[Block, ...]:
    """Read Markdown (CommonMark with tables) into its top-level blocks, in order."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    return tuple(_blocks(_Cursor(tokens)))


class _Cursor:
    """A position in the parser's flat list of tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._next = 0

    def peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def skip_to_close(self) -> None:
        """Go past the token that closes the one just taken."""
        depth = 1
        while depth and (token := self.peek()) is not None:
            depth += token.nesting
            self.take()


_LEAVES = {"fence": "fence", "code_block": "fence", "html_block": "html", "hr": "rule"}
_CONTAINERS = {"table_open": "table"}
_LISTS = ("bullet_list_open", "ordered_list_open", "blockquote_open")


def _blocks(cursor: _Cursor) -> Iterator[Block]:
    while (token := cursor.peek()) is not None and token.nesting >= 0:
        cursor.take()
        if token.type in _LISTS:
            yield from _blocks(cursor)
            cursor.take()
        elif token.type == "list_item_open":
            yield _item(token, tuple(_blocks(cursor)))
            cursor.take()
        elif token.type in ("heading_open", "paragraph_open"):
            yield _text_block(token, cursor)
        elif token.type in _CONTAINERS:
            cursor.skip_to_close()
            yield Block(_CONTAINERS[token.type], *_lines(token))
        elif token.nesting == 0:
            yield Block(_LEAVES.get(token.type, "html"), *_lines(token))


def _lines(token: Token) -> tuple[int, int]:
    start, end = token.map or [0, 1]
    return start + 1, max(end, start + 1)


def _text_block(opening: Token, cursor: _Cursor) -> Block:
    inline = cursor.take()
    cursor.take()
    heading = opening.type == "heading_open"
    level = int(opening.tag[1:]) if heading else 0
    kind = "heading" if heading else "paragraph"
    return Block(kind, *_lines(opening), inlines=_inlines(inline), level=level)


def _item(opening: Token, blocks: tuple[Block, ...]) -> Block:
    """A list item: its own text is its first paragraph, the rest are its children."""
    line = _lines(opening)[0]
    if blocks and blocks[0].type == "paragraph":
        own = blocks[0]
        return Block("item", own.line, own.end_line, own.inlines, children=blocks[1:])
    return Block("item", line, line, children=blocks)


def _inlines(token: Token) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    strong = 0
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            strong += child.nesting
        elif child.type == "code_inline":
            parts.append(Inline(child.content, "code"))
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(Inline("\n", ""))
        elif child.content and child.type != "html_inline":
            parts.append(Inline(child.content, "strong" if strong else ""))
    return tuple(parts)


def strip_marks(text: str) -> str:
    """The stated value without what surrounds it: quotes, code marks, white space."""
    text = text.strip().strip("`").strip()
    match = re.fullmatch(r'"(.*)"|\'(.*)\'', text)
    return (match[1] if match[1] is not None else match[2]) if match else text
