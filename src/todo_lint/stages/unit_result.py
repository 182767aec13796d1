"""What one input amounts to, before all inputs become one report."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.findings import Failure, Finding, Skip, Verdict
from todo_lint.records import dataclass, field


@dataclass(frozen=True, slots=True)
class UnitResult:
    """Findings, failures and counts of one input. ``secrets`` are texts that no output may hold."""

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
    secrets: frozenset[str] = field(default_factory=frozenset, repr=False)
