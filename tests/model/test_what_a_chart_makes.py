"""Lists and sentences of the kinds that a chart makes, and how a chart is held against them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.model.reading import prose, read, stated, told

from todo_lint.findings import Report, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.model.statements import Modality
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

INCLUDES = ("The chart includes:", "")


def test_a_list_below_such_a_line_has_a_kind_in_each_item() -> None:
    model = read(
        *INCLUDES, "- Deployment", "- schema migration Job", "- Role and RoleBinding", "- **ConfigMap** - settings",
        "- Secret `shop-secrets`", "- dashboards",
    )  # fmt: skip

    assert stated(model) == [
        (3, "Deployment", "", "exists", ""), (4, "Job", "", "exists", ""), (5, "Role", "", "exists", ""),
        (5, "RoleBinding", "", "exists", ""), (6, "ConfigMap", "", "exists", ""),
        (7, "Secret", "shop-secrets", "name", "shop-secrets"),
    ]  # fmt: skip
    assert told(model) == []
    assert {1, 8} <= set(prose(model))


@pytest.mark.parametrize(
    "item", ["optional ServiceMonitor", "ServiceMonitor (optional)", "ServiceMonitor: when `metrics.enabled`"]
)
def test_what_is_optional_in_such_a_list_is_so(item: str) -> None:
    (statement,) = read(*INCLUDES, f"- {item}").statements

    assert (statement.kind, statement.attribute, statement.modality) == (
        "ServiceMonitor",
        "exists",
        Modality.OPTIONAL,
    )


def test_a_heading_or_a_sentence_can_say_it_as_well() -> None:
    model = read("## Resources created", "", "- Service", "", "This chart deploys a Deployment, a Service and a PVC.")

    assert [(line, kind) for line, kind, *_ in stated(model)] == [
        (3, "Service"), (5, "Deployment"), (5, "Service"), (5, "PersistentVolumeClaim"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ("Other things:", "", "- Job"),
        (*INCLUDES, "- Job", "", "These were considered:", "", "- Job")[4:],
        ("The chart may create a Job, a Service and a Pod.",),
        ("The chart deploys an API, a Service and a queue.",),
    ],
)
def test_a_kind_elsewhere_is_none_that_the_chart_makes(lines: tuple[str, ...]) -> None:
    assert stated(read(*lines)) == []


TEMPLATES = {
    "web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n",
    "job.yaml": "{{- if .Values.seed }}\napiVersion: batch/v1\nkind: Job\nmetadata: {name: seed}\n{{- end }}\n",
}
Check = Callable[..., Report]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    monkeypatch.chdir(tmp_path)

    def hold(*items: str, more: str = "") -> Report:
        (tmp_path / "chart/templates").mkdir(parents=True)
        (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
        (tmp_path / "chart/values.yaml").write_text("seed: false\nkind: Role\n")
        for name, text in TEMPLATES.items():
            (tmp_path / "chart/templates" / name).write_text(text)
        (tmp_path / "chart/templates/more.yaml").write_text(more)
        (tmp_path / "data-model.md").write_text("\n".join([*INCLUDES, *(f"- {item}" for item in items)]))
        report = run(Request(("chart",), data_model="data-model.md"), renderer)
        assert report.failures == ()
        return report

    return hold


def _documented(report: Report) -> list[tuple[str, str, str, int | None]]:
    found = [finding for finding in report.findings if finding.rule.startswith("documented-")]
    return [(f.rule, f.message, f.location.file, f.location.line) for f in found]


def test_a_kind_that_is_rendered_is_there_and_one_behind_a_switch_may_be(check: Check) -> None:
    report = check("Service", "Job")

    assert _documented(report) == []
    assert (report.statements[Verdict.HOLDS], report.statements[Verdict.NOT_CHECKABLE]) == (1, 1)
    assert not [f for f in report.findings if f.rule == "undocumented" and "Service web" in f.message]


def test_a_kind_that_no_template_makes_is_missing(check: Check) -> None:
    assert _documented(check("Service", "NetworkPolicy")) == [
        ("documented-entity-missing", "the chart renders no NetworkPolicy", "data-model.md", 4)
    ]


def test_where_a_template_leaves_the_kind_to_the_values_it_may_be_any(check: Check) -> None:
    report = check("NetworkPolicy", more="apiVersion: v1\nkind: {{ .Values.kind }}\nmetadata: {name: web}\n")

    assert _documented(report) == []


INGRESS = (
    "{{- if .Values.seed }}\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\n"
    "spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n{{- end }}\n"
)


def test_an_ingress_without_a_name_that_a_template_makes_on_demand_is_not_missing(
    check: Check, tmp_path: Path, renderer: Renderer
) -> None:
    check("Service", more=INGRESS)
    told = {}
    for line in ("The Ingress forwards all requests to the `web` Service.", "## Ingress `entry`\n- Path: /"):
        (tmp_path / "data-model.md").write_text(line)
        told[line] = _documented(run(Request(("chart",), data_model="data-model.md"), renderer))

    assert list(told.values()) == [
        [],
        [("documented-entity-missing", "the chart renders no Ingress entry", "data-model.md", 1)],
    ]
