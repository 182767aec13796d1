"""How the conformance rules turn a divergence into a defect."""

from __future__ import annotations

from todo_lint.findings import Layer, Location, Severity, StatementRef, Verdict
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Statement
from todo_lint.rules.api import Context, Defect, Place


def statement_place(statement: Statement, context: Context) -> Location:
    """The line of the document that holds a statement."""
    return Location(context.data_model, statement.line, statement.column, Layer.DOCUMENT)


def defect_of(
    divergence: Divergence,
    context: Context,
    hint: str = "",
    *,
    severity: Severity | None = None,
    excerpt: bool = True,
) -> Defect:
    """A defect at the field that differs (at the document's line where nothing is rendered).

    It lists every statement that the divergence explains, each line once, and relates the values keys involved.
    """
    primary = divergence.primary
    place: Place = primary.target or statement_place(primary.statement, context)
    refs = {
        (outcome.statement.line, outcome.verdict): StatementRef(
            context.data_model, outcome.statement.line, outcome.statement.text, outcome.verdict
        )
        for outcome in _once_a_line(divergence.outcomes)
    }
    related = tuple(
        (outcome.message, outcome.target)
        for outcome in divergence.outcomes
        if outcome.statement.kind is Kind.VALUES and outcome.target and outcome is not primary
    )
    return Defect(
        primary.message,
        place,
        hint,
        severity=severity,
        related=related,
        statements=tuple(refs.values()),
        profiles=divergence.profiles,
        excerpt=excerpt,
    )


def _once_a_line(outcomes: tuple[Outcome, ...]) -> list[Outcome]:
    """One outcome for each line of the document: its worst."""
    worst = (Verdict.VIOLATED, Verdict.MISSING, Verdict.RENAMED)
    by_line: dict[int, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda o: worst.index(o.verdict)):
        by_line.setdefault(outcome.statement.line, outcome)
    return [by_line[line] for line in sorted(by_line)]
