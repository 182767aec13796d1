"""Tables that their heads alone explain: whose columns are entities, whose rows are values, and types behind keys."""

from __future__ import annotations

import pytest
from tests.model.reading import read

from todo_lint.model.reader import read_markdown

Fact = tuple[int, str, str, str]


def _facts(*lines: str) -> list[Fact]:
    model = read_markdown("\n".join(lines) + "\n", "data-model.md")
    return [(s.line, s.subject, s.attribute, s.value) for s in model.statements if s.understood]


def _unclear(*lines: str) -> list[int]:
    model = read_markdown("\n".join(lines) + "\n", "data-model.md")
    return [s.line for s in model.statements if not s.understood]


def test_columns_that_are_names_are_entities_of_the_kind_above() -> None:
    rows = ("| Field | web-service | api-service |", "|---|---|---|", "| type | NodePort | ClusterIP |",
            "| port | 80 | - |")  # fmt: skip

    assert _facts("## Service", *rows) == [
        (2, "Service web-service", "name", "web-service"), (2, "Service api-service", "name", "api-service"),
        (4, "Service web-service", "type", "NodePort"), (4, "Service api-service", "type", "ClusterIP"),
        (5, "Service web-service", "port", "80"),
    ]  # fmt: skip


def test_columns_that_call_workloads_of_the_document_are_these() -> None:
    known = ("## Deployments", "- **web-deployment**", "- **api-deployment**", "## Probes", "")
    rows = (
        "| | Web | API |",
        "|---|---|---|",
        "| Readiness | GET / :3000, every 10s | GET /health :8000, 60 failures |",
    )

    assert [fact for fact in _facts(*known, *rows) if fact[0] == 8] == [
        (8, "Deployment web-deployment", "readinessProbe.path", "/"),
        (8, "Deployment web-deployment", "readinessProbe.port", "3000"),
        (8, "Deployment web-deployment", "readinessProbe.periodSeconds", "10"),
        (8, "Deployment api-deployment", "readinessProbe.path", "/health"),
        (8, "Deployment api-deployment", "readinessProbe.port", "8000"),
        (8, "Deployment api-deployment", "readinessProbe.failureThreshold", "60"),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["| Field | Type | Notes |", "| Field | dev | prod |", "| Team | Size | Town |"])
def test_other_columns_are_no_entities(head: str) -> None:
    assert all(
        " " not in subject for _, subject, _, _ in _facts("## Service", head, "|---|---|---|", "| port | 80 | 81 |")
    )


def test_rows_of_values_keys_are_values_below_any_heading() -> None:
    rows = ("| Parameter | Description | Default |", "|---|---|---|", "| `web.replicaCount` | pods | `2` |",
            "| `resources.limits.cpu` | the most | `1` |", "| `web.image.tag` | which | `v1` |")  # fmt: skip

    assert _facts("## Deployment", "### Configuration", *rows) == [
        (5, "Values values.yaml", "web.replicaCount", "2"), (6, "Values values.yaml", "resources.limits.cpu", "1"),
        (7, "Values values.yaml", "web.image.tag", "v1"),
    ]  # fmt: skip


def test_rows_of_fields_are_those_of_the_entity_above() -> None:
    rows = ("| Field | Default |", "|---|---|", "| `spec.replicas` | 2 |", "| `resources.limits.cpu` | 1 |")

    assert [fact[1:] for fact in _facts("## Deployment: web", *rows)][1:] == [
        ("Deployment web", "replicas", "2"), ("Deployment web", "resources.limits.cpu", "1"),
    ]  # fmt: skip


def test_heads_that_only_a_workload_has_make_a_table_of_workloads() -> None:
    known = ("## Deployments", "- **web-deployment**", "## Resources", "")
    rows = ("| Workload | CPU request | Memory limit |", "|---|---|---|", "| Web | 200m | 1Gi |",
            "| **Total** | 500m | 2Gi |")  # fmt: skip

    assert [fact for fact in _facts(*known, *rows) if fact[0] > 4] == [
        (7, "Deployment web-deployment", "resources.requests.cpu", "200m"),
        (7, "Deployment web-deployment", "resources.limits.memory", "1Gi"),
    ]  # fmt: skip


