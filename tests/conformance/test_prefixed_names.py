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


FORMS = {
    "prefix": ('printf "%s-{}" $.Release.Name', "{release}-{name}"),
    "suffix": ('printf "{}-%s" $.Release.Name', "{name}-{release}"),
    "override": ('printf "%s-{}" (default $.Chart.Name $.Values.nameOverride)', "shop-{name}"),
}
"""How a template makes a name of the document's, and what becomes of it."""
KINDS = {"deployment": "Deployment", "service": "Service", "config": "ConfigMap", "secrets": "Secret"}


def _rename(chart: Path, form: str) -> None:
    """Let all templates make their names, and those that they use, in a form."""
    for template in filter(Path.is_file, (chart / "templates").rglob("*")):
        text = template.read_text()
        for name in NAMES:
            made = FORMS[form][0].format(name)
            text = re.sub(rf"\bname: {name}$", f"name: {{{{ {made} }}}}", text, flags=re.MULTILINE)
            text = text.replace(f'default "{name}"', f"default ({made})")
            text = text.replace(f'printf "http://{name}:%d%s" (', f'printf "http://%s:%d%s" ({made}) (')
            text = text.replace(f"//{name}:", f"//{{{{ {made} }}}}:")
        template.write_text(text)
    if form == "override":
        values = chart / "values.yaml"
        values.write_text(f"nameOverride: shop\n{values.read_text()}")
        (chart / "values.schema.json").unlink()


@pytest.fixture
def chart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "chart"


def _check(release: str = "todo-app") -> Report:
    with Renderer() as renderer:
        return run(Request(("chart",), release_name=release), renderer)


def _renamed(report: Report) -> list[tuple[Severity, str]]:
    return sorted((f.severity, f.message) for f in report.findings if f.rule == "documented-entity-renamed")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("release", ["todo-app", "prod"])
def test_each_entity_has_one_note(release: str, form: str, chart: Path) -> None:
    _rename(chart, form)

    report = _check(release)

    assert report.failures == ()
    made = {name: FORMS[form][1].format(release=release, name=name) for name in NAMES}
    assert _renamed(report) == sorted(
        (Severity.NOTE, f"{KINDS[name.rpartition('-')[2]]} {name} is rendered under the name {made[name]}")
        for name in NAMES
    )
    assert [f.rule for f in report.findings if f.severity > Severity.NOTE] == []
    assert report.exit_code == 0
    lines = [sorted(ref.line for ref in f.statements) for f in report.findings if f.statements]
    assert sorted(lines) == [[21], [28], [36], [42, 50, 84], [49], [54]]


def test_the_url_with_the_old_name_is_an_error(chart: Path) -> None:
    _rename(chart, "prefix")
    config = chart / "templates/app-config.yaml"
    text = re.sub(r"//\{\{ [^{}]* \}\}:", "//backend-service:", config.read_text())
    config.write_text(text)

    report = _check()

    assert len(_renamed(report)) == len(NAMES)
    (broken,) = [f for f in report.findings if f.severity > Severity.NOTE]
    assert (broken.rule, broken.severity) == ("documented-url-unreachable", Severity.ERROR)
    place = broken.location
    assert (place.file, place.line, place.column) == ("chart/templates/app-config.yaml", 9, 21)
    assert [ref.line for ref in broken.statements] == [50]


def test_all_that_uses_an_old_name_is_one_error_beside_the_note(chart: Path) -> None:
    _rename(chart, "prefix")
    for workload in ("frontend", "backend"):
        template = chart / f"templates/{workload}-deployment.yaml"
        text = template.read_text()
        made = FORMS["prefix"][0].format("app-config")
        assert f"name: {{{{ {made} }}}}" in text
        template.write_text(text.replace(f"name: {{{{ {made} }}}}", "name: app-config"))

    report = _check()

    assert len(_renamed(report)) == len(NAMES)
    (broken,) = [f for f in report.findings if f.severity > Severity.NOTE]
    assert (broken.rule, broken.severity) == ("config-map-not-rendered", Severity.ERROR)
    assert broken.location.file == "chart/templates/backend-deployment.yaml"
    assert "chart/templates/frontend-deployment.yaml" in {related.location.file for related in broken.related}
    assert [ref.line for ref in broken.statements] == [49]
