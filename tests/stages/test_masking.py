"""Passwords that stand in the clear outside of Secrets are pointed at, and not shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint import cli
from todo_lint.stages.masking import masked


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("  password: hunter2", "  password: [hidden]"),
        ('  DB_PASSWORD: "hunter 2"  # for now', "  DB_PASSWORD: [hidden]  # for now"),
        ("{name: API_TOKEN, value: abc-def}", "{name: API_TOKEN, value: [hidden]}"),
        ("data: {apiKey: abc, mode: fast}", "data: {apiKey: [hidden], mode: fast}"),
        ("        - --db-password=hunter2", "        - --db-password=[hidden]"),
        ("    jwt_secret=abc&x", "    jwt_secret=[hidden]&x"),
        ("  url: postgres://app:hunter2@db:5432/app", "  url: postgres://app:[hidden]@db:5432/app"),
    ],
)
def test_a_password_is_taken_out_of_a_line(line: str, shown: str) -> None:
    assert masked(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        "  secretName: web-cert",
        "  passwordKey: password",
        "  automountServiceAccountToken: false",
        "  password: {{ .Values.password | quote }}",
        '  password: ""',
        "  token:",
        "  existingSecret: login",
        "  key: password",
        "  - name: DB_PASSWORD",
        "  image: registry:5000/web:1.0",
        "  url: postgres://{{ .Values.user }}:{{ .Values.password }}@db/app",
        "  url: postgres://app:$(DB_PASSWORD)@db/app",
        "  args: [--port=8000]",
    ],
)
def test_what_is_none_stays(line: str) -> None:
    assert masked(line) == line


MANIFEST = """\
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
          env:
            - name: DB_PASSWORD
              value: 4711815
            - name: OTHER
              value: 4711816
---
apiVersion: v1
kind: ConfigMap
metadata: {name: web}
data:
  password: 8154711
"""


@pytest.mark.parametrize("format_", ["text", "json"])
def test_no_format_shows_them_and_the_line_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("web.yaml").write_text(MANIFEST)

    assert cli.run(["web.yaml", "--format", format_]) == 1

    out = capsys.readouterr().out
    assert "4711815" not in out
    assert "8154711" not in out
    assert "4711816" in out
    if format_ == "text":
        assert all(place in out for place in ("web.yaml:15:22", "web.yaml:17:22", "web.yaml:23:13"))
        assert "              value: [hidden]" in out


def test_a_value_in_a_chart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("web/templates").mkdir(parents=True)
    Path("web/Chart.yaml").write_text("apiVersion: v2\nname: web\nversion: 0.1.0\n")
    Path("web/values.yaml").write_text("db:\n  password: hunter2\n")  # nothing reads it
    text = MANIFEST.replace("4711815", "{{ .Values.number }}").replace("8154711", '"4711817"')
    Path("web/templates/web.yaml").write_text(text.replace("4711816", '"x"'))

    assert cli.run(["web", "--set", "number=4711815"]) == 1

    out = capsys.readouterr().out
    assert "4711815" not in out
    assert "web/templates/web.yaml:15:" in out
    assert "hunter2" not in out
