"""READMEs of charts as generators write them: values with descriptions, defaults that are empty, examples."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.model.reading import outcomes, read, stated, told

from todo_lint.findings import Verdict
from todo_lint.kubernetes_yaml.document import Json

HEAD = ("| Name | Description | Value |", "|---|---|---|")
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n"


@pytest.mark.parametrize("heading", ["Global parameters", "Password update job", "Daemonset parameters", "Ingress"])
def test_a_table_of_keys_descriptions_and_values_is_read_below_any_heading(heading: str) -> None:
    model = read(
        f"### {heading}",
        "",
        *HEAD,
        "| `job.enabled` | Whether it runs | `false` |",
        "| `job.image.tag` | Tag | `1.2` |",
    )
    assert stated(model) == [
        (5, "Values", "values.yaml", "job.enabled", "false"),
        (6, "Values", "values.yaml", "job.image.tag", "1.2"),
    ]
    assert told(model) == []


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        ("### ConfigMap: `web`", ("| `web.port` | The port | `80` |",)),
        ("### Deployment: `web`", ("| `image.tag` | The tag | `1.2` |",)),
        ("## Fields", ("| `spec.replicas` | How many | `2` |", "| `metadata.name` | Its name | `web` |")),
        ("## Errors", ("| `not_found` | There is none | `404` |",)),
    ],
)
def test_other_tables_of_three_columns_are_not_of_values(heading: str, rows: tuple[str, ...]) -> None:
    assert [kind for _, kind, _, _, _ in stated(read(heading, "", *HEAD, *rows)) if kind == "Values"] == []


@pytest.mark.parametrize(
    ("value", "there", "verdict"),
    [
        ("None", {"a": {"b": ""}}, Verdict.HOLDS),
        ("None", {"a": {"b": None}}, Verdict.HOLDS),
        ("None", {"a": {}}, Verdict.NOT_CHECKABLE),
        ("None", {"a": {"b": "x"}}, Verdict.VIOLATED),
        ("`{}`", {"a": {"b": ""}}, Verdict.HOLDS),
        ("`[]`", {"a": {"b": {"c": [], "d": {"e": ""}}}}, Verdict.HOLDS),
        ("`{}`", {"a": {"b": {"c": [1]}}}, Verdict.VIOLATED),
        ("`{}`", {"a": {"b": 0}}, Verdict.VIOLATED),
        ("`REGISTRY_NAME`", {"a": {"b": "docker.io"}}, Verdict.HOLDS),
        ("`MODE_FAST`", {"a": {"b": "docker.io"}}, Verdict.VIOLATED),
        ('`{"httpGet": {"path": "/"}}`', {"a": {"b": "httpGet:\n  path: /\n"}}, Verdict.HOLDS),
        ('`{"httpGet": {"path": "/"}}`', {"a": {"b": "httpGet:\n  path: /x\n"}}, Verdict.VIOLATED),
    ],
)
def test_defaults_as_readmes_state_them(value: str, there: Mapping[str, Json], verdict: Verdict) -> None:
    model = read("## Values", "", *HEAD, f"| `a.b` | What it is | {value} |")
    assert outcomes(model, SERVICE, there) == [(5, verdict)]


@pytest.mark.parametrize(("rules", "verdict"), [({}, Verdict.NOT_CHECKABLE), ({"x": 1}, Verdict.MISSING)])
def test_what_an_empty_map_may_hold_is_not_missing(rules: dict[str, Json], verdict: Verdict) -> None:
    model = read("## values.yaml", "- `rules.default.group`: which group of rules is there")
    assert outcomes(model, SERVICE, {"rules": {"default": rules}}) == [(2, verdict)]


@pytest.mark.parametrize(
    "caption",
    [
        "In the following example we update the password via values.yaml:",
        "You can mount further volumes with values.yaml:",
        "They can be defined using the `auth.user` parameter. Here is an example:",
    ],
)
def test_blocks_of_values_that_are_examples_state_nothing_firm(caption: str) -> None:
    model = read("### Updates", caption, "", "```yaml", "auth:", "  user: me", "```")
    assert [s.modality.value for s in model.statements if s.understood] in ([], ["example"])
    assert told(model) == []


def test_an_example_that_is_no_yaml_is_not_told_and_another_block_is() -> None:
    block = ("```yaml", "a: b: c", "```")
    assert told(read("Use the `a` parameter to set it:", "", *block)) == []
    assert [line for line, _ in told(read("The values are:", "", *block))] == [3]


def test_what_policies_allow_by_default_is_no_statement_about_who_reaches_whom() -> None:
    said = "Egress traffic is allowed {}to all pods in the namespaces `web` and from `api` only."
    assert told(read("## Network policies", said.format("by default "))) == []
    assert [line for line, _ in told(read("## Network policies", said.format("")))] == [2]
