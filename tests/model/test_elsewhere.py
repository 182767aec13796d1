"""What runs elsewhere, answers an API or is an example is no statement; routes into a container that is named are."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated

from todo_lint.model.statements import Modality


@pytest.mark.parametrize(
    "heading", ["## Docker Compose", "## Option 1: Docker-Compose (quick)", "## Setup for Local Development"]
)
def test_below_what_runs_elsewhere_nothing_is_stated(heading: str) -> None:
    table = ("", "| Service | URL |", "|---|---|", "| Shop UI | http://localhost:7000 |")

    model = read(heading, "", "### Backend Service", *table, "## Service: web", "- Type: ClusterIP")

    assert stated(model) == [
        (8, "Service", "web", "name", "web"),
        (9, "Service", "web", "type", "ClusterIP"),
    ]


def test_a_service_with_the_path_of_an_api_is_no_resource() -> None:
    model = read(
        "## Order Service (`/api/orders`)",
        "- `GET /x` - all",
        "- Request body: `Order`",
        "## Web Service",
        "- Port: 80",
    )

    assert [line for line, *_ in stated(model)] == [5]
    assert all(statement.understood for statement in model.statements)


def test_a_file_behind_a_heading_is_no_name() -> None:
    assert stated(read("### Test Pod (`test-web.yaml`)", "", "It asks the Service.")) == []


def test_keys_that_are_marked_as_examples_are_examples() -> None:
    model = read("## ConfigMap", "", "**Keys** (examples):", "- `LOG_LEVEL`: how much is written")

    assert [(s.line, s.attribute, s.modality) for s in model.statements] == [(4, "data.LOG_LEVEL", Modality.EXAMPLE)]


def test_fields_of_manifests_are_no_names() -> None:
    model = read("## Ingress", "", "- `rules`: Routing rules (host, paths)", "- `web`: host shop.example.com")

    assert [fact for fact in stated(model) if fact[3] == "name"] == [(4, "Ingress", "web", "name", "web")]


ROUTES = (
    "## Deployment: web",
    "",
    "| Field path | Type | Default |",
    "|---|---|---|",
    "| `spec.template.spec.containers[side_car].image` | string | `proxy:1` |",
    "| `spec.template.spec.containers[side_car].env[MODE]` | string | `fast` |",
    "| `spec.template.spec.containers[side_car].readinessProbe` | Probe | port 81, delay 5s |",
    "| `spec.template.spec.containers[web].ports[0].containerPort` | int | `80` |",
    "| `spec.template.spec.containers[web].resources` | Resources | see below |",
)


def test_routes_into_containers_that_are_named() -> None:
    model = read(*ROUTES)

    assert [(s.line, s.attribute, s.value, s.part) for s in model.statements if s.attribute != "name"] == [
        (5, "image", "proxy:1", "side_car"),
        (6, "env.MODE", "fast", "side_car"),
        (7, "readinessProbe.port", "81", "side_car"),
        (7, "readinessProbe.initialDelaySeconds", "5", "side_car"),
        (8, "containerPort", "80", "web"),
    ]


def test_a_row_that_holds_on_a_condition_is_an_example() -> None:
    model = read(
        "## Service: web",
        "",
        "| Field | Type | Default | Condition |",
        "|---|---|---|---|",
        "| `spec.type` | string | `ClusterIP` | `service.type = ClusterIP` |",
        "| `spec.type` | string | `LoadBalancer` | if service.type = LoadBalancer |",
        "| `spec.ports[0].port` | int | `80` | The external port |",
    )

    assert [(s.line, s.value, s.modality) for s in model.statements if s.attribute != "name"] == [
        (5, "ClusterIP", Modality.EXAMPLE),
        (6, "LoadBalancer", Modality.EXAMPLE),
        (7, "80", Modality.REQUIRED),
    ]
