from typing import Any

import pytest

from todo_lint.kubernetes.problems import Checked, Skipped
from todo_lint.kubernetes.validate import check_object


def deployment(**spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web"},
        "spec": {
            "selector": {"matchLabels": {"app": "web"}},
            "template": {
                "metadata": {"labels": {"app": "web"}},
                "spec": {"containers": [{"name": "web", "image": "web:1"}]},
            },
            **spec,
        },
    }


def decoded(value: Any) -> list[tuple[str, str, str]]:
    verdict = check_object(value)
    assert isinstance(verdict, Checked)
    return [(p.rule, p.field, p.message + (f"; {p.hint}" if p.hint else "")) for p in verdict.problems]


def test_a_sound_object_has_no_problems() -> None:
    assert check_object(deployment()) == Checked(())


@pytest.mark.parametrize(
    ("spec", "rule", "field", "words"),
    [
        (
            {"replicas": "2"},
            "wrong-type",
            "spec.replicas",
            'replicas is the string "2", a number is expected; remove the quotes',
        ),
        ({"replicas": "two"}, "wrong-type", "spec.replicas", 'replicas is the string "two", a number is expected'),
        ({"replicas": 1.5}, "wrong-type", "spec.replicas", "replicas is the number 1.5, a whole number is expected"),
        ({"replicas": True}, "wrong-type", "spec.replicas", "replicas is the boolean true, a number is expected"),
        ({"replicas": 2**31}, "wrong-type", "spec.replicas", "does not fit into 32 bits"),
        ({"paused": "true"}, "wrong-type", "spec.paused", "true or false is expected; remove the quotes"),
        ({"strategy": []}, "wrong-type", "spec.strategy", "strategy is a list, a mapping is expected"),
        ({"replica": 2}, "unknown-field", "spec.replica", 'spec has no field "replica"; did you mean replicas?'),
        ({"Replicas": 2}, "unknown-field", "spec.Replicas", "did you mean replicas?"),
    ],
)
def test_what_cannot_be_decoded(spec: dict[str, Any], rule: str, field: str, words: str) -> None:
    found = decoded(deployment(**spec))
    assert [(item[0], item[1]) for item in found] == [(rule, field)]
    assert words in found[0][2]


@pytest.mark.parametrize(
    "spec",
    [
        {"replicas": None},
        {"replicas": 2.0},
        {"revisionHistoryLimit": None, "strategy": None},
        {"strategy": {"rollingUpdate": {"maxSurge": None, "maxUnavailable": "25%"}}},
        {"replicas": 2**31 - 1},
    ],
)
def test_null_and_whole_floats_are_accepted(spec: dict[str, Any]) -> None:
    assert decoded(deployment(**spec)) == []


def test_an_unknown_field_is_blamed_at_its_key() -> None:
    verdict = check_object(deployment(replica=1))
    assert isinstance(verdict, Checked)
    assert verdict.problems[0].on_key
    assert verdict.problems[0].route == ("spec", "replica")


def test_the_value_of_a_secret_is_never_shown() -> None:
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "s"},
        "data": {"a": "hunter2!", "b": 12345678},
        "stringData": {"c": 87654321, "d": True},
    }
    found = decoded(secret)
    assert {(rule, field) for rule, field, _ in found} == {
        ("invalid-base64", "data[a]"),
        ("wrong-type", "data[b]"),
        ("wrong-type", "stringData[c]"),
        ("wrong-type", "stringData[d]"),
    }
    assert not any(word in str(found) for word in ("hunter2", "12345678", "87654321", "true"))


@pytest.mark.parametrize(
    ("api_version", "kind", "hint"),
    [
        ("apps/v1", "deployment", "did you mean Deployment, in apps/v1?"),
        ("v1", "Deployment", "Deployment is in apps/v1"),
        ("extensions/v1beta1", "PodPreset", ""),
        ("networking..k8s.io/v1", "Ingress", "Ingress is in networking.k8s.io/v1"),
        ("thing/v1", "Thing", ""),
        ("Example.com/v1", "Thing", ""),
        ("example.com/v1", "a b", ""),
    ],
)
def test_a_kind_that_no_server_knows(api_version: str, kind: str, hint: str) -> None:
    verdict = check_object({"apiVersion": api_version, "kind": kind, "metadata": {"name": "x"}})
    assert isinstance(verdict, Checked)
    assert [p.rule for p in verdict.problems] == ["unknown-kind"]
    assert hint in verdict.problems[0].hint


@pytest.mark.parametrize(
    ("api_version", "kind"),
    [
        ("example.com/v1", "Thing"),
        ("apps.example.com/v1", "Deployment"),
        ("gateway.networking.k8s.io/v1", "HTTPRoute"),
    ],
)
def test_a_kind_that_may_be_a_custom_resource_is_skipped(api_version: str, kind: str) -> None:
    verdict = check_object({"apiVersion": api_version, "kind": kind})
    assert verdict == Skipped(f"no schema for {api_version} {kind} is bundled")


@pytest.mark.parametrize("value", [None, [], "text", 5])
def test_what_is_no_mapping_is_a_problem(value: Any) -> None:
    assert [rule for rule, _, _ in decoded(value)] == ["wrong-type"]


def test_missing_api_version_and_kind_are_named() -> None:
    assert [(rule, field) for rule, field, _ in decoded({})] == [
        ("missing-field", "apiVersion"),
        ("missing-field", "kind"),
    ]


def test_deep_nesting_is_skipped_and_never_crashes() -> None:
    value: Any = {}
    for _ in range(50_000):
        value = {"a": value}
    verdict = check_object({"apiVersion": "v1", "kind": "ConfigMap", "data": value})
    assert isinstance(verdict, Skipped)
    assert "levels" in verdict.reason
    while value:  # taken apart in a loop, since its own end would otherwise recurse
        value = value["a"]
