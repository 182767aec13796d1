"""Outcomes of all profiles become one verdict a statement, and one divergence a cause.

The document describes the base profile. Where another profile's rendering differs from base because that
profile's own values say so, the statement is *overridden* and nothing is wrong. Outcomes that point at the same
field, that follow from the same missing or renamed entity, or that vanish together when one documented value is
put right, have one cause and become one divergence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from todo_lint.findings import Route, Verdict
from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource
from todo_lint.model.contradictions import Contradiction
from todo_lint.model.environments import is_environment
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import WORKLOADS, Kind, Prefix, Statement
from todo_lint.model.switches import switched_off
from todo_lint.records import dataclass, replace

Outcomes = tuple[Outcome, ...]
"""One outcome a statement, in the order of the document's statements."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """One way in which chart and document differ: the outcomes it explains, and the profiles that show it.

    ``primary`` is the outcome that names the cause best; ``outcomes`` holds it too, in the order of the lines.
    ``contradictions`` are those of the document in which one of the statements has a part, ``consequences`` what else
    is wrong in the rendering because of it, and where.
    """

    primary: Outcome
    outcomes: Outcomes
    profiles: tuple[str, ...]
    contradictions: tuple[Contradiction, ...] = ()
    consequences: tuple[tuple[str, Target], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a statement: its verdict in all, and its outcome in each profile in which it was judged."""

    statement: Statement
    verdict: Verdict
    outcomes: Mapping[str, Outcome]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conformance:
    """What became of each statement, and the divergences among them.

    ``contradictions`` are those of the document that no divergence takes in; ``ahead`` is what is stated for later,
    is rendered already and differs.
    """

    judged: tuple[Judged, ...]
    divergences: tuple[Divergence, ...]
    contradictions: tuple[Contradiction, ...] = ()
    ahead: tuple[Divergence, ...] = ()

    @property
    def statements(self) -> tuple[tuple[Statement, Verdict], ...]:
        """Each statement with its verdict."""
        return tuple((judged.statement, judged.verdict) for judged in self.judged)

    def count(self) -> dict[Verdict, int]:
        """How many statements ended in each verdict; the numbers add up to all statements."""
        counted = dict.fromkeys(Verdict, 0)
        for _, verdict in self.statements:
            counted[verdict] += 1
        return counted


Places = frozenset[tuple[str, Route]]
"""Fields of a rendering: the resource in words, and the route."""


@dataclass(frozen=True, slots=True)
class Reruns:
    """Further renderings, asked for only where something diverges. Each is None where the chart does not render.

    ``combined(profile)`` judges the base values with the profile's own values on top; ``mended(statements)`` the
    base values with the documented values of values keys. ``secret(profile, outcome)`` tells whether what a profile
    has at an outcome's place holds the value of a Secret: no value that is given makes that right.
    ``puts(statements)`` tells, for statements on values keys, the places in the base rendering that each key puts
    something into, as far as one rendering shows that.
    """

    combined: Callable[[str], Outcomes | None]
    mended: Callable[[Sequence[Statement]], Outcomes | None]
    secret: Callable[[str, Outcome], bool] = lambda profile, outcome: False
    puts: Callable[[Sequence[Statement]], Sequence[Places]] = lambda statements: [frozenset() for _ in statements]


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


@dataclass(frozen=True, slots=True)
class Rendering:
    """The outcomes of one checked profile.

    ``own`` are the scalars among the profile's own values, as text: what they set need not be as stated for later.

    ``names`` are what tells of an environment: the profile's name and its values files. ``bound``: the profile is
    looked at only for the statements of its environment.
    """

    outcomes: Outcomes
    names: tuple[str, ...] = ()
    bound: bool = False
    own: frozenset[str] = frozenset()

    def tells_of(self, statement: Statement) -> bool:
        """Whether a statement is to be held against this profile."""
        if not statement.environment:
            return not self.bound
        return is_environment(statement.environment, *self.names)


def compare(
    base: Outcomes,
    profiles: Mapping[str, Rendering],
    reruns: Reruns,
    contradictions: Iterable[Contradiction] = (),
) -> Conformance:
    """Merge the outcomes of all checked profiles.

    Args:
        base: the outcomes of the base profile, whether or not it is among the checked ones.
        profiles: the outcomes of each checked profile by its name.
        reruns: renders the chart again with changed values, to tell causes apart.
        contradictions: where the document contradicts itself.
    """
    found: list[dict[str, Outcome]] = [{} for _ in base]
    entries: dict[tuple[int, Verdict, str], _Entry] = {}
    off = switched_off(base, reruns.mended)
    for profile, rendering in profiles.items():
        for number, told in enumerate(rendering.outcomes):
            if not rendering.tells_of(told.statement):
                continue
            outcome = off[number] if number in off and told.verdict is base[number].verdict else told
            own = outcome.diverges and not outcome.statement.environment
            if own and _overridden(number, outcome, base[number], profile, reruns):
                found[number][profile] = replace(outcome, verdict=Verdict.OVERRIDDEN)
                continue
            found[number][profile] = outcome
            if outcome.diverges:
                key = (number, outcome.verdict, outcome.actual)
                entries.setdefault(key, _Entry(number, outcome, [])).profiles.append(profile)
    ahead = _ahead(profiles)
    groups = _group(list(entries.values()), base, reruns)
    judged = tuple(_judged(outcome, of) for outcome, of in zip(base, found, strict=True))
    divergences = sorted(map(_divergence, groups), key=lambda divergence: divergence.primary.statement.line)
    return replace(_with_contradictions(judged, divergences, tuple(contradictions)), ahead=ahead)


