"""The document describes the base profile: what another profile's own values change is overridden."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from todo_lint.findings import Report, Severity, Verdict
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
SECRETS = "secrets: {databaseUrl: dummy, cohereApiKey: dummy}\n"
REPLICAS = "{{ int .Values.frontend.replicaCount }}"


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


# What is stated for later, and is there already.


def _later(report: Report) -> list[tuple[str, int | None, int | None, list[int], tuple[str, ...]]]:
    return [
        (f.location.file, f.location.line, f.location.column, [ref.line for ref in f.statements], f.profiles)
        for f in report.findings
        if f.rule == "documented-for-later-differs"
    ]


def test_an_optional_part_that_is_rendered_and_differs_is_a_note(chart: Path, renderer: Renderer) -> None:
    claim = chart / "templates/todo-data-volume.yaml"
    claim.write_text(claim.read_text().replace("ReadWriteOnce", "ReadWriteMany"))
    values = chart / "values.yaml"
    values.write_text(values.read_text().replace("  size: 1Gi", "  size: 2Gi"))

    report = run(Request(("chart",)), renderer)

    file = "chart/templates/todo-data-volume.yaml"
    assert _later(report) == [(file, 16, 3, [63], ("optional-parts",)), (file, 23, 16, [62], ("optional-parts",))]
    assert report.statements[Verdict.LATER] == 7
    assert report.exit_code == 0


def test_an_optional_part_of_another_size_for_one_profile_is_no_note(chart: Path, renderer: Renderer) -> None:
    (chart / "ci/large-values.yaml").write_text(f"{SECRETS}persistence: {{enabled: true, size: 5Gi}}\n")

    assert _later(run(Request(("chart",)), renderer)) == []


def test_an_optional_part_as_it_is_stated_is_no_note(chart: Path, renderer: Renderer) -> None:
    values = chart / "values.yaml"
    values.write_text(values.read_text().replace("  size: 1Gi", "  size: 1024Mi"))

    assert _later(run(Request(("chart",)), renderer)) == []


# What given values cannot make right.


def test_a_secret_in_a_documented_key_is_not_overridden(chart: Path, renderer: Renderer) -> None:
    config = chart / "templates/app-config.yaml"
    lines = [
        "  frontend_api_url: {{ .Values.secrets.databaseUrl | quote }}" if "frontend_api_url" in line else line
        for line in config.read_text().split("\n")
    ]
    config.write_text("\n".join(lines))
    Path("given.yaml").write_text(
        "secrets: {databaseUrl: postgres-user-dummy, cohereApiKey: dummy, jwtSecret: dummy}\n"
    )

    report = run(Request(("chart",), ValueOptions(files=("given.yaml",))), renderer)

    (finding,) = [f for f in report.findings if f.severity > Severity.NOTE]
    assert (finding.rule, finding.location.line, finding.location.column) == ("secret-in-clear", 9, 21)
    assert [(ref.line, ref.verdict) for ref in finding.statements] == [(50, Verdict.VIOLATED)]
    assert (report.statements[Verdict.VIOLATED], report.statements[Verdict.OVERRIDDEN]) == (1, 0)
    assert "postgres-user-dummy" not in repr(report.findings)


def test_another_value_in_a_documented_key_is_overridden(chart: Path, renderer: Renderer) -> None:
    config = chart / "templates/app-config.yaml"
    config.write_text(
        config.read_text().replace(
            '"http://backend-service:', '"{{ .Values.scheme | default "http" }}://backend-service:'
        )
    )
    (chart / "values.schema.json").unlink()
    Path("given.yaml").write_text(f"{SECRETS}scheme: https\n")

    report = run(Request(("chart",), ValueOptions(files=("given.yaml",))), renderer)

    assert report.statements[Verdict.OVERRIDDEN] == 1


def test_given_values_that_do_not_render_hold_against_nothing(chart: Path, renderer: Renderer) -> None:
    Path("given.yaml").write_text("secrets: {databaseUrl: {a: x}}\n")

    report = run(Request(("chart",), ValueOptions(files=("given.yaml",))), renderer)

    assert [(f.rule, f.location.file, f.location.line) for f in report.findings] == [
        ("chart-does-not-render", "given.yaml", 1)
    ]
    assert not any(report.statements.values())
    assert any("was not checked" in remark for remark in report.summary.remarks)
