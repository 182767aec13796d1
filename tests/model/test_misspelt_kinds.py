"""A heading that nearly names a kind is told, and nothing is made of the lines below it."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told

from todo_lint.model.reading.kinds import misspelt_kind

BELOW = ("- **api**", "  - Port: 80", "", "| Component | Port |", "|---|---|", "| web | 80 |")


@pytest.mark.parametrize(
    ("heading", "word", "nearest"),
    [
        ("## Kubernetes Servces", "Servces", "Services"),
        ("### 3.1 Frontend Deploymnet", "Deploymnet", "Deployment"),
        ("## Config Mpas", "ConfigMpas", "ConfigMaps"),
        ("## web (Servce)", "Servce", "Service"),
        ("## Ingres", "Ingres", "Ingress"),
        ("## Netwrok Policies", "NetwrokPolicies", "NetworkPolicies"),
        ("**Secrests**:", "Secrests", "Secrets"),
    ],
)
def test_a_kind_that_is_misspelt_is_told_and_nothing_is_made_of_it(heading: str, word: str, nearest: str) -> None:
    model = read("# The shop", heading, "", *BELOW)
    assert told(model) == [(2, f"'{word}' is not a kind; nearest: {nearest}")]
    assert stated(model) == []
    assert prose(model) == [1, 4, 5, 7, 8, 9]


def test_lines_below_another_heading_are_read_again() -> None:
    model = read("## Servces", "- **api**", "## Services", "- **web**", "### db (Deployment)", "- Replicas: 1")
    assert [(line, name) for line, _, name, _, _ in stated(model)] == [(4, "web"), (5, "db"), (6, "db")]


@pytest.mark.parametrize(
    "words",
    ["Redeployment", "Chat", "Business Value", "Servers", "Progress", "Employment", "Secretly", "Services",
     "How this is deployed to the cluster and served", "Egress", "ServiceMonitor", "Namespaced", "Devices"],
)  # fmt: skip
def test_other_words_are_no_misspelt_kinds(words: str) -> None:
    assert [hint for _, hint in told(read("# The shop", f"## {words}")) if "is not a kind" in hint] == []


def test_a_networking_policy_is_near() -> None:
    assert misspelt_kind("NetworkPolcy") == ("NetworkPolcy", "NetworkPolicy")


def test_components_are_custom_resources_where_the_heading_says_so_only() -> None:
    table = ("", "| Component | Type |", "|---|---|", "| pubsub | redis |")
    assert stated(read("## Components", "- **web**", "  - Port: 80", *table)) == []
    assert stated(read("## Dapr Components", "- **pubsub**")) == [(2, "Component", "pubsub", "name", "pubsub")]


def test_what_stands_below_a_misspelt_secret_is_not_shown() -> None:
    model = read("## Secrests", "- **app-auth**", "  - key: hunter22", "", "```yaml", "a: hunter22", "```")
    assert "hunter22" not in repr(model)
