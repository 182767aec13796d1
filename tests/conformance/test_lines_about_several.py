"""One line that says something of several workloads, and is wrong of all of them, is one finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.findings import Finding
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      terminationGracePeriodSeconds: {grace}
      containers: [{{name: main, image: "shop/{name}:1"}}]
"""
DOCUMENT = "## Deployments\n- **web**\n- **api**\n\nA pod has time to finish (terminationGracePeriodSeconds: {}).\n"


def _found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graces: tuple[int, int], stated: str) -> list[Finding]:
    monkeypatch.chdir(tmp_path)
    rendered = (DEPLOYMENT.format(name=name, grace=grace) for name, grace in zip(("web", "api"), graces, strict=True))
    Path("manifests.yaml").write_text("---\n".join(rendered))
    Path("model.md").write_text(DOCUMENT.format(stated))
    with Renderer() as renderer:
        report = run(Request(("manifests.yaml",), data_model="model.md"), renderer)
    return [finding for finding in report.findings if finding.rule.startswith("documented")]


@pytest.mark.parametrize(
    ("graces", "lines"), [((30, 30), [[9, 20]]), ((60, 30), [[20]]), ((60, 60), []), ((30, 40), [[9], [20]])]
)
def test_both_differ_alike_one_differs_or_each_in_its_way(
    graces: tuple[int, int], lines: list[list[int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _found(tmp_path, monkeypatch, graces, "60")

    assert [(f.rule, [ref.line for ref in f.statements]) for f in found] == [("documented-field-differs", [5])] * len(
        lines
    )
    places = [
        [f.location.line, *(r.location.line for r in f.related if "the document says" in r.message)] for f in found
    ]
    assert places == lines
