"""A value that values.schema.json refuses is pointed at where it is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from todo_lint.findings import Finding, Layer
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]


@pytest.fixture
def values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "chart/values.yaml"


def _refusal(renderer: Renderer, options: ValueOptions | None = None) -> Finding:
    report = run(Request(("chart",), options or ValueOptions()), renderer)
    found = [finding for finding in report.findings if finding.rule == "chart-does-not-render"]
    return found[0]


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("    port: 8000\n", "    port: 80000\n", "80000"),
        ("    type: NodePort\n", "    type: Nodeport\n", "Nodeport"),
        ("    memory: 1Gi\n", "    memory: 1Gb\n", "1Gb"),
        ("\nbackend:\n", "\nbackend:\n  replicas: 2\n", "2"),
        ("    memory: 1Gi\n", "", "limits:"),
    ],
)
def test_the_line_of_the_value(values: Path, renderer: Renderer, old: str, new: str, at: str) -> None:
    text = values.read_text()
    assert text.count(old) == 1
    values.write_text(text.replace(old, new))
    finding = _refusal(renderer)
    place = finding.location
    assert (place.file, place.layer) == ("chart/values.yaml", Layer.VALUES)
    line = values.read_text().splitlines()[(place.line or 0) - 1]
    assert line[(place.column or 0) - 1 :].startswith(at), line
    assert "chart/values.schema.json" in [related.location.file for related in finding.related]


def test_a_value_of_an_option_is_in_no_file(values: Path, renderer: Renderer) -> None:
    given = ValueOptions(files=("chart/ci/minimal-values.yaml",), set=("backend.service.port=80000",))
    finding = _refusal(renderer, given)
    assert finding.location.file == "chart/values.schema.json"
    assert "backend.service.port: maximum: want 65,535" in finding.message


def test_several_values_of_options_are_told_to_be_that(values: Path, renderer: Renderer) -> None:
    options = ("backend.service.port=80000", "frontend.service.port=80000")
    found = _refusal(renderer, ValueOptions(files=("chart/ci/minimal-values.yaml",), set=options))
    assert found.hint.startswith("an option such as --set gives it: ")
    assert [related.message for related in found.related] == [
        "frontend.service.port: maximum: want 65,535 (given by an option)"
    ]


def test_a_file_that_was_given_is_pointed_at(values: Path, renderer: Renderer, tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("backend:\n  service: {port: 80000}\n")
    finding = _refusal(renderer, ValueOptions(files=("chart/ci/minimal-values.yaml", "more.yaml")))
    assert (finding.location.file, finding.location.line, finding.location.column) == ("more.yaml", 2, 19)


def test_all_that_is_refused_is_told(values: Path, renderer: Renderer) -> None:
    text = values.read_text()
    values.write_text(text.replace("    port: 8000\n", "    port: 80000\n").replace("memory: 1Gi", "memory: 1Gb"))
    finding = _refusal(renderer)
    assert "(and 1 more)" in finding.message
    assert any(related.message.startswith("resources.limits.memory: ") for related in finding.related)


def test_a_library_chart_found_in_a_folder_is_skipped(tmp_path: Path, renderer: Renderer) -> None:
    for name, kind in (("common", "library"), ("app", "application")):
        (tmp_path / f"charts/{name}/templates").mkdir(parents=True)
        text = f"apiVersion: v2\nname: {name}\nversion: 0.1.0\ntype: {kind}\n"
        (tmp_path / f"charts/{name}/Chart.yaml").write_text(text)
    (tmp_path / "charts/app/templates/a.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {}\n"
    )
    report = run(Request((str(tmp_path / "charts"),)), renderer)
    assert [(skip.resource, skip.reason.split(":")[0]) for skip in report.summary.skipped] == [
        (str(tmp_path / "charts/common"), "a library chart")
    ]
    assert report.findings == ()
    alone = run(Request((str(tmp_path / "charts/common"),)), renderer)
    assert [finding.rule for finding in alone.findings] == ["chart-not-installable"]
