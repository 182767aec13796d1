"""Findings that one line of the chart causes become one, which lists the others.

A label that a named template writes into every object, or an object that a `range` writes many times, is wrong once,
in one line. So are names that grow with the release's: one helper makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from todo_lint.findings import Finding, Layer, Location, Related
from todo_lint.helm.checks import MAX_RELEASE_NAME
from todo_lint.patterns import pattern
from todo_lint.records import replace
from todo_lint.stages.locate import AS_RENDERED, WRITTEN_BY

MOST_LISTED = 8
_FAMILIES = frozenset({"kubernetes", "podsecurity", "graph"})
"""Families of rules whose findings are gathered."""
_MISSPELT = "unknown-field"
_NOT_THERE = pattern(r" refers to (\S+), which is not rendered")
_LONG = "name-exceeds-limit"
_FROM_LENGTH = pattern(r"where the release's name has (\d+) characters")
_FROM_VALUES = " comes from the values key "
"""What is said of a values key that puts a value there; it does not matter which profile shows it."""
_INCLUDE_ALONE = pattern(
    r"""\s*(?:-\s+)?(?:[\w.$/"'-]+:\s*)?["']?\{\{-?\s*(?:include|template)\b[^{}]*\}\}["']?\s*(?:\#.*)?"""
)
"""A template line whose value an include writes alone: nothing but a key stands beside it."""


def gather(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those with one cause made one; the first of them says where, and what it concerns besides.

    Only what is placed in a template is gathered, and nothing that can be fixed or is about a statement.
    """
    by_cause = [_one(group) for group in grouped(findings, _cause)]
    return [_one(group) for group in grouped(by_cause, _lacking)]


def grouped(
    findings: Iterable[Finding], cause: Callable[[Finding], tuple[object, ...] | None]
) -> Iterator[list[Finding]]:
    """The findings by what they have in common, in the order of the first of each; alone where that is None."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        groups.setdefault(cause(finding) or number, []).append(finding)
    yield from groups.values()


def _lacking(finding: Finding) -> tuple[object, ...] | None:
    """What a finding about a reference says that nobody renders: it is lacking once, whoever refers to it."""
    wanted = _NOT_THERE.search(finding.message)
    if wanted is None or finding.statements or finding.location.layer is not Layer.TEMPLATE:
        return None
    return (finding.rule, finding.severity, finding.kubernetes, wanted[1])


def _cause(finding: Finding) -> tuple[object, ...] | None:
    """What findings with one cause have in common, such as the values keys; None for one that stands alone."""
    place = finding.location
    if finding.rule == _LONG:
        return (finding.rule, finding.severity)  # those of one chart, with its subcharts, come together
    if place.layer is not Layer.TEMPLATE or place.line is None or finding.fix:
        return None
    if finding.statements and finding.rule != _MISSPELT:
        return None
    common = (finding.rule, finding.severity, finding.kubernetes)
    if not finding.path or _family(finding.rule) not in _FAMILIES:
        return None
    written = _helper(finding) or place
    keys = tuple(related for related in finding.related if _FROM_VALUES in related.message)
    if finding.rule == _MISSPELT and written is not place:
        keys = ()  # it is the field that is wrong, and not what stands in it
    return (*common, keys, written.file, written.line, finding.path.rpartition(".")[2])


def _helper(finding: Finding) -> Location | None:
    """The line of a named template that wrote the whole of what is wrong."""
    if _family(finding.rule) not in _FAMILIES:
        return None
    if finding.excerpt is not None and not _INCLUDE_ALONE.fullmatch(finding.excerpt):
        return None
    return next((related.location for related in finding.related if related.message == WRITTEN_BY), None)


def _family(rule: str) -> str:
    from todo_lint.rules.registry import all_rules

    return next((known.family for known in all_rules() if known.id == rule), "")


def _one(group: list[Finding]) -> Finding:
    first, *others = sorted(group, key=_length) if group[0].rule == _LONG else group
    if not others:
        return first
    profiles = tuple(dict.fromkeys(profile for finding in group for profile in finding.profiles))
    shown = (*_here(first), *(_listed(other, first) for other in others[:MOST_LISTED]))
    refs = {(ref.file, ref.line): ref for finding in group for ref in finding.statements}
    gathered = replace(
        first,
        message=_message(first, others),
        profiles=profiles,
        related=shown,
        statements=tuple(refs[place] for place in sorted(refs)),
    )
    helper = _helper(first)
    if helper is None:
        return gathered
    text = next(related.excerpt for related in first.related if related.message == WRITTEN_BY)
    kept = tuple(related for related in shown if related.message != WRITTEN_BY)
    excerpt = text if any(finding.excerpt for finding in group) else None
    included = Related("it is included here", first.location)
    return replace(gathered, location=helper, excerpt=excerpt, related=(included, *kept))


def _length(finding: Finding) -> int:
    """From which length of the release's name on a name is too long; those of which it is not known come last."""
    found = _FROM_LENGTH.search(finding.message)
    return int(found[1]) if found else MAX_RELEASE_NAME


def _here(first: Finding) -> Iterator[Related]:
    """What the first finding relates; the lines as rendered are of little use where there are many."""
    return (related for related in first.related if not related.message.startswith(AS_RENDERED))


def _message(first: Finding, others: list[Finding]) -> str:
    what = "name" if first.rule == _LONG else "place"
    are = "is" if len(others) == 1 else "are"
    more = f"{len(others)} more {what}{'' if len(others) == 1 else 's'}"
    return f"{first.message} ({more} {are} too long)" if first.rule == _LONG else f"{first.message} (and in {more})"


def _listed(other: Finding, first: Finding) -> Related:
    """Another finding of the group as a further place; where the template line is the same, as rendered."""
    location = other.location
    if location == first.location:
        location = next((r.location for r in other.related if r.message.startswith(AS_RENDERED)), location)
    message = other.message
    if other.rule == _LONG:
        message = message.partition(": ")[0]
    return Related(message, location)
