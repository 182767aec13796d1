"""Tables with a workload in each row below autoscalers or disruption budgets, and labels of parts below a kind."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, prose, read, stated, told

from todo_lint.findings import Verdict


@pytest.mark.parametrize(
    "heading",
    ["## Horizontal Pod Autoscaler (HPA) Configuration", "## HPA", "## Horizontal Pod Autoscalers (HPA)"],
)
def test_an_autoscaler_for_each_workload(heading: str) -> None:
    rows = (
        "| Deployment | Min | Max | CPU Target | Why |",
        "|---|---|---|---|---|",
        "| shop-api | 2 | 5 | 70% | x |",
    )
    model = read(heading, "", *rows, "| shop-web | 1 | 3 | - | y |", "| - | 1 | 3 | - | y |")

    assert stated(model) == [
        (5, "HorizontalPodAutoscaler", "shop-api", "target", "Deployment/shop-api"),
        (5, "HorizontalPodAutoscaler", "shop-api", "minReplicas", "2"),
        (5, "HorizontalPodAutoscaler", "shop-api", "maxReplicas", "5"),
        (5, "HorizontalPodAutoscaler", "shop-api", "metrics.cpu", "70"),
        (6, "HorizontalPodAutoscaler", "shop-web", "target", "Deployment/shop-web"),
        (6, "HorizontalPodAutoscaler", "shop-web", "minReplicas", "1"),
        (6, "HorizontalPodAutoscaler", "shop-web", "maxReplicas", "3"),
    ]
    assert 7 in prose(model)


@pytest.mark.parametrize("heading", ["## Pod Disruption Budgets (PDB)", "## Pod Disruption Budget"])
def test_a_budget_for_each_workload(heading: str) -> None:
    rows = (
        "| Deployment | minAvailable | maxUnavailable |",
        "|---|---|---|",
        "| shop-api | 2 | - |",
        "| Web UI | - | 1 |",
    )

    assert stated(read(heading, "", *rows)) == [
        (5, "PodDisruptionBudget", "shop-api", "minAvailable", "2"),
        (6, "PodDisruptionBudget", "web-ui", "maxUnavailable", "1"),
    ]


def test_rows_of_deployments_stay_deployments() -> None:
    rows = ("| Deployment | Replicas | Max |", "|---|---|---|", "| shop-api | 2 | 5 |")

    assert [fact[1:4] for fact in stated(read("## Scaling", "", *rows))][-1] == ("Deployment", "shop-api", "replicas")


def test_an_autoscaler_that_scales_another_workload_is_told() -> None:
    rows = ("| Deployment | Min |", "|---|---|", "| shop-api | 2 |")
    model = read("## HPA", "", *rows)
    manifest = (
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: shop-api}\n"
        "spec: {minReplicas: 2, scaleTargetRef: {kind: Deployment, name: %s}}\n"
    )

    assert outcomes(model, manifest % "shop-api") == [(5, Verdict.HOLDS), (5, Verdict.HOLDS)]
    assert outcomes(model, manifest % "shop-web") == [(5, Verdict.VIOLATED), (5, Verdict.HOLDS)]


def test_labels_of_parts_below_the_description_of_a_kind_are_its_resources() -> None:
    model = read(
        "### Deployment Specifications",
        *("- **Frontend Deployment**:", "  - replicas: 1", "- **Backend Deployment**:", "  - replicas: 2"),
        *("### Deployment Strategy", "- **Rolling updates**:", "  - surge: one at a time"),
    )

    assert stated(model) == [
        (3, "Deployment", "frontend", "replicas", "1"),
        (5, "Deployment", "backend", "replicas", "2"),
    ]
    assert told(model) == []
