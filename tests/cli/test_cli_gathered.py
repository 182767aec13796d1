"""What one line of a chart causes many times is one finding, which lists the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

WriteChart = Callable[..., Path]
Runs = Callable[..., Any]
HELPERS = '{{- define "app.labels" -}}\napp: web\npart: {{ .Chart.Name }} x\n{{- end }}\n'
MAP = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {0}\n  labels:\n"
    '    {{{{- include "app.labels" . | nindent 4 }}}}\n'
)


def _places(run: Any) -> list[tuple[str, str, int, int]]:
    return [
        (f["rule"], f["location"]["file"], f["location"]["line"], f["location"]["column"])
        for f in run.report["findings"]
    ]


def _related(run: Any) -> list[tuple[str, int, str]]:
    (finding,) = run.report["findings"]
    return [(r["location"]["file"], r["location"]["line"], r["message"]) for r in finding["related"]]


def test_a_label_of_a_named_template_is_told_once_at_its_line(write_chart: WriteChart, run_inside: Runs) -> None:
    files = {f"templates/{name}.yaml": MAP.format(name) for name in "abc"}
    write_chart("app", {"templates/_helpers.tpl": HELPERS, **files})
    run = run_inside("app", "--format", "json")
    assert _places(run) == [("invalid-label", "app/templates/_helpers.tpl", 3, 1)]
    assert [entry[:2] for entry in _related(run)] == [(f"app/templates/{name}.yaml", 6) for name in "abc"]
    assert run.report["findings"][0]["message"].endswith("(and in 2 more places)")
    assert "   3 | part: {{ .Chart.Name }} x\n" in run_inside("app").out


def test_one_object_stays_where_it_is(write_chart: WriteChart, run_inside: Runs) -> None:
    write_chart("app", {"templates/_helpers.tpl": HELPERS, "templates/a.yaml": MAP.format("a")})
    assert _places(run_inside("app", "--format", "json")) == [("invalid-label", "app/templates/a.yaml", 6, 5)]


def test_what_stands_beside_the_include_is_not_the_fault_of_the_named_template(
    write_chart: WriteChart, run_inside: Runs
) -> None:
    helpers = '{{- define "app.name" -}}\n{{ .Chart.Name }}\n{{- end }}\n'
    text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ include "app.name" . }}_%s\n'
    files = {f"templates/{name}.yaml": text % name for name in "ab"}
    write_chart("app", {"templates/_helpers.tpl": helpers, **files})
    assert _places(run_inside("app", "--format", "json")) == [
        ("invalid-name", "app/templates/a.yaml", 4, 9),
        ("invalid-name", "app/templates/b.yaml", 4, 9),
    ]


def test_objects_of_a_range_are_one(write_chart: WriteChart, run_inside: Runs) -> None:
    text = (
        "{{- range list 1 2 3 }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-{{ . }}\n  labels:\n"
        "    app: w b\n{{- end }}\n"
    )
    write_chart("app", {"templates/a.yaml": text})
    run = run_inside("app", "--format", "json")
    assert _places(run) == [("invalid-label", "app/templates/a.yaml", 8, 10)]
    assert [entry[1] for entry in _related(run)] == [15, 22]  # as rendered: all are one line of the template


def test_two_lines_are_two(write_chart: WriteChart, run_inside: Runs) -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-%s\n  labels:\n    app: w b\n"
    write_chart("app", {"templates/a.yaml": text % "a" + "---\n" + text % "b"})
    assert [entry[2] for entry in _places(run_inside("app", "--format", "json"))] == [6, 13]


def test_long_names_of_a_chart_are_one(write_chart: WriteChart, run_inside: Runs) -> None:
    text = (
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}-%s\nspec:\n  ports:\n    - port: 80\n"
    )
    names = {"a": "backend-internal", "b": "frontend-internal", "c": "short"}
    write_chart("app", {f"templates/{file}.yaml": text % name for file, name in names.items()})
    run = run_inside("app", "--format", "json")
    assert _places(run) == [("name-exceeds-limit", "app/templates/b.yaml", 4, 9)]
    told = "name of a Service is too long where the release's name has 47 characters or more"
    assert _related(run) == [("app/templates/a.yaml", 4, told)]


def test_a_wrong_label_of_the_shipped_chart_is_one_finding(shipped: Path, run_inside: Runs) -> None:
    helpers = shipped / "templates/_helpers.tpl"
    text = helpers.read_text(encoding="utf-8")
    label = "app.kubernetes.io/component: {{ .component }}"
    helpers.write_text(text.replace(label, f"{label} x"), encoding="utf-8")
    run = run_inside("chart", "--format", "json")
    assert run.rules == ["invalid-label"]
    found = next(f for f in run.report["findings"] if f["rule"] == "invalid-label")
    line = text[: text.index(label)].count("\n") + 1
    assert (found["location"]["file"], found["location"]["line"]) == ("chart/templates/_helpers.tpl", line)
    assert found["profiles"] == ["minimal", "optional-parts"]
