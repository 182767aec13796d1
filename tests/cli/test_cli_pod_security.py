"""The Pod Security Standards, as the configuration or a Namespace's label asks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WriteChart = Callable[..., Path]
Runs = Callable[..., Any]
WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      hostPID: {{ .Values.share }}
      securityContext:
        sysctls:
          - name: net.ipv4.tcp_rmem
            value: "1"
      containers:
        - name: web
          image: web:1.0
"""
SPACE = """\
apiVersion: v1
kind: Namespace
metadata:
  name: default
  labels:
    pod-security.kubernetes.io/enforce: {{ .Values.level }}
"""


def _at(location: dict[str, Any]) -> tuple[int, int]:
    return location["line"], location["column"]


def _told(run: Any) -> list[tuple[Any, ...]]:
    return [
        (
            f["rule"],
            f["severity"],
            f["path"],
            f["location"]["line"],
            f["location"]["column"],
            f["kubernetes"]["until"],
        )
        for f in run.report["findings"]
        if f["rule"] in ("host-namespace-shared", "sysctl-unsafe", "root-not-refused")
    ]


HOST = ("host-namespace-shared", "error", "spec.template.spec.hostPID", 14, 16, None)
SYSCTL = ("sysctl-unsafe", "error", "spec.template.spec.securityContext.sysctls[0].name", 17, 19, "1.31")
ROOT = (
    "root-not-refused",
    "error",
    "spec.template.spec.containers[0].securityContext.runAsNonRoot",
    20,
    11,
    None,
)


@pytest.fixture
def chart(write_chart: WriteChart) -> Path:
    meta = 'apiVersion: v2\nname: app\nversion: 0.1.0\nkubeVersion: ">=1.28.0-0"\n'
    return write_chart("app", {"Chart.yaml": meta, "values.yaml": "share: true\n", "templates/web.yaml": WORKLOAD})


def test_without_a_level_nothing_is_said(chart: Path, run_inside: Runs) -> None:
    assert _told(run_inside("app", "--format", "json")) == []


def test_the_level_of_the_configuration(chart: Path, run_inside: Runs) -> None:
    (chart / ".todo-lint.yaml").write_text("pod-security: baseline\n")
    assert _told(run_inside("app", "--format", "json")) == [HOST, SYSCTL]
    (chart / ".todo-lint.yaml").write_text("pod-security: restricted\n")
    assert sorted(_told(run_inside("app", "--format", "json"))) == sorted([HOST, SYSCTL, ROOT])
    (chart / ".todo-lint.yaml").write_text("pod-security: privileged\n")
    assert _told(run_inside("app", "--format", "json")) == []


def test_a_version_of_the_standard(chart: Path, run_inside: Runs) -> None:
    (chart / ".todo-lint.yaml").write_text("pod-security: baseline:v1.28\n")
    assert _told(run_inside("app", "--format", "json")) == [HOST, (*SYSCTL[:-1], None)]


def test_the_label_of_a_rendered_namespace(chart: Path, run_inside: Runs) -> None:
    (chart / "templates/space.yaml").write_text(SPACE)
    (chart / "values.yaml").write_text("share: true\nlevel: baseline\n")
    assert _told(run_inside("app", "--format", "json", "--only", "kubernetes")) == [HOST, SYSCTL]
    assert _told(run_inside("app", "--format", "json", "--only", "kubernetes", "--namespace", "other")) == []


def test_manifests(tmp_path: Path, run_inside: Runs) -> None:
    (tmp_path / "web.yaml").write_text(WORKLOAD.replace("{{ .Values.share }}", "true"))
    (tmp_path / ".todo-lint.yaml").write_text("pod-security: baseline\n")
    assert _told(run_inside("web.yaml", "--format", "json")) == [HOST]


@pytest.mark.parametrize("wrong", ["strict", "baseline:", "baseline:v2.0", "baseline:v1.99", "[baseline]"])
def test_a_level_that_is_none_is_wrong_input(chart: Path, run_inside: Runs, wrong: str) -> None:
    (chart / ".todo-lint.yaml").write_text(f"pod-security: {wrong}\n")
    run = run_inside("app")
    assert run.code == 2
    assert len(run.failed) == 1


def test_the_shipped_chart_is_restricted(shipped: Path, run_inside: Runs) -> None:
    (shipped / ".todo-lint.yaml").write_text("pod-security: restricted\n")
    run = run_inside("chart", "--format", "json")
    assert run.rules == []
