"""The traceability report as one page that needs nothing else: it can be filtered, and is readable in the dark."""

from __future__ import annotations

import html
from collections.abc import Iterator

from todo_lint.findings import Verdict
from todo_lint.report.traces._page import SCRIPT, STYLE
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
from todo_lint.traces import Section, Trace, TraceCell, TraceReport, TraceRow, share

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)


def write(report: TraceReport, *, colour: bool = False) -> str:
    """Write a report as an HTML page, ending in a line feed."""
    charts = ", ".join(trace.chart for trace in report.traces) or "nothing"
    body = "\n".join(_body(report))
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{_text(charts)}: data model and chart</title>
<style>
{STYLE}</style>
</head>
<body>
<main>
{body}
</main>
<script>
{SCRIPT}</script>
</body>
</html>
"""


def _text(text: str) -> str:
    return html.escape(printable(" ".join(text.split())))


def _body(report: TraceReport) -> Iterator[str]:
    counts = report.counts()
    yield "<header>"
    yield "<h1>Data model and chart</h1>"
    for trace in report.traces:
        base = f", profile <code>{_text(trace.base)}</code>" if trace.base else ""
        yield f"<p><code>{_text(trace.chart)}</code> against <code>{_text(trace.document)}</code>{base}</p>"
    yield "</header>"
    for failure in report.failures:
        place = place_of(failure.location)
        yield f'<p class="failure">{_text(f"{place}: " if place else "")}{_text(failure.message)}</p>'
    if counts:
        yield from _summary(counts)
    if report.differences is not None:
        yield from _differences(report)
    for number, trace in enumerate(report.traces):
        yield from _trace(trace, number, several=len(report.traces) > 1)
    yield '<p class="none" hidden>No statement fits the filter.</p>'


def _summary(counts: dict[Verdict, int]) -> Iterator[str]:
    whole = share(counts)
    yield '<section class="summary">'
    yield f'<div class="share"><b>{percent(counts)}</b><span>of the decided statements hold</span>{_bar(whole)}</div>'
    yield '<div class="filters" role="group" aria-label="Filter">'
    yield '<input type="search" id="words" placeholder="Filter by words" aria-label="Filter by words">'
    for verdict, number in counts.items():
        yield (
            f'<label class="chip {verdict.value}"><input type="checkbox" value="{verdict.value}" checked> '
            f"{VERDICTS[verdict]} <b>{number}</b></label>"
        )
    yield "</div>"
    yield "</section>"


def _bar(percentage: int | None) -> str:
    width = percentage or 0
    return f'<progress max="100" value="{width}" aria-label="{width} percent"></progress>'


def _differences(report: TraceReport) -> Iterator[str]:
    found = report.differences
    yield '<section class="differences"><h2>Since the earlier report</h2>'
    yield from (f"<p>Not compared: {_text(chart)}.</p>" for chart in report.uncompared)
    if not found:
        yield f"<p>{unchanged(report)}</p>"
    else:
        yield '<div class="scroll"><table><thead><tr><th>Change</th><th>Line</th><th>Statement</th><th>Before</th>'
        yield "<th>Now</th></tr></thead><tbody>"
        for one in found:
            message = f'<p class="message">{_text(one.message)}</p>' if one.message else ""
            yield (
                f'<tr><td>{CHANGES[one.change]}</td><td class="line">{one.line}</td>'
                f'<td class="statement">{_text(plain_line(one.text))}{message}</td>'
                f"<td>{_badge(one.before)}</td><td>{_badge(one.after)}</td></tr>"
            )
        yield "</tbody></table></div>"
    yield "</section>"


def _badge(verdict: Verdict | None) -> str:
    if verdict is None:
        return "not stated"
    return f'<span class="badge {verdict.value}">{VERDICTS[verdict]}</span>'


def _trace(trace: Trace, number: int, *, several: bool) -> Iterator[str]:
    if several:
        yield f"<h2>{_text(trace.chart)}</h2>"
    rows: dict[str, list[TraceRow]] = {}
    for row in trace.rows:
        rows.setdefault(row.section, []).append(row)
    for place, section in enumerate(trace.sections()):
        yield from _section(section, rows[section.name], f"s{number}-{place}")


def _section(section: Section, rows: list[TraceRow], anchor: str) -> Iterator[str]:
    yield f'<section class="statements" id="{anchor}">'
    name = _text(section_name(section.name))
    counts = _text(counts_in_words(section.counts))
    bar = "" if section.share is None else _bar(section.share)
    yield f"<h3>{name} <small>{percent(section.counts)} {bar} {counts}</small></h3>"
    yield '<div class="scroll"><table><thead><tr><th>Line</th><th>Statement</th><th>Verdict</th><th>Where</th></tr>'
    yield "</thead><tbody>"
    yield from map(_row, rows)
    yield "</tbody></table></div></section>"


def _row(row: TraceRow) -> str:
    reason = f'<p class="message">{_text(row.reason)}</p>' if row.reason else ""
    cells = "".join(_cell(cell, several=len(row.cells) > 1) for cell in row.cells)
    return (
        f'<tr data-verdict="{row.verdict.value}"><td class="line">{row.line}</td>'
        f'<td class="statement">{_text(plain_line(row.text))}</td>'
        f"<td>{_badge(row.verdict)}</td><td>{reason}{cells}</td></tr>"
    )


def _cell(cell: TraceCell, *, several: bool) -> str:
    lines = []
    if several:
        lines.append(f"<p>{_badge(cell.verdict)} in {_text(', '.join(cell.profiles))}</p>")
    if cell.message:
        lines.append(f'<p class="message">{_text(cell.message)}</p>')
    where = [f"<code>{_text(part)}</code>" for part in (field_of(cell), place_of(cell.location)) if part]
    if where:
        lines.append(f"<p>{'<br>'.join(where)}</p>")
    for key in cell.keys:
        place = place_of(key.location)
        at = f" <code>{_text(place)}</code>" if place else ""
        lines.append(f'<p class="key">values key <code>{_text(key.key)}</code>{at}</p>')
    return f'<div class="cell">{"".join(lines)}</div>' if lines else ""
