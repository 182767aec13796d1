"""Forms in which specifications are written: parts of a manifest in tables, names below a heading of several."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, read, stated, told

from todo_lint.errors import UserError
from todo_lint.findings import Verdict


def test_tables_below_the_parts_of_a_manifest_are_about_those_parts() -> None:
    head = ("", "| Field | Type | Value |", "|---|---|---|")
    model = read(
        "### Deployment", *head, "| metadata.name | string | `shop` |",
        '| spec.selector.matchLabels | object | `{"app": "shop"}` |', "",
        "**Pod Template Spec**:", *head, "| metadata.labels.app | string | `shop` |",
        '| metadata.labels."example.com/use" | string | `"true"` |',
        "| spec.serviceAccountName | string | `shop-sa` |", "",
        "**Container Spec**:", *head, "| name | string | `web` |", "| image | string | `shop/web:1` |",
        "| ports[0].containerPort | integer | `3000` |", "",
        "**Volume Mounts**:", "",
        "| Mount Path | Volume Name | Read-Only |", "|---|---|---|", "| /tmp | scratch | No |",
    )  # fmt: skip
    assert stated(model) == [
        (5, "Deployment", "shop", "name", "shop"),
        (6, "Deployment", "shop", "selector", "app=shop"),
        (12, "Deployment", "shop", "podLabels.app", "shop"),
        (13, "Deployment", "shop", "podLabels.example.com/use", "true"),
        (14, "Deployment", "shop", "serviceAccountName", "shop-sa"),
        (21, "Deployment", "shop", "image", "shop/web:1"),
        (22, "Deployment", "shop", "containerPort", "3000"),
        (28, "Deployment", "shop", "volumeMounts.scratch", "/tmp"),
    ]
    assert told(model) == []


def test_fields_of_manifests_in_tables_of_secrets_and_services_are_no_keys_and_no_names() -> None:
    head = ("", "| Field | Type | Value |", "|---|---|---|")
    model = read(
        "### Secret (Session)", *head, "| kind | string | `Secret` |", "| metadata.name | string | `session` |",
        "| data.token | string | Base64-encoded |", "",
        "### Service", *head, "| metadata.name | string | `shop` |", "| spec.ports[0].name | string | `http` |",
        "| spec.ports[0].port | integer | `80` |", '| metadata.annotations."a.b/c" | string | `x` |',
    )  # fmt: skip
    assert stated(model) == [
        (6, "Secret", "session", "name", "session"),
        (7, "Secret", "session", "data.token", ""),
        (13, "Service", "shop", "name", "shop"),
        (15, "Service", "shop", "port", "80"),
        (16, "Service", "shop", "annotations.a.b/c", "x"),
    ]


def test_a_name_below_a_heading_of_several_is_that_of_one() -> None:
    model = read(
        "### 1.4 Secrets", "", "**Name**: `shop-secrets`", "",
        "| Key | Source | Used By |", "|---|---|---|", "| TOKEN | values-local.yaml | web |", "",
        "**Name**: `other-secrets`", "", "| Key | Source |", "|---|---|", "| DSN | the vault |",
    )  # fmt: skip
    assert stated(model) == [
        (3, "Secret", "shop-secrets", "name", "shop-secrets"),
        (7, "Secret", "shop-secrets", "data.TOKEN", ""),
        (9, "Secret", "other-secrets", "name", "other-secrets"),
        (13, "Secret", "other-secrets", "data.DSN", ""),
    ]


@pytest.mark.parametrize("line", ["**Name**: shop secrets", "**Title**: `shop-secrets`", "**Name**: see `values`:"])
def test_other_lines_below_a_heading_of_several_name_none(line: str) -> None:
    assert [name for _, _, name, _, _ in stated(read("### Secrets", "", line))] == []


def test_a_heading_of_what_a_config_map_holds_is_about_that_config_map() -> None:
    head = ("", "| Key | Description | Example |", "|---|---|---|")
    model = read(
        "### Backend ConfigMap Values", *head, "| LOG_LEVEL | how much is logged | `info` |", "",
        "### Secret Values (not committed)", *head[:1], "| Key | Description |", "|---|---|", "| TOKEN | a token |",
    )  # fmt: skip
    assert stated(model) == [
        (5, "ConfigMap", "backend", "data.LOG_LEVEL", ""),
        (11, "Secret", "", "data.TOKEN", ""),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**port**: 3000 - Service port", [("port", "3000")]),
        ("**type**: ClusterIP - Internal cluster access only", [("type", "ClusterIP")]),
        ("**targetPort**: `http` - Maps to the port of the container", [("targetPort", "http")]),
        ("**port**: 3000 - 4000", []),
        ("**type**: the usual - as everywhere else", []),
    ],
)
def test_a_value_may_stand_before_a_dash_and_words_about_it(line: str, expected: list[tuple[str, str]]) -> None:
    model = read("### Service: `shop`", f"- {line}")
    assert [(attribute, value) for _, _, _, attribute, value in stated(model)[1:]] == expected


def test_sources_that_are_written_as_texts_are_those_of_that_name() -> None:
    model = read(
        "### shop-web", "```yaml", "kind: Deployment", "metadata: {name: shop}", "spec:", "  template:", "    spec:",
        "      containers:", "      - name: web", "        envFrom:", "        - configMapRef: shop-config",
        "        - secretRef: {name: shop-secrets}", "```",
    )  # fmt: skip
    assert stated(model)[-1] == (11, "Deployment", "shop", "env.from", "ConfigMap/shop-config,Secret/shop-secrets")


def test_keys_without_values_in_a_block_of_types_state_nothing() -> None:
    model = read(
        "## values.yaml", "```yaml", "web:", "  port: integer  # default: 80", "  tag: string",
        "  requests: { memory, cpu }", "```",
    )  # fmt: skip
    assert stated(model) == [(4, "Values", "values.yaml", "web.port", "80")]


def test_a_documented_namespace_that_is_not_rendered_is_chosen_at_install() -> None:
    model = read("### Namespace: `default`", "- labels: app=shop", "### Service: `web`", "- Port: 80")
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n"
    rendered = "apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {app: web}}\n"
    assert dict(outcomes(model, service))[2] is Verdict.NOT_CHECKABLE
    assert dict(outcomes(model, f"{service}---\n{rendered}"))[2] is Verdict.VIOLATED


def test_what_stands_below_a_pod_template_is_of_the_pods() -> None:
    model = read(
        "### Deployment: `shop`", "- **Labels**:", "  - `team`: `web`", "- **Pod Template**:",
        "  - **Labels**: `app=shop`", "  - **Container Name**: `web`",
        "  - **Liveness Probe**: HTTP GET `/` (30s interval, 3 failures)",
        "- **Pod Template**:", "  - **Labels**:", "    - `tier`: `front` or `back`",
    )  # fmt: skip
    assert stated(model)[1:] == [
        (3, "Deployment", "shop", "labels.team", "web"),
        (5, "Deployment", "shop", "podLabels.app", "shop"),
        (7, "Deployment", "shop", "livenessProbe.path", "/"),
        (7, "Deployment", "shop", "livenessProbe.periodSeconds", "30"),
        (7, "Deployment", "shop", "livenessProbe.failureThreshold", "3"),
        (10, "Deployment", "shop", "podLabels.tier", "front|back"),
    ]
    assert told(model) == []


def test_each_key_of_a_block_of_data_is_stated_on_its_own_line() -> None:
    model = read(
        "### ConfigMap: `shop`", "", "```yaml", "LOG_LEVEL: info", "MODE: fast  # e.g. slow", "```", "",
        "### Secret: `keys`", "", "```yaml", "data:", "  TOKEN: abc", "```",
    )  # fmt: skip
    assert [(line, attribute) for line, _, _, attribute, _ in stated(model)] == [
        (1, "name"), (4, "data.LOG_LEVEL"), (5, "data.MODE"), (8, "name"), (12, "data.TOKEN"),
    ]  # fmt: skip


def test_fields_of_a_type_are_no_keys_of_data() -> None:
    field, key = "- config_data: Key-value pairs of configuration data", "- `config_data`: Key-value pairs"
    assert stated(read("### ConfigMap Configuration", "**Fields**:", field)) == []
    assert stated(read("### ConfigMap: `shop`", field))[1:] == [(2, "ConfigMap", "shop", "data.config_data", "")]
    assert stated(read("### ConfigMap", key)) == [(2, "ConfigMap", "", "data.config_data", "")]


@pytest.mark.parametrize(("key", "expected"), [("title", []), ("replicas", [3])])
def test_json_that_cannot_be_read_is_told_where_it_may_be_of_a_manifest(key: str, expected: list[int]) -> None:
    model = read("## Requests", "```json", f'{{"{key}": 3, // words', "}", "```")
    assert [line for line, _ in told(model)] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("**ports**: Exposes port 3000 for HTTP traffic", []),
        ("**ports**: Exposes port 3001 for HTTP traffic", [6]),
        ("**ports**: Exposes port 3000 and 3001 for HTTP", [6]),
        ("**replicas**: there are at times 2 pods", [6]),
        ("**ports**: at 3000 + x", [6]),
    ],
)
def test_words_that_say_again_what_is_stated_are_not_told(line: str, expected: list[int]) -> None:
    model = read("### Deployment: `shop`", "", "- Port: 3000", "- Replicas: 2", "", f"- {line}")
    assert [number for number, _ in told(model)] == expected


def test_a_document_of_too_many_statements_is_refused_and_one_of_many_is_read() -> None:
    workloads = [f"Deployment `w{number}-web` has 2 replicas.\n" for number in range(400)]
    said = "All pods run as user 1000.\n"

    assert len(read("# Shop", "", *workloads, *[said] * 20).statements) > 8_000
    with pytest.raises(UserError, match="the data model makes more than 60,000 statements: name a document"):
        read("# Shop", "", *workloads, *[said] * 200)
