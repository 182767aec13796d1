"""Names that exceed their limits under the longest release name that Helm allows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from todo_lint.helm.checks import MAX_RELEASE_NAME
from todo_lint.stages.other_releases import LONGEST_RELEASE

WriteChart = Callable[..., Path]
Runs = Callable[..., Any]


def manifest(kind: str, name: str, api: str = "v1", spec: str = "") -> str:
    return f"apiVersion: {api}\nkind: {kind}\nmetadata:\n  name: {name}\n{spec}"


SERVICE = "spec:\n  ports:\n    - port: 80\n"
POD = (
    "template:\n{0}  metadata:\n{0}    labels:\n{0}      app: web\n{0}  spec:\n{0}    restartPolicy: {1}\n"
    "{0}    containers:\n{0}      - name: web\n{0}        image: web:1.0\n"
)
CRON = f'spec:\n  schedule: "0 3 * * *"\n  jobTemplate:\n    spec:\n      {POD.format("      ", "Never")}'
STATEFUL = "spec:\n  serviceName: web\n  selector:\n    matchLabels:\n      app: web\n  " + POD.format("  ", "Always")
NAME = "{{ .Release.Name }}"


def _told(run: Any) -> list[tuple[Any, ...]]:
    return [
        (f["severity"], f["path"], f["location"]["file"], f["location"]["line"], f["location"]["column"])
        for f in run.report["findings"]
        if f["rule"] == "name-exceeds-limit"
    ]


def test_the_longest_name_is_as_long_as_helm_allows() -> None:
    assert len(LONGEST_RELEASE) == MAX_RELEASE_NAME


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (manifest("Service", f"{NAME}-backend-internal-x", spec=SERVICE), ("metadata.name", 4, 9)),
        (manifest("Service", f"{NAME}-backend", spec=SERVICE), None),  # 61 characters
        (manifest("ConfigMap", f"{NAME}-backend-internal-x"), None),  # 253 are allowed
        (manifest("CronJob", NAME, "batch/v1", CRON), ("metadata.name", 4, 9)),
        (
            manifest("CronJob", f"{NAME} | trunc 50", "batch/v1", CRON).replace(" }} | trunc 50", " | trunc 50 }}"),
            None,
        ),
        (manifest("StatefulSet", NAME, "apps/v1", STATEFUL), ("metadata.name", 4, 9)),
        (manifest("StatefulSet", "web", "apps/v1", STATEFUL), None),
        (
            manifest("ConfigMap", f"web\n  labels:\n    app: {NAME}-backend-internal"),
            ("metadata.labels.app", 6, 10),
        ),
        (manifest("ConfigMap", f"web\n  labels:\n    app: {NAME}"), None),
        (manifest("ConfigMap", f"web\ndata:\n  url: http://{NAME}-backend-internal.default.svc:80/"), None),
    ],
)
def test_names_and_labels(
    write_chart: WriteChart, run_inside: Runs, text: str, told: tuple[str, int, int] | None
) -> None:
    write_chart("app", {"templates/a.yaml": text})
    expected = [("note", told[0], "app/templates/a.yaml", *told[1:])] if told else []
    assert _told(run_inside("app", "--format", "json")) == expected


def test_the_message_says_how_long_it_is_and_may_be(write_chart: WriteChart, run_inside: Runs) -> None:
    write_chart("app", {"templates/a.yaml": manifest("Service", f"{NAME}-backend-internal-x", spec=SERVICE)})
    (finding,) = run_inside("app", "--format", "json").report["findings"]
    assert finding["message"] == (
        "name of a Service is too long where the release's name has 45 characters or more: "
        "it may have 63 characters, and has 72 where that has 53"
    )


HELPER = """{{- define "app.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}{{ .Release.Name | trunc 63 }}
{{- else -}}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 }}{{- end -}}
{{- end -}}
"""
FULL = '{{ include "app.fullname" . }}'


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (manifest("Service", f"{NAME}-backend-internal-x", spec=SERVICE), 45),
        (manifest("Service", f"{FULL}-backend-headless", spec=SERVICE), 43),
        (manifest("StatefulSet", f"{FULL}-db", "apps/v1", STATEFUL), 46),
        (manifest("ConfigMap", f"web\n  labels:\n    app: {NAME}-{'x' * 40}"), 23),
        (manifest("CronJob", f"{FULL}-nightly-report", "batch/v1", CRON), 34),
    ],
)
def test_the_shortest_release_name_that_is_too_long_is_told(
    write_chart: WriteChart, run_inside: Runs, text: str, first: int
) -> None:
    """It is right: with that name the chart is wrong, and with a shorter one it is not."""
    write_chart("app", {"templates/a.yaml": text, "templates/_helpers.tpl": HELPER})

    def found(*more: str) -> list[dict[str, Any]]:
        report = run_inside("app", "--format", "json", *more).report
        return [f for f in report["findings"] if f["rule"] not in ("stateful-set-without-headless-service",)]

    (finding,) = found()
    assert f"is too long where the release's name has {first} characters or more: " in finding["message"]
    assert [f["rule"] for f in found("--release-name", "r" * (first - 1))] == ["name-exceeds-limit"]
    if "StatefulSet" not in text:  # a server takes it, and refuses its pods
        assert {f["rule"] for f in found("--release-name", "r" * first)} <= {"invalid-name", "invalid-label"}


def test_one_note_for_a_chart_and_its_subcharts(write_chart: WriteChart, run_inside: Runs) -> None:
    inner = "apiVersion: v2\nname: inner\nversion: 0.1.0\n"
    spread = manifest("Service", f"{NAME}-backend-{{{{ randAlpha 8 | lower }}}}", spec=SERVICE)  # of no known line
    files = {
        "templates/a.yaml": manifest("Service", f"{NAME}-backend-internal", spec=SERVICE),
        "templates/c.yaml": "{{- range until (int (randNumeric 1)) }}\n# x\n{{- end }}\n" + spread,
        "charts/inner/Chart.yaml": inner,
        "charts/inner/templates/b.yaml": manifest("Service", f"{NAME}-frontend-internal-x", spec=SERVICE),
        "ci/more-values.yaml": "a: b\n",
    }
    write_chart("app", files)

    run = run_inside("app", "--format", "json")

    assert [place[2:] for place in _told(run)] == [("app/charts/inner/templates/b.yaml", 4, 9)]
    told = next(f for f in run.report["findings"] if f["rule"] == "name-exceeds-limit")
    assert told["message"].endswith("(2 more names are too long)")
    assert ("app/templates/a.yaml", 4) in [
        (related["location"]["file"], related["location"]["line"]) for related in told["related"]
    ]


def test_what_is_too_long_in_any_case_is_told_once_and_as_an_error(write_chart: WriteChart, run_inside: Runs) -> None:
    name = NAME + "-" + "x" * 70
    write_chart("app", {"templates/a.yaml": manifest("Service", name, spec=SERVICE)})
    run = run_inside("app", "--format", "json")
    assert _told(run) == []
    assert run.rules == ["invalid-name"]


def test_a_name_that_appears_often_in_a_resource_is_told_once(write_chart: WriteChart, run_inside: Runs) -> None:
    long = f"{NAME}-backend-internal"
    labels = f"web\n  labels:\n    app: {long}\n    instance: {long}"
    write_chart("app", {"templates/a.yaml": manifest("ConfigMap", labels)})
    assert len(_told(run_inside("app", "--format", "json"))) == 1


def test_a_chart_that_refuses_long_names_is_right_to(write_chart: WriteChart, run_inside: Runs) -> None:
    guard = '{{ if gt (len .Release.Name) 30 }}{{ fail "the release name is too long" }}{{ end }}\n'
    text = guard + manifest("Service", f"{NAME}-backend-internal-x", spec=SERVICE)
    write_chart("app", {"templates/a.yaml": text})
    run = run_inside("app", "--format", "json")
    assert run.report["findings"] == []
    assert not any("render" in remark for remark in run.report["summary"]["remarks"])
    assert run.code == 0


def test_the_shipped_chart_has_no_such_name(shipped: Path, run_inside: Runs) -> None:
    assert _told(run_inside("chart", "--format", "json")) == []
