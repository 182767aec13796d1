"""Documents that differ from the shipped one: what is understood, what is put off, what is said to be unclear."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_lint.model.account import account_for
from todo_lint.model.contradictions import contradictions
from todo_lint.model.reader import read_markdown
from todo_lint.model.reading.vocabulary import phrases
from todo_lint.model.statements import DataModel, Statement


def _read(*lines: str) -> DataModel:
    return read_markdown("\n".join(lines) + "\n", "data-model.md")


def _facts(model: DataModel) -> list[tuple[str, str, str]]:
    return [(s.name, str(s.attribute), s.value) for s in model.statements if s.understood]


def _unclear(model: DataModel) -> list[Statement]:
    return [statement for statement in model.statements if not statement.understood]


@pytest.mark.parametrize(
    ("parse", "text", "facts"),
    [
        (phrases.service_ports, "8000", {"port": "8000"}),
        (phrases.service_ports, "80 (external), 3000 (target)", {"port": "80", "targetPort": "3000"}),
        (phrases.service_ports, "80 -> 3000", {"port": "80", "targetPort": "3000"}),
        (phrases.service_ports, "8000-8010", {}),
        (phrases.service_ports, "80 or 8080", {}),
        (phrases.service_ports, "80, web", {}),
        (phrases.container_port, "3000", {"containerPort": "3000"}),
        (phrases.container_port, "about 3000", {}),
        (phrases.replicas, "1 (configurable)", {"replicas": "1"}),
        (phrases.replicas, "2-5", {}),
        (phrases.image, "`ghcr.io/x/web:1.0`", {"image": "ghcr.io/x/web:1.0"}),
        (phrases.image, "the web image", {}),
        (phrases.service_type, "clusterip (internal)", {"type": "ClusterIP"}),
        (phrases.service_type, "NodePort or LoadBalancer", {}),
        (phrases.selector, "`app: web`", {"selector": "app=web"}),
        (phrases.selector, "app=web, tier=front", {"selector": "app=web,tier=front"}),
        (phrases.selector, "the web pods", {}),
        (phrases.limits, "512Mi RAM, 0.5 CPU", {"resources.limits.memory": "512Mi", "resources.limits.cpu": "0.5"}),
        (phrases.limits, "CPU 500m, Memory 1Gi", {"resources.limits.cpu": "500m", "resources.limits.memory": "1Gi"}),
        (phrases.requests, "100m / 128Mi", {"resources.requests.cpu": "100m", "resources.requests.memory": "128Mi"}),
        (phrases.requests, "0.5", {}),
        (phrases.requests, "a lot of memory", {}),
        (phrases.requests, "1Gi memory, 2Gi memory", {}),
        (phrases.env_sources, "From ConfigMap and Secrets", {"env.from": "ConfigMap,Secret"}),
        (phrases.env_sources, "From the ConfigMap", {"env.from": "ConfigMap"}),
        (phrases.env_sources, "set by hand", {}),
        (phrases.env_sources, "not from a Secret", {}),
        (phrases.node_port, "30080", {"nodePort": "30080"}),
        (phrases.target_port, "http", {"targetPort": "http"}),
        (phrases.target_port, "the web port", {}),
        (phrases.base, "Node.js LTS", {"base": "Node.js LTS"}),
        (phrases.base, "`node:20-alpine` (multi-stage)", {"base": "node:20-alpine"}),
        (phrases.base, "Python 3.11", {"base": "Python 3.11"}),
        (phrases.base, "Base Docker image (`node:20-alpine`)", {"base": "node:20-alpine"}),
        (phrases.base, "Base image used (e.g. `python:3.13`)", {}),
        (phrases.base, "what it is built on", {}),
    ],
)  # fmt: skip
def test_a_phrase_is_understood_whole_or_not_at_all(parse: phrases.Phrase, text: str, facts: dict[str, str]) -> None:
    assert {str(attribute): value for attribute, value in parse(text)} == facts


def test_a_key_that_is_nearly_known_is_named() -> None:
    model = _read("## Services", "- **web**", "  - Typ: ClusterIP")

    (unclear,) = _unclear(model)
    assert (unclear.line, unclear.text, unclear.hint) == (3, "- Typ: ClusterIP", "did you mean 'type'?")


def test_a_value_that_is_not_understood_is_said_to_be_so() -> None:
    model = _read("## Services", "- **web**", "  - Port: 8000-8010")

    (unclear,) = _unclear(model)
    assert unclear.line == 3
    assert unclear.hint == "its value is not understood; what is read looks like 80 (external), 3000 (target)"


def test_future_and_optional_are_later_with_all_below_them() -> None:
    model = _read(
        "## Services (Future)", "- **web**", "  - Port: 80", "## Services", "- **api** (Optional)", "  - Port: 81",
        "- **db**", "  - Port: 82 (internal)",
    )  # fmt: skip

    assert [(s.line, s.modality) for s in model.statements] == [
        (2, "future"), (3, "future"), (5, "optional"), (6, "optional"), (7, "required"), (8, "required"),
    ]  # fmt: skip


def test_explaining_keys_and_paragraphs_are_prose() -> None:
    model = _read("# App", "Some words.", "", "## Services", "- **web**", "  - Purpose: shows pages", "  - Port: 80")

    assert _facts(model) == [("web", "name", "web"), ("web", "port", "80")]
    assert [line.line for line in model.prose] == [1, 2, 4, 6]
    assert _unclear(model) == []


def test_tables_and_code_blocks_are_not_passed_over() -> None:
    model = _read("## Services", "|a|b|", "|--|--|", "| 1 | 2 |", "", "```yaml", "port: 80", "```")

    assert [statement.line for statement in _unclear(model)] == [4, 7]


def test_comments_and_rules_do_no_harm() -> None:
    model = _read("## Services", "<!-- - **old**", "  - Port: 1 -->", "", "- **web**", "  - Port: 80", "", "***")

    assert _facts(model) == [("web", "name", "web"), ("web", "port", "80")]
    assert {line.line for line in model.prose} == {1, 2, 3, 8}


def test_a_line_that_goes_on_belongs_to_its_bullet() -> None:
    model = _read("## Services", "- **web**", "  - Purpose: shows", "    pages to people", "  - Port: 80")

    assert [(line.line, line.reason) for line in model.prose if line.line == 4] == [(4, "continues line 3")]


def test_the_value_of_a_secret_is_not_kept() -> None:
    model = _read("## Configuration", "- **s Secret**", "  - token: hunter2-canary", "  - key: [encrypted]")

    assert "hunter2" not in repr(model)
    assert [s.attribute for s in model.statements] == ["name", "data.token", "data.key"]


def test_a_label_that_is_no_name_is_not_understood() -> None:
    (unclear,) = _unclear(_read("## Services", "- **The web service**"))

    assert unclear.line == 2


def test_a_description_with_its_value_behind_it_states_the_value_of_what_has_a_name() -> None:
    model = _read(
        "## Service: web", "- port: Service port (80)", "- type: Service type (ClusterIP, NodePort)",
        "- targetPort: Container port (e.g. 3000)", "- nodePort: Port outside (30000-32767)", "## Helm Chart",
        "- version: Chart version (0.1.0)", "- name: Chart name (kebab-case)", "## The Deployment",
        "- replicas: Replica count (2)",
    )  # fmt: skip

    assert _facts(model) == [("web", "name", "web"), ("web", "port", "80"), ("Chart.yaml", "version", "0.1.0")]
    assert _unclear(model) == []


def test_a_variable_that_is_set_in_place_has_its_value_in_the_next_cell() -> None:
    model = _read(
        "## Deployment: api", "**Environment Variables**:", "", "| Name | Source | Description |", "|---|---|---|",
        "| PORT | Inline | 8000 |", "| MODE | Inline | how it runs |", "| URL | ConfigMap | backend |",
    )  # fmt: skip

    assert _facts(model)[1:] == [
        ("api", "env.PORT", "8000"), ("api", "env.MODE", ""), ("api", "env.URL", ""),
        ("api", "envSource.URL", "ConfigMap"),
    ]  # fmt: skip


def test_keys_without_a_name_are_those_of_the_only_secret() -> None:
    keys = ("**Secrets**:", "- `jwt_secret`: signs tokens", "- `api_token`", "- `psql` commands are not needed")
    named = ("### Deployment: api", "- **Secret**: app-secrets (db_password)")

    model = _read("## Configuration", *keys, *named)
    assert [fact for fact in _facts(model) if fact[1].startswith("data.")] == [
        ("app-secrets", "data.jwt_secret", ""), ("app-secrets", "data.api_token", ""),
        ("app-secrets", "data.db_password", ""),
    ]  # fmt: skip
    assert _unclear(model) == []

    (unclear,) = _unclear(_read("## Configuration", *keys, *named, "- **Secret**: other-secrets"))
    assert (unclear.line, unclear.hint) == (
        3, "no name is given for this Secret; state it: 'Name: ...', or in the heading",
    )  # fmt: skip


def test_a_configmap_that_a_workload_names_is_the_one_that_is_described() -> None:
    model = _read(
        "**Backend ConfigMap**:", "- `LOG_LEVEL`: how much is logged", "## Backend Deployment", "- **Name**: api",
        "- **ConfigMap**: backend-config (LOG_LEVEL)",
    )  # fmt: skip

    assert {fact[0] for fact in _facts(model) if fact[1] == "data.LOG_LEVEL"} == {"backend-config"}


def test_resources_that_are_neither_requests_nor_limits_are_told_so() -> None:
    (unclear,) = _unclear(_read("## Deployment: api", "- **Resources**: 100m CPU / 512Mi memory"))

    assert (unclear.line, unclear.hint) == (2, "say which they are: 'Resource Requests' or 'Resource Limits'")


def test_a_block_that_writes_a_key_twice_shows_two_ways_and_states_neither() -> None:
    model = _read(
        "## Deployment: api", "```yaml", "strategy:", "  type: RollingUpdate", "", "strategy:", "  type: Recreate",
        "```",
    )  # fmt: skip

    (unclear,) = _unclear(model)
    assert (unclear.line, unclear.hint) == (
        6, "strategy is written twice in one block; put each into a block of its own",
    )  # fmt: skip
    assert _facts(model) == [("api", "name", "api")]


def test_branches_of_a_template_may_write_a_key_twice() -> None:
    model = _read(
        "```yaml", "kind: Service", "metadata:", "  name: api", "spec:", "{{- if .Values.a }}", "  type: NodePort",
        "{{- else }}", "  type: ClusterIP", "{{- end }}", "```",
    )  # fmt: skip

    assert _unclear(model) == []
    assert ("api", "name", "api") in _facts(model)


def test_a_list_of_types_states_nothing() -> None:
    model = _read(
        "## values.yaml", "```yaml", "replicas: integer # default: 2", "tls:", "  - hosts: string[]",
        "    secretName: string", "names: [a, b]", "```",
    )  # fmt: skip

    assert [(s.attribute, s.value) for s in model.statements] == [("replicas", "2"), ("names", '["a", "b"]')]


def test_a_table_of_the_clusters_storage_classes_states_nothing() -> None:
    table = ("| Storage Class | Provisioner | Use |", "|---|---|---|", "| `fast` | of the cloud | for data bases |")

    assert _facts(_read("## Storage Classes", *table)) == []
    assert _facts(_read("## StorageClass: fast", "- Name: fast")) == [("fast", "name", "fast")]


def test_pods_in_a_table_are_replicas() -> None:
    model = _read("## Deployments", "| Name | Pods | Total Memory |", "|---|---|---|", "| api | 2 | 1Gi |")

    assert _facts(model) == [("api", "name", "api"), ("api", "replicas", "2")]


def test_a_kind_in_bold_with_a_name_as_code_begins_what_is_below_it() -> None:
    model = _read(
        "### Deployment: web", "- Replicas: 1", "", "**Backend Deployment** `api`", "", "- Replicas: 2", "",
        "**Deployment** of `other` things", "", "- Container Port: 80",
    )  # fmt: skip

    assert [fact for fact in _facts(model) if fact[1] != "name"] == [
        ("web", "replicas", "1"), ("api", "replicas", "2"), ("api", "containerPort", "80"),
    ]  # fmt: skip


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# A", "## Services", "## Images (Future)", "Networking", "===", "---", "- **web**", "- **w** (Future)",
            "  - Port: 80", "\t- Type: NodePort", "    - Image: a:1", "  - Colour: red", "    going on", "- a: b", "",
            "1. **api**", "> - **web**", "|a|b|", "|--|--|", "```", "~~~", "<!--", "-->", "<div>", "- **s Secret**",
            "  - key: [x]", "- **values.yaml**", "  - a.b: c", "- [ ] **web**", "* * *", "-", "  -", "\\", "&nbsp;",
            "[a]: http://b", "- **External Access**: NodePort", "\u00a0", "\x0c", "- - **web**",
        ]
    ),
    max_size=14,
).map("\n".join)  # fmt: skip
LETTERS = st.text(alphabet=st.sampled_from(list("ab:*-#`|>\n\r \t()[]<>!&~_.1")), max_size=200)


CELLS = st.sampled_from(
    [
        "Name", "Attribute", "Value", "Type", "Port", "Key", "Secret", "ConfigMap", "Image", "Replicas",
        "Required", "Probe", "Requests (CPU / memory)", "Variable", "Source", "Default", "Production", "web",
        "`a-b`", "80", "-", "", "  ", "1Gi", "200m / 256Mi", "**x**", "[a](b)", "~~80~~", "80[^1]", "a \\| b",
        "NodePort or ClusterIP", "Integer", "Liveness", "/health", "Deployment", "<br>", "`", "yes", "env.A",
        "{{ .x }}", "2-5", "1 (dev), 3 (prod)",
    ]
)  # fmt: skip
ROW = st.lists(CELLS, min_size=1, max_size=4).map(lambda cells: f"| {' | '.join(cells)} |")
TABLE = st.tuples(
    ROW, st.sampled_from(["|---|---|", "|-|", "|:-:|--:|---|", "| --- |"]), st.lists(ROW, max_size=4)
).map(lambda parts: "\n".join([parts[0], parts[1], *parts[2]]))
YAML = st.lists(
    st.sampled_from(
        [
            "kind: Service", "kind: Deployment", "kind: Secret", "kind: List", "metadata: {name: a}", "spec:",
            "  ports:", "    - port: 80", "  replicas: 2  # configurable", "data:", "  a: b", "---", "...", "- a",
            "{", "}", "a: &x 1", "b: *x", "<<: *x", "port: integer  # default: 80", "{{- if .Values.a }}",
            "name: {{ .Release.Name }}-a", "image: a:{{ .Values.tag }}", "\ta: b", "a: |", "  text",
            "# values.yaml", "env: [{name: A, value: b}]", "? a", "!!binary x", "'", "containers: {a: 1}",
            "items: [1, {a: b}]", "apiVersion: v2", "version: 1", "stringData: 1",
        ]
    ),
    max_size=7,
).map("\n".join)  # fmt: skip
FENCE = st.tuples(
    st.sampled_from(["```", "~~~", "````"]), st.sampled_from(["yaml", "", "json", "helm", "bash", "{.yaml}"]), YAML,
    st.booleans(),
).map(lambda parts: f"{parts[0]}{parts[1]}\n{parts[2]}\n{parts[0] if parts[3] else ''}")  # fmt: skip
OTHER = st.sampled_from(
    [
        "<!-- a comment\n\n- **b**\n-->", "<!-- open",
        "<details>\n<summary>x</summary>\n\n- **web**\n\n</details>", "[^1]: a note", "    indented: code",
        "Heading\n=====", "> quoted\n> | a | b |\n> |---|---|\n> | 1 | 2 |", "\t- tab: 1",
        "- **web**\n\n  ```yaml\n  port: 80\n  ```\n",
        "- **web**\n\n  | Attribute | Value |\n  |---|---|\n  | port | 80 |\n", "**Frontend Service**:",
        "### a-b (Service)", "## values.yaml", "## Chart.yaml", "### Environment Variables", "***",
        "**Key**: value\n**Port**: 80", "1. **api**\n   - Port: 80", "## Secrets", "<b>- Port: 80</b>", "![i](j)",
        "a  \nb",
    ]
)  # fmt: skip
PIECES = st.lists(TABLE | FENCE | OTHER | MARKDOWN, max_size=5)
FRONT = st.sampled_from(
    ["", "---\ntitle: a\n---\n", "---\n- a\n---\n", "---\na: [\n---\n", "---\nopen: x\n", "+++\n"]
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Documents of pieces of each dialect, in each line ending, with marks and tabs where editors put them."""
    text = draw(FRONT) + draw(st.sampled_from(["\n", "\n\n"])).join(draw(PIECES))
    text = text.replace("  - ", "\t- ") if draw(st.booleans()) else text
    ending = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", ending)


