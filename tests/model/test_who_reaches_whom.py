"""Services, routes and reach in plain sentences: what is read, and what is told with the form that would be."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

REACH = "who may reach whom is read in a ```yaml block with the NetworkPolicy: its podSelector, ingress and egress"
POLICY = (
    "```yaml", "kind: NetworkPolicy", "metadata: {name: api-only}", "spec:",
    "  podSelector: {matchLabels: {app: api}}", "  ingress:",
    "    - from: [{podSelector: {matchLabels: {app: web}}}]", "```",
)  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "The `api` Service is `ClusterIP` only and has no Ingress.",
        "`api` Service remains `ClusterIP`.",
        "The `api` Service stays `ClusterIP`, but is not exposed.",
    ],
)
def test_a_service_is_of_a_type_whatever_it_has_not(line: str) -> None:
    assert (1, "Service", "api", "type", "ClusterIP") in stated(read(line))


def test_a_service_that_is_denied_a_type_has_none() -> None:
    assert stated(read("The `api` Service is not `ClusterIP` only.")) == []


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("The Ingress forwards all requests to the `web` Service.", [("backend.service", "web")]),
        ("- Ingress: entry point that routes traffic only to `web` Service", [("backend.service", "web")]),
        ("`web` is exposed via Ingress; `api` is not.", [("backend.service", "web")]),
        (
            "The Ingress sends requests to `web` (port 8080).",
            [("backend.service", "web"), ("backend.port", "8080")],
        ),
        ("The Ingress could route requests to `web`.", []),
        ("The Ingress does not send requests to `web`.", []),
        ("The gateway sends requests to `web`.", []),
    ],
)
def test_where_the_ingress_leads(line: str, facts: list[tuple[str, str]]) -> None:
    assert [(a, v) for _, kind, _, a, v in stated(read(line)) if kind == "Ingress"] == facts


def test_of_several_ingresses_it_is_not_guessed_which_leads_there() -> None:
    model = read("## Ingresses", "- **a-entry**", "- **b-entry**", "", "The Ingress forwards requests to `web`.")

    assert [line for line, *_ in stated(model)] == [2, 3]


@pytest.mark.parametrize(
    "line",
    [
        "The NetworkPolicy allows ingress to api pods only from web pods on TCP 8000.",
        "Redis only accepts traffic from `web` and `cart` pods",
        "All pods allow egress only to kube-dns",
        "Traffic is denied from other namespaces.",
        "A default-deny policy covers the namespace.",
    ],
)
def test_who_may_reach_whom_is_told_with_the_form_that_is_read(line: str) -> None:
    model = read("## Network", "", f"- {line}")

    assert (stated(model), told(model)) == ([], [(3, REACH)])


@pytest.mark.parametrize(
    "line",
    [
        "A NetworkPolicy could allow ingress from web pods only.",
        "Check that traffic is denied from other namespaces.",
        "The shop accepts payments from all countries.",
        "It allows access to everybody.",
    ],
)
def test_what_is_planned_checked_or_about_something_else_is_not_told(line: str) -> None:
    assert told(read("## Shop", "", line)) == []


def test_what_a_block_states_need_not_be_told() -> None:
    model = read("## Network", "", *POLICY, "", "Only web pods: traffic is allowed from web pods to api pods.")

    assert told(model) == []
    assert (9, "NetworkPolicy", "api-only") in {(line, kind, name) for line, kind, name, *_ in stated(model)}


def test_a_table_of_who_reaches_whom_is_told_once() -> None:
    model = read(
        "## Tiers", "", "| Tier | Ingress from | Egress to |", "|---|---|---|", "| Web | anywhere | API |",
        "| API | Web | DNS |",
    )  # fmt: skip

    assert told(model) == [(5, REACH)]


def test_labels_of_pods_of_no_workload_are_told() -> None:
    model = read("Labels match the selectors:", "", "- Gateway pods: `app=gateway`", "- Gateway pods: two of them")

    assert [line for line, _ in told(model)] == [3]
    assert "'Deployment `gateway`', '- Pod labels: app=gateway'" in told(model)[0][1]
    assert (2, "Deployment", "gateway", "podLabels.app", "gateway") in stated(
        read("## Deployment `gateway`", "- Pod labels: app=gateway")
    )


def test_below_a_heading_about_security_contexts_sentences_count() -> None:
    model = read("## Security Context", "", "Redis only accepts traffic from `web` pods.")

    assert told(model) == [(3, REACH)]
    assert told(read("## Context", "", "Redis only accepts traffic from `web` pods.")) == []


@pytest.mark.parametrize("heading", ["## Upgrading\n\n### To 13.0.0", "## Changelog", "## Upgrade notes"])
def test_what_changed_in_a_release_states_nothing(heading: str) -> None:
    model = read(*heading.split("\n"), "", "Egress traffic is allowed to all pods.", "", "- replicas: 3")

    assert (stated(model), told(model)) == ([], [])


@pytest.mark.parametrize(
    "line",
    [
        "To use it, change `db.enabled=true` (default configuration) or `cache.enabled=true`.",
        "By default it is off; pass `cache.enabled=true`.",
    ],
)
def test_how_to_choose_another_value_is_no_default(line: str) -> None:
    assert stated(read("## Settings", "", line)) == []


def test_a_default_in_a_sentence_is_one() -> None:
    assert stated(read("## Settings", "", "The default is `cache.enabled=true`.")) == [
        (3, "Values", "values.yaml", "cache.enabled", "true")
    ]


def test_a_port_below_a_network_policy_is_told_with_the_form_that_is_read() -> None:
    assert told(read("## Network policy", "", "- Egress to DNS (port 53)")) == [(3, REACH)]
