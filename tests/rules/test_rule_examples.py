"""The examples in the rules' docstrings are executed: Bad gives this rule at the marked line, Good gives nothing."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from todo_lint.findings import Layer, Report
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.records import replace
from todo_lint.rules.api import Rule, Subject
from todo_lint.rules.documentation import Example, documentation, example
from todo_lint.rules.registry import all_rules
from todo_lint.stages.request import Request

DOCUMENT = "data-model.md"


def _run(shown: Example, folder: Path, renderer: Renderer) -> Report:
    names = [name for name, _ in shown.files]
    for name, text in shown.files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    paths = [name for name in names if name.startswith("manifest")]
    if any(name.startswith("chart/") for name in names):
        paths.append("chart")
    return run(Request(tuple(paths), data_model=DOCUMENT if DOCUMENT in names else None), renderer)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_bad_gives_this_rule_at_the_marked_line(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = example(documentation(rule).bad)

    report = _run(shown, tmp_path, renderer)

    assert report.failures == ()
    assert [(finding.rule, finding.severity) for finding in report.findings] == [(rule.id, rule.severity)]
    (finding,) = report.findings
    assert (finding.location.file, finding.location.line) == shown.marked
    assert finding.location.layer is not Layer.RENDERED
    assert finding.message


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_good_gives_nothing(rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> None:
    monkeypatch.chdir(tmp_path)
    shown = example(documentation(rule).good)

    report = _run(shown, tmp_path, renderer)

    assert shown.marked is None
    assert report.failures == ()
    assert [(finding.rule, finding.message) for finding in report.findings] == []
    assert report.summary.checked == report.summary.documents > 0


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_documentation_is_whole(rule: Rule) -> None:
    page = documentation(rule)

    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.id)
    assert page.title.endswith(".")
    assert all((page.what, page.why, page.bad, page.good))
    assert isinstance(rule.subject, Subject)


def test_ids_are_unique() -> None:
    ids = [rule.id for rule in all_rules()]

    assert len(ids) == len(set(ids))
    assert len(ids) > 50


def test_a_docstring_without_a_section_is_refused() -> None:
    rule = all_rules()[0]
    broken = replace(rule, documentation="Title.\n\nWhat it finds\n    x\n")

    with pytest.raises(ValueError, match="lacks one of the sections"):
        documentation(broken)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_what_is_read_from_the_text_is_what_the_module_holds(rule: Rule) -> None:
    module = importlib.import_module(f"todo_lint.rules.{rule.family}.{rule.id.replace('-', '_')}")
    assert (rule.severity, rule.subject) == (module.SEVERITY, module.SUBJECT)
    assert rule.documentation == module.__doc__


def test_a_rule_is_imported_when_its_check_is_called() -> None:
    program = (
        "import sys; from todo_lint.rules.registry import all_rules; rules = all_rules();"
        "loaded = lambda: [name for name in sys.modules if name.startswith('todo_lint.rules.conformance.')];"
        "print(loaded()); rule = next(r for r in rules if r.id == 'documented-port-differs');"
        "print(rule.check.__class__.__name__)\n"
        "try: list(rule.check(None, None))\n"
        "except AttributeError: print(loaded())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0] == "[]"
    assert "todo_lint.rules.conformance.documented_port_differs" in done.stdout.splitlines()[-1]
    assert "documented_image_differs" not in done.stdout
