"""``--fix`` and ``--diff`` on charts whose values or templates differ from their document."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
Command = Callable[..., tuple[int, str, str]]

DOCUMENT = """\
# Data model

### Kubernetes Deployments
- **web**
  - Replica Count: 2
  - Container Image: shop/web:1.4
  - Resource Requests: 128Mi memory, 0.1 CPU
  - Resource Limits: 256Mi memory, 0.5 CPU

### Kubernetes Services
- **web**
  - Type: ClusterIP
  - Port: 8000 (external), 3000 (target)
  - Selector: app=web

### Configurations
- **web ConfigMap**
  - log_level: info

## Helm Chart Structure
- **Chart.yaml**
  - Name: shop
"""

VALUES = """\
# The web server.
web:
  replicas: 5 # five
  image: {repository: 'shop/web', tag: "2.0"}\r
  requests:   {cpu: 100m, memory: 64Mi}
  limits:
    cpu: "1"     # one core
    memory: 1Gi

  service: { type: NodePort, port: 80 }
  logLevel: debug
password: ""
"""

GOOD = (
    VALUES.replace("replicas: 5", "replicas: 2")
    .replace('"2.0"', '"1.4"')
    .replace("64Mi", "128Mi")
    .replace('"1"  ', '"0.5"  ')
    .replace("1Gi", "256Mi")
    .replace("NodePort, port: 80 ", "ClusterIP, port: 8000 ")
    .replace("debug", "info")
)

TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: {{ .Values.web.replicas }}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: "{{ .Values.web.image.repository }}:{{ .Values.web.image.tag }}"
          ports: [{containerPort: 3000}]
          envFrom: [{configMapRef: {name: web}}]
          resources:
            requests: {{ toJson .Values.web.requests }}
            limits:
              {{- toYaml .Values.web.limits | nindent 14 }}
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: {{ .Values.web.service.type }}
  selector:
    app: web
  ports:
    - port: {{ .Values.web.service.port }}
      targetPort: 3000
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  log_level: {{ .Values.web.logLevel | quote }}
"""


@pytest.fixture
def todo_lint(tmp_path: Path) -> Command:
    """Runs todo-lint in the temporary folder; gives its exit code, output and errors."""

    def run(*arguments: str) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "todo_lint", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        errors = done.stderr.decode()
        assert "Traceback" not in errors
        return done.returncode, done.stdout.decode(), errors

    return run


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    """A chart of somebody who kept the names of the document and changed its numbers."""
    folder = tmp_path / "shop"
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (folder / "values.yaml").write_bytes(VALUES.encode())
    (folder / "templates/all.yaml").write_text(TEMPLATE)
    (tmp_path / "data-model.md").write_text(DOCUMENT)
    (tmp_path / ".git").mkdir()
    return folder


def _findings(todo_lint: Command, *arguments: str) -> list[dict[str, Any]]:
    _, out, _ = todo_lint("shop", "--format", "json", *arguments)
    found: list[dict[str, Any]] = json.loads(out)["findings"]
    return [finding for finding in found if finding["severity"] == "error"]


def test_a_chart_with_wrong_values_is_mended(chart: Path, todo_lint: Command) -> None:
    assert len(_findings(todo_lint)) == 8
    code, out, _ = todo_lint("shop", "--fix", "--fail-on", "error")
    assert (chart / "values.yaml").read_bytes() == GOOD.encode()
    assert code == 0
    assert "fixed at shop/values.yaml:3:13: documented-replicas-differ" in out
    assert _findings(todo_lint) == []
    assert (chart / "templates/all.yaml").read_text() == TEMPLATE


def test_a_second_fix_changes_nothing(chart: Path, todo_lint: Command) -> None:
    todo_lint("shop", "--fix")
    written = (chart / "values.yaml").stat().st_ino
    _, out, _ = todo_lint("shop", "--fix")
    assert "fixed at" not in out
    assert (chart / "values.yaml").stat().st_ino == written


def test_a_diff_shows_the_fixes_and_writes_nothing(chart: Path, todo_lint: Command) -> None:
    code, out, err = todo_lint("shop", "--diff")
    assert code == 1
    assert (chart / "values.yaml").read_bytes() == VALUES.encode()
    assert "8 findings would be fixed, " in err
    done = subprocess.run(["git", "apply", "--unidiff-zero"], input=out.encode(), cwd=chart.parent, check=False)
    assert done.returncode == 0
    assert (chart / "values.yaml").read_bytes() == GOOD.encode()


