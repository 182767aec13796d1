"""docs/data-model.md: every example prints what the page says, and its command makes the report it promises."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest

from todo_lint.model.statements import Modality

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/data-model.md").read_text(encoding="utf-8")


def _generator() -> ModuleType:
    path = ROOT / "docs/generate_data_model_page.py"
    spec = importlib.util.spec_from_file_location("generate_data_model_page", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generator = _generator()
SECTIONS = {section.split("\n", 1)[0].strip("# "): section for section in generator.sections(PAGE)}


@pytest.mark.parametrize("title", SECTIONS)
def test_each_example_prints_what_the_page_says(title: str) -> None:
    assert generator.executed(SECTIONS[title]) == SECTIONS[title]


def test_an_output_that_differs_is_noticed() -> None:
    section = SECTIONS["Bullets below a heading"]
    wrong = section.replace("targetPort 3000", "targetPort 3001")

    assert wrong != section
    assert generator.executed(wrong) == section


def test_nearly_all_sections_have_an_example() -> None:
    without = [title for title, section in SECTIONS.items() if "```console\n$ todo-lint " not in section]

    assert without == ["The data model document", "How a document is found"]


def test_every_modality_is_explained() -> None:
    explained = re.findall(r"(?m)^\| ([\w-]+) \|", SECTIONS["How firmly it is meant"])

    assert set(explained) - {"modality"} == {str(modality) for modality in Modality}


class _Outside(HTMLParser):
    """Collects what a page would load from elsewhere, and the verdicts of its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.verdicts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in ("script", "img", "link", "iframe", "source", "object"):
            self.loads += [value for key, value in given.items() if key in ("src", "href", "data") and value]
        if tag == "tr" and given.get("data-verdict"):
            self.verdicts.append(given["data-verdict"] or "")


def test_the_command_makes_a_report_in_one_file(tmp_path: Path) -> None:
    found = re.search(r"<!-- command: html -->\n```sh\ntodo-lint (.*?) > (.*?)\n```", PAGE)
    assert found is not None
    for part in ("chart", "policies"):
        shutil.copytree(ROOT / part, tmp_path / part)

    with (tmp_path / found[2]).open("wb") as report:
        done = subprocess.run(
            [sys.executable, "-m", "todo_lint", *found[1].split()],
            cwd=tmp_path,
            stdout=report,
            timeout=60,
            check=False,
        )

    page = (tmp_path / found[2]).read_text(encoding="utf-8")
    outside = _Outside()
    outside.feed(page)
    assert done.returncode == 0
    assert outside.loads == []
    assert not re.search(r"@import|url\((?!data:)", page)
    assert "prefers-color-scheme: dark" in page
    assert len(outside.verdicts) == 69
    assert set(outside.verdicts) == {"holds", "later", "not_checkable"}
