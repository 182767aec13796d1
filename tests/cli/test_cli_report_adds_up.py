"""The counts of a report add up, the report fits its schema, and equal runs give equal bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

TodoLint = Callable[..., Any]
WriteChart = Callable[..., Path]

ROOT = Path(__file__).parents[2]
GOOD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: good\n"
UNREADABLE = ("rendered-yaml-unreadable", "no-kubernetes-object")


def objects(report: Any) -> Iterator[tuple[str, Any]]:
    """Every location of a report, with the list it is in."""
    for finding in report["findings"]:
        yield "finding", finding["location"]
        for related in finding["related"]:
            yield "related", related["location"]


def check(report: Any) -> None:
    schema = json.loads((ROOT / "schemas" / "report.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(report)
    statements = dict(report["statements"])
    assert statements.pop("total") == sum(statements.values())
    summary = report["summary"]
    unreadable = [f for f in report["findings"] if f["rule"] in UNREADABLE]
    unread = sum(max(len(finding["profiles"]), 1) for finding in unreadable)
    assert summary["documents"] == summary["checked"] + len(summary["skipped"]) + unread
    severities = [finding["severity"] for finding in report["findings"]]
    counted = tuple(severities.count(severity) for severity in ("error", "warning", "note"))
    assert (summary["errors"], summary["warnings"], summary["notes"]) == counted
    for _, location in objects(report):
        assert not Path(location["file"]).is_absolute()


@pytest.mark.parametrize("options", [[], ["-f", "chart/ci/optional-parts-values.yaml"], ["--only", "kubernetes"]])
def test_the_shipped_chart_adds_up_and_equal_runs_are_equal(
    shipped: Path, todo_lint: TodoLint, options: list[str]
) -> None:
    first = todo_lint("chart/", *options, "--format", "json", PYTHONHASHSEED="1")
    second = todo_lint("chart/", *options, "--format", "json", PYTHONHASHSEED="2")
    assert first.code == 0
    assert first.out == second.out
    check(first.report)
    summary = first.report["summary"]
    assert summary["documents"] == summary["checked"] == summary["resources"] > 0
    assert summary["skipped"] == []
    assert first.report["statements"]["total"] == (0 if "--only" in options else 69)


def test_a_chart_of_all_sorts_adds_up_and_equal_runs_are_equal(
    shipped: Path, todo_lint: TodoLint, tmp_path: Path
) -> None:
    values = shipped / "values.yaml"
    values.write_text(values.read_text().replace("port: 8000", "port: 9000"))
    more = {
        "unknown.yaml": "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: b}\n",
        "broken.yaml": "a: b: c\n---\n" + GOOD,
        "none.yaml": "just: values\n",
        "list.yaml": f"apiVersion: v1\nkind: List\nitems:\n- {json.dumps({'apiVersion': 'v1', 'kind': 'Pod'})}\n",
        "empty.yaml": "---\n# nothing\n---\n",
    }
    for name, text in more.items():
        (shipped / "templates" / name).write_text(text)
    (tmp_path / "m.yaml").write_text(GOOD + "nonsense: 1\nalso: 2\n")
    first = todo_lint("chart/", "m.yaml", "missing", "--format", "json", PYTHONHASHSEED="3")
    second = todo_lint("chart/", "m.yaml", "missing", "--format", "json", PYTHONHASHSEED="4")
    assert first.code == 2
    assert first.out == second.out
    check(first.report)
    assert {"rendered-yaml-unreadable", "documented-port-differs", "unknown-field"} <= set(first.rules)
    assert [skip["resource"] for skip in first.report["summary"]["skipped"]] == [
        "Thing/b in profile minimal",
        "Thing/b in profile optional-parts",
    ]


def test_the_text_and_the_report_count_the_same(shipped: Path, run_inside: TodoLint) -> None:
    report = run_inside("chart/", "--format", "json").report
    text = run_inside("chart/").out
    summary = report["summary"]
    assert f"{summary['documents']} documents rendered, {summary['checked']} checked" in text
    assert f"{report['statements']['total']} statements of the data model" in text
    assert f"{report['statements']['holds']} hold" in text


def test_each_exit_code_stands_in_a_valid_report(
    write_chart: WriteChart, tmp_path: Path, run_inside: TodoLint
) -> None:
    write_chart("app", {"templates/a.yaml": GOOD})
    write_chart("wrong", {"templates/a.yaml": GOOD + "nonsense: 1\n"})
    write_chart("loop", {"templates/a.yaml": "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"})
    for code, paths in enumerate((["app"], ["app", "wrong"], ["wrong", "missing"], ["missing", "loop", "wrong"])):
        run = run_inside(*paths, "--format", "json", "--deadline", "0.4")
        assert (run.code, run.report["exit"]) == (code, code)
        check(run.report)
