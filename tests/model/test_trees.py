"""Trees of resources that a code block draws: kinds, and below each the names of its resources."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told

TREE = (
    "## Namespace Structure",
    "",
    "```",
    "Namespace: shop",
    "├── Deployments",
    "│   ├── shop-api (replicas: 1)",
    "│   └── shop-web (2 replicas, image shop/web:1.2)",
    "├── Services",
    "│   ├── shop-api (ClusterIP, port: 8000)",
    "│   └── shop-web (NodePort)",
    "├── Ingress",
    "│   └── shop-web (NGINX)",
    "└── Secrets",
    "    └── shop-secrets",
    "```",
)


def test_kinds_and_the_names_below_them_are_read() -> None:
    model = read(*TREE)
    assert stated(model) == [
        (4, "Namespace", "shop", "name", "shop"),
        (6, "Deployment", "shop-api", "name", "shop-api"),
        (6, "Deployment", "shop-api", "replicas", "1"),
        (7, "Deployment", "shop-web", "name", "shop-web"),
        (7, "Deployment", "shop-web", "replicas", "2"),
        (7, "Deployment", "shop-web", "image", "shop/web:1.2"),
        (9, "Service", "shop-api", "name", "shop-api"),
        (9, "Service", "shop-api", "type", "ClusterIP"),
        (9, "Service", "shop-api", "port", "8000"),
        (10, "Service", "shop-web", "name", "shop-web"),
        (10, "Service", "shop-web", "type", "NodePort"),
        (12, "Ingress", "shop-web", "name", "shop-web"),
        (14, "Secret", "shop-secrets", "name", "shop-secrets"),
    ]
    assert told(model) == []
    assert prose(model) == [1, 3, 5, 8, 11, 13, 15]


def test_a_value_that_is_not_understood_is_told() -> None:
    model = read("```", "shop", "├── Deployments", "│   └── shop-web (3 of 4 zones)", "```")
    assert stated(model) == [(4, "Deployment", "shop-web", "name", "shop-web")]
    assert told(model) == [(4, "'3 of 4 zones' is not understood")]


@pytest.mark.parametrize(
    "lines",
    [
        ("chart", "├── Chart.yaml", "└── templates/", "    ├── deployment.yaml", "    └── service.yaml"),
        ("shop", "├── services", "│   ├── web/", "│   └── api/", "└── README.md"),
        ("Pod", "└── Container", "    └── /app"),
        ("shop:local", "├── app", "└── node (runtime)"),
    ],
    ids=["a chart", "folders", "what a pod is", "layers of an image"],
)
def test_other_trees_state_nothing(lines: tuple[str, ...]) -> None:
    model = read("## Structure", "", "```", *lines, "```")
    assert stated(model) == []
    assert told(model) == []


def test_below_a_heading_that_states_nothing_a_tree_does_not_either() -> None:
    model = read("## Resource Hierarchy", *TREE[1:])
    assert stated(model) == []
    assert told(model) == []
