"""Fixes are tried before they are made: a fix stays if its findings are gone by it and no other came.

It is tried on the texts in memory: the pipeline runs again with them in the place of the files. Only what has been
found good is written, or shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from todo_lint.errors import UserError
from todo_lint.findings import Failure, Finding, Fix, Report
from todo_lint.fixing.edits import apply_edits, disjoint
from todo_lint.records import dataclass

Texts = Mapping[str, bytes]
"""Texts of files that take the place of those on disk, by the name that messages give to a file."""
Check = Callable[[Texts], Report]
"""Runs the pipeline with these texts."""

MOST_ROUNDS = 4
MOST_ALONE = 40
"""How many fixes of a round are tried one by one, where together they do not hold."""


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after the fixes that hold."""

    file: str
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of the fixes: the reports before and after them, the changed files, the findings that are gone."""

    before: Report
    report: Report
    changes: tuple[Change, ...] = ()
    fixed: tuple[Finding, ...] = ()


def mend(check: Check) -> Mended:
    """Try the fixes of all findings until none is left that holds. Nothing is written.

    Raises:
        UserError: when a file to fix cannot be read.
    """
    first = report = check({})
    kept: list[Fix] = []
    texts: Texts = {}
    files = _Files()
    for _ in range(MOST_ROUNDS):
        added, report, texts = _round(check, report, kept, texts, files)
        if not added:
            break
        kept += added
    gone = _identities(first.findings) - _identities(report.findings)
    fixed = tuple(finding for finding in first.findings if finding.fix and _identity(finding) in gone)
    changes = tuple(Change(file, files.read(file), text) for file, text in sorted(texts.items()))
    return Mended(first, report, changes, fixed)


def _round(
    check: Check, report: Report, kept: Sequence[Fix], texts: Texts, files: _Files
) -> tuple[list[Fix], Report, Texts]:
    """The fixes of a report that hold beside the kept ones: all at once, else each for itself."""
    offered = [fix for fix in dict.fromkeys(_fixes(report.findings)) if fix not in kept]
    if not offered:
        return [], report, texts
    tried = _try(check, report, offered, texts, files)
    if tried is not None:
        return offered, *tried
    added: list[Fix] = []
    for fix in offered[:MOST_ALONE] if len(offered) > 1 else ():
        tried = _try(check, report, [fix], texts, files)
        if tried is not None:
            report, texts = tried
            added.append(fix)
    return added, report, texts


def _try(
    check: Check, report: Report, fixes: Sequence[Fix], texts: Texts, files: _Files
) -> tuple[Report, Texts] | None:
    """The report with fixes on top of the texts so far; None where they do not hold."""
    changed = dict(texts)
    for file in dict.fromkeys(fix.file for fix in fixes):
        edits = [edit for fix in fixes if fix.file == file for edit in fix.edits]
        if not disjoint(edits):
            return None
        changed[file] = apply_edits(changed.get(file, files.read(file)), edits)
    after = check(changed)
    return (after, changed) if _holds(report, after, fixes) else None


def _holds(before: Report, after: Report, fixes: Sequence[Fix]) -> bool:
    """Whether all that was to be fixed is gone, and nothing came."""
    targets = _identities(finding for finding in before.findings if finding.fix in fixes)
    left = _identities(after.findings)
    came = left - _identities(before.findings)
    new_failures = set(map(_failure, after.failures)) - set(map(_failure, before.failures))
    return not came and not new_failures and not targets & left


def _fixes(findings: Iterable[Finding]) -> Iterable[Fix]:
    return (finding.fix for finding in findings if finding.fix is not None)


def _identities(findings: Iterable[Finding]) -> set[tuple[object, ...]]:
    return set(map(_identity, findings))


def _identity(finding: Finding) -> tuple[object, ...]:
    """What a finding says, wherever it stands."""
    return finding.rule, finding.severity, finding.resource, finding.path, finding.message


def _failure(failure: Failure) -> tuple[object, ...]:
    return failure.kind, failure.message


class _Files:
    """The files that are to be fixed, each read once."""

    def __init__(self) -> None:
        self._read: dict[str, bytes] = {}

    def read(self, file: str) -> bytes:
        if file not in self._read:
            try:
                self._read[file] = Path(file).read_bytes()
            except OSError as error:
                raise UserError(f"it cannot be read: {error.strerror}", file=file) from error
        return self._read[file]
