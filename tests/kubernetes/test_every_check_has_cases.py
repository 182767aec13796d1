"""Every function that can refuse an object has a source, an object that it refuses, and one that it accepts.

The functions are found in the source text, and which of them spoke or kept silent is seen by running the cases of
this folder: a function that is added without a case fails here by its name.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from tests.kubernetes.cases import (
    OBJECTS,
    RARE,
    RARE_CASES,
    WIDE,
    WIDE_CASES,
    changed,
    custom_of,
    problems,
    refused_objects,
    with_changes,
)

import todo_lint.kubernetes
from todo_lint.kubernetes import resources
from todo_lint.kubernetes.report import Report

FOLDER = Path(todo_lint.kubernetes.__file__).parent
SPEAKS = frozenset(
    [
        "add",
        "advise",
        "missing",
        "invalid",
        "outside",
        "forbidden",
        "unsupported",
        "exclusive",
        "duplicate",
        "check_name",
        "name",
    ]
)
MODULES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.py"))}
ONLY_SPEAK = {("constraints", "_wrong_form"), ("custom", "_report_error"), ("custom", "_broken_rule")}
"""Functions that are called where something is wrong; their callers decide."""

Function = tuple[str, str]


def speaking_functions() -> Iterator[tuple[Function, list[range]]]:
    """The functions that add a problem to a report themselves, with the lines on which they do."""
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if module != "report" and isinstance(node, ast.FunctionDef):
                calls = [call for call in ast.walk(node) if isinstance(call, ast.Call) and _speaks(call)]
                lines = [range(call.lineno, (call.end_lineno or 0) + 1) for call in calls]
                if lines:
                    yield (module, node.name), lines


def _speaks(node: ast.Call) -> bool:
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr in SPEAKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "report"
    )


def _advises(module: str, _: str, lines: range) -> bool:
    text = (FOLDER / f"{module}.py").read_text(encoding="utf-8").splitlines()[lines.start - 1]
    return "report.advise(" in text


FUNCTIONS = dict(speaking_functions())
REFUSALS = [
    (*function, lines) for function, places in FUNCTIONS.items() for lines in places if not _advises(*function, lines)
]
"""What only warns is no refusal; test_server_rules.py has its cases."""


@pytest.fixture(scope="module")
def spoke() -> set[tuple[str, int]]:
    """The modules and lines that added a problem while the refused objects were checked."""
    found: set[tuple[str, int]] = set()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("add", "advise"):
            patch.setattr(Report, name, _noting(getattr(Report, name), found))
        for value, version, custom in refused_objects():
            problems(value, version, custom)
    return found


def _noting(method: Any, found: set[tuple[str, int]]) -> Any:
    def note(*args: Any, **options: Any) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename.endswith("report.py"):
            frame = frame.f_back
        assert frame is not None
        found.add((Path(frame.f_code.co_filename).stem, frame.f_lineno))
        method(*args, **options)

    return note


@pytest.fixture(scope="module")
def silent() -> set[Function]:
    """The functions that were called while objects that a server accepts were checked, and so found nothing."""
    resources._fine.clear()  # else what was found good before is not looked at again
    called: set[Function] = set()
    folder = str(FOLDER)

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(folder):
            called.add((Path(frame.f_code.co_filename).stem, frame.f_code.co_name))

    for name, value in OBJECTS.items():
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            found = problems(value, custom=custom_of(name))
        finally:
            sys.setprofile(before)
        assert found == [], name
    return called


@pytest.mark.parametrize("name", [*RARE, *WIDE])
def test_an_object_is_accepted_as_it_stands(name: str) -> None:
    assert problems(OBJECTS[name], custom=custom_of(name)) == []


@pytest.mark.parametrize("case", RARE_CASES, ids=lambda case: f"{case['of']}{case['at']}")
def test_a_change_of_it_is_refused(case: dict[str, Any]) -> None:
    found = problems(changed(case), custom=custom_of(case["of"]))

    assert (case["rule"], case["blames"]) in {(problem.rule, problem.field) for problem in found}


@pytest.mark.parametrize("case", WIDE_CASES, ids=lambda case: f"{case['of']}{'-'.join(case['refused'])}")
def test_changes_of_it_are_refused_and_near_ones_accepted(case: dict[str, Any]) -> None:
    version, custom = case.get("version", "1.37"), custom_of(case["of"])
    found = problems(with_changes(case["of"], case["refused"]), version, custom)

    assert (case["rule"], case["blames"]) in {(problem.rule, problem.field) for problem in found}
    assert problems(with_changes(case["of"], case["accepted"]), version, custom) == []


@pytest.mark.parametrize("place", REFUSALS, ids=lambda place: f"{place[0]}-{place[1]}-{place[2].start}")
def test_each_refusal_has_a_case(place: tuple[str, str, range], spoke: set[tuple[str, int]]) -> None:
    module, function, lines = place
    assert any(name == module and line in lines for name, line in spoke), (
        f"no case of tests/kubernetes is refused on line {lines.start} of {module}.py ({function}): "
        "add one to wide_cases.jsonl"
    )


@pytest.mark.parametrize("function", FUNCTIONS, ids="-".join)
def test_each_function_refuses_something(function: Function, spoke: set[tuple[str, int]]) -> None:
    lines = {line for module, line in spoke if module == function[0]}

    assert any(line in place for line in lines for place in FUNCTIONS[function]), (
        f"no case of tests/kubernetes is refused by {'.'.join(function)}: add one to rare_cases.jsonl"
    )


@pytest.mark.parametrize("function", sorted(FUNCTIONS.keys() - ONLY_SPEAK), ids="-".join)
def test_each_function_accepts_something(function: Function, silent: set[Function]) -> None:
    assert function in silent, (
        f"no object of tests/kubernetes is accepted by {'.'.join(function)}: add one to rare_objects.yaml"
    )


@pytest.mark.parametrize("module", [name for name, tree in MODULES.items() if "@check(" in ast.unparse(tree)])
def test_each_module_of_checks_names_its_source(module: str) -> None:
    assert "https://" in (ast.get_docstring(MODULES[module]) or ""), f"{module}.py names no source"
