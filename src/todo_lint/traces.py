"""A traceability report: for each statement of a document, what became of it and where that stands in the chart.

Everything here is a value, as in ``findings``; the formats of ``report/traces`` read nothing else.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

from todo_lint.findings import Failure, FailureKind, Finding, Location, ResourceRef, Severity, Verdict
from todo_lint.records import dataclass, field

KEPT = frozenset({Verdict.HOLDS, Verdict.OVERRIDDEN})
"""Verdicts with which a statement agrees with the chart."""
UNDECIDED = frozenset({Verdict.LATER, Verdict.NOT_CHECKABLE})
"""Verdicts that say neither."""


@dataclass(frozen=True, slots=True)
class TraceKey:
    """A key of the values behind a field, and where it is written; the place is None where no file has it."""

    key: str
    location: Location | None


@dataclass(frozen=True, slots=True)
class TraceCell:
    """What became of a statement in some profiles alike.

    ``message`` says what differs, empty where nothing does. ``path`` is the field in ``resource`` (or in a file of
    the chart), ``location`` the line of the template or values file where it stands.
    """

    profiles: tuple[str, ...]
    verdict: Verdict
    message: str = ""
    resource: ResourceRef | None = None
    path: str = ""
    location: Location | None = None
    keys: tuple[TraceKey, ...] = ()


@dataclass(frozen=True, slots=True)
class TraceRow:
    """A statement: its line (from 1) and text, what it was understood as, and its verdict in all.

    ``reason`` says why where the verdict is neither that it holds nor that it does not. ``cells`` tell profiles apart
    where they differ.
    """

    line: int
    text: str
    section: str
    subject: str
    attribute: str
    value: str
    verdict: Verdict
    reason: str = ""
    cells: tuple[TraceCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """All statements of a document, held against one chart (or set of manifests)."""

    chart: str
    document: str
    base: str
    rows: tuple[TraceRow, ...]

    def sections(self) -> tuple[Section, ...]:
        """The sections of the document in their order, each with its counts."""
        rows: dict[str, list[TraceRow]] = {}
        for row in self.rows:
            rows.setdefault(row.section, []).append(row)
        return tuple(Section(name, count(found)) for name, found in rows.items())


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a document: how many of its statements ended in each verdict."""

    name: str
    counts: Mapping[Verdict, int]

    @property
    def share(self) -> int | None:
        """How many percent of the statements that can be decided hold; None where there are none of these."""
        return share(self.counts)


def count(rows: Iterable[TraceRow]) -> dict[Verdict, int]:
    """How many rows ended in each verdict, without those that none ended in."""
    counted: dict[Verdict, int] = {}
    for row in rows:
        counted[row.verdict] = counted.get(row.verdict, 0) + 1
    return {verdict: counted[verdict] for verdict in Verdict if verdict in counted}


def share(counts: Mapping[Verdict, int]) -> int | None:
    """The percentage of decided statements that hold, rounded down: 100 means that all of them do."""
    decided = sum(number for verdict, number in counts.items() if verdict not in UNDECIDED)
    kept = sum(number for verdict, number in counts.items() if verdict in KEPT)
    return 100 * kept // decided if decided else None


class Change(enum.StrEnum):
    """How a statement fares in comparison with an earlier report."""

    DRIFTED = "drifted"
    MENDED = "mended"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that fares otherwise than in an earlier report; ``before`` and ``after`` are None where it was, or
    is, not stated."""

    change: Change
    chart: str
    line: int
    text: str
    before: Verdict | None
    after: Verdict | None
    message: str = ""


@dataclass(frozen=True, slots=True)
class TraceReport:
    """The traces of a run; ``differences`` is None where no earlier report was given.

    ``uncompared`` says of which charts only one of the two reports tells.
    """

    traces: tuple[Trace, ...]
    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    differences: tuple[Difference, ...] | None = None
    uncompared: tuple[str, ...] = ()
    fail_on: Severity = Severity.WARNING
    remarks: tuple[str, ...] = field(default_factory=tuple)

    @property
    def exit_code(self) -> int:
        """As of a check, of the findings that are about statements: 0, 1, 2 or 3."""
        kinds = {failure.kind for failure in self.failures}
        if FailureKind.INTERNAL in kinds:
            return 3
        if FailureKind.INPUT in kinds:
            return 2
        return int(any(finding.severity >= self.fail_on for finding in self.findings if finding.statements))

    def counts(self) -> dict[Verdict, int]:
        """How many statements of all traces ended in each verdict."""
        return count(row for trace in self.traces for row in trace.rows)
