"""A chart that puts its release's name in front of all names: one note an entity, and errors where that breaks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from todo_lint.findings import Report, Severity
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
NAMES = (
    "frontend-deployment",
    "backend-deployment",
    "frontend-service",
    "backend-service",
    "app-config",
    "app-secrets",
)


@pytest.fixture
def prefixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    for template in (tmp_path / "chart/templates").rglob("*"):
        if template.is_file():
            text = template.read_text()
            for name in NAMES:
                text = re.sub(rf"(\bname: ){name}$", rf"\1{{{{ $.Release.Name }}}}-{name}", text, flags=re.MULTILINE)
                text = text.replace(f'default "{name}"', f'default (printf "%s-{name}" $.Release.Name)')
                text = re.sub(rf"//{name}:", f"//{{{{ $.Release.Name }}}}-{name}:", text)
            template.write_text(text)
    return tmp_path / "chart"


def _check(release: str = "todo-app") -> Report:
    with Renderer() as renderer:
        return run(Request(("chart",), release_name=release), renderer)


def _renamed(report: Report) -> list[tuple[Severity, str]]:
    return sorted((f.severity, f.message) for f in report.findings if f.rule == "documented-entity-renamed")


@pytest.mark.parametrize("release", ["todo-app", "prod"])
def test_each_entity_has_one_note(release: str, prefixed: Path) -> None:
    report = _check(release)

    kinds = {"deployment": "Deployment", "service": "Service", "config": "ConfigMap", "secrets": "Secret"}
    assert _renamed(report) == sorted(
        (Severity.NOTE, f"{kinds[name.rpartition('-')[2]]} {name} is rendered under the name {release}-{name}")
        for name in NAMES
    )
    assert [f.rule for f in report.findings if f.severity > Severity.NOTE] == []
    assert report.exit_code == 0
    lines = [sorted(ref.line for ref in f.statements) for f in report.findings if f.statements]
    assert sorted(lines) == [[21], [28], [36], [42, 50, 84], [49], [54]]


def test_the_url_with_the_old_name_is_an_error(prefixed: Path) -> None:
    config = prefixed / "templates/app-config.yaml"
    config.write_text(config.read_text().replace("//{{ $.Release.Name }}-backend-service:", "//backend-service:"))

    report = _check()

    assert len(_renamed(report)) == len(NAMES)
    (broken,) = [f for f in report.findings if f.severity > Severity.NOTE]
    assert (broken.rule, broken.severity) == ("documented-url-unreachable", Severity.ERROR)
    place = broken.location
    assert (place.file, place.line, place.column) == ("chart/templates/app-config.yaml", 9, 21)
    assert [ref.line for ref in broken.statements] == [50]
