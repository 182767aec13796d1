"""What has to be in an installation, wherever it lies, and what must be in no file of the project."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from todo_lint.shipped import shipped_path

ROOT = Path(__file__).parents[2]
FOLDERS = (".ci", "benchmarks", "chart", "docs", "policies", "schemas", "src", "tests")
TEXT = (".py", ".md", ".yaml", ".json", ".cfg", ".toml", ".txt", ".tpl", ".in", "")


@pytest.mark.parametrize(
    "name",
    [
        "policies/data-model.md",
        "schemas/report.json",
        "schemas/config.json",
        "schemas/kubernetes/index-1.25.json",
        "schemas/kubernetes/index-1.37.json",
        "schemas/kubernetes/overlays/core.json",
    ],
)
def test_a_shipped_file_is_found(name: str) -> None:
    assert Path(shipped_path(name)).read_bytes() == (ROOT / name).read_bytes()


def test_what_does_not_ship_is_said_to_be_missing() -> None:
    with pytest.raises(FileNotFoundError, match="install it again"):
        shipped_path("schemas/none.json")


def test_the_dependencies_are_bounded() -> None:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    required = setup["options"]["install_requires"].split("\n")

    assert len([line for line in required if line]) >= 7
    assert [line for line in required if line and not re.search(r"==|<", line)] == []


def _files() -> list[Path]:
    found = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.is_file()]
    hidden = ("__pycache__", ".egg-info")
    return [p for p in found if p.suffix in TEXT and not any(part.endswith(hidden) for part in p.parts)]


def test_no_file_names_a_place_of_the_machine_it_was_written_on() -> None:
    # Put together here, so that this file does not name them either.
    words = ["/" + "work/", "/" + "tmp/w", "/root" + "/", "pypi" + ".org", "registry.npm" + "js.org"]
    named = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in _files()
        for word in words
        if word in path.read_text(encoding="utf-8", errors="replace")
    ]

    assert named == []
