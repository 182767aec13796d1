"""Values that look like something else: each is read as it is meant, or states nothing."""

from __future__ import annotations

import pytest

from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import DataModel, Statement

Fact = tuple[str, str, str]

PORTS = [("port", "80", "required"), ("targetPort", "3000", "required")]
WORKLOAD, SERVICE = "### web (Deployment)", "### web (Service)"


def read(*lines: str) -> DataModel:
    return read_markdown("\n".join(lines) + "\n", "data-model.md")


def facts(model: DataModel) -> list[Fact]:
    return [(s.attribute, s.value, s.modality.value) for s in model.statements if s.attribute != "name"]


@pytest.mark.parametrize(
    ("heading", "line", "expected"),
    [
        (WORKLOAD, "Limits: 0.5 CPU", [("resources.limits.cpu", "0.5", "required")]),
        (WORKLOAD, "Limits: 512 MiB memory", [("resources.limits.memory", "512Mi", "required")]),
        (WORKLOAD, "Replicas: 1 (configurable)", [("replicas", "1", "configurable")]),
        (WORKLOAD, "Replicas: 1 (default, configurable via values)", [("replicas", "1", "configurable")]),
        (WORKLOAD, "Replicas: 1, configurable 1-3", [("replicas", "1", "configurable")]),
        (WORKLOAD, "Replicas: 1 (default)", [("replicas", "1", "default")]),
        (WORKLOAD, "Replicas: three", [("replicas", "3", "required")]),
        (WORKLOAD, "Replicas: >= 2", [("replicas", ">= 2", "range")]),
        (WORKLOAD, "Replicas: 2-5", [("replicas", "2-5", "range")]),
        (WORKLOAD, "Replicas: 2 or 3", [("replicas", "2|3", "one-of")]),
        (WORKLOAD, "Replicas: e.g. 3", [("replicas", "3", "example")]),
        (WORKLOAD, "Replicas: 3 (e.g. on the shop's cluster)", [("replicas", "3", "required")]),
        (WORKLOAD, "Replicas: 3 (Phase 2)", [("replicas", "3", "future")]),
        (WORKLOAD, "Replicas: 3 (TODO)", [("replicas", "3", "future")]),
        (WORKLOAD, "Replicas: 3 (optional)", [("replicas", "3", "optional")]),
        (WORKLOAD, "Memory Limit: up to 1Gi", [("resources.limits.memory", "up to 1Gi", "range")]),
        (WORKLOAD, "Image: `web:{tag}`", [("image.repository", "web", "required")]),
        (WORKLOAD, "Image: <registry>/web:1.0", [("image", "<registry>/web:1.0", "placeholder")]),
        (WORKLOAD, "Name: {{ .Release.Name }}-web", []),
        (WORKLOAD, "Image: -", []),
        (WORKLOAD, "Image: n/a", []),
        (WORKLOAD, "Image: String (the image that is run)", []),
        (WORKLOAD, "Image: the image that is run", []),
        (SERVICE, "Type: NodePort|LoadBalancer", [("type", "NodePort|LoadBalancer", "one-of")]),
        (SERVICE, "Type: NodePort or LoadBalancer", [("type", "NodePort|LoadBalancer", "one-of")]),
        (SERVICE, "Type: NodePort/LoadBalancer", [("type", "NodePort|LoadBalancer", "one-of")]),
        (SERVICE, "Port: 80 (external), 3000 (target)", PORTS),
        (SERVICE, "Port: 80 \u00e2\u2020\u2019 3000", PORTS),
        (SERVICE, "Port: 80 -> 3000", PORTS),
        (SERVICE, "Port: 80:30080", [("port", "80", "required"), ("targetPort", "30080", "required")]),
        (SERVICE, "Port: 80, 443", [("port", "80", "required"), ("port", "443", "required")]),
        (SERVICE, "Target Port: http", [("targetPort", "http", "required")]),
        (SERVICE, "Node Port: (auto-assigned)", []),
        (SERVICE, "Node Port: auto-assigned", []),
        (SERVICE, "Node Port: 30080 (auto-assigned)", [("nodePort", "30080", "auto-assigned")]),
        (SERVICE, "Node Port: 30000-32767", [("nodePort", "30000-32767", "range")]),
        (SERVICE, "Node Port: ~~30080~~", []),
        (SERVICE, "Type: **ClusterIP** ([internal](https://example.com) only)", [("type", "ClusterIP", "required")]),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_meant(heading: str, line: str, expected: list[Fact]) -> None:
    model = read(heading, "", f"- {line}")

    assert facts(model) == expected
    assert all(statement.understood for statement in model.statements)


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        (SERVICE, "Port: 8000-8010"),
        (SERVICE, "Port: eighty"),
        (SERVICE, "Selector: not app=web"),
        (WORKLOAD, "Replicas: 2 of 3"),
        (WORKLOAD, "Resources: 100m CPU / 128Mi memory"),
        (WORKLOAD, "Image: no image"),
        (WORKLOAD, "Colour: blue"),
    ],
)
def test_a_value_that_cannot_be_read_is_said_to_be_so_with_a_hint(heading: str, line: str) -> None:
    (unclear,) = [s for s in read(heading, "", f"- {line}").statements if s.attribute != "name"]

    assert (unclear.understood, unclear.line, unclear.attribute) == (False, 3, "unknown")
    assert unclear.hint


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Replicas: 3 in production", [("3", "production")]),
        ("Replicas: 3 (production)", [("3", "production")]),
        ("Replicas: 1 (dev), 3 (prod)", [("1", "development"), ("3", "production")]),
    ],
)
def test_a_value_can_hold_in_one_environment_only(line: str, expected: list[tuple[str, str]]) -> None:
    found = [s for s in read(WORKLOAD, "", f"- {line}").statements if s.attribute == "replicas"]

    assert [(s.value, s.environment) for s in found] == expected


