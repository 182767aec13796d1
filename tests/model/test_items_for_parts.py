"""Items that say first what there is, and then for which parts."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, read, stated

from todo_lint.findings import Verdict


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("ClusterIP service for the backend (internal access only)", [("Service", "backend", "type", "ClusterIP")]),
        ("A NodePort Service for frontend on port 80", [("Service", "frontend", "type", "NodePort"),
                                                        ("Service", "frontend", "port", "80")]),
        ("Deployments with 2 replicas for both frontend and backend for high availability",
         [("Deployment", "frontend", "replicas", "2"), ("Deployment", "backend", "replicas", "2")]),
        ("Deployment for the worker with 3 replicas", [("Deployment", "worker", "replicas", "3")]),
        ("2 replicas for the backend", [("Deployment", "backend", "replicas", "2")]),
        # near misses: no part, no number, a part and a number for something else, what may be, what is weighed
        ("ClusterIP service for internal access", []),
        ("Replicas for the backend", []),
        ("2 replicas for 100 users of the backend", []),
        ("NodePort service for the frontend or an Ingress", []),
        ("A NodePort service for the frontend could be used", []),
        ("Deployment for the worker with 3 replicas for the backend", []),
    ],
)  # fmt: skip
def test_what_there_is_for_a_part(item: str, expected: list[tuple[str, ...]]) -> None:
    model = read("# Decision", "## Components", f"- {item}", "- Stateless design")

    assert [fact[1:] for fact in stated(model)] == expected


@pytest.mark.parametrize(
    "heading", ["## Alternatives", "## Options considered", "## Option 2: NodePort", "## Trade-offs"]
)
def test_what_is_weighed_states_nothing(heading: str) -> None:
    assert stated(read("# Decision", heading, "- NodePort service for the frontend")) == []


def test_it_is_held_against_the_service_of_that_part() -> None:
    model = read("# Decision", "## Components", "- ClusterIP service for the backend")
    service = (
        "apiVersion: v1\nkind: Service\nmetadata: {{name: shop-backend}}\nspec: {{type: {}, ports: [{{port: 80}}]}}\n"
    )

    assert outcomes(model, service.format("ClusterIP")) == [(3, Verdict.HOLDS)]
    assert outcomes(model, service.format("NodePort")) == [(3, Verdict.VIOLATED)]
