"""What one input amounts to, before all inputs become one report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from todo_lint.errors import TodoLintError, UserError
from todo_lint.findings import Failure, FailureKind, Finding, Layer, Location, Skip, Verdict
from todo_lint.records import dataclass, field
from todo_lint.stages.versions import Versions

if TYPE_CHECKING:
    from todo_lint.traces import Trace


@dataclass(frozen=True, slots=True)
class UnitResult:
    """Findings, failures and counts of one input.

    ``secrets`` are texts that no output may hold. ``versions`` are the Kubernetes versions it was checked for.
    ``blank`` are the manifest files that hold nothing.
    """

    findings: tuple[Finding, ...] = ()
    failures: tuple[Failure, ...] = ()
    statements: Mapping[Verdict, int] = field(default_factory=dict)
    skipped: tuple[Skip, ...] = ()
    remarks: tuple[str, ...] = ()
    charts: int = 0
    profiles: int = 0
    documents: int = 0
    resources: int = 0
    checked: int = 0
    suppressed: int = 0
    versions: Versions = Versions(())
    blank: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    secrets: frozenset[str] = field(default_factory=frozenset, repr=False)


def failure_of(error: TodoLintError) -> Failure:
    """The failure that a user's or the tool's error amounts to."""
    kind = FailureKind.INPUT if isinstance(error, UserError) else FailureKind.INTERNAL
    place = Location(error.file, error.line, None, Layer.MANIFEST) if error.file else None
    return Failure(kind, error.message, place)
