"""Tables whose columns are entities by a row of names, of marks, of probes, and with two keys in one."""

from __future__ import annotations

import pytest
from tests.model.reading import Stated, read, stated, told

NAMED = ("## Deployments", "| | Web | API |", "|---|---|---|", "| **Name** | `web-app` | `api-app` |")


def of(line: int, *lines: str) -> list[Stated]:
    return [fact for fact in stated(read(*lines)) if fact[0] == line]


def test_a_row_of_names_makes_columns_entities() -> None:
    assert of(5, *NAMED, "| Image | `todo-web:1` | `api:2` |") == [
        (5, "Deployment", "web-app", "image", "todo-web:1"),
        (5, "Deployment", "api-app", "image", "api:2"),
    ]
    assert stated(read(*NAMED[:3], "| Name | string | word |", "| Image | `web:1` | `api:2` |")) == []


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ("| CPU (req / lim) | 0.2 / 0.5 | 1 / 2 |", {"resources.requests.cpu": "0.2", "resources.limits.cpu": "0.5"}),
        ("| Memory request / limit | 1Gi / 2Gi | - |",
         {"resources.requests.memory": "1Gi", "resources.limits.memory": "2Gi"}),
        ("| Writable paths | `/tmp`, `/a` | - |", {"volumeMounts.": "/a"}),
        ("| Runs as non-root (uid 1000) | ✔ | ✔ |",
         {"securityContext.runAsNonRoot": "true", "securityContext.runAsUser": "1000"}),
        ("| Read-only root filesystem | ✘ | ✘ |", {"securityContext.readOnlyRootFilesystem": "false"}),
        ("| Seccomp profile `RuntimeDefault` | yes | no |",
         {"securityContext.seccompProfile.type": "RuntimeDefault"}),
        ("| Service account token mounted | ✘ | ✔ |", {"spec.template.spec.automountServiceAccountToken": "false"}),
        ("| NetworkPolicy | optional | optional |", {}),
    ],
)  # fmt: skip
def test_a_cell_says_it_of_its_column(row: str, facts: dict[str, str]) -> None:
    assert {a: v for _, _, name, a, v in of(5, *NAMED, row) if name == "web-app"} == facts


@pytest.mark.parametrize("row", ["| All capabilities dropped | ✘ | ✘ |", "| CPU (req / lim) | 1 | 2 |",
                                 "| Looks nice | ✔ | ✔ |"])  # fmt: skip
def test_a_mark_or_pair_that_says_nothing_sure_is_told(row: str) -> None:
    model = read(*NAMED, row)

    assert of(5, *NAMED, row) == []
    assert [line for line, _ in told(model)] == [5]


def test_each_row_of_a_table_of_probes_is_of_one_of_them() -> None:
    table = (
        "## Probes",
        "| Deployment | Probe | Path | Period | Timeout |",
        "|---|---|---|---|---|",
        "| web-app | startup | `/` | 2 s | - |",
        "| | liveness and readiness | `/ok` | three | 3 s |",
    )
    model = read("## Deployments", "- **web-app**", *table)

    assert [fact[3:] for fact in stated(model) if fact[0] == 6] == [
        ("startupProbe.path", "/"),
        ("startupProbe.periodSeconds", "2"),
    ]
    assert [fact[3:] for fact in stated(model) if fact[0] == 7] == [
        ("livenessProbe.path", "/ok"),
        ("readinessProbe.path", "/ok"),
        ("livenessProbe.timeoutSeconds", "3"),
        ("readinessProbe.timeoutSeconds", "3"),
    ]
    assert [line for line, _ in told(model)] == [7]


def test_what_nobody_need_give_is_stated_by_its_default() -> None:
    rows = (
        "## ConfigMap: shop",
        "| Field | Type | Required | Default |",
        "|---|---|---|---|",
        "| `a_b` | string | no | `*` |",
        "| `c_d` | string | no | - |",
    )
    model = read(*rows)

    assert [(s.line, s.value, str(s.modality)) for s in model.statements if s.line > 3] == [
        (4, "*", "required"), (5, "", "optional"),
    ]  # fmt: skip


def test_resources_from_requests_to_limits() -> None:
    assert [fact[3:] for fact in of(2, "## Deployment: web", "- Resources: 200m/256Mi .. 500m/512Mi")] == [
        ("resources.requests.cpu", "200m"),
        ("resources.requests.memory", "256Mi"),
        ("resources.limits.cpu", "500m"),
        ("resources.limits.memory", "512Mi"),
    ]
    assert of(2, "## Deployment: web", "- Resources: 200m .. 500m") == []


@pytest.mark.parametrize(("remark", "later"), [("Todo list of the team", False), ("todo-web image", False),
                                               ("TODO write it", True), ("todo", True)])  # fmt: skip
def test_the_name_of_an_app_puts_nothing_off(remark: str, later: bool) -> None:
    rows = ("## Services", "| Name | Port | Notes |", "|---|---|---|", f"| web-app | 80 | {remark} |")

    assert [s.later for s in read(*rows).statements if s.attribute == "port"] == [later]
