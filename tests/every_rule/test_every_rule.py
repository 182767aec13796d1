"""Every rule about a chart as a whole has a chart that fires where it should, and one that nearly does, silently.

The cases stand in shop.yaml, secured.yaml and plain.yaml, each file about one chart that is right.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from todo_lint.findings import Exactness, Finding, Layer, Report
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.rules.registry import all_rules
from todo_lint.stages.request import Request

HERE = Path(__file__).parent
BASES = {"shop": HERE.parent / "graph/shop", "secured": HERE / "secured", "plain": HERE / "plain"}
FAMILIES = ("graph", "debris", "podsecurity", "rendering", "yaml")
OF_VERSIONS = ("removed-api", "deprecated-api", "api-too-new", "field-too-new")
FROM_VALUES = "comes from the values key "


@dataclass(frozen=True)
class Chart:
    """A base chart with changes: parts of its templates, whole files, and what is added to values.yaml."""

    change: tuple[tuple[str, str, str], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    values: str = ""

    def write(self, base: Path, folder: Path) -> None:
        shutil.copytree(base, folder)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        for name, old, new in self.change:
            text = (folder / name).read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
            (folder / name).write_text(text.replace(old, new), encoding="utf-8")
        if self.values:
            with (folder / "values.yaml").open("a", encoding="utf-8") as values:
                values.write(f"{self.values}\n")


@dataclass(frozen=True)
class Case:
    """A rule, the chart in which it fires, where it does so, and the chart that is nearly the same and right."""

    rule: str
    base: str
    fires: Chart
    at: str
    key: str | None
    near: Chart


def _chart(given: Mapping[str, Any], otherwise: Chart = Chart()) -> Chart:
    change = tuple((name, old, new) for name, old, new in given.get("change", ())) or otherwise.change
    return Chart(change, given.get("files", otherwise.files), given.get("values", otherwise.values))


def _cases() -> Iterator[Case]:
    for base in BASES:
        cases = yaml.safe_load((HERE / f"{base}.yaml").read_text(encoding="utf-8"))
        for rule, given in cases.items():
            fires = _chart(given)
            yield Case(rule, base, fires, given["at"], given.get("key"), _chart(given["near"], fires))


CASES = tuple(_cases())


def _run(chart: Chart, base: str, folder: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Report:
    chart.write(BASES[base], folder / base)
    monkeypatch.chdir(folder)
    return run(Request((base,)), renderer)


def _spot(finding: Finding, base: str) -> str:
    place = finding.location
    return f"{place.file.removeprefix(base + '/')}:{place.line}:{place.column}"


def _keys(finding: Finding, base: str) -> list[str]:
    """Where the values keys stand that put the value there."""
    places = (related.location for related in finding.related if FROM_VALUES in related.message)
    return [f"{place.file.removeprefix(base + '/')}:{place.line}:{place.column}" for place in places]


def test_every_rule_has_its_charts() -> None:
    wanted = {rule.id for rule in all_rules() if rule.family in FAMILIES} | set(OF_VERSIONS)

    assert sorted(case.rule for case in CASES) == sorted(wanted)


@pytest.mark.parametrize("base", BASES)
def test_the_base_charts_are_right(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    report = _run(Chart(), base, tmp_path, monkeypatch, renderer)

    assert (report.failures, report.findings) == ((), ())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_rule_fires_at_the_template_line_and_names_the_values_key(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    report = _run(case.fires, case.base, tmp_path, monkeypatch, renderer)

    assert report.failures == ()
    assert [(f.rule, _spot(f, case.base), _keys(f, case.base)) for f in report.findings] == [
        (case.rule, case.at, [case.key] if case.key else [])
    ]
    (finding,) = report.findings
    if case.at.startswith("templates/"):
        assert finding.location.layer is Layer.TEMPLATE
        assert finding.location.exactness in (None, Exactness.EXACT, Exactness.LINES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_near_miss_is_silent(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    assert case.near != case.fires

    report = _run(case.near, case.base, tmp_path, monkeypatch, renderer)

    assert (report.failures, report.findings) == ((), ())
