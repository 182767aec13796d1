"""Outcomes of all profiles become one verdict a statement, and one divergence a cause.

The document describes the base profile. Where another profile's rendering differs from base because that
profile's own values say so, the statement is *overridden* and nothing is wrong. Outcomes that point at the same
field, that follow from the same missing or renamed entity, or that vanish together when one documented value is
put right, have one cause and become one divergence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from todo_lint.findings import Verdict
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Statement
from todo_lint.records import dataclass

Outcomes = tuple[Outcome, ...]
"""One outcome a statement, in the order of the document's statements."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """One way in which chart and document differ: the outcomes it explains, and the profiles that show it.

    ``primary`` is the outcome that names the cause best; ``outcomes`` holds it too, in the order of the lines.
    """

    primary: Outcome
    outcomes: Outcomes
    profiles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conformance:
    """What became of each statement, and the divergences among them."""

    statements: tuple[tuple[Statement, Verdict], ...]
    divergences: tuple[Divergence, ...]

    def count(self) -> dict[Verdict, int]:
        """How many statements ended in each verdict; the numbers add up to all statements."""
        counted = dict.fromkeys(Verdict, 0)
        for _, verdict in self.statements:
            counted[verdict] += 1
        return counted


@dataclass(frozen=True, slots=True)
class Reruns:
    """Further renderings, asked for only where something diverges. Each is None where the chart does not render.

    ``combined(profile)`` judges the base values with the profile's own values on top; ``mended(statement)`` the
    base values with the documented value of a values key.
    """

    combined: Callable[[str], Outcomes | None]
    mended: Callable[[Statement], Outcomes | None]


@dataclass(slots=True)
class _Entry:
    index: int
    outcome: Outcome
    profiles: list[str]


_WORST_FIRST = (
    Verdict.VIOLATED,
    Verdict.MISSING,
    Verdict.RENAMED,
    Verdict.OVERRIDDEN,
    Verdict.NOT_UNDERSTOOD,
    Verdict.NOT_CHECKABLE,
    Verdict.LATER,
    Verdict.HOLDS,
)


def compare(base: Outcomes, profiles: Mapping[str, Outcomes], reruns: Reruns) -> Conformance:
    """Merge the outcomes of all checked profiles.

    Args:
        base: the outcomes of the base profile, whether or not it is among the checked ones.
        profiles: the outcomes of each checked profile by its name.
        reruns: renders the chart again with changed values, to tell causes apart.
    """
    verdicts: list[set[Verdict]] = [set() for _ in base]
    entries: dict[tuple[int, Verdict, str], _Entry] = {}
    for profile, outcomes in profiles.items():
        for number, outcome in enumerate(outcomes):
            if outcome.diverges and _overridden(number, outcome, base[number], profile, reruns):
                verdicts[number].add(Verdict.OVERRIDDEN)
                continue
            verdicts[number].add(outcome.verdict)
            if outcome.diverges:
                key = (number, outcome.verdict, outcome.actual)
                entries.setdefault(key, _Entry(number, outcome, [])).profiles.append(profile)
    groups = _group(list(entries.values()), base, reruns)
    statements = tuple(
        (outcome.statement, min(found, key=_WORST_FIRST.index) if found else outcome.verdict)
        for outcome, found in zip(base, verdicts, strict=True)
    )
    return Conformance(statements, tuple(sorted(map(_divergence, groups), key=lambda d: d.primary.statement.line)))


def _overridden(number: int, outcome: Outcome, base: Outcome, profile: str, reruns: Reruns) -> bool:
    """Whether a divergence comes from the profile's own values: they cause it on top of the base values too."""
    if (outcome.verdict, outcome.actual) == (base.verdict, base.actual):
        return False
    combined = reruns.combined(profile)
    if combined is None:
        return False
    return (combined[number].verdict, combined[number].actual) == (outcome.verdict, outcome.actual)


def _group(entries: Sequence[_Entry], base: Outcomes, reruns: Reruns) -> Iterator[list[_Entry]]:
    """Put entries of one cause together (connected components of the pairs that share a cause)."""
    leader = list(range(len(entries)))

    def find(position: int) -> int:
        while leader[position] != position:
            position = leader[position]
        return position

    for one, other in _same_cause(entries, base, reruns):
        if set(entries[one].profiles) & set(entries[other].profiles):
            leader[find(one)] = find(other)
    groups: dict[int, list[_Entry]] = {}
    for position, entry in enumerate(entries):
        groups.setdefault(find(position), []).append(entry)
    yield from groups.values()


def _same_cause(entries: Sequence[_Entry], base: Outcomes, reruns: Reruns) -> Iterator[tuple[int, int]]:
    """Pairs of entries that have one cause."""
    first: dict[object, int] = {}
    for position, entry in enumerate(entries):
        for mark in _marks(entry.outcome):
            yield position, first.setdefault(mark, position)
    for position, entry in enumerate(entries):
        if entry.outcome.statement.kind is not Kind.VALUES or len(entries) == 1:
            continue
        mended = reruns.mended(entry.outcome.statement)
        for other, candidate in enumerate(entries):
            if mended and base[candidate.index].diverges and not mended[candidate.index].diverges:
                yield position, other


def _marks(outcome: Outcome) -> Iterator[object]:
    if outcome.target is not None and outcome.target.route:
        yield outcome.target.identity
    if outcome.entity:
        yield outcome.entity


def _divergence(group: list[_Entry]) -> Divergence:
    ordered = sorted(group, key=lambda entry: (entry.outcome.statement.line, entry.index))
    primary = min((entry.outcome for entry in ordered), key=_rank)
    profiles = dict.fromkeys(profile for entry in ordered for profile in entry.profiles)
    return Divergence(primary, tuple(entry.outcome for entry in ordered), tuple(profiles))


_TELLING = (Kind.SERVICE, Kind.DEPLOYMENT, Kind.CONFIG_MAP, Kind.SECRET, Kind.IMAGE, Kind.CHART)


def _rank(outcome: Outcome) -> tuple[int, bool, int, int]:
    """How well an outcome names the cause: the worst verdict, then the entity itself, then the first line."""
    kind = outcome.statement.kind
    telling = _TELLING.index(kind) if kind in _TELLING else len(_TELLING)
    follows = outcome.unreachable or (bool(outcome.entity) and outcome.statement.attribute != "name")
    return (_WORST_FIRST.index(outcome.verdict), follows, telling, outcome.statement.line)
