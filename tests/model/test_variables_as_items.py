"""Environment variables as items, with where they come from and their values below each."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.statements import Modality

LEVEL = ("- **LOG_LEVEL** (plain)", "  - Type: String", "  - Source: Kubernetes ConfigMap", '  - Default: "info"')
TOKEN = ("- **TOKEN** (sensitive)", "  - Source: the Kubernetes Secret", "  - Default: hunter2-hunter2")


def test_a_variable_is_a_key_of_its_source_where_the_document_has_one() -> None:
    model = read("## ConfigMap `web-config`", "", "## Environment Variables", "", *LEVEL)

    assert stated(model)[1:] == [
        (7, "ConfigMap", "web-config", "data.LOG_LEVEL", ""),
        (8, "ConfigMap", "web-config", "data.LOG_LEVEL", "info"),
    ]
    assert [s.modality for s in model.statements if s.line == 8] == [Modality.DEFAULT]
    assert told(model) == []


def test_of_a_variable_from_a_secret_no_value_is_shown() -> None:
    model = read("## Environment Variables", "", *TOKEN)

    assert stated(model) == [(4, "Secret", "", "data.TOKEN", "")]
    assert "hunter2" not in str(model)


def test_sources_that_are_named_are_these() -> None:
    model = read(
        "## Variables", "", "- `PORT`", "  - Source: ConfigMap `web-config`", "  - Value: 8000",
        "- `TOKEN`", "  - From: Secret `web-secrets` key `api-token`",
    )  # fmt: skip

    assert stated(model) == [
        (4, "ConfigMap", "web-config", "data.PORT", ""), (5, "ConfigMap", "web-config", "data.PORT", "8000"),
        (7, "Secret", "web-secrets", "data.api-token", ""),
    ]  # fmt: skip


def test_where_several_could_be_meant_it_is_told_how_to_say_which() -> None:
    model = read("## ConfigMaps", "- **a-config**", "- **b-config**", "", "## Environment Variables", "", *LEVEL)

    assert [(line, hint) for line, hint in told(model)] == [
        (9, "no name is given for this ConfigMap; say which: 'Source: ConfigMap `web-config`'")
    ]


@pytest.mark.parametrize(
    "above", [("## Deployment `web`", "", "### Environment variables", ""), ("## Deployment `web`", "- Env vars:")]
)
def test_below_a_workload_they_are_its_variables(above: tuple[str, ...]) -> None:
    indent = "  " if len(above) == 2 else ""
    model = read(*above, *(indent + line for line in LEVEL))
    line = len(above) + 1

    assert stated(model)[1:] == [
        (line + 2, "Deployment", "web", "env.LOG_LEVEL", ""),
        (line + 2, "Deployment", "web", "envSource.LOG_LEVEL", "ConfigMap"),
        (line + 3, "Deployment", "web", "env.LOG_LEVEL", "info"),
    ]


def test_a_value_of_nothing_that_is_named_is_told() -> None:
    model = read("## Environment Variables", "", "- **MODE**", "  - Type: String", "  - Default: fast")

    assert [line for line, _ in told(model)] == [5]


def test_variables_that_are_only_described_are_prose() -> None:
    model = read("## Environment Variables", "", "- **MODE**", "  - Type: String", "  - Purpose: how it runs")

    assert (stated(model), told(model)) == ([], [])
    assert {3, 4, 5} <= set(prose(model))


PODS = (
    "apiVersion: v1\nkind: Secret\nmetadata: {name: web-secrets}\nstringData: {dsn: x, other: y}\n---\n"
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1\n"
    "      env:\n        - name: DATABASE_URL\n          valueFrom:\n"
    "            secretKeyRef: {name: web-secrets, key: dsn}\n"
)


@pytest.mark.parametrize(
    ("name", "verdict", "message"),
    [
        ("DATABASE_URL", Verdict.RENAMED, "Secret/web-secrets has the variable DATABASE_URL under the key dsn"),
        ("DATABASE_KEY", Verdict.MISSING, "Secret/web-secrets lacks the key DATABASE_KEY"),
    ],
)
def test_a_key_by_the_name_of_the_variable_that_it_becomes(name: str, verdict: Verdict, message: str) -> None:
    model = read("## Variables", "", f"- `{name}`", "  - Source: Secret `web-secrets`")
    source = Source("x.yaml", Layer.MANIFEST, PODS)
    resources = index((source, document) for document in read_stream(PODS))
    evidence = Evidence(model, resources, pair(model, resources), "default", {"name": "shop"}, None)
    outcome = judge(model.statements[-1], evidence)

    assert (outcome.verdict, outcome.message.partition(";")[0]) == (verdict, message)
