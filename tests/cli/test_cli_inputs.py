"""What todo-lint takes: charts in each form, manifests in each form, and values in each form."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TodoLint = Callable[..., Any]
WriteChart = Callable[..., Path]

MINIMAL = "chart/ci/minimal-values.yaml"
GOOD = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "good"}}
WRONG = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "wrong"}, "spec": {"ports": [{"port": 0}]}}


def places(run: Any) -> list[tuple[str, str, int | None]]:
    return [(f["rule"], f["location"]["file"], f["location"]["line"]) for f in run.report["findings"]]


@pytest.mark.parametrize("name", ["chart/", "chart", "./chart", "absolute", "."])
def test_the_document_is_found_however_the_chart_is_named(
    shipped: Path, tmp_path: Path, todo_lint: TodoLint, name: str
) -> None:
    path = str(shipped) if name == "absolute" else name
    run = todo_lint(path, "--format", "json", cwd=shipped if name == "." else tmp_path)
    assert run.code == 0
    assert run.report["statements"]["holds"] == 56
    (finding,) = run.report["findings"]
    assert finding["rule"] == "default-values-stop"
    assert Path(finding["location"]["file"]).parts[-2:] == ("templates", "app-secrets.yaml")


def test_a_chart_in_another_folder_has_no_document_and_says_so(
    shipped: Path, tmp_path: Path, run_inside: TodoLint
) -> None:
    (tmp_path / "policies").rename(tmp_path / "elsewhere")
    run = run_inside("chart", "--format", "json")
    assert run.code == 0
    assert run.report["statements"]["total"] == 0
    (remark,) = run.report["summary"]["remarks"]
    assert "no data model" in remark or "data-model.md" in remark
    told = run_inside("chart", "--data-model", "elsewhere/data-model.md", "--format", "json")
    assert told.report["statements"]["holds"] == 56


def test_a_packaged_chart(shipped: Path, tmp_path: Path, todo_lint: TodoLint) -> None:
    with tarfile.open(tmp_path / "todo-app-0.1.0.tgz", "w:gz") as package:
        package.add(shipped, "todo-app")
    run = todo_lint("todo-app-0.1.0.tgz", "--format", "json")
    assert run.code == 0
    assert run.report["statements"]["holds"] == 56
    assert places(run) == [("default-values-stop", "todo-app-0.1.0.tgz/templates/app-secrets.yaml", 3)]


MANIFESTS = {
    "yaml": ("a.yaml", json.dumps(GOOD) + "\n---\n" + json.dumps(WRONG), 3),
    "documents with comments": ("a.yml", f"# c\n---\n# d\n---\n{json.dumps(WRONG)}\n---\n{json.dumps(GOOD)}", 5),
    "json": ("a.json", json.dumps(WRONG, indent=1), 10),
    "several json": ("a.json", json.dumps(GOOD) + "\n" + json.dumps(WRONG), 2),
    "list": ("a.yaml", json.dumps({"apiVersion": "v1", "kind": "List", "items": [GOOD, WRONG]}), 1),
    "crlf": ("a.yaml", f"---\r\n# c\r\n{json.dumps(WRONG)}\r\n---\r\n{json.dumps(GOOD)}\r\n", 3),
    "byte order mark": ("a.yaml", "\ufeff" + json.dumps(WRONG), 1),
}


@pytest.mark.parametrize(("name", "text", "line"), MANIFESTS.values(), ids=MANIFESTS)
def test_manifests_in_each_form(tmp_path: Path, run_inside: TodoLint, name: str, text: str, line: int) -> None:
    (tmp_path / name).write_text(text, newline="")
    run = run_inside(name, "--format", "json")
    assert run.code == 1
    assert places(run) == [("out-of-range", name, line)]
    assert run.report["findings"][0]["resource"]["name"] == "wrong"


def test_a_folder_of_manifests(tmp_path: Path, write_chart: WriteChart, run_inside: TodoLint) -> None:
    folder = tmp_path / "all"
    (folder / "below").mkdir(parents=True)
    (folder / "a.yaml").write_text(json.dumps(GOOD))
    (folder / "below" / "b.json").write_text(json.dumps(WRONG))
    (folder / "other.yaml").write_text("just: values\n")
    (folder / "read.md").write_text("no manifest: [")
    (folder / ".hidden.yaml").write_text("no manifest: [")
    write_chart("all/app", {"templates/a.yaml": json.dumps(WRONG)})
    (folder / "app" / "Chart.yaml").write_text("apiVersion: v2\nname: app\nversion: 0.1.0\n")
    run = run_inside("all", "--format", "json")
    assert run.code == 1
    assert [place[:2] for place in places(run)] == [
        ("out-of-range", "all/app/templates/a.yaml"),
        ("out-of-range", "all/below/b.json"),
    ]
    summary = run.report["summary"]
    assert (summary["charts"], summary["documents"], summary["checked"]) == (1, 4, 3)
    assert [skip["resource"] for skip in summary["skipped"]] == ["all/other.yaml:1"]


def test_what_of_a_folder_is_passed_over_is_told(tmp_path: Path, run_inside: TodoLint) -> None:
    text = json.dumps(GOOD)
    for name in ("a.yaml", "X.YAML", ".hidden.yml", ".github/flow.yml", ".git/x.yaml", "below/b.txt"):
        (tmp_path / "f" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "f" / name).write_text(text)
    for name, nothing in {"empty.yaml": "", "bom.yaml": "\ufeff", "comment.yml": "---\n# later\n"}.items():
        (tmp_path / "f" / name).write_text(nothing)
    (tmp_path / "f/linked").symlink_to("below")
    (tmp_path / "f/.todo-lint.yaml").write_text("")

    run = run_inside("f", "--format", "json")

    assert run.code == 0
    assert run.report["summary"]["documents"] == 1
    assert run.report["summary"]["remarks"][1:] == [
        "f: passed over (hidden): f/.github, f/.hidden.yml",
        "f: passed over (kubectl as well reads .yaml, .yml and .json in small letters only): f/X.YAML",
        "f: passed over (links to folders): f/linked",
        "f: passed over (empty): f/bom.yaml, f/comment.yml, f/empty.yaml",
    ]


def test_a_folder_with_nothing_to_check_says_what_is_in_it(tmp_path: Path, run_inside: TodoLint) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f/X.YAML").write_text(json.dumps(GOOD))
    run = run_inside("f")
    assert run.code == 2
    assert run.out.endswith("small letters only): f/X.YAML\nnothing was checked\n")


def test_many_empty_files_are_told_in_a_line(tmp_path: Path, run_inside: TodoLint) -> None:
    (tmp_path / "f").mkdir()
    (tmp_path / "f/a.yaml").write_text(json.dumps(GOOD))
    for number in range(1010):
        (tmp_path / f"f/x{number:04}.yaml").write_text("")
    run = run_inside("f", "--only", "kubernetes", "--format", "json")
    assert run.report["summary"]["remarks"][-1] == (
        "f: passed over (empty): f/x0000.yaml, f/x0001.yaml, f/x0002.yaml, f/x0003.yaml, f/x0004.yaml and 1005 more"
    )


def test_standard_input(todo_lint: TodoLint) -> None:
    run = todo_lint("-", "--format", "json", stdin=json.dumps(GOOD) + "\n---\n" + json.dumps(WRONG))
    assert run.code == 1
    assert places(run) == [("out-of-range", "<stdin>", 3)]
    nothing = todo_lint("-")
    assert nothing.code == 2
    assert nothing.failed == [
        "failed: <stdin>: 0 documents: there is no manifest in it; did the command before the pipe fail?"
    ]


def test_several_inputs_at_once(tmp_path: Path, write_chart: WriteChart, todo_lint: TodoLint) -> None:
    write_chart("one", {"templates/a.yaml": json.dumps(WRONG)})
    write_chart("two", {"templates/b.yaml": json.dumps(GOOD)})
    (tmp_path / "m.json").write_text(json.dumps(WRONG))
    run = todo_lint("--format", "json", "two", "m.json", "-", "one", stdin=json.dumps(WRONG))
    assert run.code == 1
    assert [place[1] for place in places(run)] == ["<stdin>", "m.json", "one/templates/a.yaml"]
    assert (run.report["summary"]["charts"], run.report["summary"]["documents"]) == (2, 4)


VALUES = {
    "set": (["--set", "value=1"], "1"),
    "set of text": (["--set", "value=a"], '"a"'),
    "set-string": (["--set-string", "value=1"], '"1"'),
    "set-json": (["--set-json", 'value={"a":[1]}'], '{"a":[1]}'),
    "set-file": (["--set-file", "value=text.txt"], '"from the file"'),
    "values": (["-f", "one.yaml"], '"one"'),
    "the later file wins": (["-f", "one.yaml", "-f", "two.yaml"], '"two"'),
    "the other way round": (["-f", "two.yaml", "--values", "one.yaml"], '"one"'),
    "set wins over files": (["--set", "value=3", "-f", "one.yaml"], "3"),
    "set-string wins over set": (["--set-string", "value=4", "--set", "value=3"], '"4"'),
}


@pytest.mark.parametrize(("options", "value"), VALUES.values(), ids=VALUES)
def test_values_reach_the_templates(
    tmp_path: Path, write_chart: WriteChart, run_inside: TodoLint, options: list[str], value: str
) -> None:
    (tmp_path / "text.txt").write_text("from the file")
    (tmp_path / "one.yaml").write_text("value: one\n")
    (tmp_path / "two.yaml").write_text("value: two\n")
    expected = json.dumps(value)
    template = f"{{{{ if ne (toJson .Values.value) {expected} }}}}{{{{ fail (toJson .Values.value) }}}}{{{{ end }}}}"
    write_chart("app", {"templates/a.yaml": template + json.dumps(GOOD), "values.yaml": "value: default\n"})
    run = run_inside("app", *options, "--format", "json")
    assert run.report["findings"] == []
    assert run.code == 0
    assert run.report["summary"]["profiles"] == 1
    near_miss = run_inside("app", "--set", "other=1", "--format", "json")
    assert "default" in near_miss.report["findings"][0]["message"]


@pytest.mark.parametrize(
    ("options", "expression", "value"),
    [
        ([], ".Release.Name", "app"),
        (["--release-name", "rel"], ".Release.Name", "rel"),
        ([], ".Release.Namespace", "default"),
        (["--namespace", "prod"], ".Release.Namespace", "prod"),
        (["-n", "prod"], ".Release.Namespace", "prod"),
        (["--kubernetes-version", "1.30"], ".Capabilities.KubeVersion.Version", "v1.30.0"),
        (["--kubernetes-version", "v1.29.4"], ".Capabilities.KubeVersion.Version", "v1.29.0"),
        ([], '.Capabilities.APIVersions.Has "example.com/v1/Thing"', "false"),
        (["--api-versions", "example.com/v1/Thing"], '.Capabilities.APIVersions.Has "example.com/v1/Thing"', "true"),
        ([], '.Capabilities.APIVersions.Has "apps/v1/Deployment"', "true"),
    ],
)
def test_options_reach_the_templates(
    write_chart: WriteChart, run_inside: TodoLint, options: list[str], expression: str, value: str
) -> None:
    write_chart("app", {"templates/a.yaml": f'{{{{ fail (printf "it is %v!" ({expression})) }}}}'})
    run = run_inside("app", *options, "--format", "json")
    assert run.code == 1
    assert f"it is {value}!" in run.report["findings"][0]["message"]


def test_values_that_break_a_statement_are_found_and_options_stand_anywhere(
    shipped: Path, run_inside: TodoLint
) -> None:
    given = ["-f", MINIMAL, "--set", "backend.service.port=8001", "--format", "json"]
    before = run_inside(*given, "chart/")
    after = run_inside("chart/", *given)
    assert before.out == after.out
    assert before.code == 0
    assert before.report["statements"]["overridden"] > 0
    assert before.report["statements"]["violated"] == 0


def test_only_kubernetes_leaves_the_document_out(shipped: Path, run_inside: TodoLint) -> None:
    values = shipped / "values.yaml"
    values.write_text(values.read_text().replace("port: 8000", "port: 9000"))
    both = run_inside("chart/", "--format", "json")
    assert both.code == 1
    assert "documented-port-differs" in both.rules
    only = run_inside("chart/", "--only", "kubernetes", "--format", "json")
    assert (only.code, only.rules, only.report["statements"]["total"]) == (0, [], 0)


def test_a_kind_without_a_schema_is_skipped_or_refused(tmp_path: Path, run_inside: TodoLint) -> None:
    thing = {"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": "a"}}
    (tmp_path / "a.json").write_text(json.dumps(thing))
    run = run_inside("a.json", "--format", "json")
    assert run.code == 0
    assert [skip["resource"] for skip in run.report["summary"]["skipped"]] == ["Thing/a"]
    strict = run_inside("a.json", "--strict-kinds")
    assert strict.code == 2
    assert len(strict.failed) == 1
    assert strict.failed[0].startswith("failed: Thing/a: ")


def test_the_configuration_of_a_chart_counts(write_chart: WriteChart, run_inside: TodoLint) -> None:
    chart = write_chart("app", {"templates/a.yaml": json.dumps(WRONG)})
    (chart / ".todo-lint.yaml").write_text("rules: {out-of-range: note}\n")
    run = run_inside("app", "--format", "json")
    assert (run.code, run.report["findings"][0]["severity"]) == (0, "note")
    assert run_inside("app", "--fail-on", "note").code == 1
    (chart / ".todo-lint.yaml").write_text("ignore: [{rule: out-of-range, reason: known}]\n")
    run = run_inside("app", "--format", "json")
    assert (run.code, run.report["findings"], run.report["summary"]["suppressed"]) == (0, [], 1)
    (chart / ".todo-lint.yaml").write_text("fail-on: note\nstrict-kinds: 1\n")
    wrong = run_inside("app")
    assert wrong.code == 2
    assert len(wrong.failed) == 1
    assert wrong.failed[0].startswith("failed: app/.todo-lint.yaml:2: ")


CANARY = "canary-51e7d0aa-value"


@pytest.mark.parametrize(
    "body",
    [
        {"data": CANARY},
        {"data": [CANARY]},
        {"data": {"a": CANARY}},
        {"data": {"a": {"b": CANARY}}},
        {"stringData": {"a": [CANARY]}},
        {"stringData": {"a": {"b": CANARY}}},
        {"stringData": CANARY},
        {"data": {"a": 5}, "stringData": {"b": CANARY}, "nonsense": CANARY},
        {"type": "kubernetes.io/tls", "stringData": {"tls.crt": CANARY}},
        {"type": "kubernetes.io/dockerconfigjson", "stringData": {".dockerconfigjson": CANARY}},
    ],
)
def test_a_wrong_secret_is_found_and_not_quoted(tmp_path: Path, run_inside: TodoLint, body: dict[str, Any]) -> None:
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a"}, **body}
    (tmp_path / "a.json").write_text(json.dumps(secret))
    for format_ in ("json", "text"):
        run = run_inside("a.json", "--format", format_)
        assert run.code == 1
        assert CANARY not in run.out + run.err


def test_where_nothing_was_checked_the_last_line_says_so(run_inside: TodoLint) -> None:
    run = run_inside("nosuch")
    assert run.code == 2
    assert run.out.splitlines()[-1] == "nothing was checked"


def test_a_schema_elsewhere_stops_no_chart_and_is_told(write_chart: WriteChart, run_inside: TodoLint) -> None:
    """Helm would fetch it; todo-lint reads nothing but the chart, and says what was therefore not checked."""
    files = {
        "values.schema.json": json.dumps({"properties": {"port": {"$ref": "https://example.com/x.json"}}}),
        "values.yaml": "port: 0\n",
        "templates/a.yaml": json.dumps(WRONG),
        "templates/b.yaml": "# {{ .Values.port }}",
    }
    write_chart("app", files)

    run = run_inside("app", "--format", "json")

    assert run.code == 1
    assert {finding["rule"] for finding in run.report["findings"]} == {"out-of-range"}
    assert run.report["summary"]["remarks"][0] == (
        "app: values were not held against a schema: the schema refers to https://example.com/x.json, "
        "which is not read: todo-lint reads nothing but the chart"
    )


def test_a_chart_that_renders_nothing_is_told(write_chart: WriteChart, run_inside: TodoLint) -> None:
    write_chart("app", {"values.yaml": "x: false\n", "templates/a.yaml": "{{ if .Values.x }}\na: b\n{{ end }}\n"})
    run = run_inside("app")
    assert "app: no template of this chart renders anything, so nothing was checked\n" in run.out
    assert run.code == 0


def test_a_place_without_a_column_has_no_caret(write_chart: WriteChart, run_inside: TodoLint) -> None:
    write_chart("app", {"templates/a.yaml": 'a: {{ env "HOME" }}\n'})
    run = run_inside("app")
    assert '   1 | a: {{ env "HOME" }}\n' in run.out
    assert "^" not in run.out


def test_an_action_that_is_not_closed_is_told_where_it_begins(write_chart: WriteChart, run_inside: TodoLint) -> None:
    write_chart("app", {"templates/a.yaml": "a: b\nb: {{ .Values.x\n\n"})
    (finding,) = run_inside("app", "--format", "json").report["findings"]
    assert (finding["rule"], finding["location"]["line"]) == ("chart-does-not-render", 2)
    assert finding["message"] == "the template cannot be parsed: unclosed action"


def test_diff_and_fix_say_what_they_cannot_do(write_chart: WriteChart, run_inside: TodoLint) -> None:
    write_chart("app", {"templates/a.yaml": ""})
    assert run_inside("-", "--fix").code == 2
    assert run_inside("app", "--diff", "--format", "json").code == 2
    assert run_inside("app", "--diff").err == "todo-lint: 0 findings would be fixed, 0 would be left\n"
