"""The results of all inputs become one report: merged, suppressed, sorted."""

from __future__ import annotations

from collections.abc import Sequence

from todo_lint.findings import Failure, FailureKind, Finding, Report, Severity, Summary, Verdict, VersionRange
from todo_lint.kubernetes.versions import minor_of
from todo_lint.stages.secrets import blot, blot_failure, blot_skip
from todo_lint.stages.unit_result import UnitResult


def assemble(units: Sequence[UnitResult], fail_on: Severity, strict_kinds: bool) -> Report:
    """Put the results of a run together.

    With ``strict_kinds`` each kind that no schema is known for is a failure of the input.
    """
    skips = [blot_skip(skip, unit.secrets) for unit in units for skip in unit.skipped]
    skipped = tuple(sorted(skips, key=lambda skip: (skip.resource, skip.reason)))
    failures = [blot_failure(failure, unit.secrets) for unit in units for failure in unit.failures]
    if strict_kinds:
        failures += [
            Failure(FailureKind.INPUT, f"{skip.resource}: {skip.reason} (--strict-kinds)") for skip in skipped
        ]
    versions = _versions(units)
    findings = [blot(finding, unit.secrets) for unit in units for finding in unit.findings]
    return Report(
        findings=tuple(sorted(findings, key=_order)),
        statements={verdict: sum(unit.statements.get(verdict, 0) for unit in units) for verdict in Verdict},
        summary=Summary(
            charts=sum(unit.charts for unit in units),
            profiles=sum(unit.profiles for unit in units),
            documents=sum(unit.documents for unit in units),
            resources=sum(unit.resources for unit in units),
            checked=sum(unit.checked for unit in units),
            skipped=skipped,
            suppressed=sum(unit.suppressed for unit in units),
            kubernetes=VersionRange(versions[0], versions[-1]) if versions else VersionRange(),
            versions=versions,
            remarks=tuple(remark for unit in units for remark in unit.remarks),
        ),
        failures=tuple(failures),
        fail_on=fail_on,
        secrets=frozenset().union(*(unit.secrets for unit in units)),
    )


def _versions(units: Sequence[UnitResult]) -> tuple[str, ...]:
    """The Kubernetes versions that any of the inputs was checked for, oldest first."""
    return tuple(sorted({version for unit in units for version in unit.versions.checked}, key=minor_of))


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.location
    resource = str(finding.resource or "")
    return (
        place.file,
        place.line or 0,
        place.column or 0,
        resource,
        finding.path or "",
        finding.rule,
        finding.message,
    )