def test_heads_that_several_kinds_have_tell_no_kind() -> None:
    assert _facts("## Team", "| Component | Port |", "|---|---|", "| web | 80 |") == []


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("| Variable | Source | Key in | Default |", "| debug | ConfigMap | app-config | false |"),
        ("| Variable | ConfigMap | Default |", "| debug | app-config | false |"),
    ],
)
def test_the_configmap_of_a_row_may_stand_in_a_column_of_its_own(head: str, row: str) -> None:
    edge = "|" + "---|" * (head.count("|") - 1)

    assert _facts("## Settings", head, edge, row)[-1] == (4, "ConfigMap app-config", "data.debug", "false")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- `replicas` (integer, default 1): 2", ("replicas", "2", "required")),
        ("- `image` (string): web:1", ("image", "web:1", "required")),
        ("- `imagePullPolicy` (enum: Always | Never): Never", ("imagePullPolicy", "Never", "required")),
        ("- `serviceAccountName` (string, optional): web", ("serviceAccountName", "web", "optional")),
    ],
)
def test_a_type_behind_a_key_is_taken_off(line: str, expected: tuple[str, str, str]) -> None:
    model = read_markdown(f"## Deployment: web\n{line}\n", "data-model.md")

    assert [(s.attribute, s.value, s.modality.value) for s in model.statements[1:]] == [expected]


def test_what_explains_a_key_is_not_taken_off() -> None:
    assert _facts("## Deployment: web", "- `replicas` (how many pods): integer")[1:] == []


def test_a_type_behind_the_key_of_a_secret_leaves_the_key() -> None:
    assert _facts("## Secret: app", "- `jwt` (string, base64, required): signs tokens")[1:] == [
        (2, "Secret app", "data.jwt", ""),
    ]  # fmt: skip


def test_the_strategy_states_its_bounds() -> None:
    line = "- Strategy: RollingUpdate (maxSurge 1, maxUnavailable 0)"

    assert [fact[2:] for fact in _facts("## Deployment: web", line)][1:] == [
        ("strategy", "RollingUpdate"), ("spec.strategy.rollingUpdate.maxSurge", "1"),
        ("spec.strategy.rollingUpdate.maxUnavailable", "0"),
    ]  # fmt: skip
    assert _unclear("## Deployment: web", "- Strategy: RollingUpdate (2 at a time)") == [2]
    assert _unclear("## Deployment: web", "- Strategy: Recreate (no two at once)") == []


def test_an_access_mode_in_brackets_is_read() -> None:
    assert _facts("## PVC: data", "- `accessModes`: [ReadWriteOnce]")[1:] == [
        (2, "PersistentVolumeClaim data", "accessMode", "ReadWriteOnce"),
    ]  # fmt: skip


def _installed(cell: str) -> tuple[str, ...]:
    head = ("| Component | Kind | Image | Exposed as |", "|---|---|---|---|")
    return (*head, f"| `web` | Deployment | `web:1` | {cell} |", "| `app` | ConfigMap | - | - |")


def test_a_cell_says_which_service_a_workload_has() -> None:
    facts = _facts("## Installed", *_installed("`web-svc` (NodePort, 80 → 3000)"))

    assert [fact for fact in facts if fact[1].startswith("Service")] == [
        (4, "Service web-svc", "name", "web-svc"), (4, "Service web-svc", "type", "NodePort"),
        (4, "Service web-svc", "port", "80"), (4, "Service web-svc", "targetPort", "3000"),
    ]  # fmt: skip


def test_a_cell_about_a_service_that_is_not_understood_is_told() -> None:
    assert _unclear("## Installed", *_installed("`web-svc` (80 or so)")) == [4]
    assert _unclear("## Installed", *_installed("a public address")) == []


