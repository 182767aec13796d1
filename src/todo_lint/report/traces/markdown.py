"""The traceability report for a comment on a pull request: what differs first, the rest folded away."""

from __future__ import annotations

from collections.abc import Iterator

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
from todo_lint.traces import KEPT, UNDECIDED, Trace, TraceCell, TraceReport, TraceRow

LONGEST = 60_000
"""A comment on GitHub holds 65,536 characters; what would not fit is left out, and counted."""


def write(report: TraceReport, *, colour: bool = False) -> str:
    """Write a report as GitHub's Markdown, ending in a line feed."""
    lines = ["## Data model and chart", ""]
    for failure in report.failures:
        place = place_of(failure.location)
        lines += [f"**failed**: {_text(f'{place}: ' if place else '')}{_text(failure.message)}", ""]
    counts = report.counts()
    if counts:
        lines += [f"**{percent(counts)}** of the decided statements hold: {counts_in_words(counts)}.", ""]
    if report.differences is not None:
        lines += [*_differences(report), ""]
    for trace in report.traces:
        lines += [*_sections(trace), ""]
    for trace in report.traces:
        apart = [row for row in trace.rows if row.verdict not in KEPT | UNDECIDED]
        if apart:
            lines += [f"### What differs in {_code(trace.chart)}", "", *_table(apart), ""]
    text = "\n".join(lines)
    for trace in report.traces:
        rest = [row for row in trace.rows if row.verdict in KEPT | UNDECIDED]
        text += _folded(trace, rest, LONGEST - len(text))
    return text.rstrip("\n") + "\n"


def _sections(trace: Trace) -> Iterator[str]:
    yield f"{_code(trace.chart)} against {_code(trace.document)}" + (
        f", profile {_code(trace.base)}:" if trace.base else ":"
    )
    yield ""
    yield "| Section | Holds | Statements |"
    yield "|---|---:|---|"
    for section in trace.sections():
        name, counts = _text(section_name(section.name)), section.counts
        yield f"| {name} | {percent(counts)} | {counts_in_words(counts)} |"


_HEAD = ("| Line | Statement | Verdict | Where |", "|---:|---|---|---|")


def _table(rows: list[TraceRow]) -> Iterator[str]:
    yield from _HEAD
    yield from map(_row, rows)


def _row(row: TraceRow) -> str:
    places = "<br>".join(part for cell in row.cells for part in _cell(cell, several=len(row.cells) > 1))
    reason = f"<br>{_text(row.reason)}" if row.reason else ""
    return f"| {row.line} | {_text(plain_line(row.text))} | {VERDICTS[row.verdict]}{reason} | {places} |"


def _cell(cell: TraceCell, *, several: bool) -> Iterator[str]:
    if several:
        yield f"*{_text(', '.join(cell.profiles))}*: {VERDICTS[cell.verdict]}"
    if cell.message:
        yield _text(cell.message)
    where = [part for part in (field_of(cell), place_of(cell.location)) if part]
    if where:
        yield ", ".join(map(_code, where))
    for key in cell.keys:
        place = place_of(key.location)
        yield f"values key {_code(key.key)}" + (f" in {_code(place)}" if place else "")


def _folded(trace: Trace, rows: list[TraceRow], room: int) -> str:
    """The rows that agree, folded; as many as there is room for."""
    if not rows:
        return ""
    lines: list[str] = []
    for row in rows:
        room -= len(line := _row(row)) + 1
        if room < 0:
            break
        lines.append(line)
    left = len(rows) - len(lines)
    more = f"\n{left} more statements are left out here: a comment holds no more.\n" if left else ""
    title = f"{len(rows)} statements that hold or are not decided"
    body = "\n".join([*_HEAD, *lines])
    return f"<details><summary>{title} ({_html(trace.chart)})</summary>\n\n{body}\n{more}\n</details>\n\n"


def _differences(report: TraceReport) -> Iterator[str]:
    for chart in report.uncompared:
        yield f"Not compared: {_text(chart)}."
        yield ""
    found = report.differences
    if not found:
        yield unchanged(report)
        return
    yield "| Since the earlier report | Line | Statement | Before | Now |"
    yield "|---|---:|---|---|---|"
    for one in found:
        before = VERDICTS[one.before] if one.before else "not stated"
        after = VERDICTS[one.after] if one.after else "not stated"
        message = f"<br>{_text(one.message)}" if one.message else ""
        yield f"| {CHANGES[one.change]} | {one.line} | {_text(plain_line(one.text))} | {before} | {after}{message} |"


_MARKS = {ord(char): f"&#{ord(char)};" for char in "\\`*_{}[]()#+!|~@"}


def _html(text: str) -> str:
    import html

    return html.escape(printable(" ".join(text.split())), quote=False)


def _text(text: str) -> str:
    """A text as it is: nothing in it is mark-up, a link, a mention of somebody, or the end of a cell."""
    return _html(text).translate(_MARKS).replace("://", ":&#47;&#47;")


def _code(text: str) -> str:
    return f"<code>{_text(text)}</code>"
