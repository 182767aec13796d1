"""The findings of one input in their last form: equal ones merged, accepted ones taken out and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from todo_lint.config import Ignored
from todo_lint.findings import Finding, Severity, VersionRange
from todo_lint.patterns import pattern
from todo_lint.records import replace
from todo_lint.stages.unit_result import UnitResult
from todo_lint.stages.versions import Versions

_PLACE_IN_LIST = pattern(r"\[\d+\]")


def settle(
    unit: UnitResult, ignored: Sequence[Ignored], severities: Mapping[str, Severity | None] | None = None
) -> UnitResult:
    """The unit with equal findings of several profiles and versions made one, and the accepted ones taken out.

    What holds for older Kubernetes versions only is a note where nobody said that they are meant, unless
    ``severities`` has the rule.
    """
    merged = list(merge(unit.findings, unit.versions))
    if not unit.versions.stated:
        merged = [_softened(finding, severities or {}) for finding in merged]
    kept = [finding for finding in merged if not any(entry.covers(finding) for entry in ignored)]
    gathered = _gathered(_joined(kept, severities or {}))
    return replace(unit, findings=tuple(gathered), suppressed=len(merged) - len(kept))


def _joined(findings: list[Finding], severities: Mapping[str, Severity | None]) -> list[Finding]:
    """The findings, those that follow from another one told with it; imported only where there are several."""
    if len(findings) < 2:
        return findings
    from todo_lint.stages.one_cause import one_cause

    return one_cause(findings, severities)


def _gathered(findings: list[Finding]) -> list[Finding]:
    """The findings, those with one cause made one; imported only where a rule has found several things, or a key
    stands twice."""
    rules = {finding.rule for finding in findings}
    if len(rules) == len(findings) and "duplicate-key" not in rules:
        return findings
    from todo_lint.stages.gather import gather
    from todo_lint.stages.misplaced import join_misplaced

    return gather(join_misplaced(findings))


def _softened(finding: Finding, severities: Mapping[str, Severity | None]) -> Finding:
    if finding.kubernetes.until is None or finding.rule in severities:
        return finding
    return replace(finding, severity=Severity.NOTE)


def merge(findings: Iterable[Finding], versions: Versions) -> Iterator[Finding]:
    """Findings that differ only in their profiles and versions, and in where the rendered text has the line, are one.

    A finding says since or until when it holds where that is not for all versions that are checked; one that holds,
    does not hold and holds again stays two. Where it matters more in some versions than in others, the most counts.
    What is wrong in all of them, only by another rule of the server, is said as in the newest; and what stands at
    another place of a list in each profile, since other items stand before it, is one.
    """
    groups: dict[Finding, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.shared, []).append(finding)
    order = tuple(dict.fromkeys((*versions.refused, *versions.checked)))
    ordered = sorted(order, key=_minor)
    unknown = frozenset(number for number, version in enumerate(ordered) if version in versions.unrendered)
    merged = [finding for group in groups.values() for finding in _merge_group(group, ordered, unknown)]
    yield from _without_shifts(_without_rewordings(merged, ordered))


def _without_rewordings(findings: list[Finding], order: list[str]) -> Iterator[Finding]:
    """The findings, those of one rule and field in neighbouring versions made one, in the words of the newest."""
    by_place: dict[object, list[Finding]] = {}
    for finding in findings:
        by_place.setdefault(_field(finding), []).append(finding)
    for group in by_place.values():
        yield from _reworded(group, order) if len(group) == 2 else group


def _field(finding: Finding) -> object:
    """What findings of one rule and field have in common that hold for some versions only; others stand alone."""
    if finding.kubernetes.since is None and finding.kubernetes.until is None:
        return id(finding)
    shared = finding.shared
    return (finding.rule, shared.location, shared.resource, finding.path, finding.profiles)


def _reworded(group: list[Finding], order: list[str]) -> Iterator[Finding]:
    old, new = sorted(group, key=lambda one: _covered(one.kubernetes, order).start)
    if _covered(old.kubernetes, order).stop != _covered(new.kubernetes, order).start:
        yield from group
        return
    span = VersionRange(old.kubernetes.since, new.kubernetes.until)
    yield replace(new, severity=max(old.severity, new.severity), kubernetes=span)


def _without_shifts(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, those made one that differ only in their profiles and in the places in lists."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        path = _PLACE_IN_LIST.sub("[]", finding.path) if finding.path and finding.profiles else None
        key = (replace(finding.shared, path=path), finding.kubernetes) if path else id(finding)
        same = groups.setdefault(key, [])
        met = next((n for n, other in enumerate(same) if not {*other.profiles} & {*finding.profiles}), None)
        if met is None or not finding.profiles:
            same.append(finding)
        else:
            same[met] = replace(same[met], profiles=(*same[met].profiles, *finding.profiles))
    for same in groups.values():
        yield from same


def _severity(finding: Finding) -> Severity:
    return finding.severity


def _minor(version: str) -> int:
    return int(version.partition(".")[2])


def _merge_group(group: list[Finding], order: list[str], unknown: frozenset[int]) -> Iterator[Finding]:
    """Merge findings that are the same but for profiles and versions; the first shows where it is.

    ``unknown`` are the numbers of the versions of which nothing is known: they part no findings.
    """
    first = max(group, key=_severity)
    if all(finding.kubernetes.since is None for finding in group):
        yield replace(first, profiles=_profiles(group))
        return
    found: dict[tuple[str, ...], set[int]] = {}
    for finding in group:
        found.setdefault(finding.profiles, set()).update(_covered(finding.kubernetes, order))
    by_range: dict[tuple[int, int], list[Finding]] = {}
    for profiles, covered in found.items():
        for run in _runs(covered, unknown):
            shown = max((f for f in group if f.profiles == profiles), key=_severity)
            by_range.setdefault(run, []).append(shown)
    for (oldest, newest), same in by_range.items():
        span = VersionRange(
            None if oldest == 0 else order[oldest], None if newest == len(order) - 1 else order[newest]
        )
        yield replace(max(same, key=_severity), profiles=_profiles(same), kubernetes=span)


def _profiles(group: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(profile for finding in group for profile in finding.profiles))


def _covered(span: VersionRange, order: list[str]) -> range:
    """The numbers, in the order of versions, for which a finding holds; without bounds all."""
    oldest = order.index(span.since) if span.since else 0
    newest = order.index(span.until) if span.until else len(order) - 1
    return range(oldest, newest + 1)


def _runs(numbers: Iterable[int], unknown: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run of numbers that is broken by nothing, or only by ``unknown`` ones."""
    start: int | None = None
    before = -2
    for number in sorted(numbers):
        if start is None or not unknown.issuperset(range(before + 1, number)):
            if start is not None:
                yield start, before
            start = number
        before = number
    if start is not None:
        yield start, before
