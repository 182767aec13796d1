"""Types state nothing; a value or a default in their parentheses or comments does, and the keys of data are there."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("port: integer (8000)", [("port", "8000")]),
        ("targetPort: integer (3000 for the pages)", [("targetPort", "3000")]),
        ('type: string ("ClusterIP")', [("type", "ClusterIP")]),
        ("nodePort: integer (default: 30080, local)", [("nodePort", "30080")]),
        ("port: integer", []),
        ("port: integer (the port that is exposed)", []),
        ("type: string (ClusterIP, NodePort)", []),
        ('type: string (e.g., "ClusterIP")', []),
        ("nodePort: integer (optional, specific port number)", []),
    ],
)
def test_a_type_with_a_value_behind_it(line: str, facts: list[tuple[str, str]]) -> None:
    model = read("## web (Service)", "- **attributes**:", f"  - {line}")
    assert [(attribute, value) for number, _, _, attribute, value in stated(model) if number == 3] == facts
    assert told(model) == []


def test_a_described_entity_is_known_by_its_role() -> None:
    lines = (
        "- **entity**: BackendService",
        "- **attributes**:",
        '  - name: string ("api")',
        "  - port: integer (8000)",
    )
    model = read("### Backend Service Configuration", *lines, "### The Service", "- port: Service port (80)")
    assert stated(model) == [(4, "Service", "api", "name", "api"), (5, "Service", "api", "port", "8000")]


def test_a_default_is_one_of_any_description() -> None:
    (fact,) = read("## Deployment", "- replicas: Number of pods (default: 2 for each)").statements
    assert (fact.attribute, fact.value, fact.modality) == ("replicas", "2", "default")


@pytest.mark.parametrize(
    "line", ["image: Image reference (name:tag)", "strategy: Update strategy (RollingUpdate, Recreate)"]
)
def test_a_form_or_a_choice_is_no_value(line: str) -> None:
    model = read("## web (Deployment)", f"- {line}")
    assert [attribute for _, _, _, attribute, _ in stated(model)] == ["name"]


def test_words_that_divide_a_description_name_nothing() -> None:
    model = read("## Deployment", "- **attributes**:", "  - replicas: integer", "## Secret", "- **attributes**:",
                 "  - jwtKey: string (signs tokens)")  # fmt: skip
    assert [(line, kind, attribute) for line, kind, _, attribute, _ in stated(model)] == [
        (6, "Secret", "data.jwtKey")
    ]


MANIFEST = """```yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  labels: {{app: string}}
spec:
  replicas: integer   # pods (default: 2)
  selector: {{matchLabels: {{app: string}}}}
  template:
    spec:
      containers:
        - name: string
          image: {image}
          env: [{{name: string, valueFrom: {{secretKeyRef: {{name: string, key: string}}}}}}]
```"""


def test_a_manifest_of_types_states_what_is_no_type() -> None:
    model = read(*MANIFEST.format(name="web", image="string").split("\n"))
    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)] == [
        (5, "name", "web"),
        (8, "replicas", "2"),
    ]
    assert stated(read(*MANIFEST.format(name="string", image="web:1").split("\n"))) == [
        (8, "Deployment", "", "replicas", "2"),
        (14, "Deployment", "", "image", "web:1"),
    ]


def test_the_keys_of_data_that_are_typed_are_there() -> None:
    model = read(
        "```yaml", "kind: ConfigMap", "metadata: {name: app}", "data:", "  LEVEL: string", "  URL: string", "```"
    )
    assert stated(model)[1:] == [(5, "ConfigMap", "app", "data.LEVEL", ""), (6, "ConfigMap", "app", "data.URL", "")]


def test_a_single_word_that_is_a_type_is_a_value() -> None:
    model = read("```yaml", "kind: ConfigMap", "metadata: {name: app}", "data: {MODE: object, LEVEL: info}", "```")
    assert (4, "ConfigMap", "app", "data.MODE", "object") in stated(model)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("strategy: Update strategy (RollingUpdate with maxSurge=1)", "its value is not understood; write it alone"),
    ],
)
def test_words_with_a_value_behind_them_that_is_not_read_are_told(line: str, hint: str) -> None:
    ((number, said),) = told(read("## web (Deployment)", f"- {line}"))
    assert number == 2
    assert said.startswith(hint)


@pytest.mark.parametrize(
    "line",
    ["strategy: How pods are replaced (see below)", "health: Path of health checks (e.g. /health)",
     "accessMode: Access pattern (ReadWriteOnce, ReadOnlyMany)", "nodePort: Port outside (30000-32767)"],
)  # fmt: skip
def test_words_that_explain_or_list_what_is_possible_are_not_told(line: str) -> None:
    assert told(read("## web (Deployment)", f"- {line}", "## data (PVC)", f"- {line}")) == []


def test_fields_of_a_config_map_with_words_behind_them_are_no_keys_of_it() -> None:
    lines = ("- `name`: ConfigMap name (shop-config)", "- `namespace`: its namespace (default: shop)")
    model = read("## ConfigMap", *lines, "- `data`: keys and values", "- `LEVEL`: how much is logged")
    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)] == [
        (2, "name", "shop-config"),
        (3, "namespace", "shop"),
        (5, "data.LEVEL", ""),
    ]


def test_the_values_of_an_example_chart_are_values() -> None:
    model = read(
        "## Chart", "**Example**:", "```yaml", "name: shop", "version: 1.0.0", "values: {web: {port: 80}}", "```"
    )
    assert (6, "Values", "values.yaml", "web.port", "80") in stated(model)


def test_variables_without_a_workload_are_told_once() -> None:
    rows = (
        "| Variable | Source | Example |",
        "|---|---|---|",
        "| URL | ConfigMap | a |",
        "| KEY | Secret | hunter22 |",
    )
    model = read("## Runtime variables", *rows)
    assert told(model) == [(4, "no workload is named above the table; put it below the name of one")]
    assert told(read("## Variables", "| Variable | Default |", "|---|---|", "| MODE | a |")) == []


def test_values_below_comments_about_their_parts_are_values() -> None:
    block = (
        "# Namespace configuration",
        "namespace:",
        "  name: string  # (default: shop)",
        "web:",
        "  port: integer",
    )
    assert stated(read("## Helm Values Schema", "```yaml", *block, "```")) == [
        (5, "Values", "values.yaml", "namespace.name", "shop")
    ]


def test_keys_of_a_config_map_that_are_typed_are_there() -> None:
    lines = ("- **attributes**:", "  - logLevel: string (how much)", "  - LOG_URL: string", "  - data: object")
    assert [fact for _, _, _, fact, _ in stated(read("## ConfigMap", *lines))] == ["data.logLevel", "data.LOG_URL"]


def test_variables_of_an_image_are_told_once() -> None:
    rows = (
        "| Variable | Source | Example Value |",
        "|---|---|---|",
        "| URL | ConfigMap | a |",
        "| KEY | Secret | b |",
    )
    model = read("### web Image", "#### Runtime variables", *rows)
    assert told(model) == [(5, "no workload is named above the table; put it below the name of one")]


def test_a_summary_may_begin_with_words() -> None:
    model = read(
        "## Services", "- **Frontend Service**: Exposes the web app on port 3000", "- **api**: port 80 at the most"
    )
    assert [(line, fact, value) for line, _, _, fact, value in stated(model)] == [
        (2, "port", "3000"),
        (3, "name", "api"),
    ]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("`replicas` (integer, default: 1) \u2014 number of pods", [("replicas", "1", "default")]),
        ("`replicas` (integer, default: 1) - number of pods; never 0", [("replicas", "1", "default")]),
        ("`imagePullPolicy` (enum, default: `Always`)", [("imagePullPolicy", "Always", "default")]),
        ("**replicas** (integer, default 2): number of pods", [("replicas", "2", "default")]),
        ("`port` (integer, default: 8080): 3000", [("containerPort", "3000", "required")]),
        (
            "`serviceAccountName` (string, optional, default: shop) - its account",
            [("serviceAccountName", "shop", "default")],
        ),
        ("`strategy` (string) - how pods are replaced", []),
        ("`replicas` (integer) - number of pods", []),
        ("`apiVersion` (string): `apps/v1`", [("apiVersion", "apps/v1", "required")]),
    ],
)
def test_a_default_stands_with_the_type_behind_a_key(line: str, facts: list[tuple[str, str, str]]) -> None:
    model = read("## web (Deployment)", f"- {line}")
    assert [(s.attribute, s.value, s.modality) for s in model.statements if s.line == 2] == facts
    assert told(model) == []


def test_a_version_of_an_api_is_read_wherever_a_kind_has_one_and_words_about_it_are_not() -> None:
    assert stated(read("## shop (ConfigMap)", "- **apiVersion**: `v1`"))[-1] == (
        2, "ConfigMap", "shop", "apiVersion", "v1",
    )  # fmt: skip
    table = ("| Name | API version | Port |", "|---|---|---|", "| web | v1 | 80 |", "| api | - | 80 |")
    assert [fact[2:] for fact in stated(read("## Services", "", *table)) if fact[3] == "apiVersion"] == [
        ("web", "apiVersion", "v1")
    ]
    for words in ("version of the API", "string", "n/a"):
        assert stated(read("## web (Service)", f"- API Version: {words}"))[1:] == []


def test_a_key_of_data_is_there_with_a_default_or_without() -> None:
    head = ("| Field | Type | Required | Default |", "|---|---|---|---|")
    rows = (
        "| `jwt_key` | string | no | generated |",
        "| `db_url` | string | yes | - |",
        "| `mode` | string | no | - |",
    )
    model = read("## Entity: ShopSecrets (Secret)", "", *head, *rows)
    assert [(s.line, s.kind, s.attribute, s.modality) for s in model.statements] == [
        (5, "Secret", "data.jwt_key", "required"), (6, "Secret", "data.db_url", "required"),
        (7, "Secret", "data.mode", "optional"),
    ]  # fmt: skip
    fields = ("| `data` | map | yes | - |", "| `type` | string | yes | - |", "| size | string | yes | - |")
    assert read("## shop (ConfigMap)", "", *head, *fields).statements[1:] == ()


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("Strategy: `RollingUpdate`, maxSurge 1, maxUnavailable 0",
         [("strategy", "RollingUpdate"), ("spec.strategy.rollingUpdate.maxSurge", "1"),
          ("spec.strategy.rollingUpdate.maxUnavailable", "0")]),
        ("Strategy: RollingUpdate with max surge 25%",
         [("strategy", "RollingUpdate"), ("spec.strategy.rollingUpdate.maxSurge", "25%")]),
        ("Strategy: RollingUpdate, zero downtime", [("strategy", "RollingUpdate")]),
        ("Startup Probe: GET `/health`, every 2s, 60 failures allowed",
         [("startupProbe.path", "/health"), ("startupProbe.periodSeconds", "2"),
          ("startupProbe.failureThreshold", "60")]),
        ("Liveness Probe: GET `/health` on 8000 every 10 s with a timeout of 3s",
         [("livenessProbe.path", "/health"), ("livenessProbe.port", "8000"), ("livenessProbe.periodSeconds", "10"),
          ("livenessProbe.timeoutSeconds", "3")]),
        ("Volume mounts: `tmp` at `/tmp` (emptyDir)", [("volumes.tmp", "emptyDir"), ("volumeMounts.tmp", "/tmp")]),
    ],
)  # fmt: skip
def test_values_in_other_orders(line: str, facts: list[tuple[str, str]]) -> None:
    assert [fact[3:] for fact in stated(read("## web (Deployment)", f"- {line}"))][1:] == facts


@pytest.mark.parametrize(
    "line",
    [
        "Strategy: RollingUpdate, 2 at once",
        "Volume mounts: tmp at /tmp (read-only)",
        "Liveness Probe: GET /a every day",
    ],
)
def test_what_is_left_of_a_value_is_told(line: str) -> None:
    assert [number for number, _ in told(read("## web (Deployment)", f"- {line}"))] == [2]
