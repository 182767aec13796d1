"""Exit code 3: whatever goes wrong inside, the run ends in one line, and the other inputs are still checked."""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from todo_lint import cli
from todo_lint.records import replace

WriteChart = Callable[..., Path]

GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n"
DOCUMENT = "# Data Model\n\n### Frontend Service\n- **Name**: frontend-service\n- **Port**: 80\n"
SECRET = "canary-in-the-exception"


def explode(*arguments: object, **options: object) -> Any:
    raise RuntimeError(SECRET)


@pytest.fixture
def inputs(tmp_path: Path, write_chart: WriteChart, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A chart, a missing file, and manifests of which one has an error."""
    write_chart("app", {"templates/a.yaml": GOOD})
    (tmp_path / "wrong.yaml").write_text(GOOD.replace("name: good", "name: Wrong_Name"))
    (tmp_path / "document.md").write_text(DOCUMENT)
    monkeypatch.chdir(tmp_path)
    return ["app", "missing", "wrong.yaml"]


CHART_STAGES = {
    "inputs": "todo_lint.pipeline.units_of",
    "configuration": "todo_lint.pipeline.find_config",
    "load": "todo_lint.stages.plan_chart.load_chart",
    "plan": "todo_lint.stages.plan_chart.profiles_of",
    "pack": "todo_lint.stages.render_chart.pack",
    "render": "todo_lint.helm.render.Renderer.render",
    "engine": "todo_lint.helm.library.LibraryEngine.render",
    "read": "todo_lint.stages.judge_chart.sources_of",
    "conformance": "todo_lint.stages.hold_against.load_data_model",
    "settle": "todo_lint.stages.settle.settle",
}


@pytest.mark.parametrize("place", CHART_STAGES.values(), ids=CHART_STAGES)
def test_an_exception_in_a_stage_is_3_and_the_other_inputs_are_checked(
    inputs: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: str,
) -> None:
    original = pkgutil.resolve_name(place)

    def first_only(*arguments: object, **options: object) -> object:
        monkeypatch.setattr(place, original)
        return explode()

    monkeypatch.setattr(place, first_only)
    assert cli.run([*inputs, "--format", "json", "--data-model", "document.md"]) == 3
    out, err = capsys.readouterr()
    assert err == ""
    report = json.loads(out)
    assert report["exit"] == 3
    assert [failure["kind"] for failure in report["failures"]] == ["internal", "input"]
    assert report["failures"][0]["location"]["file"] == "app"
    message = report["failures"][0]["message"]
    assert message.startswith("todo-lint failed: RuntimeError at ")
    assert message.endswith("; please report this")
    assert "invalid-name" in [finding["rule"] for finding in report["findings"]]
    assert SECRET not in out


RUN_STAGES = {
    "assemble": "todo_lint.stages.assemble.assemble",
    "report as JSON": "todo_lint.report.json.write",
    "pipeline": "todo_lint.pipeline.run",
}


@pytest.mark.parametrize("place", RUN_STAGES.values(), ids=RUN_STAGES)
def test_an_exception_outside_the_inputs_is_3_in_one_line(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setattr(place, explode)
    assert cli.run([*inputs, "--format", "json"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("todo-lint: it failed: RuntimeError at explode")
    assert err.count("\n") == 1
    assert SECRET not in err


@pytest.mark.parametrize("place", ["todo_lint.report.text.write", "todo_lint.report.text.printable"])
def test_an_exception_while_text_is_written_is_3(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setattr(place, explode)
    assert cli.run(["wrong.yaml"]) == 3
    assert capsys.readouterr().err.count("\n") == 1


def test_a_rule_that_crashes_does_not_take_the_others_with_it(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("both.yaml").write_text(Path("wrong.yaml").read_text() + "---\n" + GOOD + "nonsense: 1\n")
    from todo_lint.rules.api import Rule, Subject
    from todo_lint.rules.registry import rules_for

    def check_broken(rule: Rule) -> Rule:
        return replace(rule, check=explode) if rule.id == "unknown-field" else rule

    def broken_rules(subject: Subject) -> tuple[Rule, ...]:
        return tuple(check_broken(rule) for rule in rules_for(subject))

    monkeypatch.setattr("todo_lint.stages.apply_rules.rules_for", broken_rules)
    assert cli.run(["both.yaml", "--format", "json"]) == 3
    report = json.loads(capsys.readouterr().out)
    assert [finding["rule"] for finding in report["findings"]] == ["invalid-name"]
    (failure,) = report["failures"]
    assert failure["message"].startswith("the rule unknown-field failed: RuntimeError at explode")


@pytest.mark.parametrize(
    "place",
    [
        "todo_lint.stages.locate.Locator.finding",
        "todo_lint.stages.conform.Conformer.compare",
        "todo_lint.stages.profile_run.check_versions",
        "todo_lint.stages.profile_run.read_stream",
        "todo_lint.stages.check_batch.read_manifest",
        "todo_lint.stages.assemble.blot",
        "todo_lint.stages.secrets.secret_texts",
    ],
)
def test_an_exception_with_manifests_is_3(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    monkeypatch.setattr(place, explode)
    if place.endswith("secret_texts"):
        monkeypatch.setattr("todo_lint.stages.check_batch.secret_texts", explode)
    assert cli.run(["wrong.yaml", "--data-model", "document.md"]) == 3
    out, err = capsys.readouterr()
    told = [line for line in (out + err).splitlines() if "RuntimeError" in line]
    assert told
    assert all("please report this" in line for line in told)
    assert SECRET not in out + err


def test_a_crash_in_each_input_is_told_for_each(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("todo_lint.pipeline.check_chart", explode)
    monkeypatch.setattr("todo_lint.pipeline.check_manifests", explode)
    assert cli.run([*inputs, "--format", "json"]) == 3
    kinds = [failure["kind"] for failure in json.loads(capsys.readouterr().out)["failures"]]
    assert kinds == ["internal", "input", "internal"]


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (MemoryError, 3), (RecursionError, 3)])
@pytest.mark.parametrize("place", ["todo_lint.pipeline.check_manifests", "todo_lint.stages.assemble.assemble"])
def test_other_exceptions(
    inputs: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: type[BaseException],
    code: int,
    place: str,
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(place, fail)
    assert cli.run(["wrong.yaml"]) == code
    out, err = capsys.readouterr()
    assert (err.strip() == "todo-lint: interrupted") == (code == 130)
    assert (error.__name__ in out + err) == (code == 3)


def test_no_engine_is_3(
    inputs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("todo_lint.helm.launch.find_library", lambda: None)
    monkeypatch.setenv("PATH", "")
    assert cli.run(["app", "wrong.yaml"]) == 3
    out = capsys.readouterr().out
    assert "failed: Helm's engine is missing" in out
    assert "error[invalid-name]" in out


def test_an_exception_in_explain_is_3(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("todo_lint.rules.registry.all_rules", explode)
    assert cli.run(["explain"]) == 3
    assert "RuntimeError" in capsys.readouterr().err


def test_an_exception_before_the_command_line_is_read_is_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from todo_lint import __main__

    monkeypatch.setattr("todo_lint.helm.launch.launch_early", explode)
    monkeypatch.setattr("sys.argv", ["todo-lint", "chart/"])
    assert __main__.start() == 3
    assert "RuntimeError" in capsys.readouterr().err


def test_ctrl_c_while_everything_is_imported_is_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from todo_lint import __main__

    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("todo_lint.helm.launch.launch_early", interrupt)
    monkeypatch.setattr("sys.argv", ["todo-lint", "chart/"])
    assert __main__.start() == 130
    assert capsys.readouterr().err == "todo-lint: interrupted\n"
