"""What the document states of a part that is switched off, as the document itself says.

A document says that `mcp.enabled` is false by default, and what the part has once it is on. The default rendering
lacks that part, and has to: such statements are held against the rendering with the switch turned on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from todo_lint.findings import Verdict
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Prefix, Statement
from todo_lint.patterns import pattern
from todo_lint.records import replace

_SWITCH = pattern(r"(?:\A|\.)(?:enabled?|create|install|deploy(?:ed)?|\w+Enabled)\Z")
MOST = 24
"""No more switches are tried: each is a rendering."""

Mended = Callable[[Sequence[Statement]], "tuple[Outcome, ...] | None"]
"""Judges the base values with the values that some statements on values keys have."""


def switched_off(base: Sequence[Outcome], mended: Mended) -> Mapping[int, Outcome]:
    """The outcomes that stand in the place of those whose part is off, by their numbers.

    Args:
        base: the outcomes of the base profile.
        mended: renders with other values, and judges; None where the chart does not render with them.

    Only a switch is tried that the document states to be false and that is false. What is there once it is on and
    as stated cannot be checked in the default rendering; what is there and differs stays wrong, and says so.
    """
    lacking = {number for number, outcome in enumerate(base) if _lacks(outcome)}
    found: dict[int, Outcome] = {}
    for switch in _switches(base) if lacking else ():
        turned_on = mended([replace(switch, value="true")])
        outcomes = enumerate(turned_on or ())
        found |= {n: told for n, on in outcomes if n in lacking and (told := _with(switch, base[n], on))}
        lacking -= set(found)
        if not lacking:
            break
    return found


def _lacks(outcome: Outcome) -> bool:
    return outcome.verdict is Verdict.MISSING and outcome.statement.kind not in (Kind.VALUES, Kind.CHART, Kind.IMAGE)


def _switches(base: Sequence[Outcome]) -> Iterator[Statement]:
    """The statements on switches that are off, as stated; those of parts that no other part is in come first."""
    off = {
        outcome.statement.attribute: outcome.statement
        for outcome in base
        if outcome.statement.kind == Kind.VALUES
        and outcome.verdict is Verdict.HOLDS
        and outcome.statement.value == "false"
        and not outcome.statement.environment
        and _SWITCH.search(outcome.statement.attribute)
    }
    yield from sorted(off.values(), key=lambda switch: (switch.attribute.count("."), switch.line))[:MOST]


def _with(switch: Statement, off: Outcome, on: Outcome) -> Outcome | None:
    """The outcome of a statement whose part a switch turns on; None where it makes no difference to it."""
    if on.verdict is Verdict.HOLDS or (on.verdict is Verdict.RENAMED and off.entity):
        statement = off.statement
        what = (
            statement.subject
            if off.entity
            else f"{statement.attribute.removeprefix(Prefix.DATA)} of the {statement.subject}"
        )
        reason = f"{what} is there only with {switch.attribute}, which is false as line {switch.line} says"
        return replace(off, verdict=Verdict.NOT_CHECKABLE, message=reason, target=None, entity=what)
    if off.entity and on.diverges and not on.entity:
        return replace(on, message=f"with {switch.attribute}, {on.message}", target=None)
    return None
