"""Versions of Kubernetes that a document asks for: what is read as such, and how Chart.yaml is held against it."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated

from todo_lint.findings import Verdict
from todo_lint.manifests.resources import index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.pairing import pair
from todo_lint.model.statements import Statement


def _asked(*lines: str) -> list[Statement]:
    return [s for s in read(*lines).statements if s.attribute == "kubeVersion"]


@pytest.mark.parametrize(
    ("line", "bounds"),
    [
        ("Kubernetes 1.24+", ("1.24", "")),
        ("**Kubernetes**: v1.25.3+", ("1.25", "")),
        ("Kubernetes cluster (1.26+)", ("1.26", "")),
        ("Kubernetes (>= 1.27) with an Ingress controller", ("1.27", "")),
        ("A Kubernetes cluster v1.28 or later", ("1.28", "")),
        ("Kubernetes version: at least 1.29", ("1.29", "")),
        ("K8s ≥ 1.30", ("1.30", "")),
        ("Kubernetes 1.23-1.30", ("1.23", "1.30")),
        ("Kubernetes 1.24+ and Helm 3.8+", ("1.24", "")),
    ],
)
def test_a_line_of_prerequisites_asks_for_versions(line: str, bounds: tuple[str, str]) -> None:
    (asked,) = _asked("## Installation", "", "### Prerequisites", "", f"- {line}")

    assert (asked.line, asked.kind, asked.bounds) == (5, "Chart", bounds)


@pytest.mark.parametrize(
    "line",
    [
        "Kubernetes 1.31",
        "Kubernetes 1.24+ for sidecars",
        "Kubernetes 1.24+ if you use sidecars",
        "Tested with Kubernetes 1.24+",
        "minikube with Kubernetes v1.31+",
        "Kubernetes 1.24 or older",
        "Helm 1.24+",
    ],
)
def test_what_is_tested_or_asked_for_by_a_part_is_none_of_the_chart(line: str) -> None:
    assert _asked("## Prerequisites", "", f"- {line}") == []


def test_a_sentence_asks_for_versions_where_it_speaks_of_the_chart() -> None:
    model = read("## Deploying", "", "The chart needs Kubernetes 1.28 or newer.", "", "It needs Kubernetes 1.29+.")

    assert [s.line for s in model.statements] == [3]
    assert 5 in prose(model)


def test_tables_of_what_is_needed() -> None:
    assert [(s.line, s.bounds) for s in _asked(
        "## Prerequisites", "", "| Tool | Minimum version |", "|---|---|", "| Kubernetes | 1.25 |", "| Helm | 3.8 |",
        "", "## Compatibility", "", "| What | Version |", "|---|---|", "| Kubernetes | 1.31 |",
        "", "## Chart", "", "| Field | Value |", "|---|---|", "| Min. Kubernetes | 1.28 |",
    )] == [(5, ("1.25", "")), (18, ("1.28", ""))]  # fmt: skip


def test_headings_of_prerequisites_end_what_is_said_of_a_resource() -> None:
    model = read("## Deployment `web`", "", "### Prerequisites", "", "- Namespace: shop", "- Images: pushed")

    assert [(line, kind) for line, kind, *_ in stated(model)] == [(1, "Deployment"), (5, "Namespace")]


def _held(line: str, constraint: str | None) -> Outcome:
    model = read("## Prerequisites", "", f"- {line}")
    resources = index(iter(()))
    chart = {"kubeVersion": constraint} if constraint else {"name": "shop"}
    evidence = Evidence(model, resources, pair(model, resources), "default", chart, None)
    return judge(model.statements[-1], evidence)


@pytest.mark.parametrize(
    ("line", "constraint"),
    [
        ("Kubernetes 1.28+", ">=1.28.0-0"),
        ("Kubernetes 1.28+", ">= 1.28"),
        ("Kubernetes 1.28+", "^1.28.3"),
        ("Kubernetes 1.28+", ">1.27.99 <1.40"),
        ("Kubernetes 1.28-1.30", ">=1.28.0-0 <1.31.0-0"),
    ],
)
def test_a_constraint_that_admits_what_is_asked_for_holds(line: str, constraint: str) -> None:
    assert _held(line, constraint).verdict is Verdict.HOLDS


@pytest.mark.parametrize(
    ("line", "constraint"),
    [
        ("Kubernetes 1.28+", ">=1.29.0-0"),
        ("Kubernetes 1.28+", ">=1.27.0-0"),
        ("Kubernetes 1.28-1.30", ">=1.28.0-0"),
    ],
)
def test_a_constraint_that_admits_other_versions_is_told(line: str, constraint: str) -> None:
    outcome = _held(line, constraint)

    asked = line.removeprefix("Kubernetes ")
    assert outcome.verdict is Verdict.VIOLATED
    assert outcome.message == f"Chart.yaml has the kubeVersion {constraint}; the document says {asked}"
    assert outcome.target is not None
    assert (outcome.target.chart_file, outcome.target.route) == ("Chart.yaml", ("kubeVersion",))


def test_a_chart_without_a_constraint_contradicts_nothing() -> None:
    outcome = _held("Kubernetes 1.28+", None)

    assert (outcome.verdict, "has no kubeVersion" in outcome.message) == (Verdict.NOT_CHECKABLE, True)
