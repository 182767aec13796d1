"""The traceability report for a comment on a pull request: what differs first, the rest folded away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from todo_lint.findings import Failure
from todo_lint.report.traces._words import (
    CHANGES,
    VERDICTS,
    counts_in_words,
    field_of,
    percent,
    place_of,
    plain_line,
    section_name,
    unchanged,
)
from todo_lint.terminal import printable
from todo_lint.traces import KEPT, UNDECIDED, Difference, Section, Trace, TraceCell, TraceReport, TraceRow

_Item = TypeVar("_Item")
LONGEST = 60_000
"""A comment on GitHub holds 65,536 characters; what would not fit is left out, and counted."""
_CLIPPED = 1_000
"""The most characters of a line of the document, or of a message, in one cell."""
_NEEDED = 1_000
"""Characters that a part needs to be begun at all: its head, a row, and how many are left out."""


class _Page:
    """The lines of a comment, the characters there is still room for, and the statements of tables without a row."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.room = LONGEST
        self.left = 0

    def write(self, *lines: str) -> None:
        """Append lines, whatever room there is: those that are short, and few."""
        self.lines += lines
        self.room -= sum(len(line) + 1 for line in lines)

    def table(
        self, head: Sequence[str], items: Sequence[_Item], row: Callable[[_Item], str], what: str, most: float = 1
    ) -> None:
        """Append a table with as many rows as a part of the room holds; ``what`` names those that are left out."""
        self.write(*head)
        room = self.room * most
        shown = 0
        for line in map(row, items):
            room -= len(line) + 1
            if room < 0:
                break
            self.write(line)
            shown += 1
        self.write("")
        if left := len(items) - shown:
            self.write(_left_out(left, what), "")

    def is_full(self, rows: Sequence[object] = ()) -> bool:
        """Whether there is no room to begin a part; its rows are then counted as left out."""
        full = self.room < _NEEDED
        self.left += len(rows) if full else 0
        return full


def _left_out(number: int, what: str) -> str:
    return f"{number} more {what} are left out here: a comment holds no more."


def write(report: TraceReport, *, colour: bool = False) -> str:
    """Write a report as GitHub's Markdown, ending in a line feed."""
    page = _Page()
    page.write("## Data model and chart", "")
    _failures(page, report)
    counts = report.counts()
    if counts:
        page.write(f"**{percent(counts)}** of the decided statements hold: {counts_in_words(counts)}.", "")
    if report.differences is not None:
        _differences(page, report)
    for part in (_sections, _apart, _folded):
        for trace in report.traces:
            part(page, trace)
    if page.left:
        page.write(_left_out(page.left, "statements"))
    return "\n".join(page.lines).rstrip("\n") + "\n"


def _failures(page: _Page, report: TraceReport) -> None:
    if report.failures:
        page.table((), report.failures, _failure, "failures", 0.2)
        page.lines.pop()  # each of them ends in a line feed


def _failure(failure: Failure) -> str:
    place = place_of(failure.location)
    return f"**failed**: {_clipped(f'{place}: ' if place else '')}{_clipped(failure.message)}\n"


def _sections(page: _Page, trace: Trace) -> None:
    if page.is_full():
        return
    base = f", profile {_code(trace.base)}:" if trace.base else ":"
    head = (f"{_code(trace.chart)} against {_code(trace.document)}{base}", "", *_SECTIONS)
    page.table(head, trace.sections(), _section, "sections", 0.25)


def _section(section: Section) -> str:
    name = _clipped(section_name(section.name))
    return f"| {name} | {percent(section.counts)} | {counts_in_words(section.counts)} |"


def _apart(page: _Page, trace: Trace) -> None:
    """The statements that the chart does not keep to."""
    rows = [row for row in trace.rows if row.verdict not in KEPT | UNDECIDED]
    if rows and not page.is_full(rows):
        page.table((f"### What differs in {_code(trace.chart)}", "", *_HEAD), rows, _row, "statements")


def _folded(page: _Page, trace: Trace) -> None:
    """The rows that agree, folded; as many as there is room for."""
    rows = [row for row in trace.rows if row.verdict in KEPT | UNDECIDED]
    if not rows or page.is_full(rows):
        return
    title = f"{len(rows)} statements that hold or are not decided"
    page.write(f"<details><summary>{title} ({_html(trace.chart)})</summary>", "")
    page.table(_HEAD, rows, _row, "statements")
    page.write("</details>", "")


_HEAD = ("| Line | Statement | Verdict | Where |", "|---:|---|---|---|")
_SECTIONS = ("| Section | Holds | Statements |", "|---|---:|---|")
_CHANGED = ("| Since the earlier report | Line | Statement | Before | Now |", "|---|---:|---|---|---|")


def _row(row: TraceRow) -> str:
    places = "<br>".join(part for cell in row.cells for part in _cell(cell, several=len(row.cells) > 1))
    reason = f"<br>{_clipped(row.reason)}" if row.reason else ""
    return f"| {row.line} | {_clipped(plain_line(row.text))} | {VERDICTS[row.verdict]}{reason} | {places} |"


def _cell(cell: TraceCell, *, several: bool) -> Iterator[str]:
    if several:
        yield f"*{_text(', '.join(cell.profiles))}*: {VERDICTS[cell.verdict]}"
    if cell.message:
        yield _clipped(cell.message)
    where = [part for part in (field_of(cell), place_of(cell.location)) if part]
    if where:
        yield ", ".join(map(_code, where))
    for key in cell.keys:
        place = place_of(key.location)
        yield f"values key {_code(key.key)}" + (f" in {_code(place)}" if place else "")


def _differences(page: _Page, report: TraceReport) -> None:
    for chart in report.uncompared:
        page.write(f"Not compared: {_clipped(chart)}.", "")
    if not report.differences:
        page.write(unchanged(report), "")
        return
    page.table(_CHANGED, report.differences, _difference, "changes", 0.4)


def _difference(one: Difference) -> str:
    before = VERDICTS[one.before] if one.before else "not stated"
    after = VERDICTS[one.after] if one.after else "not stated"
    message = f"<br>{_clipped(one.message)}" if one.message else ""
    statement = _clipped(plain_line(one.text))
    return f"| {CHANGES[one.change]} | {one.line} | {statement} | {before} | {after}{message} |"


_MARKS = {ord(char): f"&#{ord(char)};" for char in "\\`*_{}[]()#+!|~@"}


def _html(text: str) -> str:
    import html

    return html.escape(printable(" ".join(text.split())), quote=False)


def _text(text: str) -> str:
    """A text as it is: nothing in it is mark-up, a link, a mention of somebody, or the end of a cell."""
    return _html(text).translate(_MARKS).replace("://", ":&#47;&#47;")


def _clipped(text: str) -> str:
    """A text as it is, or its beginning where it is long."""
    return _text(text if len(text) <= _CLIPPED else f"{text[:_CLIPPED]} \u2026")


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"
