"""The report for a person: findings with the line they point at, then what was looked at."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Failure, Finding, Layer, Location, Report, Severity, Summary, Verdict
from todo_lint.terminal import printable

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_WIDEST_EXCERPT = 160
_VERDICT_WORDS = (
    (Verdict.HOLDS, "hold"),
    (Verdict.VIOLATED, "violated"),
    (Verdict.MISSING, "missing"),
    (Verdict.RENAMED, "renamed"),
    (Verdict.OVERRIDDEN, "overridden in another profile"),
    (Verdict.LATER, "later"),
    (Verdict.NOT_CHECKABLE, "not checkable here"),
)


def write(report: Report, *, colour: bool = False) -> str:
    """Write a report as text, ending in a line feed; ``colour`` adds ANSI colours for a terminal."""
    paint = _Paint(colour)
    lines: list[str] = []
    for finding in report.findings:
        lines += [*_finding(finding, paint), ""]
    lines += [_failure(failure, paint) for failure in report.failures]
    lines += _summary(report, paint)
    return "\n".join(lines) + "\n"


class _Paint:
    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text


def _finding(finding: Finding, paint: _Paint) -> Iterator[str]:
    head = paint(f"{finding.severity.label}[{finding.rule}]", f"1;{_COLOURS[finding.severity]}")
    yield f"{head}: {printable(finding.message)}"
    field = f"  {printable(finding.path)}" if finding.path else ""
    yield f"  --> {_place(finding.location)}{field}"
    yield from _excerpt(finding)
    for statement in finding.statements:
        where = f"{printable(statement.file)}:{statement.line}"
        yield f"  document: {where}: {printable(statement.text)} ({statement.verdict.value.replace('_', ' ')})"
    for related in finding.related:
        yield f"  see: {_place(related.location)}: {printable(related.message)}"
    if finding.hint:
        yield f"  hint: {printable(finding.hint)}"
    if str(finding.kubernetes):
        yield f"  kubernetes: {finding.kubernetes}"
    if finding.profiles:
        yield f"  profiles: {printable(', '.join(finding.profiles))}"


def _place(location: Location) -> str:
    place = printable(location.file)
    if location.line is not None:
        place += f":{location.line}"
        if location.column is not None:
            place += f":{location.column}"
    return f"{place} (rendered text)" if location.layer is Layer.RENDERED else place


def _excerpt(finding: Finding) -> Iterator[str]:
    """The line pointed at, with a caret below the column; a rendered line says that it is one."""
    if finding.excerpt is None:
        return
    pointed = finding.location
    if pointed.line is None:
        rendered = [r.location for r in finding.related if r.location.layer is Layer.RENDERED]
        if not rendered:
            return
        pointed = rendered[0]
    margin = " " * len(str(pointed.line))
    column = pointed.column or 1
    start = max(0, column - _WIDEST_EXCERPT)
    line = finding.excerpt[start : start + _WIDEST_EXCERPT]
    before = _width(printable(line[: column - 1 - start].replace("\t", " ")))
    yield f"   {margin} |"
    yield f"   {pointed.line} | {printable(line.replace(chr(9), ' '))}"
    if pointed.column is not None:
        yield f"   {margin} | {' ' * before}^"


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: wide characters take two, combining ones none (UAX #11)."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    widths = (0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in text)
    return sum(widths)


def _failure(failure: Failure, paint: _Paint) -> str:
    place = f"{_place(failure.location)}: " if failure.location else ""
    return f"{paint('failed', '1;31')}: {place}{printable(failure.message)}"


def _summary(report: Report, paint: _Paint) -> Iterator[str]:
    summary = report.summary
    for remark in summary.remarks:
        yield printable(remark)
    if summary.documents or summary.charts:
        skipped = f", {len(summary.skipped)} skipped" if summary.skipped else ""
        charts = f"{_count(summary.charts, 'chart')}, {_count(summary.profiles, 'profile')}: "
        yield (
            f"{charts if summary.charts else ''}"
            f"{_count(summary.documents, 'document')} {'rendered' if summary.charts else 'read'}, "
            f"{summary.checked} checked{_versions(summary)}{skipped}"
        )
    for skip in summary.skipped:
        yield f"  skipped {printable(skip.resource)}: {printable(skip.reason)}"
    total = sum(report.statements.values())
    if total:
        yield _statements(report, total)
    yield _verdict(report, paint)


def _statements(report: Report, total: int) -> str:
    """What became of the statements; a line that is not understood makes none."""
    words = [f"{report.statements[v]} {word}" for v, word in _VERDICT_WORDS if report.statements.get(v)]
    unclear = report.statements.get(Verdict.NOT_UNDERSTOOD, 0)
    lines = f"; {_count(unclear, 'line')} not understood" if unclear else ""
    return f"{_count(total - unclear, 'statement')} of the data model: {', '.join(words) or 'none'}{lines}"


def _versions(summary: Summary) -> str:
    """The versions that were checked for: ranges, and what stands alone; ``1.28, 1.30 to 1.37``."""
    runs: list[list[str]] = []
    for version in summary.versions:
        if runs and int(version.partition(".")[2]) == int(runs[-1][-1].partition(".")[2]) + 1:
            runs[-1].append(version)
        else:
            runs.append([version])
    told = ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f" for Kubernetes {told}" if told else ""


def _verdict(report: Report, paint: _Paint) -> str:
    if report.failures and not (report.findings or report.summary.documents or report.summary.charts):
        return paint("nothing was checked", "1;31")
    counts = [
        _count(sum(finding.severity is severity for finding in report.findings), severity.label)
        for severity in sorted(Severity, reverse=True)
    ]
    suppressed = f", {report.summary.suppressed} suppressed" if report.summary.suppressed else ""
    return paint(", ".join(counts) + suppressed, "1;32" if report.exit_code == 0 else "1;31")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