def test_a_heading_can_bind_what_is_below_it_to_an_environment() -> None:
    model = read("### web (Deployment)", "#### Production", "- Replicas: 3", "#### Staging", "- Replicas: 2")

    assert [(s.value, s.environment) for s in model.statements if s.attribute == "replicas"] == [
        ("3", "production"),
        ("2", "staging"),
    ]


def test_a_name_can_have_placeholders() -> None:
    for name in ("{{ .Release.Name }}-web", "<release>-web", "{release}-web"):
        (stated,) = read("### Web Deployment", f"- **Name**: `{name}`").statements
        assert (stated.name, stated.value, stated.modality) == (name, name, "placeholder")


def test_a_name_below_a_heading_wins_over_the_heading() -> None:
    model = read("## Deployments", "### web-deployment", "- name: web", "- replicas: 2")

    assert [(s.line, s.name, s.attribute) for s in model.statements] == [(3, "web", "name"), (4, "web", "replicas")]


def test_facts_without_a_name_belong_to_the_only_entity_of_their_kind() -> None:
    model = read("### Deployment", "- replicas: 2", "## Deployments", "- **web**", "  - image: web:1")

    assert {s.name for s in model.statements} == {"web"}


def test_facts_of_two_entities_without_a_name_are_not_understood_once_each() -> None:
    model = read("### Deployment", "- replicas: 2", "- image: web:1", "### Deployment", "- replicas: 3")

    assert [(s.line, s.understood) for s in model.statements] == [(2, False), (5, False)]
    assert all("no name is given" in s.hint for s in model.statements)
    assert [line.reason for line in model.prose if line.line == 3] == ["belongs to line 2, which is not understood"]


