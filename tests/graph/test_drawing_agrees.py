"""What the check reports as leading nowhere, and what the drawing marks as dangling, are the same.

It is held over all charts of the tests, and over the examples of the rules.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.every_rule.test_every_rule import BASES, CASES, Case

from todo_lint.drawing.edges import Drawing, Edge, Node
from todo_lint.errors import UserError
from todo_lint.findings import Finding
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import draw_first, run
from todo_lint.rules.api import Rule
from todo_lint.rules.documentation import documentation, example
from todo_lint.rules.registry import all_rules
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
DANGLING = frozenset(
    (
        "backend-not-rendered",
        "backend-port-unknown",
        "budget-selects-no-pods",
        "claim-not-rendered",
        "config-map-key-missing",
        "config-map-not-rendered",
        "hook-refers-to-nothing",
        "network-policy-selects-no-pods",
        "role-not-rendered",
        "scale-target-not-rendered",
        "secret-key-missing",
        "secret-not-rendered",
        "service-account-not-rendered",
        "service-selects-no-pods",
        "stateful-set-without-headless-service",
        "target-port-unknown",
        "url-host-unknown",
        "url-port-unknown",
        "webhook-service-unknown",
    )
)
OTHERWISE = frozenset(
    (
        "config-change-unnoticed",
        "connection-cut-by-policy",
        "duplicate-resource",
        "hook-runs-too-early",
        "key-unread",
        "probe-port-unknown",  # inside one pod
        "service-selects-too-much",
        "unknown-hook",
        "unknown-hook-policy",
    )
)
RULES = [rule for rule in all_rules() if rule.id in DANGLING]
NOT_DRAWN = ("which is not headless", "has no serviceName")
CHARTS = sorted({chart.parent for top in ("chart", "tests") for chart in (ROOT / top).rglob("Chart.yaml")})


def _source(drawing: Drawing, edge: Edge) -> Node:
    return drawing.nodes[edge.source]


def _beside(one: str, other: str) -> bool:
    """Whether one field is the other, or holds it."""
    return one.startswith(other) or other.startswith(one)


def _is_about(finding: Finding, drawing: Drawing, edge: Edge) -> bool:
    """Whether a finding is about the field of an edge."""
    source, where = _source(drawing, edge), finding.resource
    if where is None or (where.kind, where.name) != (source.kind, source.name):
        return False
    return any(_beside(finding.path or "", path) for path in edge.paths)


def _is_told(edge: Edge, drawing: Drawing, findings: list[Finding]) -> bool:
    """Whether some finding is about an edge, or about the same name or port, which is told once."""
    target = drawing.nodes[edge.target]
    named = (str(target), *(detail for detail in edge.details if detail))
    for finding in findings:
        told = (finding.message, *(related.message for related in finding.related))
        if _is_about(finding, drawing, edge) or any(name in text for name in named for text in told):
            return True
    return False


def _agree(path: str, renderer: Renderer) -> int:
    """Hold the check and the drawing of one input against each other; how many edges dangle."""
    try:
        drawing = draw_first(Request((path,)), renderer, None)
    except UserError:
        return 0  # it does not render, or is told to be wrong otherwise
    report = run(Request((path,)), renderer)
    findings = [finding for finding in report.findings if finding.rule in DANGLING]
    findings = [one for one in findings if not any(words in one.message for words in NOT_DRAWN)]
    edges = [edge for edge in drawing.edges if edge.dangling]
    for finding in findings:
        assert any(_is_about(finding, drawing, edge) for edge in edges), f"not marked: {finding.message}"
    for edge in edges:
        assert _is_told(edge, drawing, findings), f"not told: {_source(drawing, edge)} {edge}"
    return len(edges)


def test_of_manifests_others_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    """Where no resource of a kind is given, those may stand in other files: neither says a word."""
    monkeypatch.chdir(tmp_path)
    Path("web.yaml").write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n"
        "    - name: web\n      image: web:1\n      envFrom: [{configMapRef: {name: web}}]\n"
    )

    assert _agree("web.yaml", renderer) == 0


def test_every_graph_rule_is_sorted() -> None:
    assert {rule.id for rule in all_rules() if rule.family == "graph"} == DANGLING | OTHERWISE


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: str(chart.relative_to(ROOT)))
def test_charts(chart: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> None:
    shutil.copytree(chart, tmp_path / "chart")
    monkeypatch.chdir(tmp_path)

    _agree("chart", renderer)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_charts_of_every_rule(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    case.fires.write(BASES[case.base], tmp_path / case.base)
    monkeypatch.chdir(tmp_path)

    dangling = _agree(case.base, renderer)

    assert (dangling > 0) == (case.rule in DANGLING and case.rule != "stateful-set-without-headless-service")


@pytest.mark.parametrize("side", ["bad", "good"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule, side: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> None:
    monkeypatch.chdir(tmp_path)
    texts = documentation(rule)
    files = example(texts.bad if side == "bad" else texts.good).files
    for name, text in files:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    (path,) = {Path(name).parts[0] for name, _ in files}

    dangling = _agree(path, renderer)

    if side == "good":
        assert dangling == 0
