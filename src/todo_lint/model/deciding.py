"""From what a rendering has at the place that a statement speaks of, to the statement's verdict.

The checks say where to look; this says what the statement's modality makes of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from todo_lint.kubernetes.quantities import parse_quantity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.model.equality import same_shown
from todo_lint.model.evidence import Evidence, holds, missing, not_checkable, show, violated
from todo_lint.model.naming import fits
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Modality, Statement
from todo_lint.records import dataclass, replace

Same = Callable[[str, Json], bool]
"""Whether a stated text and a rendered value are the same."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value and where it stands; where Kubernetes fills it in, the place nearest to it."""

    value: Json
    target: Target


@dataclass(frozen=True, slots=True)
class Found:
    """What a rendering has where a statement looks.

    ``says`` is what the owner does with the values, with ``{}`` for them (``Service/web listens on port {}``),
    ``lacks`` what is said where there is none, ``absent`` the place that is pointed at then.
    """

    spots: tuple[Spot, ...]
    says: str
    lacks: str
    absent: Target


def decide(statement: Statement, found: Found, same: Same = same_shown, evidence: Evidence | None = None) -> Outcome:
    """The outcome of a statement for what was found.

    One fitting value is enough where there are several. An example states only that there is a value; what is
    auto-assigned may be left out; what is configurable must be movable by a key of the values, where that is known.
    """
    if not found.spots:
        return _absent(statement, found)
    for spot in found.spots:
        if matches(statement, spot.value, same):
            return _fixed(statement, spot, evidence) or holds(statement, spot.target)
    if statement.modality is Modality.EXAMPLE:
        return holds(statement, found.spots[0].target)
    values = [spot.value for spot in found.spots]
    actual = ", ".join(map(show, values))
    message = f"{found.says.replace('{}', actual)}; the document says {expected(statement)}"
    return violated(statement, message, values[0] if len(values) == 1 else values, found.spots[0].target)


def _absent(statement: Statement, found: Found) -> Outcome:
    if statement.modality is Modality.AUTO_ASSIGNED:
        return holds(statement, found.absent)
    if statement.modality is Modality.EXAMPLE:
        return not_checkable(statement, "an example, of something that the chart does not set")
    return missing(statement, f"{found.lacks}; the document says {expected(statement)}", found.absent)


def _fixed(statement: Statement, spot: Spot, evidence: Evidence | None) -> Outcome | None:
    """A value that the document calls configurable, and that no key of the values moves, is violated."""
    if statement.modality is not Modality.CONFIGURABLE or evidence is None:
        return None
    if evidence.moves(spot.target) is not False:
        return None
    name = spot.target.resource.ref if spot.target.resource else "the chart"
    message = f"no values key changes {show(spot.value)} in {name}; the document says that it is configurable"
    return replace(violated(statement, message, spot.value, spot.target), fixed=True)


def matches(statement: Statement, value: Json, same: Same) -> bool:
    """Whether a rendered value is one that the statement allows."""
    if statement.modality is Modality.ONE_OF:
        return any(same(alternative, value) for alternative in statement.alternatives)
    if statement.modality is Modality.RANGE:
        return within(statement.bounds, value)
    if statement.modality is Modality.PLACEHOLDER:
        return fits(statement.value, show(value))
    return not statement.value or same(statement.value, value)


def within(bounds: tuple[str, str], value: Json) -> bool:
    """Whether a value lies between two quantities, ends included; an empty end is open."""
    try:
        amount = parse_quantity(show(value).rstrip("%"))
        lower, upper = (parse_quantity(end.rstrip("%")) if end else None for end in bounds)
    except ValueError:
        return False
    return (lower is None or lower <= amount) and (upper is None or amount <= upper)


def expected(statement: Statement) -> str:
    """What a statement asks for, in words."""
    if statement.modality is Modality.ONE_OF:
        return " or ".join(statement.alternatives)
    if statement.modality is Modality.RANGE:
        lower, upper = statement.bounds
        if lower and upper:
            return f"{lower} to {upper}"
        return f"at least {lower}" if lower else f"at most {upper}"
    if statement.modality is Modality.AUTO_ASSIGNED and not statement.value:
        return "that the cluster assigns it"
    return statement.value or "that there is one"


def spots(values: Iterable[tuple[Json, Target]]) -> tuple[Spot, ...]:
    """Spots of all pairs of value and target whose value is there."""
    return tuple(Spot(value, target) for value, target in values if value is not None)
