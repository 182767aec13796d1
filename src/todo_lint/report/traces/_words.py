"""Words that all formats of a traceability report share."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.findings import Layer, Location, Verdict
from todo_lint.traces import Change, TraceCell, TraceReport, share

VERDICTS: Mapping[Verdict, str] = {
    Verdict.HOLDS: "holds",
    Verdict.VIOLATED: "violated",
    Verdict.MISSING: "missing",
    Verdict.RENAMED: "renamed",
    Verdict.OVERRIDDEN: "overridden",
    Verdict.LATER: "later",
    Verdict.NOT_CHECKABLE: "not checkable here",
    Verdict.NOT_UNDERSTOOD: "not understood",
}
CHANGES: Mapping[Change, str] = {
    Change.DRIFTED: "drifted since",
    Change.MENDED: "mended since",
    Change.CHANGED: "changed otherwise",
    Change.ADDED: "newly stated",
    Change.REMOVED: "no longer stated",
}


def counts_in_words(counts: Mapping[Verdict, int]) -> str:
    """``56 hold, 7 later``."""
    words = {**VERDICTS, Verdict.HOLDS: "hold"}
    return ", ".join(f"{number} {words[verdict]}" for verdict, number in counts.items())


def plain_line(text: str) -> str:
    """The line of a statement on one line, without the mark of a list in front."""
    return " ".join(text.split()).removeprefix("- ")


def percent(counts: Mapping[Verdict, int]) -> str:
    """``93 %``, or a dash where nothing can be decided."""
    known = share(counts)
    return "-" if known is None else f"{known} %"


def place_of(location: Location | None) -> str:
    """``chart/templates/x.yaml:12``; empty where no place is known."""
    if location is None:
        return ""
    line = f":{location.line}" if location.line is not None else ""
    return f"{location.file}{line}{' (rendered text)' if location.layer is Layer.RENDERED else ''}"


def field_of(cell: TraceCell) -> str:
    """``Service/web spec.ports[0].port``."""
    return " ".join(part for part in (str(cell.resource) if cell.resource else "", cell.path) if part)


def section_name(name: str) -> str:
    """A section's heading; statements above the first one have none."""
    return name or "(before the first heading)"


def unchanged(report: TraceReport) -> str:
    """What to say where nothing of what is compared has changed."""
    if not report.traces:
        return "Nothing could be compared with the earlier report."
    return f"Nothing {'else ' if report.uncompared else ''}has changed since the earlier report."
