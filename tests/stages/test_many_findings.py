"""Findings that are many are joined in a time that does not grow with their square."""

from __future__ import annotations

import pytest

from todo_lint.findings import Finding, Layer, Location, Severity
from todo_lint.records import replace
from todo_lint.stages import one_cause

MANY = 300


def _missing(number: int) -> Finding:
    return Finding(
        "documented-key-missing",
        Severity.ERROR,
        f"ConfigMap settings lacks the key key_{number}",
        Location("chart/templates/settings.yaml", number, 3, layer=Layer.TEMPLATE),
        path="data",
    )


def _unread(number: int) -> Finding:
    return Finding(
        "dead-value",
        Severity.WARNING,
        f"the values key settings.other{number}, which no template reads",
        Location("chart/values.yaml", number, 3, layer=Layer.VALUES),
    )


def test_only_findings_that_can_follow_are_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(relation: one_cause._Relation) -> one_cause._Relation:
        def follows(other: Finding, cause: Finding) -> bool:
            asked.append(other.rule)
            return relation.follows(other, cause)

        return replace(relation, follows=follows)

    monkeypatch.setattr(one_cause, "_FOLLOWING", tuple(map(counted, one_cause._FOLLOWING)))
    findings = [_missing(number) for number in range(1, MANY + 1)]

    assert one_cause.one_cause(findings, {}) == findings
    assert asked == []

    assert one_cause.one_cause([*findings, _unread(1), _unread(2)], {}) == [*findings, _unread(1), _unread(2)]
    assert asked == ["dead-value", "dead-value"] * MANY
