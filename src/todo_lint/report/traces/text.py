"""The traceability report for a terminal: section by section, a line for each statement and its places."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Verdict
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

_WIDTH = 18


def write(report: TraceReport, *, colour: bool = False) -> str:
    """Write a report as text, ending in a line feed; ``colour`` adds ANSI colours for a terminal."""
    lines: list[str] = []
    for trace in report.traces:
        lines += [*_trace(trace, colour), ""]
    if report.differences is not None:
        lines += [*_differences(report), ""]
    lines += [printable(remark) for remark in report.remarks]
    lines += [f"failed: {_where(place_of(f.location))}{printable(f.message)}" for f in report.failures]
    counts = report.counts()
    if counts:
        lines.append(
            f"{sum(counts.values())} statements: {counts_in_words(counts)}; {percent(counts)} of those decided"
        )
    return "\n".join(lines) + "\n"


def _where(place: str) -> str:
    return f"{printable(place)}: " if place else ""


def _trace(trace: Trace, colour: bool) -> Iterator[str]:
    yield printable(f"{trace.chart} against {trace.document}" + (f", profile {trace.base}" if trace.base else ""))
    shares = {section.name: section for section in trace.sections()}
    current = None
    for row in trace.rows:
        if row.section != current:
            current = row.section
            counts = shares[current].counts
            yield ""
            yield printable(f"{section_name(current)}  ({percent(counts)}: {counts_in_words(counts)})")
        yield from _row(row, colour)


def _row(row: TraceRow, colour: bool) -> Iterator[str]:
    word = f"{VERDICTS[row.verdict]:{_WIDTH}}"
    yield f"  {_painted(word, row.verdict, colour)} {row.line:>4}  {printable(plain_line(row.text))}"
    if row.reason:
        yield f"{' ' * (_WIDTH + 9)}{printable(row.reason)}"
    for cell in row.cells:
        yield from (f"{' ' * (_WIDTH + 9)}{printable(line)}" for line in _cell(cell, several=len(row.cells) > 1))


def _cell(cell: TraceCell, *, several: bool) -> Iterator[str]:
    if several:
        yield f"in {', '.join(cell.profiles)}: {VERDICTS[cell.verdict]}"
    if cell.message:
        yield cell.message
    where = "  ".join(part for part in (field_of(cell), place_of(cell.location)) if part)
    if where:
        yield where
    yield from (f"values key {key.key}{_at(place_of(key.location))}" for key in cell.keys)


def _at(place: str) -> str:
    return f" ({place})" if place else ""


def _differences(report: TraceReport) -> Iterator[str]:
    found = report.differences or ()
    yield from (printable(f"not compared: {chart}") for chart in report.uncompared)
    if not found:
        yield unchanged(report)
    current = None
    for difference in found:
        if difference.change is not current:
            current = difference.change
            yield f"{CHANGES[current]}:"
        before = VERDICTS[difference.before] if difference.before else "not stated"
        after = VERDICTS[difference.after] if difference.after else "not stated"
        yield printable(f"  {difference.line:>4}  {plain_line(difference.text)}: {before} -> {after}")
        if difference.message:
            yield f"        {printable(difference.message)}"


def _painted(word: str, verdict: Verdict, colour: bool) -> str:
    if not colour:
        return word
    code = "32" if verdict in KEPT else "36" if verdict in UNDECIDED else "31"
    return f"\x1b[{code}m{word}\x1b[0m"
