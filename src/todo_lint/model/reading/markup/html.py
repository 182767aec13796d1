"""HTML in a document becomes blocks like those of Markdown: tables, lists, headings, paragraphs, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from todo_lint.model.reading.markup.blocks import Block, Inline
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field, replace

MOST = 200_000
"""Longer HTML is not looked into."""
_WORTH = pattern(r"<(?:t[dhr]|li|p|h[1-6]|dt|dd)\b", 2)  # re.IGNORECASE
_DEEPEST = 20
"""Lists that are nested deeper are read as if they were not."""
_WIDEST = 50
"""Over so many rows or columns a cell reaches at the most."""
_ENDS_TEXT = (
    *("p", "div", "ul", "ol", "table", "details", "summary", "section", "article", "dl", "dt", "dd", "blockquote"),
    *("thead", "tbody", "tr", "caption", "h1", "h2", "h3", "h4", "h5", "h6"),
)
_RAW = ("script", "style", "svg", "template")
_SKIPPED = (*_RAW, "pre", "del", "s", "strike")
_AROUND = ("table", "tr", "td", "th", "li")
_STRONG = ("strong", "b")
_CODE = ("code", "pre", "kbd", "samp", "tt")


@dataclass(slots=True)
class _Cell:
    line: int
    head: bool
    inlines: list[Inline] = field(default_factory=list)
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class _Row:
    line: int
    end_line: int
    cells: list[_Cell] = field(default_factory=list)


@dataclass(slots=True)
class _Item:
    line: int
    inlines: list[Inline] = field(default_factory=list)
    children: list[Block] = field(default_factory=list)


def blocks_of(html: str, line: int) -> tuple[Block, ...]:
    """The blocks of some HTML that begins on a line; empty where it has no text that a table or list would have."""
    if not _WORTH.search(html):
        return ()
    parser = _Parser(line)
    tokens = list(_tokens(html))
    never_closed = _never_closed(token for _, token in tokens)
    for at, token in tokens:
        parser.line = line + at
        parser.take(token, never_closed=token.start() in never_closed)
    parser.finish()
    return tuple(parser.blocks)


def _never_closed(tokens: Iterable[re.Match[str]]) -> set[int]:
    """Where tags open whose text is left out and that nobody closes: ``<s>`` in a cell must not hide all others."""
    opened: dict[str, list[int]] = {tag: [] for tag in _SKIPPED if tag not in _RAW}
    for token in tokens:
        places = opened.get((token["tag"] or "").lower())
        if places is None:
            continue
        if not token["close"]:
            places.append(token.start())
        elif places:
            places.pop()
    return {place for places in opened.values() for place in places}


_TOKEN = pattern(r"<!--|<(?P<close>/?)(?P<tag>[A-Za-z][\w:-]*)(?P<rest>[^<>]*)>|[^<]+|<")
_SPAN = pattern(r"\b(?P<key>rowspan|colspan)\s*=\s*[\"']?(?P<count>\d{1,3})", re.IGNORECASE)


def _tokens(html: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The tags and texts of some HTML, each with how many line breaks come before it; comments are left out.

    Not with ``html.parser``, whose time grows with the square of what is not closed, and which raises errors.
    """
    at = counted = lines = 0
    while match := _TOKEN.match(html, at):
        lines, counted = lines + html.count("\n", counted, at), at
        if match[0] == "<!--":
            end = html.find("-->", at)
            if end < 0:
                return
            at = end + len("-->")
            continue
        yield lines, match
        at = match.end()


