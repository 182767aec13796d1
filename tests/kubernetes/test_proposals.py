"""What is proposed in place of a text that has not the form it must have."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kubernetes.cases import USUAL, changed

from todo_lint.kubernetes import names
from todo_lint.kubernetes.problems import Checked
from todo_lint.kubernetes.proposals import name_hint, quantity_hint, type_hint
from todo_lint.kubernetes.quantities import SUFFIXES, is_quantity
from todo_lint.kubernetes.validate import check_object

FORMS: list[Callable[[str], str | None]] = [
    names.wrong_dns_label,
    names.wrong_dns_1035_label,
    names.wrong_dns_subdomain,
    names.wrong_label_value,
    names.wrong_qualified_name,
]


@pytest.mark.parametrize(
    ("form", "text", "meant"),
    [
        (names.wrong_dns_label, "My_App", "my-app"),
        (names.wrong_dns_label, " web ", "web"),
        (names.wrong_dns_label, "-web-", "web"),
        (names.wrong_dns_subdomain, "A.b_c", "a.b-c"),
        (names.wrong_label_value, "Team A", "Team-A"),
        (names.wrong_qualified_name, "example.com/a b", "example.com/a-b"),
        (names.wrong_dns_label, "___", None),
        (names.wrong_dns_label, "a" * 64, None),
        (names.wrong_dns_1035_label, "1a", None),
    ],
)
def test_the_nearest_name(form: Callable[[str], str | None], text: str, meant: str | None) -> None:
    assert name_hint(text, form(text) or "", form) == (f'did you mean "{meant}"?' if meant else "")


@given(st.text(max_size=20), st.sampled_from(FORMS))
def test_a_proposed_name_is_allowed(text: str, form: Callable[[str], str | None]) -> None:
    wrong = form(text)
    hint = name_hint(text, wrong, form) if wrong else ""
    if hint:
        assert form(hint.removeprefix('did you mean "').removesuffix('"?')) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("256mi", "256Mi"),
        ("256MB", "256M"),
        ("1gb", "1G"),
        ("1KiB", "1Ki"),
        ("5K", "5Ki"),
        ("2 Gi", "2Gi"),
        ("1x", ""),
    ],
)
def test_the_nearest_quantity(text: str, meant: str) -> None:
    assert not is_quantity(text)
    assert quantity_hint(text, SUFFIXES) == (f"did you mean {meant}?" if meant else "")
    assert not meant or is_quantity(meant)


@pytest.mark.parametrize(
    ("at", "value", "message", "hint"),
    [
        ("/spec/ports/0/port", 99999, "port is the number 99999, 1 to 65535 is allowed", ""),
        ("/spec/selector", {"app": "a b"}, '"app" in selector is the string "a b": ', 'did you mean "a-b"?'),
        ("/metadata/name", "Web", 'name is the string "Web": ', 'did you mean "web"?'),
        ("/spec/type", "clusterip", 'type is the string "clusterip", ClusterIP, ', "did you mean ClusterIP?"),
    ],
)
def test_a_message_gives_value_what_is_allowed_and_the_nearest(
    at: str, value: object, message: str, hint: str
) -> None:
    verdict = check_object(changed({"of": "clusterip", "at": at, "value": value}))

    assert isinstance(verdict, Checked)
    assert any(p.message.startswith(message) and p.hint.startswith(hint) for p in verdict.problems), verdict


def test_a_missing_text_is_told_with_what_is_allowed() -> None:
    assert USUAL["ingress"]["kind"] == "Ingress"
    found = check_object(changed({"of": "ingress", "at": "/spec/rules/0/http/paths/0/pathType"}))

    assert isinstance(found, Checked)
    (problem,) = found.problems
    assert problem.message == "pathType is missing: Exact, ImplementationSpecific or Prefix is expected"


@pytest.mark.parametrize(
    ("value", "expected", "hint"),
    [
        ("80", "a number", "remove the quotes"),
        ("8o", "a number", ""),
        (1.5, "a whole number", "the nearest is 2"),
        (5, "a string", "put it in quotes"),
        ({"a": 1}, "a string", ""),
        (1, "true or false", "did you mean true?"),
        ("no", "true or false", "did you mean false?"),
        ("true", "true or false", "remove the quotes"),
        ("maybe", "true or false", ""),
        ("x", "a list", "put a dash before it: it is one item of the list"),
        ({"name": "a"}, "a list", "put a dash before it: it is one item of the list"),
        ({}, "a list", "an empty list is []"),
        ([{"a": 1}], "a mapping", "remove the dash before it: it is no list"),
        (["x"], "a string", "remove the dash before it: it is no list"),
        (["x", "y"], "a string", ""),
        (["x"], "a mapping", ""),
        ("x", "a mapping", ""),
    ],
)
def test_a_value_of_another_type_is_told_how_to_become_one(value: object, expected: str, hint: str) -> None:
    assert type_hint(value, expected) == hint


@pytest.mark.parametrize(
    ("kind", "route", "value", "message", "hint"),
    [
        ("deployment", "/spec/replicas", -1, "at least 0 is allowed", "the nearest is 0"),
        ("deployment", "/spec/replicas", 2**31, "-2147483648 to 2147483647 is allowed", "the nearest is 2147483647"),
        ("service", "/spec/ports/0/port", 70000, "port is the number 70000, 1 to 65535", "the nearest is 65535"),
        ("hpa", "/spec/minReplicas", -3, "minReplicas is the number -3, at least", "the nearest is 0"),
        (
            "pdb",
            "/spec/maxUnavailable",
            1,
            "minAvailable and maxUnavailable exclude each other",
            "remove minAvailable or maxUnavailable",
        ),
        (
            "deployment",
            "/spec/template/spec/containers/0/livenessProbe/exec",
            {"command": ["x"]},
            "only one handler",
            "remove tcpSocket or exec",
        ),
        (
            "deployment",
            "/spec/template/spec/containers/0/volumeMounts/0/subPath",
            "/a",
            "a relative path is expected",
            'did you mean "a"?',
        ),
        (
            "binding",
            "/roleRef/apiGroup",
            "rbac",
            "rbac.authorization.k8s.io is expected",
            "write rbac.authorization.k8s.io",
        ),
        ("service", "/spec/externalName", "x", None, None),
        ("configmap", "/data", ["x"], "data is a list, a mapping is expected", ""),
        ("secret", "/stringData/token", 5, "a string is expected", "put it in quotes"),
    ],
)
def test_a_message_has_the_value_the_allowed_ones_and_the_nearest(
    kind: str, route: str, value: object, message: str | None, hint: str | None
) -> None:
    verdict = check_object(changed({"of": kind, "at": route, "value": value}))
    assert isinstance(verdict, Checked)
    if message is None:
        assert not verdict.problems
        return
    (problem,) = verdict.problems
    assert message in problem.message
    assert problem.hint == hint
