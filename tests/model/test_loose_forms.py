"""Forms without a bold label or a bullet: paragraphs, assignments in code blocks, arrows; and what only looks so."""

from __future__ import annotations

import pytest

from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import DataModel, Statement


def _read(*lines: str) -> DataModel:
    return read_markdown("\n".join(lines) + "\n", "data-model.md")


def _facts(model: DataModel) -> list[tuple[int, str, str, str]]:
    return [(s.line, s.subject, s.attribute, s.value) for s in model.statements if s.attribute != "name"]


def _unclear(model: DataModel) -> list[Statement]:
    return [s for s in model.statements if not s.understood]


def test_a_paragraph_can_be_the_label_of_what_stands_below_it() -> None:
    model = _read("## Configuration", "", "ConfigMap `shop-config`:", "- `LOG_LEVEL`: info", "",
                  "Secret `shop-secrets` (made by hand):", "- JWT_SECRET")  # fmt: skip

    assert _facts(model) == [
        (4, "ConfigMap shop-config", "data.LOG_LEVEL", "info"), (7, "Secret shop-secrets", "data.JWT_SECRET", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["The ConfigMap `shop-config` is told about below:", "ConfigMap `shop-config` is read.", "See below:"]
)
def test_a_sentence_is_no_label(line: str) -> None:
    model = _read("## Configuration", "", line, "- LOG_LEVEL says how much is logged")

    assert model.statements == ()


def test_a_paragraph_can_state_keys_of_the_entity_above_it() -> None:
    model = _read("## Ingress", "", "Host: shop.example.com", "Routes:", "- `/` → web:80", "- `/api` -> api:8000")

    assert _facts(model) == [
        (3, "Ingress", "host", "shop.example.com"),
        (5, "Ingress", "path", "/"), (5, "Ingress", "backend.service", "web"), (5, "Ingress", "backend.port", "80"),
        (6, "Ingress", "path", "/api"), (6, "Ingress", "backend.service", "api"),
        (6, "Ingress", "backend.port", "8000"),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["Note: it is for customers", "Host: chosen by the team that runs the cluster."])
def test_a_paragraph_that_explains_states_nothing(line: str) -> None:
    assert _read("## Ingress: shop", "", line).statements[1:] == ()


def test_a_paragraph_can_name_a_resource_and_say_what_it_is() -> None:
    model = _read(
        "Secret `app`:", "", "PVC `uploads`: 5Gi, ReadWriteOnce", "", "PVC `uploads` keeps what users send."
    )

    assert _facts(model) == [
        (3, "PersistentVolumeClaim uploads", "size", "5Gi"),
        (3, "PersistentVolumeClaim uploads", "accessMode", "ReadWriteOnce"),
    ]  # fmt: skip


def test_assignments_in_a_code_block_are_keys_of_the_configmap_above() -> None:
    model = _read("## ConfigMap: app", "```", "# levels", "LOG_LEVEL=info", "", "URL=http://api:8000", "```")

    assert _facts(model) == [
        (4, "ConfigMap app", "data.LOG_LEVEL", "info"), (6, "ConfigMap app", "data.URL", "http://api:8000"),
    ]  # fmt: skip


def test_assignments_below_a_workload_are_its_environment() -> None:
    model = _read("## Deployment: api", "```env", "PORT=8000", "```")

    assert _facts(model) == [(3, "Deployment api", "env.PORT", "8000")]


def test_of_assignments_below_a_secret_only_the_keys_are_kept() -> None:
    model = _read("## Secret: app", "```", "JWT=hunter2-hunter2", "```")

    assert _facts(model) == [(3, "Secret app", "data.JWT", "")]
    assert "hunter2" not in repr(model)


@pytest.mark.parametrize(
    "block",
    [
        ("```sh", "kubectl get pods", "A=b", "```"),
        ("```python", "A=b", "```"),
        ("```", "```"),
    ],
)
def test_other_code_blocks_state_nothing(block: tuple[str, ...]) -> None:
    assert _facts(_read("## Deployment: api", *block)) == []


def test_assignments_about_nothing_state_nothing() -> None:
    assert _read("## Setup", "```", "A=b", "```").statements == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("NodePort 30080 → 80 → 3000", {"type": "NodePort", "nodePort": "30080", "port": "80", "targetPort": "3000"}),
        ("ClusterIP, 8000 → 8001", {"type": "ClusterIP", "port": "8000", "targetPort": "8001"}),
        ("80:3000", {"port": "80", "targetPort": "3000"}),
        ("ClusterIP, 8000", {"type": "ClusterIP", "port": "8000"}),
    ],
)
def test_ports_joined_by_arrows_are_read_behind_a_name(value: str, expected: dict[str, str]) -> None:
    model = _read("## Services", f"- **web**: {value}")

    assert {attribute: said for _, _, attribute, said in _facts(model)} == expected


def test_a_digit_alone_behind_a_name_is_told() -> None:
    (unclear,) = _unclear(_read("## Services", "- **web**: ClusterIP, 8"))

    assert unclear.line == 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("CPU: 100m request / 500m limit", [("resources.requests.cpu", "100m"), ("resources.limits.cpu", "500m")]),
        ("CPU: 100m (request), 500m (limit)", [("resources.requests.cpu", "100m"), ("resources.limits.cpu", "500m")]),
        ("Memory: limit 1Gi", [("resources.limits.memory", "1Gi")]),
    ],
)
def test_the_amounts_of_one_resource_are_read_where_each_is_named(line: str, expected: list[tuple[str, str]]) -> None:
    model = _read("## Deployment: web", f"- {line}")

    assert [(attribute, value) for _, _, attribute, value in _facts(model)] == expected


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("CPU: 500m", "say which it is: 'CPU Request' or 'CPU Limit'"),
        ("Memory: 128Mi / 256Mi", "say which it is: 'Memory Request' or 'Memory Limit'"),
        ("Memory: 128Mi request / 256Mi request", "say which it is: 'Memory Request' or 'Memory Limit'"),
    ],
)
def test_what_leaves_open_which_is_meant_is_told(line: str, hint: str) -> None:
    assert [(s.line, s.hint) for s in _unclear(_read("## Deployment: web", f"- {line}"))] == [(2, hint)]


def test_volumes_below_a_label_are_read() -> None:
    model = _read("## Deployment: api", "", "**Volumes**:", "- `data` → PVC `shop-data` at `/data`")

    assert _facts(model) == [
        (4, "Deployment api", "volumes.data", "PersistentVolumeClaim/shop-data"),
        (4, "Deployment api", "volumeMounts.data", "/data"),
    ]  # fmt: skip
