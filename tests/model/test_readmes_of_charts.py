"""What the READMEs of charts say of values: sections below the kind they are for, blocks to choose from, odd keys."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

from todo_lint.findings import Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair

HEAD = ("", "| Name | Description | Value |", "|---|---|---|")


@pytest.mark.parametrize(
    ("heading", "section"),
    [("### Network policy", "networkPolicy"), ("### Password update job", "passwordUpdateJob")],
)
def test_a_section_of_the_values_that_is_called_as_the_kind_above_is_one(heading: str, section: str) -> None:
    model = read(heading, *HEAD, f"| `{section}.enabled` | on | `true` |", f"| `{section}.labels` | some | `{{}}` |")

    assert [(line, kind, key) for line, kind, _, key, _ in stated(model) if kind == "Values"] == [
        (5, "Values", f"{section}.enabled"), (6, "Values", f"{section}.labels"),
    ]  # fmt: skip
    assert told(model) == []


def test_keys_of_a_config_map_are_its_own_whatever_they_are_called() -> None:
    model = read("### ConfigMap `web`", *HEAD, "| `webConfigMap.level` | how | `info` |")

    assert [kind for _, kind, *_ in stated(model) if kind == "Values"] == []


@pytest.mark.parametrize(
    "caption",
    [
        "Similarly, you can add init containers using the `initContainers` parameter.",
        "In the following example we add one:",
        "Here is an example:",
    ],
)
def test_a_block_that_shows_what_one_may_set_is_not_told(caption: str) -> None:
    block = ("```yaml", "initContainers:", "  - name: first", "    image: first:1", "```")

    assert told(read("## Containers", "", caption, "", *block)) == []
    assert told(read("## Containers", "", "The pods have these:", "", *block)) != []


DEFAULTS: dict[str, Json] = {"config": {"log.level": "info", "git": {"user": "me"}}}


def _verdict(line: str, chart: dict[str, Json] | None = None) -> Verdict:
    model = read(*line.split("\n"))
    resources = index(iter(()))
    evidence = Evidence(model, resources, pair(model, resources), "default", chart or {"name": "shop"}, DEFAULTS)
    return judge(model.statements[-1], evidence).verdict


@pytest.mark.parametrize(
    ("key", "value", "verdict"),
    [
        ('config."log.level"', "info", Verdict.HOLDS),
        ('config."log.level"', "debug", Verdict.VIOLATED),
        ("config.git.user", "me", Verdict.HOLDS),
        ('config."log.format"', "json", Verdict.MISSING),
    ],
)
def test_a_key_that_has_dots_in_itself(key: str, value: str, verdict: Verdict) -> None:
    assert _verdict(f"## values.yaml\n\n| Key | Default |\n|---|---|\n| {key} | `{value}` |") is verdict


@pytest.mark.parametrize(
    ("stated_as", "found", "verdict"),
    [
        ("1.21.0", "v1.21.0", Verdict.HOLDS),
        ("v1.21.0", "1.21.0", Verdict.HOLDS),
        ("1.21.0", "v1.21.1", Verdict.VIOLATED),
    ],
)
def test_the_letter_in_front_of_a_version_is_of_no_consequence(stated_as: str, found: str, verdict: Verdict) -> None:
    assert _verdict(f"## Chart.yaml\n- AppVersion: {stated_as}", {"name": "shop", "appVersion": found}) is verdict


@pytest.mark.parametrize(
    "line",
    [
        "Starting with v3.4.0 (chart version 0.19.0), the chart renders them.",
        "Add the annotation of `web` to its LoadBalancer:",
        "The firewall rules restrict access from your network to the pods.",
        "The agent collects logs only from all pods by default.",
        "Make the agent reachable by the `api-server`.",
    ],
)
def test_what_was_so_what_to_do_and_what_others_restrict_states_nothing(line: str) -> None:
    model = read("## Service `web`", "- Port: 80", "", "## Notes", "", line)

    assert [n for n, *_ in stated(model) if n == 6] == []
    assert told(model) == []


def test_the_version_of_a_chart_in_parentheses_is_stated() -> None:
    model = read("## Notes", "", "The shop is installed with Helm (chart version 0.19.0).")

    assert (3, "Chart", "Chart.yaml", "version", "0.19.0") in stated(model)