@settings(max_examples=300, deadline=None)
@given(documents() | MARKDOWN | LETTERS | st.text(max_size=80))
def test_any_text_is_accounted_for_line_by_line(text: str) -> None:
    model = read_markdown(text, "x.md")

    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    written = {number for number, line in enumerate(lines, start=1) if line.strip()}
    stated = {statement.line for statement in model.statements}
    prose = [line.line for line in model.prose]
    assert len(prose) == len(set(prose)), "no line is prose twice"
    assert not stated & set(prose), "no line is both"
    assert written <= stated | set(prose), "no line is dropped"
    assert all(1 <= number <= len(lines) for number in stated | set(prose))
    assert all(line.reason for line in model.prose)
    for statement in model.statements:
        assert 1 <= statement.column <= len(lines[statement.line - 1]) + 1
        assert statement.understood or (statement.hint and not statement.value)
    assert [account.line for account in account_for(model)] == sorted(stated | set(prose))
    for found in contradictions(model):
        assert {statement.line for statement in found.statements} <= stated


def test_a_backend_whose_service_has_no_name_states_its_port() -> None:
    model = _read(
        "```yaml", "kind: Ingress", "metadata: {name: web}",
        "spec: {rules: [{http: {paths: [{backend: {service: {port: {number: 80}}}}]}}]}", "```",
    )  # fmt: skip

    assert [(s.line, str(s.attribute), s.value) for s in model.statements] == [
        (3, "name", "web"),
        (4, "backend.port", "80"),
    ]