def test_facts_of_the_only_entity_of_its_kind_need_no_name() -> None:
    model = read("### Ingress", "- Host: shop.example.com", "- Path: / -> web:80")

    assert [(s.line, s.subject, s.attribute, s.value, s.part) for s in model.statements] == [
        (2, "Ingress", "host", "shop.example.com", ""),
        (3, "Ingress", "path", "/", ""), (3, "Ingress", "backend.service", "web", "/"),
        (3, "Ingress", "backend.port", "80", "/"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Validation Rules", "State Transitions", "Relationships", "How to install"])
def test_lines_below_headings_that_are_about_something_else_are_prose(heading: str) -> None:
    model = read(WORKLOAD, f"#### {heading}", "- Replicas: 2", "", "| Replicas | 3 |", "|--|--|", "| a | b |")

    assert [s.attribute for s in model.statements] == ["name"]
    assert [p.reason for p in model.prose if p.line == 3] == [f"a line below '{heading}'"]


def test_a_nested_bullet_belongs_to_the_key_above() -> None:
    model = read(
        WORKLOAD, "- **spec**:", "  - template.spec:", "    - containers[0]:", "      - image: `web:1`",
        "      - readinessProbe:", "        - httpGet: `{path: /r, port: 80}`", "        - periodSeconds: `5`",
    )  # fmt: skip

    assert facts(model) == [
        ("image", "web:1", "required"),
        ("readinessProbe.path", "/r", "required"),
        ("readinessProbe.port", "80", "required"),
        ("readinessProbe.periodSeconds", "5", "required"),
    ]


def statement(model: DataModel, line: int) -> Statement:
    return next(s for s in model.statements if s.line == line)


def test_a_broken_code_block_is_not_understood() -> None:
    model = read("```yaml", "kind: Service", "metadata: [", "```")

    unclear = statement(model, 1)
    assert not unclear.understood
    assert unclear.hint.startswith("it is no YAML")


def test_a_fragment_that_says_nowhere_what_it_is_is_not_understood() -> None:
    model = read("```yaml", "resources:", "  limits: {cpu: 1}", "```")

    assert not statement(model, 2).understood


def test_a_cell_that_is_not_understood_is_said_to_be_beside_others_that_are() -> None:
    table = "## Services\n\n| Name | Type | Port | Node Port |\n|---|---|---|---|\n| web | NodePort | 80 | 3009O |\n"
    model = read_markdown(table, "x.md")

    (unclear,) = [statement for statement in model.statements if not statement.understood]
    assert (unclear.line, unclear.hint) == (5, "the value of the column 'Node Port' is not understood")
    assert [s.attribute for s in model.statements if s.understood] == ["name", "type", "port"]


def test_a_name_can_begin_like_a_preposition() -> None:
    model = read_markdown(
        "## StatefulSets\n- **to-do**\n- **for-all**\n\n## on-call (Deployment)\n- Replicas: 1\n", "x.md"
    )

    assert [s.name for s in model.statements if s.understood] == ["to-do", "for-all", "on-call", "on-call"]


def test_a_label_that_begins_with_a_preposition_names_nothing() -> None:
    model = read_markdown("## How to deploy the api (Deployment)\n- Replicas: 1\n", "x.md")

    assert [s for s in model.statements if s.understood] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Liveness Probe: GET / on port http", [("livenessProbe.path", "/"), ("livenessProbe.port", "http")]),
        ("Readiness Probe: `/ready` on the http port", None),
        ("Liveness Probe: HTTP GET /health:web", [("livenessProbe.path", "/health"), ("livenessProbe.port", "web")]),
        ("Liveness Probe: asks whether it is alive", []),
        ("Liveness Probe: asks /health now and then", None),
    ],
)
def test_a_probe_is_read_or_told_but_for_a_description(line: str, expected: list[tuple[str, str]] | None) -> None:
    stated = [s for s in read(WORKLOAD, f"- {line}").statements if s.attribute != "name"]

    if expected is None:
        assert [(s.line, s.understood) for s in stated] == [(2, False)]
    else:
        assert [(s.attribute, s.value) for s in stated] == expected


def test_a_heading_that_names_the_values_needs_no_label_below_it() -> None:
    model = read("## Values", "- replicaCount: 2", "- image:", "  - tag: v1", "- Frontend: one replica")

    assert [(s.line, s.kind, s.attribute, s.value) for s in model.statements] == [
        (2, "Values", "replicaCount", "2"), (4, "Values", "image.tag", "v1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("LOG_LEVEL: info", True),
        ("DATABASE_URL: from Secret", True),
        ("LOG_LEVEL: how much is logged", False),
        ("PORT: Integer", False),
        ("Hint: none", False),
    ],
)
def test_variables_below_no_workload_are_told(line: str, *, told: bool) -> None:
    unclear = [s for s in read("## Environment Variables", f"- {line}").statements if not s.understood]

    assert [(s.line, s.hint) for s in unclear] == (
        [(2, "no workload is named above it; put it below the name of one")] if told else []
    )
