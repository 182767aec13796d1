"""Lines that look as if they differed from what is rendered, and do not: a document of them is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.findings import Report, Severity, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

MANIFESTS = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - name: web
          image: shop/web:1.0
          ports: [{name: http, containerPort: 3000}]
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {cpu: 500m, memory: 1Gi}}
          envFrom: [{secretRef: {name: made-elsewhere}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web, tier: front}
  ports: [{name: http, port: 80, targetPort: http}]
"""
DEPLOYMENT, SERVICE = "### Deployment: web\n\n", "### Service: web\n\n"
TABLE = "| Attribute | Value |\n|---|---|\n"

Trap = tuple[str, str, Verdict]
"""What is silent, what nearly is it and is a finding, and the verdict of the former."""
TRAPS: dict[str, Trap] = {
    "0.5 CPU": (f"{DEPLOYMENT}- Limits: 0.5 CPU\n", f"{DEPLOYMENT}- Limits: 0.6 CPU\n", Verdict.HOLDS),
    "1 (configurable)": (
        f"{DEPLOYMENT}- Replicas: 1 (configurable)\n", f"{DEPLOYMENT}- Replicas: 2 (configurable)\n", Verdict.HOLDS,
    ),
    "80 (external), 3000 (target)": (
        f"{SERVICE}- Port: 80 (external), 3000 (target)\n", f"{SERVICE}- Port: 80 (external), 3001 (target)\n",
        Verdict.HOLDS,
    ),
    "a named port": (f"{SERVICE}- Target Port: 3000\n", f"{SERVICE}- Target Port: 8080\n", Verdict.HOLDS),
    "a part of the selector": (f"{SERVICE}- Selector: app=web\n", f"{SERVICE}- Selector: app=api\n", Verdict.HOLDS),
    "a Secret made outside": (
        "### Secret: made-elsewhere\n\n- `token`\n", "### Secret: used-by-nobody\n\n- `token`\n",
        Verdict.NOT_CHECKABLE,
    ),
    "a dash": (
        f"{SERVICE}{TABLE}| port | 80 |\n| nodePort | - |\n",
        f"{SERVICE}{TABLE}| port | 80 |\n| nodePort | 30080 |\n",
        Verdict.HOLDS,
    ),
    "e.g.": (f"{SERVICE}- Port: e.g. 8080\n", f"{SERVICE}- Port: 8080\n", Verdict.HOLDS),
    "(auto-assigned)": (
        f"{SERVICE}- Node Port: 30080 (auto-assigned)\n", f"{SERVICE}- Node Port: 30080\n", Verdict.HOLDS,
    ),
    "Future": (
        "### Ingress: shop (Future)\n\n- Host: shop.example\n", "### Ingress: shop\n\n- Host: shop.example\n",
        Verdict.LATER,
    ),
    "an optional description": (
        "### Ingress\n\n**Description**: routes traffic (optional)\n- Name: shop-in\n",
        "### Ingress\n\n**Description**: routes traffic\n- Name: shop-in\n",
        Verdict.LATER,
    ),
    "an example of another": (
        f"{SERVICE}- Port: 80\n\n### Example\n\n```yaml\nkind: Ingress\nmetadata: {{name: shop-in}}\n",
        f"{SERVICE}- Port: 80\n\n### Routing\n\n```yaml\nkind: Ingress\nmetadata: {{name: shop-in}}\n",
        Verdict.NOT_CHECKABLE,
    ),
    "a or b": (f"{SERVICE}- Type: NodePort or LoadBalancer\n", f"{SERVICE}- Type: ClusterIP or LoadBalancer\n",
               Verdict.HOLDS),
    "a range": (f"{DEPLOYMENT}- Replicas: 1-3\n", f"{DEPLOYMENT}- Replicas: 2-3\n", Verdict.HOLDS),
    "a placeholder": (f"{DEPLOYMENT}- Image: shop/web:{{tag}}\n", f"{DEPLOYMENT}- Image: shop/api:{{tag}}\n",
                      Verdict.HOLDS),
    "1024Mi": (f"{DEPLOYMENT}- Memory Limit: 1024Mi\n", f"{DEPLOYMENT}- Memory Limit: 1G\n", Verdict.HOLDS),
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("manifests.yaml").write_text(MANIFESTS)


def _check(document: str, renderer: Renderer) -> Report:
    Path("data-model.md").write_text(f"# Data model\n\n{document}")
    report = run(Request(("manifests.yaml",), data_model="data-model.md"), renderer)
    assert report.failures == ()
    return report


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_silent(trap: str, renderer: Renderer) -> None:
    silent, _, verdict = TRAPS[trap]

    report = _check(silent, renderer)

    assert [f.message for f in report.findings if f.statements or f.severity > Severity.NOTE] == []
    assert report.statements[verdict] > 0
    assert report.exit_code == 0


@pytest.mark.parametrize("trap", TRAPS)
def test_what_nearly_is_one_is_found(trap: str, renderer: Renderer) -> None:
    _, wrong, _ = TRAPS[trap]

    report = _check(wrong, renderer)

    (finding,) = [f for f in report.findings if f.severity > Severity.NOTE]
    last = len(f"# Data model\n\n{wrong}".rstrip("\n").split("\n"))
    assert finding.statements[-1].line == last
    assert report.exit_code == 1