def test_the_json_report_holds_the_fix(chart: Path, todo_lint: Command) -> None:
    fixes = {finding["path"]: finding["fix"] for finding in _findings(todo_lint)}
    assert fixes["spec.replicas"] == {
        "file": "shop/values.yaml",
        "edits": [{"line": 3, "column": 13, "endLine": 3, "endColumn": 14, "text": "2"}],
    }
    assert fixes["spec.template.spec.containers[0].image"] == {
        "file": "shop/values.yaml",
        "edits": [{"line": 4, "column": 40, "endLine": 4, "endColumn": 45, "text": '"1.4"'}],
    }


def test_a_literal_of_a_template_is_mended(chart: Path, todo_lint: Command) -> None:
    (chart / "values.yaml").write_bytes(GOOD.encode())
    broken = TEMPLATE.replace("      targetPort: 3000\n", "      targetPort: 3001   # inside\n")
    (chart / "templates/all.yaml").write_text(broken)
    assert [(f["rule"], f["location"]["line"]) for f in _findings(todo_lint)] == [("documented-port-differs", 31)]
    todo_lint("shop", "--fix")
    assert (chart / "templates/all.yaml").read_text() == broken.replace("3001", "3000")
    assert _findings(todo_lint) == []


def test_a_value_of_two_keys_is_left_to_its_owner(chart: Path, todo_lint: Command) -> None:
    (chart / "values.yaml").write_bytes(GOOD.encode())
    sum_ = TEMPLATE.replace(".Values.web.replicas }}", "add .Values.web.replicas .Values.web.more }}")
    (chart / "templates/all.yaml").write_text(sum_)
    (chart / "values.yaml").write_bytes(GOOD.replace("replicas: 2", "replicas: 2\n  more: 2").encode())
    assert [finding["fix"] for finding in _findings(todo_lint)] == [None]
    _, out, _ = todo_lint("shop", "--fix")
    assert "fixed at" not in out


def test_values_given_by_a_file_are_not_changed(chart: Path, todo_lint: Command) -> None:
    (chart / "values.yaml").write_bytes(GOOD.encode())
    given = chart.parent / "given.yaml"
    given.write_text("web: {replicas: 7}\n")
    todo_lint("shop", "-f", "given.yaml", "--fix")
    assert given.read_text() == "web: {replicas: 7}\n"
    assert (chart / "values.yaml").read_bytes() == GOOD.encode()


def test_a_fix_that_breaks_something_else_is_left_out(chart: Path, todo_lint: Command) -> None:
    """The document's replicas are refused by the chart's own schema, so that it would render no more."""
    (chart / "values.schema.json").write_text(
        json.dumps({"properties": {"web": {"properties": {"replicas": {"minimum": 3}}}}})
    )
    _, out, _ = todo_lint("shop", "--fix")
    assert (chart / "values.yaml").read_bytes() == GOOD.replace("replicas: 2", "replicas: 5").encode()
    assert "documented-replicas-differ" in out
    assert "fixed at shop/values.yaml:3" not in out


def test_a_packaged_chart_is_not_written_to(chart: Path, todo_lint: Command) -> None:
    shutil.make_archive(str(chart.parent / "shop-0.1.0"), "gztar", chart.parent, "shop")
    package = (chart.parent / "shop-0.1.0.tar.gz").rename(chart.parent / "shop-0.1.0.tgz")
    before = package.read_bytes()
    code, out, _ = todo_lint(package.name, "--fix")
    assert code == 1
    assert "fixed at" not in out
    assert package.read_bytes() == before


def test_no_fix_writes_or_shows_a_secret(chart: Path, todo_lint: Command) -> None:
    (chart / "values.yaml").write_bytes(VALUES.replace('password: ""', "password: canary-7261").encode())
    secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: {{ .Values.password }}}\n"
    (chart / "templates/secret.yaml").write_text(secret)
    for option in ("--diff", "--fix"):
        code, out, err = todo_lint("shop", option)
        assert code in (0, 1)
        assert "canary-7261" not in out + err
    assert (chart / "values.yaml").read_bytes() == GOOD.replace('password: ""', "password: canary-7261").encode()


def test_the_shipped_chart_needs_no_fix(tmp_path: Path, todo_lint: Command) -> None:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    assert todo_lint("chart", "--diff")[:2] == (0, "")
