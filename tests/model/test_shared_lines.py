"""Lines about several resources of a kind, and tables whose words about a type hold a value."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told


@pytest.mark.parametrize(
    "line",
    [
        "type: NodePort for frontend, ClusterIP for backend",
        "type: Service type (NodePort for frontend, ClusterIP for backend)",
        "type: `NodePort` (frontend) or `ClusterIP` (backend)",
    ],
)
def test_a_line_can_say_a_value_for_each_of_several(line: str) -> None:
    assert stated(read("## Service", f"- {line}")) == [
        (2, "Service", "frontend", "type", "NodePort"),
        (2, "Service", "backend", "type", "ClusterIP"),
    ]


def test_names_that_a_line_lists_share_what_is_said_below() -> None:
    model = read("## Deployment", "- name: Deployment name (shop-web, shop-api)", "- replicas: Count (default: 2)")
    assert stated(model) == [
        (2, "Deployment", "shop-web", "name", "shop-web"),
        (2, "Deployment", "shop-api", "name", "shop-api"),
        (3, "Deployment", "shop-web", "replicas", "2"),
        (3, "Deployment", "shop-api", "replicas", "2"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "type: `NodePort` for external, `ClusterIP` for internal",
        "type: Service type (ClusterIP, NodePort)",
        "type: NodePort for local, LoadBalancer for production",
        "name: Service name (one, two)",
        "port: Port configuration (see below for web, above for api)",
    ],
)
def test_choices_and_environments_are_no_several(line: str) -> None:
    model = read("## Service", f"- {line}")
    assert stated(model) == []
    assert [number for number, _ in told(model)] + prose(model) == [1, 2] or told(model)


def test_a_consumer_takes_all_keys() -> None:
    model = read("## Deployments", "- **api**", "  - Replicas: 1", "## ConfigMap: app", "- `LEVEL`: info",
                 "- Consumed By: `api` via `envFrom.configMapRef`", "- Used By: `api`")  # fmt: skip
    assert [fact for fact in stated(model) if fact[0] > 5] == [(6, "Deployment", "api", "env.from", "ConfigMap/app")]


def test_a_table_of_types_states_what_its_words_hold() -> None:
    model = read(
        "## Secret", "| Field | Type | Description |", "|---|---|---|", "| metadata.name | string | `app-auth` |",
        "| type | string | `Opaque` |", "| data.JWT | base64 | signs tokens |", "",
        "## ConfigMap", "| Field | Type | Description |", "|---|---|---|", "| metadata.name | string | `app` |",
        "| data.LEVEL | string | `info` |", "",
        "## Deployment", "| Field | Type | Description |", "|---|---|---|",
        "| metadata.name | string | `shop-web` or `shop-api` |", "| spec.replicas | integer | Pods (default: 2) |",
        "| spec.template | object | the template |",
    )  # fmt: skip
    assert stated(model) == [
        (4, "Secret", "app-auth", "name", "app-auth"),
        (5, "Secret", "app-auth", "type", "Opaque"),
        (6, "Secret", "app-auth", "data.JWT", ""),
        (11, "ConfigMap", "app", "name", "app"),
        (12, "ConfigMap", "app", "data.LEVEL", "info"),
        (17, "Deployment", "shop-web", "name", "shop-web"),
        (17, "Deployment", "shop-api", "name", "shop-api"),
        (18, "Deployment", "shop-web", "replicas", "2"),
        (18, "Deployment", "shop-api", "replicas", "2"),
    ]
    assert told(model) == []


def test_a_table_of_types_with_examples_states_nothing() -> None:
    rows = ("| Field | Type | Description | Example |", "|---|---|---|---|", "| name | string | `name` | `web` |")
    assert stated(read("## Service", *rows)) == []


def test_a_table_of_details_in_code_states_them() -> None:
    rows = ("| Aspect | Details |", "|---|---|", "| Base Image | `node:20 AS deps` |", "| Exposed Port | `3000` |")
    model = read(
        "## Web Container Image", "**Image Name**: `shop-web:1.4`", "", *rows, "| User | `node` (UID 1000) |"
    )
    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)] == [
        (2, "name", "shop-web"),
        (2, "image.tag", "1.4"),
        (6, "base", "node:20"),
        (7, "containerPort", "3000"),
    ]
    assert told(model) == []
