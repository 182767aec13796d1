"""The exit codes 0, 1 and 2, each with what a person reads then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TodoLint = Callable[..., Any]
WriteChart = Callable[..., Path]

GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n"
WRONG = "apiVersion: v1\nkind: Service\nmetadata:\n  name: wrong\nspec:\n  ports:\n    - port: 70000\n"
MINIMAL = "chart/ci/minimal-values.yaml"


def test_the_shipped_chart_is_clean(shipped: Path, todo_lint: TodoLint) -> None:
    run = todo_lint("chart/")
    assert run.code == 0
    assert run.err == ""
    assert "56 hold" in run.out
    assert run.out.endswith("0 errors, 0 warnings, 1 note\n")


def test_a_finding_is_1(tmp_path: Path, todo_lint: TodoLint) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG)
    run = todo_lint("wrong.yaml", "--format", "json")
    assert run.code == run.report["exit"] == 1
    assert run.rules == ["out-of-range"]
    finding = run.report["findings"][0]
    assert finding["location"] == {"file": "wrong.yaml", "line": 7, "column": 13, "layer": "manifest"}
    assert finding["path"] == "spec.ports[0].port"


def test_a_template_that_does_not_render_is_1(write_chart: WriteChart, todo_lint: TodoLint) -> None:
    write_chart("app", {"templates/a.yaml": "a: 1\nb: {{ .Values.image.tag }}\n"})
    run = todo_lint("app", "--format", "json")
    assert run.code == 1
    assert run.rules == ["chart-does-not-render"]
    finding = run.report["findings"][0]
    assert (finding["location"]["file"], finding["location"]["line"]) == ("app/templates/a.yaml", 2)
    assert "`.Values.image.tag`" in finding["message"]
    assert run.report["failures"] == []


def test_a_template_that_renders_broken_yaml_is_1(write_chart: WriteChart, todo_lint: TodoLint) -> None:
    write_chart("app", {"templates/a.yaml": GOOD + 'data:\n  a: {{ "x: y: z" }}\n', "templates/b.yaml": GOOD})
    run = todo_lint("app", "--format", "json")
    assert run.code == 1
    assert run.rules == ["rendered-yaml-unreadable"]
    finding = run.report["findings"][0]
    assert finding["location"]["file"] == "app/templates/a.yaml"
    assert (finding["location"]["line"], finding["location"]["layer"]) == (6, "template")
    summary = run.report["summary"]
    assert (summary["documents"], summary["checked"], summary["skipped"]) == (2, 1, [])


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("backend.replicaCount=two", "backend.replicaCount"),
        ("frontend.replicaCount=two", "frontend.replicaCount"),
        ("backend.service.port=http", "backend.service.port"),
        ("nonsense=1", "nonsense"),
    ],
)
def test_a_value_that_the_values_schema_refuses_is_1(
    shipped: Path, run_inside: TodoLint, setting: str, told: str
) -> None:
    run = run_inside("chart/", "-f", MINIMAL, "--set", setting, "--format", "json")
    assert run.code == 1
    assert run.rules == ["chart-does-not-render"]
    finding = run.report["findings"][0]
    assert finding["location"]["file"] == "chart/values.schema.json"
    assert told.partition(".")[0] in finding["message"]


@pytest.mark.parametrize(
    ("severity", "code"), [("error", 0), ("warning", 0), ("note", 1)], ids=["error", "warning", "note"]
)
def test_fail_on_decides_what_a_note_amounts_to(
    shipped: Path, run_inside: TodoLint, severity: str, code: int
) -> None:
    run = run_inside("chart/", "--fail-on", severity, "--format", "json")
    assert [finding["rule"] for finding in run.report["findings"]] == ["default-values-stop"]
    assert run.code == run.report["exit"] == code


WRONG_INPUTS = {
    "an empty folder": ({"empty/": ""}, "empty", "empty: the folder is empty: name a chart or manifests"),
    "no chart yaml": ({"x/a.txt": ""}, "x", "the folder holds no Chart.yaml and no .yaml, .yml or .json file"),
    "templates only": ({"x/templates/": ""}, "x", "x: the folder has no Chart.yaml: it is no Helm chart"),
    "values only": ({"x/values.yaml": ""}, "x", "x: the folder has no Chart.yaml: it is no Helm chart"),
    "a missing file": ({}, "missing.yaml", "missing.yaml: there is no such file or folder"),
    "a missing package": ({}, "a.tgz", "a.tgz: there is no such file or folder"),
    "a binary file": ({"a.yaml": "\x7fELF\x00\x01"}, "a.yaml", "this is no YAML: a NUL character"),
    "no yaml": ({"a.yaml": "a: 1\nb: [\n"}, "a.yaml", "a.yaml:2:5: this is no YAML that Kubernetes can read"),
    "no json": ({"a.json": '{"a": '}, "a.json", "a.json:1"),
    "0 documents": ({"a.yaml": "---\n# nothing\n---\n"}, "a.yaml", "a.yaml: 0 documents"),
    "an empty file": ({"a.yaml": ""}, "a.yaml", "a.yaml: 0 documents"),
    "a package that is none": ({"a.tgz": "no archive"}, "a.tgz", "a.tgz"),
    "a broken chart yaml": ({"x/Chart.yaml": "name: [\n"}, "x", "x/Chart.yaml:1"),
    "a folder as chart yaml": ({"x/Chart.yaml/a": ""}, "x", "x/Chart.yaml: "),
    "a broken ci file": (
        {"x/Chart.yaml": "apiVersion: v2\nname: x\nversion: 1.0.0\n", "x/ci/a-values.yaml": "a: [\n"},
        "x",
        "x/ci/a-values.yaml:1",
    ),
}


@pytest.mark.parametrize(("files", "path", "told"), WRONG_INPUTS.values(), ids=WRONG_INPUTS)
def test_a_wrong_input_is_2_in_one_line_and_the_other_inputs_are_checked(
    tmp_path: Path, run_inside: TodoLint, files: dict[str, str], path: str, told: str
) -> None:
    for name, text in files.items():
        place = tmp_path / name
        (place if name.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            place.write_text(text)
    (tmp_path / "wrong.yaml").write_text(WRONG)
    run = run_inside(path, "wrong.yaml")
    assert run.code == 2
    assert len(run.failed) == 1
    assert told in run.failed[0]
    assert "error[out-of-range]" in run.out


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows read files without permission")
def test_an_unreadable_file_is_2(tmp_path: Path, todo_lint: TodoLint) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(GOOD)
    file.chmod(0)
    run = todo_lint("a.yaml")
    assert run.code == 2
    assert run.failed == ["failed: a.yaml: it cannot be read: Permission denied"]


WRONG_OPTIONS = {
    "unknown option": (["--nope"], "No such option '--nope'"),
    "unknown format": (["--format", "xml"], "'xml' is not one of"),
    "unknown severity": (["--fail-on", "all"], "'all' is not one of"),
    "no number": (["--deadline", "soon"], "'soon' is not a valid float"),
    "no deadline": (["--deadline", "0"], "--deadline"),
    "no value": (["--data-model"], "--data-model"),
    "bad set": (["--set", "a[x=1"], "--set"),
    "set without value": (["--set", "a"], "--set"),
    "bad set-json": (["--set-json", "a={"], "--set-json"),
    "missing set-file": (["--set-file", "a=missing.txt"], "missing.txt: no such file"),
    "missing values": (["-f", "missing.yaml"], "missing.yaml: no such file"),
    "values that are no mapping": (["-f", "list.yaml"], "list.yaml"),
    "wrong release name": (["--release-name", "A_B"], "the release name 'A_B'"),
    "wrong namespace": (["--namespace", "A B"], "the namespace 'A B'"),
    "unknown version": (["--kubernetes-version", "9.9"], "9.9"),
    "missing document": (["--data-model", "missing.md"], "missing.md: the data model cannot be read"),
    "document without statements": (["--data-model", "empty.md"], "empty.md: 0 statements"),
    "missing configuration": (["--config", "missing.yaml"], "missing.yaml: the configuration cannot be read"),
    "wrong configuration": (["--config", "wrong-config.yaml"], "wrong-config.yaml:2: the configuration is wrong"),
    "configuration that is no yaml": (["--config", "broken.yaml"], "broken.yaml:1"),
}


@pytest.mark.parametrize(("options", "told"), WRONG_OPTIONS.values(), ids=WRONG_OPTIONS)
def test_a_wrong_option_is_2_in_one_line(
    shipped: Path, tmp_path: Path, run_inside: TodoLint, options: list[str], told: str
) -> None:
    (tmp_path / "empty.md").touch()
    (tmp_path / "list.yaml").write_text("- a\n")
    (tmp_path / "broken.yaml").write_text("fail-on: [\n")
    (tmp_path / "wrong-config.yaml").write_text("strict-kinds: true\nfail-on: sometimes\n")
    run = run_inside("chart/", *options)
    assert run.code == 2
    assert len(run.failed) == 1
    assert told in run.failed[0]


def test_no_argument_shows_the_help_and_is_2(todo_lint: TodoLint) -> None:
    run = todo_lint()
    assert run.code == 2
    assert run.out == ""
    assert run.err.startswith("Usage: todo-lint")


def test_2_wins_over_1_and_3_over_2(tmp_path: Path, write_chart: WriteChart, todo_lint: TodoLint) -> None:
    (tmp_path / "wrong.yaml").write_text(WRONG)
    write_chart("loop", {"templates/a.yaml": "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"})
    two = todo_lint("wrong.yaml", "missing", "--format", "json")
    three = todo_lint("wrong.yaml", "missing", "loop", "--deadline", "0.3", "--format", "json")
    assert (two.code, two.report["exit"], two.rules) == (2, 2, ["out-of-range"])
    assert (three.code, three.report["exit"], three.rules) == (3, 3, ["out-of-range"])
    assert [failure["kind"] for failure in three.report["failures"]] == ["input", "internal"]
