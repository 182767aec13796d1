"""The document describes the base profile: what another profile's own values change is overridden."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from todo_lint.findings import Report, Verdict
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
SECRETS = "secrets: {databaseUrl: dummy, cohereApiKey: dummy}\n"
REPLICAS = "{{ int .Values.frontend.replicaCount }}"


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


@pytest.fixture
def chart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "chart"


def _problems(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    assert report.failures == ()
    return [
        (f.rule, f.profiles)
        for f in report.findings
        if f.rule not in ("default-values-stop", "secret-not-rendered", "dead-value")
    ]


def test_own_values_of_a_profile_override(chart: Path, renderer: Renderer) -> None:
    (chart / "ci/production-values.yaml").write_text(SECRETS + "frontend: {replicaCount: 3}\n")

    report = run(Request(("chart",)), renderer)

    assert _problems(report) == []
    assert report.statements[Verdict.OVERRIDDEN] == 1
    assert report.statements[Verdict.HOLDS] == 55


def test_given_values_override(chart: Path, renderer: Renderer) -> None:
    values = ValueOptions(files=("chart/ci/minimal-values.yaml",), set=("backend.service.port=9000",))

    report = run(Request(("chart",), values), renderer)

    assert _problems(report) == []
    # The Service's port, the internal address and the URL follow the value; the default in values.yaml still holds.
    assert report.statements[Verdict.OVERRIDDEN] == 3


def test_a_secret_made_elsewhere_is_overridden_and_not_missing(chart: Path, renderer: Renderer) -> None:
    report = run(Request(("chart",), ValueOptions(set=("secrets.existingSecret=made-elsewhere",))), renderer)

    assert _problems(report) == []
    assert report.statements[Verdict.OVERRIDDEN] == 4


def test_a_difference_without_own_values_is_a_finding(chart: Path, renderer: Renderer) -> None:
    template = chart / "templates/frontend-deployment.yaml"
    text = template.read_text()
    assert REPLICAS in text
    template.write_text(text.replace(REPLICAS, "{{ ternary 1 2 (empty .Values.persistence.enabled) }}"))
    (chart / "ci/production-values.yaml").write_text(SECRETS)
    (chart / "ci/minimal-values.yaml").write_text(SECRETS + "persistence: {enabled: true}\n")

    report = run(Request(("chart",)), renderer)

    # The base profile has the persistence that makes two replicas of one; the document describes that profile.
    assert ("documented-replicas-differ", ("minimal", "optional-parts")) in _problems(report)


def test_a_random_field_is_a_finding(chart: Path, renderer: Renderer) -> None:
    template = chart / "templates/frontend-deployment.yaml"
    template.write_text(template.read_text().replace(REPLICAS, "{{ randInt 2000 900000 }}"))

    report = run(Request(("chart",)), renderer)

    assert {rule for rule, _ in _problems(report)} == {"documented-replicas-differ"}
    assert sorted(profile for _, profiles in _problems(report) for profile in profiles) == [
        "minimal",
        "optional-parts",
    ]


def test_the_configuration_names_the_base(chart: Path, renderer: Renderer) -> None:
    (chart / ".todo-lint.yaml").write_text("base-profile: optional-parts\n")

    report = run(Request(("chart",)), renderer)

    assert "which describes the profile optional-parts" in report.summary.remarks[-1]