class _Parser:
    """Collects the blocks of HTML; what is not closed ends where what is around it ends."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.blocks: list[Block] = []
        self.text: list[Inline] = []
        self.text_line = line
        self.heading = 0
        self.items: list[_Item] = []
        self.rows: list[_Row] | None = None
        self.table_line = line
        self.inside = 0
        self.cell: _Cell | None = None
        self.skipped = 0
        self.struck = False
        self.strong = 0
        self.code = 0

    def take(self, token: re.Match[str], *, never_closed: bool) -> None:
        """A tag or a text, at ``line``: what leaves text out and is never closed does so within its cell or item."""
        tag = (token["tag"] or "").lower()
        self.struck = (self.struck or never_closed) and tag not in (*_AROUND, *_ENDS_TEXT)
        if not tag:
            if not self.skipped and not self.struck:
                self._add(unescape(token[0]))
        elif token["close"]:
            self._close(tag)
        elif not never_closed:
            self._open(tag, token["rest"])

    def _open(self, tag: str, attributes: str) -> None:
        self.strong += tag in _STRONG
        self.code += tag in _CODE
        self.skipped += self._skips(tag)
        if self.rows is not None:
            self._in_table(tag, attributes)
        elif tag == "table":
            self._end_text()
            self.rows, self.table_line = [], self.line
        elif tag == "li":
            self._end_text()
            if len(self.items) < _DEEPEST:
                self.items.append(_Item(self.line))
        elif tag in _ENDS_TEXT:
            self._end_text()
            self.heading = int(tag[1]) if tag[0] == "h" and tag[1:].isdecimal() else 0
        elif tag == "br":
            self._add("\n")

    def _skips(self, tag: str) -> bool:
        """Whether a tag holds text that states nothing: a listing does not, but for the value in a cell."""
        return tag in _SKIPPED and (tag != "pre" or self.cell is None)

    def _in_table(self, tag: str, attributes: str) -> None:
        rows = self.rows if self.rows is not None else []
        if tag == "table":
            self.inside += 1
        elif self.inside:
            return
        elif tag == "tr":
            self.cell = None
            rows.append(_Row(self.line, self.line))
        elif tag in ("td", "th"):
            if not rows:
                rows.append(_Row(self.line, self.line))
            spans = {found["key"].lower(): int(found["count"]) for found in _SPAN.finditer(attributes)}
            reach = (min(max(spans.get(key, 1), 1), _WIDEST) for key in ("rowspan", "colspan"))
            self.cell = _Cell(self.line, tag == "th", [], *reach)
            rows[-1].cells.append(self.cell)
        elif self.cell is not None and self.cell.inlines and tag in ("br", "li", "p", "div"):
            self.cell.inlines.append(Inline("\n", ""))

    def _close(self, tag: str) -> None:
        self.strong -= tag in _STRONG and self.strong > 0
        self.code -= tag in _CODE and self.code > 0
        self.skipped -= self._skips(tag) and self.skipped > 0
        if self.rows is not None:
            if tag == "table" and self.inside:
                self.inside -= 1
            elif tag == "table":
                self._end_table()
            elif tag in ("td", "th", "tr") and self.rows and not self.inside:
                self.cell = None
                self.rows[-1].end_line = self.line
        elif tag == "li":
            self._end_text()
            self._end_item()
        elif tag in _ENDS_TEXT:
            self._end_text()

    def _add(self, data: str) -> None:
        style = "code" if self.code else "strong" if self.strong else ""
        words = " ".join(data.split())
        text = f"{' ' if data[:1].isspace() else ''}{words}{' ' if data[-1:].isspace() else ''}" if words else " "
        if self.rows is not None:
            if self.cell is not None and not self.inside:
                self.cell.inlines.append(Inline(text, style if text.strip() else ""))
        elif text.strip() or self.text:
            if not self.text:
                self.text_line = self.line + data[: len(data) - len(data.lstrip())].count("\n")
            self.text.append(Inline(text, style if text.strip() else ""))

    def _end_text(self) -> None:
        """What text came so far is a heading, the text of an item, or a paragraph."""
        inlines, self.text = _trimmed(self.text), []
        if not inlines:
            return
        line = self.text_line
        if self.heading:
            self.blocks.append(Block("heading", line, line, inlines, level=self.heading))
        elif self.items and not self.items[-1].inlines and not self.items[-1].children:
            self.items[-1].inlines, self.items[-1].line = list(inlines), line
        else:
            self._put(Block("paragraph", line, line, inlines))
        self.heading = 0

    def _put(self, block: Block) -> None:
        (self.items[-1].children if self.items else self.blocks).append(block)

    def _end_item(self) -> None:
        if self.items:
            item = self.items.pop()
            self._put(Block("item", item.line, item.line, tuple(item.inlines), children=tuple(item.children)))

    def _end_table(self) -> None:
        rows, self.rows, self.cell = self.rows or [], None, None
        self.inside = 0
        cells = [row for row in rows if row.cells]
        if cells:
            self._put(_table(cells, self.table_line, self.line))

    def finish(self) -> None:
        """What is still open ends with the HTML."""
        if self.rows is not None:
            self._end_table()
        self._end_text()
        while self.items:
            self._end_item()


def _trimmed(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Runs of text without white space at their ends, and without what is none but that."""
    kept = list(inlines)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


def _table(rows: list[_Row], line: int, end_line: int) -> Block:
    """A table with its head first: the row of heads, or of a table of keys and values one that says so."""
    sides = all(len(row.cells) == _PAIR and row.cells[0].head and not row.cells[1].head for row in rows)
    children = [Block("row", row.line, row.end_line, children=cells) for row, cells in _filled(rows)]
    if sides:
        head = Block("row", line, line, children=tuple(Block("cell", line, line, (Inline(t, ""),)) for t in _SIDES))
        children.insert(0, head)
    return Block("table", line, end_line, children=tuple(children), info=HTML)


def _filled(rows: list[_Row]) -> list[tuple[_Row, tuple[Block, ...]]]:
    """The cells of each row, those that reach over several rows or columns in each of these."""
    reaching: dict[int, tuple[int, Block]] = {}
    filled: list[tuple[_Row, tuple[Block, ...]]] = []
    for row in rows:
        cells: list[Block] = []
        waiting, later = list(row.cells), dict[int, tuple[int, Block]]()
        while waiting or len(cells) in reaching:
            at = len(cells)
            if at in reaching:
                left, block = reaching[at]
                cells.append(replace(block, line=row.line, end_line=row.line))
                if left > 1:
                    later[at] = (left - 1, block)
                continue
            cell = waiting.pop(0)
            block = Block("cell", cell.line, cell.line, _trimmed(cell.inlines))
            for _ in range(cell.columns):
                if cell.rows > 1:
                    later[len(cells)] = (cell.rows - 1, block)
                cells.append(block)
        reaching = later
        filled.append((row, tuple(cells)))
    return filled


HTML = "html"
"""The ``info`` of a table that was written in HTML."""
READ = "read"
"""The ``info`` of HTML that was looked through and has no blocks."""
_PAIR = 2
_SIDES = ("Attribute", "Value")
