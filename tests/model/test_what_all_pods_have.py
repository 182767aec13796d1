"""Lists of what all pods have, keys with their value in one pair of code marks, and capabilities."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

RUNS = ("## Decisions", "", "Every pod runs with:", "")


def _fields(*lines: str) -> list[tuple[int, str, str, str]]:
    return [(line, name, attribute, value) for line, _, name, attribute, value in stated(read(*lines))]


def test_what_every_pod_runs_with_is_of_each_workload_that_is_named() -> None:
    names = ("## Deployments", "", "- **web**", "- **api**", "", *RUNS[2:])

    assert _fields(*names, "- `runAsNonRoot: true`, UID/GID `1001`")[2:] == [
        (8, who, f"securityContext.{field}", value)
        for who in ("web", "api")
        for field, value in (("runAsNonRoot", "true"), ("runAsUser", "1001"), ("runAsGroup", "1001"))
    ]


@pytest.mark.parametrize(
    ("item", "attribute", "value"),
    [
        ("`seccompProfile: RuntimeDefault`", "securityContext.seccompProfile.type", "RuntimeDefault"),
        ("`capabilities: drop: ALL` (except `NET_ADMIN` when routing)", "securityContext.capabilities.drop", "ALL"),
        ('`capabilities.drop: ["ALL"]`', "securityContext.capabilities.drop", "ALL"),
        ("Capabilities: all dropped", "securityContext.capabilities.drop", "ALL"),
        ("Capabilities: add NET_BIND_SERVICE", "securityContext.capabilities.add", "NET_BIND_SERVICE"),
        (
            "`automountServiceAccountToken: false`",
            "spec.template.spec.automountServiceAccountToken",
            "false",
        ),
    ],
)
def test_without_a_name_it_is_of_the_only_workload(item: str, attribute: str, value: str) -> None:
    assert _fields(*RUNS, f"- {item}") == [(5, "", attribute, value)]


@pytest.mark.parametrize(
    "lead", ["Some pods run with:", "Every pod could run with:", "Every pod runs with sidecars."]
)
def test_what_some_or_future_pods_have_is_of_none(lead: str) -> None:
    assert _fields("## Notes", "", lead, "", "- `runAsNonRoot: true`") == []


def test_where_only_a_job_has_a_name_it_is_of_the_workload_without() -> None:
    assert _fields("## Job `seed`", "", *RUNS[2:], "- `hostNetwork: false`")[1:] == [
        (5, "", "spec.template.spec.hostNetwork", "false")
    ]


def test_lines_of_several_sections_about_the_only_workload_are_about_one() -> None:
    more = ("", "## Values files", "", "- `values-prod.yaml`: 3 replicas")

    assert [fact[1:] for fact in _fields(*RUNS, "- `hostNetwork: false`", *more)] == [
        ("", "spec.template.spec.hostNetwork", "false"),
        ("", "replicas", "3"),
    ]


def test_the_list_ends_with_the_next_paragraph() -> None:
    assert _fields(*RUNS, "- `runAsNonRoot: true`", "", "Elsewhere:", "", "- `hostNetwork: true`") == [
        (5, "", "securityContext.runAsNonRoot", "true")
    ]


def test_a_key_in_code_with_its_value_is_read_or_told_as_any_other() -> None:
    model = read("## Deployment `web`", "", "- `replicas: 2`", "- `replycas: 3`")

    assert (3, "Deployment", "web", "replicas", "2") in stated(model)
    assert [line for line, _ in told(model)] == [4]


def test_capabilities_of_which_some_are_added_and_dropped_are_told() -> None:
    model = read("## Deployment `web`", "", "- Capabilities: drop ALL, add NET_ADMIN 1")

    assert [line for line, _ in told(model)] == [3]
