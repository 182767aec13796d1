"""A fix is kept if its findings are gone by it and no other came."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.errors import UserError
from todo_lint.findings import Edit, Finding, Fix, Layer, Location, Report, Severity
from todo_lint.fixing.mend import Mended, Texts, mend

Judge = Callable[[str], list[tuple[str, str]]]
"""From a text to the rules that object to it, each with the letter that it wants to have changed to X."""


@pytest.fixture
def mended(tmp_path: Path) -> Callable[[str, Judge], Mended]:
    def run(text: str, judge: Judge) -> Mended:
        file = str(tmp_path / "values.yaml")
        Path(file).write_text(text)

        def check(texts: Texts) -> Report:
            current = texts.get(file, text.encode()).decode()
            return Report(tuple(_finding(file, current, rule, letter) for rule, letter in judge(current)))

        return mend(check)

    return run


def _finding(file: str, text: str, rule: str, letter: str) -> Finding:
    at = text.find(letter) + 1
    fix = Fix(file, (Edit(1, at, 1, at + 1, "X"),)) if letter and at else None
    return Finding(rule, Severity.ERROR, f"{rule} is violated", Location(file, 1, at or None, Layer.VALUES), fix=fix)


def test_fixes_that_hold_are_kept_together(mended: Callable[[str, Judge], Mended]) -> None:
    result = mended("abc", lambda text: [(letter, letter) for letter in "ac" if letter in text])
    assert [change.new for change in result.changes] == [b"XbX"]
    assert [finding.rule for finding in result.fixed] == ["a", "c"]
    assert result.report.findings == ()
    assert len(result.before.findings) == 2


def test_a_fix_that_brings_another_finding_is_left_out(mended: Callable[[str, Judge], Mended]) -> None:
    def judge(text: str) -> list[tuple[str, str]]:
        return [(letter, letter) for letter in "ac" if letter in text] + ([] if "c" in text else [("new", "")])

    result = mended("abc", judge)
    assert [change.new for change in result.changes] == [b"Xbc"]
    assert [finding.rule for finding in result.fixed] == ["a"]
    assert [finding.rule for finding in result.report.findings] == ["c"]


def test_a_fix_that_does_not_help_is_left_out(mended: Callable[[str, Judge], Mended]) -> None:
    result = mended("abc", lambda text: [("stays", "a")])
    assert result.changes == ()
    assert result.fixed == ()


def test_two_fixes_of_one_text_are_not_made_together(tmp_path: Path) -> None:
    file = tmp_path / "v"
    file.write_text("a")

    def check(texts: Texts) -> Report:
        current = texts.get(str(file), b"a")
        wanted = {b"a": "12", b"1": "2", b"2": "1"}[current]
        return Report(
            tuple(
                Finding(to, Severity.ERROR, "", Location("v", 1, 1, Layer.VALUES), fix=Fix(str(file), (_edit(to),)))
                for to in wanted
            )
        )

    result = mend(check)
    assert len(result.changes) == 1
    assert len(result.report.findings) == 1


def _edit(to: str) -> Edit:
    return Edit(1, 1, 1, 2, to)


def test_a_finding_that_says_the_same_afterwards_is_not_gone(mended: Callable[[str, Judge], Mended]) -> None:
    def judge(text: str) -> list[tuple[str, str]]:
        return [("one", "a")] if "a" in text else [("one", "b")] if "b" in text else []

    result = mended("ab", judge)
    assert result.changes == ()


def test_a_file_that_is_not_there_is_a_line_for_the_user(tmp_path: Path) -> None:
    missing = str(tmp_path / "gone.yaml")
    finding = Finding(
        "rule", Severity.ERROR, "", Location(missing, 1, 1, Layer.VALUES), fix=Fix(missing, (_edit("x"),))
    )
    with pytest.raises(UserError, match="cannot be read"):
        mend(lambda texts: Report((finding,)))
