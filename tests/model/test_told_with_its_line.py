"""What a document says in a form that is nearly read is stated or told, and never passed over."""

from __future__ import annotations

from todo_lint.model.reader import read_markdown, read_text
from todo_lint.model.statements import DataModel


def read(*lines: str) -> DataModel:
    return read_markdown("\n".join(lines) + "\n", "data-model.md")


def facts(model: DataModel) -> list[tuple[int, str, str]]:
    return [(s.line, s.attribute, s.value) for s in model.statements if s.understood]


def told(model: DataModel) -> list[tuple[int, str]]:
    return [(s.line, s.hint) for s in model.statements if not s.understood]


def test_a_column_that_is_not_understood_is_told_at_the_head() -> None:
    model = read(
        "## Deployments",
        "| Name | Replicas | Prt | Memory Limt |",
        "|---|---|---|---|",
        "| web | 2 | 80 | 1Gi |",
        "| db | 1 | 81 | - |",
    )
    assert told(model) == [
        (
            2,
            "the column 'Prt' is not understood; did you mean 'port'?; "
            "the column 'Memory Limt' is not understood; did you mean 'memory limit'?",
        )
    ]
    assert facts(model) == [(4, "name", "web"), (4, "replicas", "2"), (5, "name", "db"), (5, "replicas", "1")]


def test_a_column_that_a_kind_does_not_have_is_told() -> None:
    ((line, hint),) = told(read("## StatefulSets", "| Name | Storage |", "|---|---|", "| db | 10Gi |"))
    assert (line, hint[:39]) == (2, "the column 'Storage' is not understood;")


def test_columns_that_explain_reckon_or_are_empty_are_prose() -> None:
    model = read(
        "## Deployments",
        "| Name | Replicas | Owner | Team | Total CPU | Zone |",
        "|---|---|---|---|---|---|",
        "| web | 2 | shop | the team of shops | 400m | - |",
    )
    assert told(model) == []


def test_a_cell_that_its_column_cannot_have_is_told_beside_what_its_row_states() -> None:
    model = read(
        "## Services",
        "| Name | Port | Selector | Type |",
        "|---|---|---|---|",
        "| web | eighty | app=web | ClusterIP |",
        "| db | eighty | app=db | Custom |",
    )
    port, type_ = (
        "the value of the column 'Port' is not understood",
        "the value of the column 'Type' is not understood",
    )
    assert told(model) == [(4, port), (5, f"{port}; {type_}")]
    assert (4, "selector", "app=web") in facts(model)
    assert (4, "type", "ClusterIP") in facts(model)


def test_bold_lines_above_a_label_in_their_paragraph_are_statements() -> None:
    for below, line in (("- Limits: 1 CPU", 5), ("```yaml\nlimits: {cpu: 1}\n```", 6)):
        model = read("## Deployment: api", "**Image**: shop/api:1", "**Replicas**: 2", "**Resources**:", below)
        stated = facts(model)
        assert stated[:3] == [(1, "name", "api"), (2, "image", "shop/api:1"), (3, "replicas", "2")]
        assert [(number, value) for number, _, value in stated[3:]] == [(line, "1")]


def test_a_paragraph_of_which_one_line_explains_is_prose() -> None:
    model = read("## Deployment: api", "**Image**: api:1", "is pulled first", "**Resources**:", "- Limits: 1 CPU")
    assert [line for line, _, _ in facts(model)] == [1, 5]


def test_the_chart_of_a_plain_model_has_its_name() -> None:
    model = read_text("entities:\n- kind: Chart\n  name: shop\n  facts: {version: 1.0.0}\n", "data-model.yaml")
    assert [(s.line, s.name, s.attribute, s.value) for s in model.statements] == [
        (3, "shop", "name", "shop"),
        (4, "shop", "version", "1.0.0"),
    ]


def test_a_chart_whose_facts_name_it_is_named_once() -> None:
    model = read_text("entities:\n- kind: Chart\n  facts: {name: shop}\n", "data-model.yaml")
    assert facts(model) == [(3, "name", "shop")]


def test_what_an_environment_has_is_told_where_no_entity_is_named() -> None:
    model = read("### Production", "- Resources: 500m+ CPU", "- Autoscaling: Enabled (3-20 replicas)",
                 "- NetworkPolicy: Enabled", "- Cost: watched monthly")  # fmt: skip
    assert [line for line, _ in told(model)] == [2, 3, 4]
    assert told(read("### Goals", "- Autoscaling: Enabled", "- Ingress: a public one")) == []


def test_labels_of_nothing_in_a_code_block_are_told_once() -> None:
    model = read("### Labels", "```yaml", "app.kubernetes.io/name: shop", "app.kubernetes.io/part-of: shop", "```")
    assert [line for line, _ in told(model)] == [3]
    assert told(read("### Colours", "```yaml", "sky.example.com/colour: blue", "```")) == []


def test_a_table_of_what_workloads_have_is_told_where_nothing_says_so() -> None:
    head = ("### Needs", "| Part | CPU Request | Memory Limit |", "|---|---|---|")
    assert [line for line, _ in told(read(*head, "| api | 250m | 512Mi |"))] == [4]
    assert told(read(*head, "| api | what it asks for | what it may take |")) == []


def test_what_is_put_off_below_no_kind_states_nothing() -> None:
    assert facts(read("## Tables", "- **Storage**: a database (Phase 3)")) == []
    (later,) = read("## Services", "- **Mail service** (Phase 3)").statements
    assert later.modality == "future"


def test_a_type_with_a_value_is_told_where_no_entity_is_named() -> None:
    model = read(
        "### Web Part", "- port: Integer (3000 for the pages)", "- port: Integer (the port)", "- port: integer"
    )
    assert [line for line, _ in told(model)] == [2]
