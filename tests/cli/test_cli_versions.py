"""Charts that are right in one Kubernetes version and wrong in another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WriteChart = Callable[..., Path]
Runs = Callable[..., Any]
META = 'apiVersion: v2\nname: app\nversion: 0.1.0\nkubeVersion: "{}"\n'
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n"
NEWER = SERVICE + "  trafficDistribution: PreferClose\n"
AUTOSCALER = """\
{{- if .Capabilities.APIVersions.Has "autoscaling/v2beta2" }}
apiVersion: autoscaling/v2beta2
{{- else }}
apiVersion: autoscaling/v2
{{- end }}
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 3
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
"""


def _told(run: Any) -> list[tuple[Any, ...]]:
    return [
        (
            f["rule"],
            f["severity"],
            f["location"]["file"],
            f["location"]["line"],
            f["location"]["column"],
            f["kubernetes"]["since"],
            f["kubernetes"]["until"],
        )
        for f in run.report["findings"]
    ]


def test_a_newer_field_is_an_error_in_the_versions_that_the_chart_admits(
    write_chart: WriteChart, run_inside: Runs
) -> None:
    write_chart("app", {"Chart.yaml": META.format(">=1.28.0-0"), "templates/a.yaml": NEWER})
    run = run_inside("app", "--format", "json")
    assert _told(run) == [("field-too-new", "error", "app/templates/a.yaml", 8, 3, None, "1.29")]
    assert run.code == 1
    assert run.report["summary"]["kubernetes"] == {"oldest": "1.28", "newest": "1.37"}


def test_it_is_a_note_where_nobody_named_versions_and_nothing_where_they_are_newer(
    write_chart: WriteChart, run_inside: Runs
) -> None:
    write_chart("app", {"templates/a.yaml": NEWER})
    run = run_inside("app", "--format", "json")
    assert _told(run) == [("field-too-new", "note", "app/templates/a.yaml", 8, 3, None, "1.29")]
    assert run.code == 0
    assert run_inside("app", "--format", "json", "--kubernetes-version", "1.30-1.37").report["findings"] == []
    asked = run_inside("app", "--format", "json", "--kubernetes-version", "1.29")
    assert _told(asked) == [("field-too-new", "error", "app/templates/a.yaml", 8, 3, None, None)]


def test_the_text_says_until_when(write_chart: WriteChart, run_inside: Runs) -> None:
    write_chart("app", {"templates/a.yaml": NEWER})
    out = run_inside("app", "--kubernetes-version", "1.28-1.31").out
    assert "  kubernetes: until 1.29\n" in out
    assert "1 checked for Kubernetes 1.28 to 1.31\n" in out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("1.28,1.30,1.31", "1.28, 1.30 to 1.31"),
        (">=1.35.0-0", "1.35 to 1.37"),
        ("<1.27 || 1.30", "1.25 to 1.26, 1.30"),
        ("1.37", "1.37"),
    ],
)
def test_the_summary_says_which_versions_were_checked(
    write_chart: WriteChart, run_inside: Runs, asked: str, told: str
) -> None:
    write_chart("app", {"templates/a.yaml": SERVICE})
    assert f"1 checked for Kubernetes {told}\n" in run_inside("app", "--kubernetes-version", asked).out


def test_the_report_lists_them(write_chart: WriteChart, run_inside: Runs) -> None:
    write_chart("app", {"templates/a.yaml": SERVICE})
    run = run_inside("app", "--format", "json", "--kubernetes-version", "1.28,1.30")
    assert run.report["summary"]["versions"] == ["1.28", "1.30"]
    assert run.report["summary"]["kubernetes"] == {"oldest": "1.28", "newest": "1.30"}


def test_each_version_sees_what_it_would_be_given(write_chart: WriteChart, run_inside: Runs) -> None:
    write_chart("app", {"templates/a.yaml": AUTOSCALER})
    run = run_inside("app", "--format", "json", "--only", "kubernetes", "--kubernetes-version", "1.25-1.37")
    # served in 1.25 only, and the chart itself moves on
    assert _told(run) == [("deprecated-api", "note", "app/templates/a.yaml", 2, 13, None, "1.25")]
    assert "the chart itself moves on" in run.report["findings"][0]["message"]
    assert run.report["summary"]["documents"] == run.report["summary"]["checked"] == 1


def test_a_chart_that_does_not_move_on(write_chart: WriteChart, run_inside: Runs) -> None:
    text = AUTOSCALER[AUTOSCALER.index("apiVersion: autoscaling/v2beta2") :].replace(
        "{{- else }}\napiVersion: autoscaling/v2\n{{- end }}\n", ""
    )
    write_chart("app", {"templates/a.yaml": text})
    run = run_inside("app", "--format", "json", "--only", "kubernetes", "--kubernetes-version", "1.25-1.37")
    assert _told(run) == [("removed-api", "error", "app/templates/a.yaml", 1, 13, "1.26", None)]
    only = run_inside("app", "--format", "json", "--only", "kubernetes", "--kubernetes-version", "1.25")
    assert _told(only) == [("deprecated-api", "warning", "app/templates/a.yaml", 1, 13, None, None)]


def test_a_version_that_the_chart_refuses_is_told_and_the_others_are_checked(
    write_chart: WriteChart, run_inside: Runs
) -> None:
    write_chart("app", {"Chart.yaml": META.format(">=1.30.0-0"), "templates/a.yaml": NEWER})
    run = run_inside("app", "--format", "json", "--kubernetes-version", "1.28-1.31")
    assert _told(run) == [("chart-not-installable", "error", "app/Chart.yaml", 4, 14, None, "1.29")]
    assert run.report["summary"]["checked"] == 1


def test_a_template_that_stops_in_old_versions(write_chart: WriteChart, run_inside: Runs) -> None:
    stop = '{{ if semverCompare "<1.27-0" .Capabilities.KubeVersion.Version }}{{ fail "too old" }}{{ end }}\n'
    write_chart("app", {"templates/a.yaml": stop + SERVICE})
    run = run_inside("app", "--format", "json")
    assert [entry[:2] + entry[5:] for entry in _told(run)] == [("chart-does-not-render", "note", None, "1.26")]


def test_what_only_an_old_version_renders_and_no_schema_knows_is_listed(
    write_chart: WriteChart, run_inside: Runs
) -> None:
    text = (
        '{{ if semverCompare "<1.27-0" .Capabilities.KubeVersion.Version }}\n'
        "apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: x\n{{ end }}"
    )
    write_chart("app", {"templates/a.yaml": text, "templates/b.yaml": SERVICE})
    summary = run_inside("app", "--format", "json").report["summary"]
    assert [skip["resource"] for skip in summary["skipped"]] == ["Thing/x in profile default"]
    assert summary["documents"] == summary["checked"] + len(summary["skipped"]) == 2


@pytest.mark.parametrize("asked", ["", " ", "<=1.24", "1.37-1.28", "2.0", "1.28-1.99", "-1.30", "1.28-", ">2", "=>"])
def test_versions_that_there_are_not(write_chart: WriteChart, run_inside: Runs, asked: str) -> None:
    write_chart("app", {"templates/a.yaml": SERVICE})
    run = run_inside("app", "--kubernetes-version", asked)
    assert run.code == 2
    assert len(run.failed) == 1


@pytest.mark.parametrize("command", ["check", "graph"])
def test_an_empty_version_is_no_version(tmp_path: Path, run_inside: Runs, command: str) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    run = run_inside(command, "a.yaml", "--kubernetes-version", "")
    assert run.code == 2


def test_what_can_be_asked_for_is_told(tmp_path: Path, run_inside: Runs) -> None:
    (tmp_path / "a.yaml").write_text(SERVICE)
    run = run_inside("a.yaml", "--kubernetes-version", "<=1.24")
    assert run.failed[0].endswith("name one of 1.25 to 1.37, or a range of these, such as 1.25-1.37 or >=1.25")


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1.0
"""
BY_VERSION = """\
{{- if .Capabilities.APIVersions.Has "autoscaling/v2beta2" }}
apiVersion: autoscaling/v2beta2
{{- else }}
apiVersion: autoscaling/v2
{{- end }}
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  maxReplicas: 3
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ if .Capabilities.APIVersions.Has "autoscaling/v2beta2" }}OLD{{ else }}NEW{{ end }}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("web", "web", []),
        ("wep", "web", [("warning", None, "1.25")]),
        ("web", "wep", [("warning", "1.26", None)]),
        ("wep", "wep", [("warning", None, None)]),
        ('" .Release.Name "-wep', '" .Release.Name "-wep', [("warning", None, None)]),
    ],
)
def test_who_refers_to_whom_is_looked_at_in_old_versions_too(
    write_chart: WriteChart, run_inside: Runs, old: str, new: str, told: list[tuple[str, str | None, str | None]]
) -> None:
    autoscaler = BY_VERSION.replace("OLD", f'{{{{ print "{old}" }}}}').replace("NEW", f'{{{{ print "{new}" }}}}')
    write_chart("app", {"templates/a.yaml": autoscaler, "templates/b.yaml": DEPLOYMENT})

    run = run_inside("app", "--format", "json", "--kubernetes-version", "1.25-1.37")

    found = [entry for entry in _told(run) if entry[0] == "scale-target-not-rendered"]
    assert [(severity, since, until) for _, severity, *_, since, until in found] == told
    assert {entry[2:4] for entry in found} <= {("app/templates/a.yaml", 14)}


def test_a_url_that_is_wrong_in_old_versions(write_chart: WriteChart, run_inside: Runs) -> None:
    """It is written out in old versions only, and fits there by chance while the release is called like the chart."""
    config = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n"
        '  {{- if semverCompare "<1.30-0" .Capabilities.KubeVersion.Version }}\n'
        "  url: http://app-web\n  {{- else }}\n  url: http://{{ .Release.Name }}-web/v2\n  {{- end }}\n"
    )
    service = SERVICE.replace("name: web", "name: {{ .Release.Name }}-web")
    write_chart("app", {"templates/a.yaml": config, "templates/b.yaml": service})

    run = run_inside("app", "--format", "json", "--kubernetes-version", "1.28-1.37")

    assert _told(run) == [("url-host-unknown", "warning", "app/templates/a.yaml", 7, 8, None, "1.29")]
    assert run.report["findings"][0]["message"].startswith("when the release is called release-name: ")


def test_manifests_can_be_checked_for_a_range(tmp_path: Path, run_inside: Runs) -> None:
    (tmp_path / "a.yaml").write_text(NEWER)
    run = run_inside("a.yaml", "--format", "json", "--kubernetes-version", "1.28-1.37")
    assert _told(run) == [("field-too-new", "error", "a.yaml", 8, 3, None, "1.29")]
    assert run_inside("a.yaml", "--format", "json").report["findings"] == []


def test_the_shipped_chart_is_clean_in_every_version_it_admits(shipped: Path, run_inside: Runs) -> None:
    run = run_inside("chart", "--format", "json", "--kubernetes-version", "1.28-1.37")
    assert [entry[0] for entry in _told(run)] == ["default-values-stop"]
    assert run.code == 0