def _ahead(profiles: Mapping[str, Rendering]) -> tuple[Divergence, ...]:
    """What is stated for later and rendered differently, by statement, field and value."""
    found: dict[tuple[object, ...], _Entry] = {}
    for profile, rendering in profiles.items():
        for number, outcome in enumerate(rendering.outcomes):
            if outcome.ahead and outcome.actual not in rendering.own and rendering.tells_of(outcome.statement):
                found.setdefault((number, outcome.actual), _Entry(number, outcome, [])).profiles.append(profile)
    return tuple(_divergence([entry]) for entry in found.values())


def _judged(base: Outcome, found: Mapping[str, Outcome]) -> Judged:
    """The verdict on a statement: its worst in any profile."""
    statement = base.statement
    if found:
        worst = min(found.values(), key=lambda outcome: _WORST_FIRST.index(outcome.verdict))
        return Judged(worst.statement, worst.verdict, found, worst.message)
    if not statement.environment or base.verdict in (Verdict.LATER, Verdict.NOT_UNDERSTOOD):
        return Judged(statement, base.verdict, {}, base.message)
    reason = f"no profile is that of {statement.environment}; profiles in the configuration add one"
    return Judged(statement, Verdict.NOT_CHECKABLE, {}, reason)


def _with_contradictions(
    judged: tuple[Judged, ...], divergences: Sequence[Divergence], contradictions: Sequence[Contradiction]
) -> Conformance:
    """Contradictions go with the divergences of their statements; the others stand by themselves."""
    taken: set[int] = set()
    merged = []
    for divergence in divergences:
        mine = {id(outcome.statement) for outcome in divergence.outcomes}
        own = [c for c in contradictions if any(id(s) in mine for s in c.statements) and id(c) not in taken]
        taken.update(map(id, own))
        merged.append(replace(divergence, contradictions=tuple(own)))
    rest = tuple(c for c in contradictions if id(c) not in taken)
    return Conformance(judged, tuple(merged), rest)


def _overridden(number: int, outcome: Outcome, base: Outcome, profile: str, reruns: Reruns) -> bool:
    """Whether a divergence comes from the profile's own values: they cause it on top of the base values too."""
    if (outcome.verdict, outcome.actual) == (base.verdict, base.actual):
        return False
    combined = reruns.combined(profile)
    if combined is None or reruns.secret(profile, outcome):
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
    yield from _by_values(entries, base, reruns)


def _by_values(entries: Sequence[_Entry], base: Outcomes, reruns: Reruns) -> Iterator[tuple[int, int]]:
    """Pairs of a values key and an entry that its documented value puts right.

    However many keys differ, two renderings tell them apart for the most part: one with all documented values, and
    one that shows what each key is written to. Only for what these leave open each key is tried by itself.
    """
    keys = [position for position, entry in enumerate(entries) if entry.outcome.statement.kind is Kind.VALUES]
    if not keys or len(entries) == 1:
        return
    wanted = [entries[position].outcome.statement for position in keys]
    together = reruns.mended(wanted)
    left = range(len(entries)) if together is None else _put_right(entries, base, together)
    if together is not None and len(keys) == 1:
        yield from ((keys[0], other) for other in left)
        return
    placed = dict(zip(keys, reruns.puts(wanted), strict=True)) if left else {}
    related = _related_keys({entries[key].outcome.statement.attribute: key for key in placed})
    every = sorted(placed, key=lambda key: bool(placed[key]))  # what shows nothing may decide something
    alone: dict[int, frozenset[int]] = {}
    for other in left:
        target = entries[other].outcome.target
        shown = [key for key, places in placed.items() if _is_at(target, places)] if target is not None else []
        if together is not None and len(shown) == 1:
            yield shown[0], other
            continue
        for key in shown or (related.get(other, []) if other in placed else every):
            if key not in alone:
                mended = reruns.mended([entries[key].outcome.statement])
                alone[key] = frozenset(_put_right(entries, base, mended) if mended is not None else ())
            if other in alone[key]:
                yield key, other
                break