def test_a_column_that_no_kind_of_the_rows_has_is_told() -> None:
    rows = ("| Component | Kind | Image | Wait |", "|---|---|---|---|", "| `web` | Deployment | `web:1` | 30s |")

    assert _unclear("## Installed", *rows) == [2]


def test_a_hint_proposes_no_column_that_is_there() -> None:
    rows = ("| Name | Container | Container port |", "|---|---|---|", "| web | web-1 | 80 |")
    model = read_markdown("\n".join(("## Deployments", *rows)) + "\n", "data-model.md")

    assert [s.hint for s in model.statements if not s.understood] == [
        "the column 'Container' is not understood; no key has this name"
    ]


def test_rows_and_heads_name_attributes_together() -> None:
    rows = ("| | CPU | Memory |", "|---|---|---|", "| Requests | 100m | - |", "| Limits | 200m | 1Gi |")

    assert [fact[0:1] + fact[2:] for fact in _facts("## Deployment: web", *rows)][1:] == [
        (4, "resources.requests.cpu", "100m"), (5, "resources.limits.cpu", "200m"),
        (5, "resources.limits.memory", "1Gi"),
    ]  # fmt: skip


def test_rows_and_heads_of_which_one_names_nothing_are_no_grid() -> None:
    rows = ("| | CPU | Disk |", "|---|---|---|", "| Requests | 100m | 1Gi |")

    assert _facts("## Deployment: web", *rows)[1:] == []
    assert _unclear("## Deployment: web", *rows) == [4]


def test_the_type_of_services_is_no_kind_wherever_their_table_stands() -> None:
    rows = ("| Service | Type | Port |", "|---|---|---|", "| web-svc | NodePort | 80 |")

    assert _facts("## Deployment: web", *rows)[1:] == [
        (4, "Service web-svc", "name", "web-svc"), (4, "Service web-svc", "type", "NodePort"),
        (4, "Service web-svc", "port", "80"),
    ]  # fmt: skip


def test_a_table_in_html_that_is_not_closed_and_speaks_of_resources_is_told() -> None:
    table = ("<table>", "<tr><th>{}</th><th>Key</th></tr>", "<tr><td>a</td><td>b</td></tr>")

    assert _unclear("## Setup", "", *(line.format("ConfigMap") for line in table)) == [4]
    assert _unclear("## Setup", "", *(line.format("Team") for line in table)) == []


def test_an_image_with_its_port_in_no_known_form_is_told() -> None:
    assert _unclear("## Images", "1. `web:1.2` and its port 3000", "2. built by the team") == [2]


@pytest.mark.parametrize(
    "lines",
    [
        ("- External Access: NodePort", "- Topology: flat"),
        ("| Aspect | How |", "|---|---|", "| External Access | NodePort |", "| Team | us |"),
    ],
)
def test_networking_is_read_without_bold_labels(lines: tuple[str, ...]) -> None:
    assert [fact[1:] for fact in _facts("## Networking Model", "", *lines)] == [
        ("Network", "externalAccess", "NodePort"),
    ]  # fmt: skip


def test_services_in_a_table_about_networking_stay_services() -> None:
    rows = ("| Service | Port |", "|---|---|", "| web-svc | 80 |")

    assert _facts("## Networking Model", "", *rows)[-1] == (5, "Service web-svc", "port", "80")


@pytest.mark.parametrize("head", ["Variable", "Key"])
def test_variables_have_a_value_in_each_environment_that_has_a_column(head: str) -> None:
    model = read(
        "## Deployment `web`", "### Environment variables", "", f"| {head} | dev | prod |", "|---|---|---|",
        "| LOG_LEVEL | debug | info |", "| TRACE | `on` | - |",
    )  # fmt: skip

    assert [(s.line, s.attribute, s.value, s.environment) for s in model.statements][1:] == [
        (6, "env.LOG_LEVEL", "", ""),
        (6, "env.LOG_LEVEL", "debug", "development"),
        (6, "env.LOG_LEVEL", "info", "production"),
        (7, "env.TRACE", "on", "development"),
    ]
