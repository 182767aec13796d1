"""The verdicts on a document's statements become the rows of a traceability report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from todo_lint.findings import Finding, Layer, Severity, Verdict, format_route
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.divergence import Judged
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.rules.api import Context, Defect, Rule, Subject
from todo_lint.stages.held import Held
from todo_lint.stages.locate import Locator
from todo_lint.traces import Trace, TraceCell, TraceKey, TraceRow

KeysOf = Callable[[Finding, Target], tuple[TraceKey, ...]]
"""Tells the values keys behind a field in a profile."""


def no_keys(finding: Finding, target: Target) -> tuple[TraceKey, ...]:
    """Of manifest files nobody knows what values they were made of."""
    return ()


_NOWHERE = Context("", ResourceSet(), "", {})
_PLACE = Rule("", "", Severity.NOTE, Subject.DIVERGENCE, "", lambda subject, context: iter(()))


def trace_of(chart: str, held: Held, locator: Locator, keys_of: KeysOf = no_keys) -> Trace | None:
    """The rows for all statements of a document; None where none was held against the chart."""
    if held.conformance is None or held.model is None:
        return None
    maker = _Maker(locator, keys_of)
    return Trace(chart, held.file, held.base, tuple(maker.row(judged) for judged in held.conformance.judged))


class _Maker:
    def __init__(self, locator: Locator, keys_of: KeysOf) -> None:
        self._locator = locator
        self._keys_of = keys_of

    def row(self, judged: Judged) -> TraceRow:
        statement = judged.statement
        reason = statement.hint if judged.verdict is Verdict.NOT_UNDERSTOOD else judged.reason
        cells = tuple(self._cells(judged))
        told = any(cell.message == reason for cell in cells)
        return TraceRow(
            statement.line,
            statement.text,
            statement.section,
            statement.subject,
            str(statement.attribute),
            statement.value,
            judged.verdict,
            "" if told else reason,
            cells,
        )

    def _cells(self, judged: Judged) -> Iterator[TraceCell]:
        """One cell for the profiles that agree on verdict, value and place."""
        alike: dict[tuple[object, ...], tuple[Outcome, list[str]]] = {}
        for profile, outcome in judged.outcomes.items():
            place = outcome.target.identity if outcome.target else None
            key = (outcome.verdict, outcome.actual, outcome.message, place)
            alike.setdefault(key, (outcome, []))[1].append(profile)
        for outcome, profiles in alike.values():
            yield self._cell(outcome, tuple(profiles))

    def _cell(self, outcome: Outcome, profiles: tuple[str, ...]) -> TraceCell:
        target = outcome.target
        shown = outcome.verdict not in (Verdict.HOLDS, Verdict.NOT_UNDERSTOOD)
        message = outcome.message if shown else ""
        if target is None:
            return TraceCell(profiles, outcome.verdict, message)
        defect = Defect("", target, profiles=profiles, excerpt=False)
        placed = self._locator.finding(defect, _PLACE, Severity.NOTE, _NOWHERE)
        path = format_route(target.route)
        return TraceCell(
            profiles, outcome.verdict, message, placed.resource, path, placed.location, self._keys(placed, target)
        )

    def _keys(self, placed: Finding, target: Target) -> tuple[TraceKey, ...]:
        if target.chart_file == "values.yaml":
            return (TraceKey(format_route(target.route), placed.location),)
        if target.resource is None or target.resource.source.layer is not Layer.RENDERED:
            return ()
        return self._keys_of(placed, target)
