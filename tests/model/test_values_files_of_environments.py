"""Items that say what the values file of an environment sets, and how they are held against that environment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.model.reading import read

from todo_lint.findings import Report, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request


def _stated(*lines: str) -> list[tuple[str, str, str, str]]:
    model = read("## Values hierarchy", "", *lines)
    return [(s.kind, str(s.attribute), s.value, s.environment) for s in model.statements if s.understood]


@pytest.mark.parametrize("label", ["`values-prod.yaml`", "**values-prod.yaml**", "values.prod.yaml"])
def test_what_a_values_file_sets_holds_in_its_environment(label: str) -> None:
    assert _stated(f"- {label}: 2+ replicas, HPA, PDB and NetworkPolicy enabled.") == [
        ("Deployment", "replicas", "2+", "production"), ("HorizontalPodAutoscaler", "exists", "", "production"),
        ("PodDisruptionBudget", "exists", "", "production"), ("NetworkPolicy", "exists", "", "production"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "- `values.yaml`: 2 replicas",
        "- `values-prod.yaml`: HPA and PDB disabled",
        "- `values-prod.yaml`: 2 replicas of the web, 3 replicas of the worker",
        "- `values-prod.yaml`: stricter defaults",
        "- `docker-prod.yaml`: 2 replicas",
    ],
)
def test_of_other_files_and_of_what_is_off_nothing_is_stated(line: str) -> None:
    assert [kind for kind, attribute, *_ in _stated(line) if attribute in ("replicas", "exists")] == []


WEB = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n"
    "  {{- if not .Values.scaled }}\n  replicas: {{ .Values.replicas }}\n  {{- end }}\n"
    "  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n"
    "    spec: {containers: [{name: web, image: 'web:1'}]}\n"
)
SCALER = (
    "{{- if .Values.scaled }}\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\n"
    "spec: {minReplicas: 2, maxReplicas: 6, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}\n"
    "{{- end }}\n"
)
Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chart/templates").mkdir(parents=True)
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / "chart/values.yaml").write_text("scaled: false\nreplicas: 1\n")
    (tmp_path / "chart/templates/web.yaml").write_text(WEB)
    (tmp_path / "chart/templates/scaler.yaml").write_text(SCALER)

    def hold(line: str, values: str) -> Report:
        (tmp_path / "chart/values-production.yaml").write_text(values)
        (tmp_path / "data-model.md").write_text(f"## Values\n\n- `values-production.yaml`: {line}\n")
        report = run(Request(("chart",), data_model="data-model.md"), renderer)
        assert report.failures == ()
        return report

    return hold


def _told(report: Report) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in report.findings if f.rule.startswith("documented-")]


def test_replicas_that_an_autoscaler_sets_may_be_any_that_it_can_set(check: Check) -> None:
    report = check("2+ replicas, HPA enabled", "scaled: true\n")

    assert _told(report) == []
    assert report.statements[Verdict.HOLDS] == 2


def test_fewer_replicas_than_the_least_that_are_stated_are_told(check: Check) -> None:
    assert _told(check("3+ replicas, HPA enabled", "scaled: true\n")) == [
        ("documented-replicas-differ", "Deployment/web has 1 replica by default; the document says at least 3")
    ]


def test_what_should_be_there_in_an_environment_and_is_not_is_missing(check: Check) -> None:
    assert _told(check("1 replica, HPA enabled", "scaled: false\n")) == [
        ("documented-entity-missing", "the chart renders no HorizontalPodAutoscaler")
    ]
