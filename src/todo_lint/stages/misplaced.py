"""Fields that one line of a template writes where none of them belongs: its block is indented wrongly, one finding.

``{{- include "app.labels" . | nindent 2 }}`` puts each label into ``metadata`` itself. A field that nearly has the
name of one that belongs there is misspelt, and is a finding of its own. A key that stands twice since two such blocks
bring it is no further finding.
"""

from __future__ import annotations

from collections.abc import Iterable

from todo_lint.findings import Finding, Layer, Location, Related
from todo_lint.patterns import pattern
from todo_lint.records import replace
from todo_lint.stages.gather import MOST_LISTED, grouped
from todo_lint.stages.locate import AS_RENDERED, WRITTEN_BY

_RULES = frozenset({"unknown-field", "invalid-quantity"})
"""What Kubernetes says of a block in the wrong place: the field is not known, or stands among amounts."""
_MISSPELT = "did you mean"
_LAST = pattern(r"^(?P<parent>.*?)(?:\.?[^.\[\]]+|\[[^\]]*\])$")
"""The last step of a path, as ``format_route`` writes it."""
_TWICE = "duplicate-key"
HINT = "nothing that this line writes belongs there: check its indentation (nindent)"


def join_misplaced(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those about fields of one block made one; the first of them says where, and lists the others."""
    return [_one(group) for group in grouped(_without_doubles(list(findings)), _block)]


def _without_doubles(findings: list[Finding]) -> list[Finding]:
    """The findings, those on a key that stands twice told with the field at its place that does not belong there.

    A block in the wrong place can bring a key that another such block has brought already.
    """
    doubles = [finding for finding in findings if finding.rule == _TWICE]
    misplaced = [finding for finding in findings if _block(finding) is not None] if doubles else []
    for double in doubles:
        cause = next((finding for finding in misplaced if _brings(finding, double)), None)
        if cause is not None:
            told = replace(cause, related=(*cause.related, Related(double.message, _as_rendered(double))))
            misplaced[misplaced.index(cause)] = told
            findings = [told if one is cause else one for one in findings if one is not double]
    return findings


def _brings(field: Finding, double: Finding) -> bool:
    """Whether a field that is not known is the key that stands twice, at its second place."""
    same = _lines(field) == _lines(double)
    return same and double.severity <= field.severity and set(double.profiles) <= set(field.profiles)


def _block(finding: Finding) -> tuple[object, ...] | None:
    """The block that a field is part of: the line that writes it, and the field that it is put into."""
    place = finding.location
    plain = finding.rule in _RULES and not finding.fix and not finding.statements
    if not plain or place.layer is not Layer.TEMPLATE or place.line is None or _MISSPELT in finding.hint:
        return None
    parent = _LAST.match(finding.path or "")
    if parent is None:
        return None
    return (finding.rule, finding.severity, finding.kubernetes, finding.resource, place, finding.profiles, parent[1])


def _lines(finding: Finding) -> tuple[str, int | None, int | None]:
    """The line of the template that writes what is wrong, and the line as rendered: each has one key."""
    return (finding.location.file, finding.location.line, _as_rendered(finding).line)


def _one(group: list[Finding]) -> Finding:
    first, *others = group
    if not others:
        return first
    listed = tuple(Related(other.message, _as_rendered(other)) for other in others[:MOST_LISTED])
    kept = tuple(related for related in first.related if related.message != WRITTEN_BY)
    more = f"{len(others)} more field{'' if len(others) == 1 else 's'}"
    are = "is" if len(others) == 1 else "are"
    message = f"{first.message} ({more} of this block {are} in the wrong place)"
    return replace(first, message=message, hint=HINT, related=(*kept, *listed))


def _as_rendered(finding: Finding) -> Location:
    """The line as rendered, since all are written by one line of the template."""
    return next((r.location for r in finding.related if r.message.startswith(AS_RENDERED)), finding.location)
