"""What a server refuses and what it accepts, one change at a time (see server_cases.yaml)."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from todo_lint.kubernetes.problems import Checked
from todo_lint.kubernetes.validate import check_object
from todo_lint.rules.registry import all_rules

RULES = {rule.id for rule in all_rules() if rule.family == "kubernetes"}

HERE = Path(__file__).parent
OBJECTS: dict[str, Any] = yaml.safe_load((HERE / "objects.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "server_cases.yaml").read_text(encoding="utf-8"))


def steps_of(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def changed(name: str, pointer: str, value: Any) -> Any:
    """Return a copy of an object with the value set at the pointer; missing mappings on the way are made."""
    document = copy.deepcopy(OBJECTS[name])
    *way, last = steps_of(pointer)
    at = document
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
    at[int(last) if isinstance(at, list) else last] = value
    return document


def place(pointer: str) -> str:
    text = ""
    for step in steps_of(pointer):
        text += f"[{step}]" if step.isdigit() else f".{step}"
    return text.removeprefix(".")


def plain(field: str) -> str:
    """Return a field with keys of maps written as fields: a pointer does not say which is which."""
    return field.replace("[", ".").replace("]", "")


def refused() -> Iterator[Any]:
    for case in CASES:
        for rule, values in case["refuses"].items():
            for value in values:
                field = case.get("blames", place(case["at"]))
                yield pytest.param(case["of"], case["at"], value, rule, field, id=f"{case['of']}{case['at']}={value}")


def accepted() -> Iterator[Any]:
    for case in CASES:
        for value in case["accepts"]:
            yield pytest.param(case["of"], case["at"], value, id=f"{case['of']}{case['at']}={value}")


CROSSFIELD: list[dict[str, Any]] = yaml.safe_load((HERE / "crossfield_cases.yaml").read_text(encoding="utf-8"))


def several_changes(name: str, changes: dict[str, Any]) -> Any:
    """Return a copy of an object with all changes of a case in crossfield_cases.yaml."""
    document = copy.deepcopy(OBJECTS[name])
    for path, value in changes.items():
        *way, last = [int(step) if step.isdigit() else step for step in path.removesuffix("+").split(".")]
        at: Any = document
        for step in way:
            at = at[step] if isinstance(step, int) else at.setdefault(step, {})
        if path.endswith("+"):
            at.setdefault(last, []).append(value)
        elif value == "DELETE":
            at.pop(last, None)
        else:
            at[last] = value
    return document


@pytest.mark.parametrize("case", CROSSFIELD, ids=lambda case: f"{case['of']}-{'-'.join(case['set'])}")
def test_fields_that_must_agree(case: dict[str, Any]) -> None:
    verdict = check_object(several_changes(case["of"], case["set"]))
    assert isinstance(verdict, Checked)
    found = [(p.rule, p.field) for p in verdict.problems if p.refused]
    if "rule" in case:
        assert (case["rule"], case["blames"]) in found
    else:
        assert found == []


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_is_accepted_as_it_stands(name: str) -> None:
    assert check_object(OBJECTS[name]) == Checked(())


@pytest.mark.parametrize(("name", "pointer", "value", "rule", "field"), list(refused()))
def test_the_server_refuses_it(name: str, pointer: str, value: Any, rule: str, field: str) -> None:
    verdict = check_object(changed(name, pointer, value))
    assert isinstance(verdict, Checked)
    blamed = [(p.rule, p.field) for p in verdict.problems if p.refused]
    assert (rule, plain(field)) in [(found, plain(place)) for found, place in blamed]
    assert rule in RULES
    for found in verdict.problems:
        assert found.message
        assert "\n" not in found.message + found.hint


@pytest.mark.parametrize(("name", "pointer", "value"), list(accepted()))
def test_the_server_accepts_it(name: str, pointer: str, value: Any) -> None:
    verdict = check_object(changed(name, pointer, value))
    assert isinstance(verdict, Checked)
    assert [p for p in verdict.problems if p.refused] == []
