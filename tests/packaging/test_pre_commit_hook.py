"""The hook for pre-commit runs for every file that can change what todo-lint says, and for no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

(HOOK,) = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())


@pytest.mark.parametrize(
    "path",
    [
        "chart/Chart.yaml",
        "Chart.yaml",
        "chart/Chart.lock",
        "chart/values.yaml",
        "chart/values-prod.yaml",
        "chart/values.schema.json",
        "chart/.helmignore",
        "chart/ci/minimal-values.yaml",
        "chart/templates/_helpers.tpl",
        "chart/templates/tests/a.yaml",
        "chart/charts/sub-1.0.0.tgz",
        "chart/crds/a.yaml",
        ".todo-lint.yaml",
        "policies/data-model.md",
        "Dockerfile",
        "backend/Dockerfile",
        "Dockerfile.backend",
        "backend.Dockerfile",
        "backend/Containerfile",
    ],
)
def test_these_files_make_it_run(path: str) -> None:
    assert re.search(HOOK["files"], path)


@pytest.mark.parametrize(
    "path", ["README.md", "src/app.py", "chart/README.md", "docs/chart.yaml", "Dockerfiles/a.txt"]
)
def test_these_files_do_not(path: str) -> None:
    assert not re.search(HOOK["files"], path)


def test_the_chart_is_an_argument_and_files_are_not_passed() -> None:
    assert HOOK["pass_filenames"] is False
    assert HOOK["entry"] == "todo-lint"
    assert HOOK["args"] == ["chart/"]
