"""Markdown becomes an outline: headings, list items, paragraphs, tables and code, each with its lines.

A CommonMark parser decides what is a heading, a list or code, so that a ``#`` inside a code block or a bullet
inside an HTML comment does no harm. Lines count from 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from todo_lint.model.reading.markup.blocks import Block, Inline
from todo_lint.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


LONGEST = 5_000
"""A text of more characters is not looked into: no value is that long, and expressions would take long over it."""


_FOOTNOTE = pattern(r"\[\^[^\]\s]+\]")


def outline(markdown: str) -> tuple[Block, ...]:
    """Read Markdown (CommonMark with tables and strikethrough) into its top-level blocks, in order.

    Text that is struck out is not said any more, and left out; so are the marks of footnotes.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    return tuple(_blocks(_Cursor(tokens)))


def lines_of(paragraph: Block) -> list[Block]:
    """The lines of a paragraph as items: ``**Key**: value`` on each."""
    items: list[Block] = []
    run: list[Inline] = []
    for inline in (*paragraph.inlines, Inline("\n", "")):
        if inline.text == "\n" and not inline.style:
            number = paragraph.line + len(items)
            items.append(Block("item", number, number, tuple(run)))
            run = []
        else:
            run.append(inline)
    return items


def whole_lines(paragraph: Block) -> list[Block]:
    """The lines of a paragraph as items; empty where they are not the lines of the document."""
    lines = lines_of(paragraph)
    return lines if len(lines) == paragraph.end_line - paragraph.line + 1 else []


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


_LISTS = ("bullet_list_open", "ordered_list_open", "blockquote_open")
_LEAVES = {"html_block": "html", "hr": "rule"}


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
        elif token.type == "table_open":
            yield Block("table", *_lines(token), children=tuple(_rows(cursor)))
        elif token.type in ("fence", "code_block"):
            yield _fence(token)
        elif token.type == "html_block" and "<" in token.content:
            yield from _html(token, cursor)
        elif token.nesting == 0:
            yield Block(_LEAVES.get(token.type, "html"), *_lines(token))


def _html(token: Token, cursor: _Cursor) -> Iterator[Block]:
    """The blocks of HTML: up to where its tables are closed, unless something else comes first."""
    from todo_lint.model.reading.markup.html import MOST, READ, blocks_of
    from todo_lint.model.reading.markup.unclosed import closing_of

    start, end = _lines(token)
    html = token.content
    while _is_open(html) and (following := cursor.peek()) is not None and following.type == "html_block":
        cursor.take()
        first, last = _lines(following)
        html = html + "\n" * (first - end - 1) + following.content
        end = last
    whole = len(html) <= MOST and not closing_of(html) and (not _is_open(html) or html.lstrip().startswith("<!--"))
    found = blocks_of(html, start) if whole else ()
    yield from found or (Block("html", start, end, info=READ if whole else ""),)


def _is_open(html: str) -> bool:
    lowered = html.lower()
    return lowered.count("<table") > lowered.count("</table")


def _lines(token: Token) -> tuple[int, int]:
    start, end = token.map or [0, 1]
    return start + 1, max(end, start + 1)


def _fence(token: Token) -> Block:
    line, end = _lines(token)
    first = line + 1 if token.type == "fence" else line
    return Block("fence", line, end, info=token.info.strip(), content=token.content, first_line=first)


def _text_block(opening: Token, cursor: _Cursor) -> Block:
    inline = cursor.take()
    cursor.take()
    heading = opening.type == "heading_open"
    level = int(opening.tag[1:]) if heading else 0
    kind = "heading" if heading else "paragraph"
    return Block(kind, *_lines(opening), inlines=_without_pictures(_inlines(inline)), level=level)


def _item(opening: Token, blocks: tuple[Block, ...]) -> Block:
    """A list item: its own text is its first paragraph, the rest are its children."""
    line = _lines(opening)[0]
    if blocks and blocks[0].type == "paragraph":
        own = blocks[0]
        return Block("item", own.line, own.end_line, _without_box(own.inlines), children=blocks[1:])
    return Block("item", line, line, children=blocks)


_PICTURE = r"[\U0001f000-\U0001faff\u2600-\u274b\u2753-\u2793\u2b50\u23e9-\u23fa]"
_DENIES = r"[\u274c\u2717\u2718\U0001f6ab\u26d4\U0001f6a7\u23f3\U0001f51c]"
_PICTURES = pattern(rf"^(?:(?!{_DENIES}){_PICTURE}[\ufe0f\u200d]*\s*)+")
_LAST_PICTURES = pattern(rf"(?:\s+(?:(?!{_DENIES}){_PICTURE}[\ufe0f\u200d]*)+)+$")
_DONE = pattern(r"^\[[xX]\]\s+")


def _without_box(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The text of an item without the mark of what is done: ``[x]``; a mark of what is not stays."""
    return _without_start(inlines, _DONE)


def _without_pictures(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A text without the emoji that adorn its ends; those that deny or put off stay."""
    inlines = _without_start(inlines, _PICTURES)
    if inlines and not inlines[-1].style and _LAST_PICTURES.search(inlines[-1].text):
        last = _LAST_PICTURES.sub("", inlines[-1].text)
        inlines = (*inlines[:-1], Inline(last, "")) if last.strip() or len(inlines) > 1 else inlines
    return inlines


def _without_start(inlines: tuple[Inline, ...], expression: re.Pattern[str]) -> tuple[Inline, ...]:
    """The runs of a text without what matches at its start, unless nothing else is there."""
    if not inlines or inlines[0].style == "code":
        return inlines
    first = expression.sub("", inlines[0].text)
    if first == inlines[0].text or (not first.strip() and len(inlines) == 1):
        return inlines
    return (Inline(first, inlines[0].style), *inlines[1:]) if first else inlines[1:]


def _rows(cursor: _Cursor) -> Iterator[Block]:
    """The rows of the table that was just opened, up to its end."""
    row: Token | None = None
    cells: list[Block] = []
    while (token := cursor.take()).type != "table_close":
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type == "inline" and row is not None:
            cells.append(Block("cell", *_lines(row), inlines=_without_pictures(_inlines(token))))
        elif token.type == "tr_close" and row is not None:
            yield Block("row", *_lines(row), children=tuple(cells))


_HTML = pattern(
    r"</?(?:a|abbr|b|big|br|code|del|details|div|em|font|h\d|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|s|samp|small|span|strong|"
    r"sub|summary|sup|table|tbody|td|th|thead|tr|u|ul|var)\b[^>]*/?>|<!--.*?-->|<[!?].*>",
    16 | 2,  # re.DOTALL | re.IGNORECASE
)


def _inlines(token: Token) -> tuple[Inline, ...]:
    parts: list[Inline] = []
    strong = struck = 0
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            strong += child.nesting
        elif child.type in ("s_open", "s_close"):
            struck += child.nesting
        elif not struck:
            parts += _run(child, "strong" if strong else "")
    return tuple(parts)


def _run(token: Token, style: str) -> list[Inline]:
    """What a piece of text gives; an HTML tag gives nothing, but ``<release>`` is a placeholder and no tag."""
    if token.type == "code_inline":
        return [Inline(token.content, "code")]
    if token.type in ("softbreak", "hardbreak"):
        return [Inline("\n", "")]
    if token.type == "html_inline" and _HTML.fullmatch(token.content):
        return [Inline("\n", "")] if token.content.lower().startswith("<br") else []
    if token.content:
        return [Inline(_FOOTNOTE.sub("", token.content), style)]
    return []


__all__ = ["LONGEST", "Block", "Inline", "lines_of", "outline", "whole_lines"]
