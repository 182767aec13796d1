"""How the conformance rules turn a divergence into a defect."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity, StatementRef, Verdict
from todo_lint.model.contradictions import Contradiction
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Kind, Modality, Prefix, Statement
from todo_lint.rules.api import Context, Defect, Place, Repair, Subject


def is_plain(divergence: Divergence) -> bool:
    """Whether something differs or is not there, and neither a whole entity nor an address explains it."""
    primary = divergence.primary
    return primary.verdict is not Verdict.RENAMED and not primary.entity and not primary.unreachable


def subject_of(divergence: Divergence) -> Subject:
    """Which rules speak of a divergence."""
    if divergence.primary.fixed:
        return Subject.FIXED
    return Subject.DEFAULT if _is_default(divergence) else Subject.DIVERGENCE


def _is_default(divergence: Divergence) -> bool:
    """Whether it is about a key of the values: one called ``replicas`` or ``port`` is no field of a resource."""
    return divergence.primary.statement.kind == Kind.VALUES and is_plain(divergence)


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
        if outcome.target and outcome is not primary and (_of_values(outcome) or _is_elsewhere(outcome, primary))
    )
    against: tuple[tuple[str, Place], ...] = tuple(
        (contradiction.message, statement_place(statement, context))
        for contradiction in divergence.contradictions
        for statement in _others(contradiction, divergence)
    )
    return Defect(
        primary.message,
        place,
        hint,
        severity=severity,
        related=(*related, *divergence.consequences, *against),
        statements=tuple(refs.values()),
        profiles=tuple(filter(None, divergence.profiles)),  # manifests are of none
        excerpt=excerpt,
        repairs=tuple(_repairs(divergence)),
    )


_ONE_VALUE = (Modality.REQUIRED, Modality.CONFIGURABLE, Modality.DEFAULT)
_WHOLE_VALUES = frozenset(
    {
        Attribute.TYPE,
        Attribute.PORT,
        Attribute.TARGET_PORT,
        Attribute.NODE_PORT,
        Attribute.CONTAINER_PORT,
        Attribute.REPLICAS,
        Attribute.IMAGE,
        Attribute.IMAGE_PULL_POLICY,
        Attribute.REQUESTS_CPU,
        Attribute.REQUESTS_MEMORY,
        Attribute.LIMITS_CPU,
        Attribute.LIMITS_MEMORY,
        Attribute.MIN_REPLICAS,
        Attribute.MAX_REPLICAS,
        Attribute.SIZE,
        Attribute.SCHEDULE,
    }
)
"""The attributes whose stated value is the whole text of a field."""
_WHOLE_BY_PREFIX = tuple(
    prefix + field
    for prefix in (Prefix.LIVENESS, Prefix.READINESS, Prefix.STARTUP)
    for field in ("path", "port", "initialDelaySeconds", "periodSeconds", "timeoutSeconds", "failureThreshold")
)


def _repairs(divergence: Divergence) -> Iterator[Repair]:
    """The values that would be right: what the document states as one value, of what is there and is no secret."""
    for outcome in divergence.outcomes:
        statement = outcome.statement
        plain = (
            statement.kind == Kind.VALUES
            or statement.attribute in _WHOLE_VALUES
            or statement.attribute.startswith(_WHOLE_BY_PREFIX)
            or (statement.kind == Kind.CONFIG_MAP and statement.attribute.startswith(Prefix.DATA))
        )
        differs = outcome.verdict is Verdict.VIOLATED and not (outcome.unreachable or outcome.entity or outcome.fixed)
        if plain and differs and statement.modality in _ONE_VALUE and statement.value and outcome.target:
            yield Repair(outcome.target, statement.value)


def _others(contradiction: Contradiction, divergence: Divergence) -> list[Statement]:
    """The statements of a contradiction that are no part of a divergence; its last one where all are."""
    mine = [outcome.statement for outcome in divergence.outcomes]
    others = [s for s in contradiction.statements if not any(s is own for own in mine)]
    return others or list(contradiction.statements[-1:])


def contradiction_defect(contradiction: Contradiction, context: Context, hint: str) -> Defect:
    """A defect of the document: at the later line, with the earlier ones related."""
    *earlier, last = contradiction.statements
    refs = tuple(StatementRef(context.data_model, s.line, s.text, Verdict.VIOLATED) for s in contradiction.statements)
    related = tuple((f"line {s.line} states it first", statement_place(s, context)) for s in earlier)
    return Defect(contradiction.message, statement_place(last, context), hint, related=related, statements=refs)


def _of_values(outcome: Outcome) -> bool:
    return outcome.statement.kind == Kind.VALUES


def _is_elsewhere(outcome: Outcome, primary: Outcome) -> bool:
    """Whether an outcome is of the line of the primary one, and of another resource: said of *both*."""
    mine, its = primary.target, outcome.target
    same = (outcome.statement.line, outcome.statement.attribute) == (
        primary.statement.line,
        primary.statement.attribute,
    )
    return same and bool(mine and its and mine.resource and its.resource) and mine != its


def _once_a_line(outcomes: tuple[Outcome, ...]) -> list[Outcome]:
    """One outcome for each line of the document: its worst."""
    worst = (Verdict.VIOLATED, Verdict.MISSING, Verdict.RENAMED, Verdict.LATER)
    by_line: dict[int, Outcome] = {}
    for outcome in sorted(outcomes, key=lambda o: worst.index(o.verdict)):
        by_line.setdefault(outcome.statement.line, outcome)
    return [by_line[line] for line in sorted(by_line)]
