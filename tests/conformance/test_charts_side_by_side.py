"""A document about several charts that lie side by side: what bears the name of another one is looked for there."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.findings import Report, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

SERVICE = (
    "apiVersion: v1\nkind: Service\nmetadata: {{name: {0}}}\n"
    "spec: {{selector: {{app: {0}}}, ports: [{{port: 80, targetPort: 80}}]}}\n"
)
DOCUMENT = "## Services\n- **shop-api**\n  - Port: 80\n- **shop-web**\n  - Port: 81\n- **shop-mail**\n  - Port: 25\n"


@pytest.fixture
def charts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The charts shop-api and shop-web, the second in a folder of another name, and a document about both."""
    monkeypatch.chdir(tmp_path)
    for folder, name in (("shop-api", "shop-api"), ("front", "shop-web")):
        (tmp_path / "charts" / folder / "templates").mkdir(parents=True)
        (tmp_path / "charts" / folder / "Chart.yaml").write_text(f"apiVersion: v2\nname: {name}\nversion: 0.1.0\n")
        (tmp_path / "charts" / folder / "templates/service.yaml").write_text(SERVICE.format(name))
    (tmp_path / "data-model.md").write_text(DOCUMENT)
    return tmp_path


def _check(chart: str, renderer: Renderer) -> Report:
    report = run(Request((chart,), data_model="data-model.md"), renderer)
    assert report.failures == ()
    return report


def _documented(report: Report) -> list[tuple[str, str | None, int | None, list[int]]]:
    found = [finding for finding in report.findings if finding.rule.startswith("documented-")]
    return [(f.rule, f.location.file, f.location.line, [ref.line for ref in f.statements]) for f in found]


def test_what_bears_the_name_of_the_chart_beside_it_is_said_once_and_no_error(
    charts: Path, renderer: Renderer
) -> None:
    report = _check("charts/shop-api", renderer)

    assert _documented(report) == [("documented-entity-missing", "data-model.md", 6, [6, 7])]
    assert report.statements[Verdict.NOT_CHECKABLE] == 2
    said = "Service shop-web seems to belong to the chart shop-web beside this one: check that chart as well"
    assert [remark for remark in report.summary.remarks if "shop-web" in remark] == [said]


def test_the_chart_beside_it_is_held_against_its_own_part(charts: Path, renderer: Renderer) -> None:
    found = _documented(_check("charts/front", renderer))

    assert ("documented-port-differs", "charts/front/templates/service.yaml", 4, [5]) in found
    assert ("documented-entity-missing", "data-model.md", 2, [2, 3]) not in found


def test_without_a_chart_beside_it_what_is_not_rendered_is_missing(charts: Path, renderer: Renderer) -> None:
    (charts / "charts/front/Chart.yaml").unlink()

    assert ("documented-entity-missing", "data-model.md", 4, [4, 5]) in _documented(
        _check("charts/shop-api", renderer)
    )


def test_what_tells_the_chart_beside_it_apart_is_enough(charts: Path, renderer: Renderer) -> None:
    document = "### Api Service\n- Port: 80\n\n### Web Service\n- Port: 81\n\n### Mail Service\n- Port: 25\n"
    (charts / "data-model.md").write_text(document)

    report = _check("charts/shop-api", renderer)

    assert _documented(report) == [("documented-entity-missing", "data-model.md", 8, [8])]
    counted = {verdict: number for verdict, number in report.statements.items() if number}
    assert counted == {Verdict.HOLDS: 1, Verdict.NOT_CHECKABLE: 1, Verdict.MISSING: 1}
    said = "Service web seems to belong to the chart shop-web beside this one: check that chart as well"
    assert [remark for remark in report.summary.remarks if "Service web" in remark] == [said]
