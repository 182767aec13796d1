"""The objects and cases of this folder: what a server of Kubernetes 1.37 accepts, and changes that it refuses."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from todo_lint.kubernetes.custom import CustomKinds, custom_kinds
from todo_lint.kubernetes.problems import Checked, Problem
from todo_lint.kubernetes.validate import check_object

HERE = Path(__file__).parent
USUAL: dict[str, Any] = yaml.safe_load((HERE / "objects.yaml").read_text(encoding="utf-8"))
FURTHER: dict[str, Any] = yaml.safe_load((HERE / "further_objects.yaml").read_text(encoding="utf-8"))
RARE: dict[str, Any] = yaml.safe_load((HERE / "rare_objects.yaml").read_text(encoding="utf-8"))
WIDE: dict[str, Any] = yaml.safe_load((HERE / "wide_objects.yaml").read_text(encoding="utf-8"))
OBJECTS: dict[str, Any] = {**USUAL, **FURTHER, **RARE, **WIDE}
RARE_CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "rare_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
WIDE_CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "wide_cases.jsonl").read_text(encoding="utf-8").splitlines()
]
"""Changes of one or several places by JSON pointers (``-``: at the end of a list; DELETE: taken away)."""


def problems(value: Any, version: str = "1.37", custom: CustomKinds | None = None) -> list[Problem]:
    """The problems for which a server refuses an object."""
    verdict = check_object(value, version, custom)
    assert isinstance(verdict, Checked)
    return [problem for problem in verdict.problems if problem.refused]


def custom_of(name: str) -> CustomKinds | None:
    """The kinds that an object of this name needs to be defined."""
    return custom_kinds([RARE["lamp"]]) if name == "desk" else None


def steps_of(pointer: str) -> list[str]:
    """The steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def changed(case: dict[str, Any]) -> Any:
    """The object of a case of rare_cases.jsonl with its change: a value set, added to a list (-), or taken away."""
    document = copy.deepcopy(OBJECTS[case["of"]])
    *way, last = steps_of(case["at"])
    at = document
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
    if "value" not in case:
        del at[int(last) if isinstance(at, list) else last]
        return document
    value = case["value"] * case["times"] if "times" in case else case["value"]
    if last == "-":
        at.append(value)
    else:
        at[int(last) if isinstance(at, list) else last] = value
    return document


def with_changes(name: str, changes: dict[str, Any]) -> Any:
    """An object with the changes of a case of wide_cases.jsonl."""
    document = copy.deepcopy(OBJECTS[name])
    for pointer, value in changes.items():
        *way, last = steps_of(pointer)
        at = document
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value == "DELETE":
            del at[int(last) if isinstance(at, list) else last]
        elif last == "-":
            at.append(_long(value))
        else:
            at[int(last) if isinstance(at, list) else last] = _long(value)
    return document


def _long(value: Any) -> Any:
    """A value in which long ones are written out: ``{"REPEAT": "x", "TIMES": 500}`` and ``{"KEYS": 500}``."""
    if isinstance(value, list):
        return [_long(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "REPEAT" in value:
        return value["REPEAT"] * value["TIMES"]
    if "KEYS" in value:
        return {f"k{number}": "v" for number in range(value["KEYS"])}
    return {key: _long(item) for key, item in value.items()}


def refused_objects() -> Iterator[tuple[Any, str, CustomKinds | None]]:
    """Every object of every case in this folder that a server refuses, with its version."""
    from tests.kubernetes import test_further_cases as further
    from tests.kubernetes import test_server_cases as server

    for case in RARE_CASES:
        yield changed(case), "1.37", custom_of(case["of"])
    for case in WIDE_CASES:
        yield with_changes(case["of"], case["refused"]), case.get("version", "1.37"), custom_of(case["of"])
    for name, pointer, value, *_ in (parameters.values for parameters in server.refused()):
        yield server.changed(name, pointer, value), "1.37", None
    for case in server.CROSSFIELD:
        if "rule" in case:
            yield server.several_changes(case["of"], case["set"]), "1.37", None
    for case in further.CASES:
        yield further.changed(case["of"], case["refused"]), "1.37", None
