"""Tables of containers, of stages of an image, of least and most replicas; ports of nodes in addresses."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told


def test_rows_that_are_containers_say_what_each_has() -> None:
    model = read(
        "## Deployment `web`", "", "| Container | Image | Port | CPU request | Purpose |", "|---|---|---|---|---|",
        "| app | `web:1` | 3000 | 100m | serves |", "| proxy | `envoy:1.2` | - | lots | guards |",
    )  # fmt: skip

    assert [(s.line, s.name, str(s.attribute), s.value, s.part) for s in model.statements if s.understood][1:] == [
        (5, "web", "image", "web:1", "app"), (5, "web", "containerPort", "3000", "app"),
        (5, "web", "resources.requests.cpu", "100m", "app"), (6, "web", "image", "envoy:1.2", "proxy"),
    ]  # fmt: skip
    assert [line for line, _ in told(model)] == [6]


def test_a_first_column_of_fields_is_none_of_containers() -> None:
    model = read("## Deployment `web`", "", "| Container | Value |", "|---|---|", "| containerPort | 3000 |")

    assert all(s.part == "" for s in model.statements)


IMAGE = ("## Backend Image Layers", "", "| Layer | Base | Purpose |", "|---|---|---|")


def test_the_last_stage_of_an_image_is_what_it_starts_from() -> None:
    model = read(*IMAGE, "| builder | python:3.12 | builds |", "| runner | python:3.12-slim | runs |")

    assert stated(model) == [(6, "Image", "backend", "base", "python:3.12-slim")]
    assert 5 in prose(model)


def test_a_last_stage_that_starts_from_another_says_nothing_of_the_base() -> None:
    assert stated(read(*IMAGE, "| builder | python:3.12 | builds |", "| runner | builder | runs |")) == []


def test_layers_of_other_things_are_no_stages() -> None:
    model = read("## Service Layers", "", "| Layer | Base | Purpose |", "|---|---|---|", "| web | none | serves |")

    assert (stated(model), told(model)) == ([], [])


@pytest.mark.parametrize("key", ["min / max replicas", "HPA min / max replicas", "Min/Max Replicas"])
def test_least_and_most_replicas_in_one_row(key: str) -> None:
    model = read("## HPA `web`", "", "| Setting | Dev | Prod |", "|---|---|---|", f"| {key} | 1 / 2 | 2 / 6 |")

    assert [(str(s.attribute), s.value, s.environment) for s in model.statements if s.line == 5] == [
        ("minReplicas", "1", "development"), ("maxReplicas", "2", "development"),
        ("minReplicas", "2", "production"), ("maxReplicas", "6", "production"),
    ]  # fmt: skip


def test_values_of_environments_of_nothing_that_is_named_are_told_once() -> None:
    head = ("## Environments", "", "| What | Dev | Prod |", "|---|---|---|")
    rows = ("| CPU requests / limits | 50m / 200m | 200m / 500m |", "| HPA max replicas | 2 | 6 |")

    assert [line for line, _ in told(read(*head, *rows))] == [5]
    assert told(read(*head, "| Log level | debug | info |", "| Owner | ops | ops |")) == []


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("External: http://192.168.49.2:30080", [("nodePort", "30080")]),
        ("External URL: `http://<minikube-ip>:30080/`", [("nodePort", "30080")]),
        ("External: `minikube service web --url` → `http://10.0.0.7:31000`", [("nodePort", "31000")]),
        ("URL: http://localhost:30080", [("nodePort", "30080")]),
        ("URL: http://localhost:3000", []),
        ("URL: http://web:3000", [("port", "3000")]),
        ("External: http://192.168.49.2:3000", []),
        ("External: http://192.168.49.2:32768", []),
        ("External: kubectl port-forward → http://localhost:30080", []),
    ],
)
def test_an_address_of_a_node_has_the_port_at_which_nodes_open_a_service(
    line: str, facts: list[tuple[str, str]]
) -> None:
    assert [(a, v) for n, _, _, a, v in stated(read("## Service `web`", "", f"- {line}")) if n == 3] == facts


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        (
            "Liveness and readiness checking /health endpoint",
            [("livenessProbe.path", "/health"), ("readinessProbe.path", "/health")],
        ),
        ("Liveness, readiness at the root endpoint", [("livenessProbe.path", "/"), ("readinessProbe.path", "/")]),
        ("Readiness only on Fridays", []),
    ],
)
def test_probes_named_together(value: str, facts: list[tuple[str, str]]) -> None:
    model = read("## Deployment `web`", "", f"- Probes: {value}")

    assert [(a, v) for line, _, _, a, v in stated(model) if line == 3] == facts


def test_a_key_of_data_by_its_route_and_one_with_a_part_to_fill_in() -> None:
    rows = ("| Field | Default |", "|---|---|", '| `.data["a.yaml"]` | rendered template |')
    data = read("## ConfigMap `web`", "", *rows)
    values = read(
        "## Settings", "", "| Parameter | Description | Default |", "|---|---|---|",
        "| `web.ports` | all | See below |",
        "| `web.ports.<name>.number` | one | - |", "| `web.tag` | its tag | `1` |",
    )  # fmt: skip

    assert (5, "ConfigMap", "web", "data.a.yaml", "") in stated(data)
    assert [(line, a, v) for line, _, _, a, v in stated(values)] == [(5, "web.ports", ""), (7, "web.tag", "1")]
    assert told(values) == []
