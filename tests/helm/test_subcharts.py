"""Subcharts that lie in charts/ twice, as a folder and packaged: messages name the folder, where both are alike."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from todo_lint.helm.chart import load_chart
from todo_lint.helm.subcharts import whole_chart

FILES = {"Chart.yaml": "apiVersion: v2\nname: part\nversion: 0.1.0\n", "templates/x.yaml": "a: 1\n"}


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize(
    ("template", "shown"),
    [("a: 1\n", "charts/part/templates/x.yaml"), ("a: 2\n", "charts/part-0.1.0.tgz/templates/x.yaml")],
    ids=["the same", "another"],
)
def test_a_file_of_a_subchart_that_is_there_twice(tmp_path: Path, template: str, shown: str) -> None:
    chart = tmp_path / "chart"
    _write(chart, {"Chart.yaml": "apiVersion: v2\nname: app\nversion: 0.1.0\n"})
    _write(chart / "charts/part", FILES)
    _write(tmp_path / "part", FILES | {"templates/x.yaml": template})
    with tarfile.open(chart / "charts/part-0.1.0.tgz", "w:gz") as package:
        package.add(tmp_path / "part", "part")

    whole = whole_chart(load_chart(str(chart)))

    assert whole.shown("charts/part/templates/x.yaml") == f"{chart}/charts/part/templates/x.yaml"
    assert whole.shown("charts/part-0.1.0/templates/x.yaml") == f"{chart}/{shown}"
