"""What a configuration says of rules is understood, or refused in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}, {port: 80}]}\n"


@pytest.fixture
def configured(tmp_path: Path, todo_lint: Callable[..., Any]) -> Callable[[str], Any]:
    def run(config: str) -> Any:
        (tmp_path / ".todo-lint.yaml").write_text(config)
        (tmp_path / "service.yaml").write_text(SERVICE)
        return todo_lint("service.yaml")

    return run


@pytest.mark.parametrize("word", ["off", '"off"', "false"])
def test_off_needs_no_quotes(configured: Callable[[str], Any], word: str) -> None:
    assert configured("").code == 1
    assert configured(f"rules: {{duplicate-value: {word}, missing-field: {word}}}\n").code == 0


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("rules: {duplicate-valu: error}\n", "there is no rule duplicate-valu; did you mean duplicate-value?"),
        ("ignore: [{rule: nosuch-thing, reason: x}]\n", ".todo-lint.yaml: there is no rule nosuch-thing"),
        (
            "rules:\n  duplicate-value: loud\n",
            ".todo-lint.yaml:2: the configuration is wrong: rules.duplicate-value: 'loud' is none of off, note, "
            "warning, error",
        ),
        ("fail-on: note\nfail-on: error\n", ".todo-lint.yaml:2: fail-on is set twice"),
    ],
)  # fmt: skip
def test_a_rule_that_is_none_is_refused(configured: Callable[[str], Any], config: str, told: str) -> None:
    run = configured(config)
    assert run.code == 2
    assert [line for line in run.failed if told in line], run.out + run.err


@pytest.mark.parametrize("deadline", ["nan", "1e308", "0", "-1"])
def test_a_deadline_is_a_sensible_number(todo_lint: Callable[..., Any], deadline: str) -> None:
    run = todo_lint("chart", "--deadline", deadline)
    assert run.code == 2
    assert len(run.err.splitlines()) == 1


def test_an_earlier_report_that_is_none_is_the_users_error(tmp_path: Path, todo_lint: Callable[..., Any]) -> None:
    (tmp_path / "empty.json").write_text("{}")
    for name in ("nosuch.json", "empty.json"):
        run = todo_lint("trace", "chart", "--diff", name)
        assert run.code == 2
        assert run.err.startswith(f"todo-lint: {name}: ")
        assert len(run.err.splitlines()) == 1
