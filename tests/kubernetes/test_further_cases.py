"""Less usual kinds: at each place a value that a server of Kubernetes 1.37 refuses, and one that it accepts."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from todo_lint.kubernetes.problems import Checked
from todo_lint.kubernetes.validate import check_object

HERE = Path(__file__).parent
OBJECTS: dict[str, Any] = yaml.safe_load((HERE / "further_objects.yaml").read_text(encoding="utf-8"))
CASES = [json.loads(line) for line in (HERE / "further_cases.jsonl").read_text(encoding="utf-8").splitlines()]


def changed(name: str, operation: dict[str, Any]) -> Any:
    """Return a copy of an object with one operation of RFC 6902 (add, replace, remove) done to it."""
    document = copy.deepcopy(OBJECTS[name])
    *way, last = (step.replace("~1", "/").replace("~0", "~") for step in operation["path"].split("/")[1:])
    at = document
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if operation["op"] == "remove":
        del at[int(last) if isinstance(at, list) else last]
    elif isinstance(at, list) and last == "-":
        at.append(operation["value"])
    else:
        at[int(last) if isinstance(at, list) else last] = operation["value"]
    return document


def blamed(value: Any) -> list[str]:
    verdict = check_object(value)
    assert isinstance(verdict, Checked)
    return [problem.field for problem in verdict.problems if problem.refused]


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_is_accepted_as_it_stands(name: str) -> None:
    assert blamed(OBJECTS[name]) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['of']}{case['refused']['path']}")
def test_one_value_is_refused_and_a_near_one_accepted(case: dict[str, Any]) -> None:
    assert case["blames"] in blamed(changed(case["of"], case["refused"]))
    assert blamed(changed(case["of"], case["accepted"])) == []
