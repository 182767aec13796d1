"""Lines that tell what to do, what the application does, or what a field is for: they state nothing of a resource."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told


def test_a_heading_that_tells_what_to_do_with_a_resource_describes_none() -> None:
    model = read(
        "## Customising the Deployment",
        "",
        "- Change `host:` to your own domain.",
        "- Add / remove workers: append entries to the `workers:` list.",
        "",
        "> **Tip**: try `--set a=b` first.",
    )

    assert (stated(model), told(model)) == ([], [])


def test_a_key_below_such_a_heading_is_told() -> None:
    model = read("## Scaling the Deployment", "", "- Replicas: 3")

    assert [line for line, _ in told(model)] == [3]


def test_a_workload_with_a_name_that_ends_alike_is_described() -> None:
    model = read("## Pricing Deployment", "", "- Replicas: 3")

    assert [(line, kind, attribute, value) for line, kind, _, attribute, value in stated(model)] == [
        (3, "Deployment", "replicas", "3")
    ]


@pytest.mark.parametrize("heading", ["Authentication (JWT)", "Session tokens", "Sign-in", "API keys and rate limits"])
def test_what_the_application_does_for_its_security_is_in_no_resource(heading: str) -> None:
    lines = ("## Security", "", f"### {heading}", "", "- **Access token** - expires after 15 minutes (900s)")

    assert (stated(read(*lines)), told(read(*lines))) == ([], [])


def test_what_pods_do_for_their_security_is_told_where_it_is_not_understood() -> None:
    model = read("## Security", "", "### Hardening", "", "- **Pods** - uid 1001, no shell")

    assert [line for line, _ in told(model)] == [5]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("`MODE`: Environment (e.g., `production`)", ""),
        ("`MODE`: Environment (for example production)", ""),
        ("`MODE`: production (e.g. `staging`)", "production"),
        ("`MODE`: `Strict` (e.g. for clients)", "Strict"),
        ("`MODE`: Strict", "Strict"),
    ],
)
def test_a_word_before_an_example_explains(line: str, value: str) -> None:
    model = read("## ConfigMap `shop-config`", "", f"- {line}")

    assert (3, "ConfigMap", "shop-config", "data.MODE", value) in stated(model)
    assert told(model) == []


def test_what_a_test_does_and_expects_states_nothing() -> None:
    model = read(
        "### Pod: `shop-test`",
        "",
        "| Field | Value |",
        "|---|---|",
        "| Runs | `curl` with a body of two lines |",
        "| Exit code | 0 on success, 1 on failure |",
    )

    assert [line for line, *_ in stated(model)] == [1]
    assert told(model) == []
    assert {5, 6} <= set(prose(model))


def test_what_a_pod_runs_is_a_command_where_it_is_code_alone() -> None:
    model = read("### Pod: `shop-test`", "", "- Runs: `curl http://shop`")

    assert (3, "Pod", "shop-test", "command", "curl http://shop") in stated(model)


def test_a_field_of_a_secret_that_is_described_is_no_key_of_it() -> None:
    model = read(
        "## Secret", "", "- `data`: Base64-encoded pairs", "- `stringData`: Plain-text pairs (encoded later)"
    )

    assert (stated(model), told(model)) == ([], [])


def test_kinds_of_sources_are_no_volume_and_a_source_is_told() -> None:
    model = read(
        "## Deployment `web`",
        "",
        "- Volumes: Mounted volumes (secrets, configmaps)",
        "- Volumes: some files of a secret",
    )

    assert [line for line, _ in told(model)] == [4]


@pytest.mark.parametrize("heading", ["GitHub Secrets", "CI/CD secrets", "Required GitHub Actions secrets"])
def test_secrets_of_a_pipeline_are_none_of_the_cluster(heading: str) -> None:
    model = read(f"## {heading}", "", "- `KUBECONFIG` - where to deploy", "", "## App secrets", "", "- `TOKEN`")

    assert [(line, kind, attribute) for line, kind, _, attribute, _ in stated(model)] == [(7, "Secret", "data.TOKEN")]
    assert told(model) == []