def _related_keys(keys: Mapping[str, int]) -> dict[int, list[int]]:
    """For each values key those above and below it: ``web`` and ``web.port``. No other has a say in its value."""
    related: dict[int, list[int]] = {}
    for key, number in keys.items():
        above = key.rpartition(".")[0]
        while above:
            if (found := keys.get(above)) is not None:
                related.setdefault(number, []).append(found)
                related.setdefault(found, []).append(number)
            above = above.rpartition(".")[0]
    return related


def _put_right(entries: Sequence[_Entry], base: Outcomes, mended: Outcomes) -> list[int]:
    """The entries that a rendering with documented values no longer has."""
    return [
        position
        for position, entry in enumerate(entries)
        if base[entry.index].diverges and not mended[entry.index].diverges
    ]


def _is_at(target: Target, places: Places) -> bool:
    """Whether one of some places is where an outcome is, or in it or around it."""
    if target.resource is None or not target.route:
        return False
    return any(
        resource == str(target.resource.ref) and (route[: len(target.route)] == target.route[: len(route)])
        for resource, route in places
    )


def _marks(outcome: Outcome) -> Iterator[object]:
    if outcome.target is not None and outcome.target.route:
        # What is missing has no place of its own: two things can be missing from the same one.
        missing = outcome.verdict is Verdict.MISSING
        yield (outcome.target.identity, _what(outcome)) if missing else outcome.target.identity
    if outcome.verdict in (Verdict.VIOLATED, Verdict.MISSING) and not outcome.entity:
        # One line may say it of several, *Both containers run as user 1000*: if all differ alike, the line is wrong.
        said = outcome.statement
        listed = said.attribute.startswith((Prefix.MOUNT, Prefix.VOLUME))  # beside which each may have others
        yield said.line, said.kind, said.attribute, said.value, "" if listed else outcome.actual
    if outcome.target is not None and outcome.target.place is not None:
        yield outcome.target.place  # a line of a file beside the chart
    if outcome.entity:
        yield outcome.entity
    resource = outcome.target.resource if outcome.target is not None else None
    if resource is not None and _lacks_pods(resource):
        yield "no container", str(resource.ref)
    if resource is not None and outcome.statement.kind in WORKLOADS and resource.ref.kind != outcome.statement.kind:
        yield outcome.statement.subject  # what it has differently comes of its kind


def _lacks_pods(resource: Resource) -> bool:
    """Whether a workload has no container at all: then all that is stated of one is wrong for that reason."""
    return resource.ref.kind in WORKLOADS and not any(containers(resource))


_BLOCKS = (Prefix.LIVENESS, Prefix.READINESS, Prefix.STARTUP, Prefix.SECURITY_CONTEXT, "resources.")
"""Attributes that are a route in the container: where a block of it is missing, all that is stated in it is."""


def _what(outcome: Outcome) -> str:
    """What an outcome misses: the attribute, for a variable's value and source the variable, or the whole block."""
    attribute = outcome.statement.attribute
    if attribute.startswith(Prefix.ENV_SOURCE):
        return f"{Prefix.ENV}{attribute.removeprefix(Prefix.ENV_SOURCE)}"
    if attribute.startswith(Prefix.DEPENDENCY) and outcome.target and outcome.target.route == ("dependencies",):
        return attribute.removeprefix(Prefix.DEPENDENCY).partition(".")[0]  # all of one that is not there at all
    if attribute.startswith(Prefix.PROBE):
        return Prefix.PROBE
    if not attribute.startswith(_BLOCKS) or outcome.target is None:
        return attribute
    steps, route = attribute.split("."), outcome.target.route
    there = next((n for n in range(len(steps), 0, -1) if route[-n:] == tuple(steps[:n])), 0)
    return ".".join(steps[: there + 1])


def _divergence(group: list[_Entry]) -> Divergence:
    ordered = sorted(group, key=lambda entry: (entry.outcome.statement.line, entry.index))
    primary = min((entry.outcome for entry in ordered), key=_rank)
    profiles = dict.fromkeys(profile for entry in ordered for profile in entry.profiles)
    return Divergence(primary, tuple(entry.outcome for entry in ordered), tuple(profiles))


_TELLING: tuple[str, ...] = (
    *(Kind.SERVICE, *WORKLOADS, Kind.INGRESS, Kind.CONFIG_MAP, Kind.SECRET, Kind.IMAGE, Kind.CHART),
)


def _rank(outcome: Outcome) -> tuple[int, bool, int, int]:
    """How well an outcome names the cause: the worst verdict, then the entity itself, then the first line."""
    kind = outcome.statement.kind
    telling = _TELLING.index(kind) if kind in _TELLING else len(_TELLING)
    follows = outcome.unreachable or (bool(outcome.entity) and outcome.statement.attribute != "name")
    return (_WORST_FIRST.index(outcome.verdict), follows, telling, outcome.statement.line)
