"""Formats of texts and numbers in objects of custom kinds: what kube-apiserver 1.37 takes, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from todo_lint.kubernetes.custom import custom_kinds
from todo_lint.kubernetes.custom_formats import wrong_text
from todo_lint.kubernetes.problems import Checked, Problem
from todo_lint.kubernetes.validate import check_object
from todo_lint.kubernetes.words import quoted

UUID = "123e4567-e89b-{}2d3-{}456-426614174000"

TEXTS: dict[str, tuple[list[str], list[str]]] = {
    "date": (["2024-02-29", "0000-02-29"], ["2023-02-29", "2024-1-1", "24-01-01", "+2024-01-01", " 2024-01-01", ""]),
    "date-time": (
        ["2024-01-01T00:00:00Z", "2024-01-01t00:00:00z", "2024-01-01T00:00:00,5+24:00", "2024-01-01T23:59:59.1Z"],
        ["2024-01-01T24:00:00Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00", "2024-01-01T00:00:60Z", "2024-01-01"],
    ),
    "datetime": (["2024-01-01T00:00:00Z"], ["tomorrow"]),
    "duration": (
        [
            "1h30m",
            "-1h",
            "0",
            "1.5h",
            "2 days",
            "3 weeks 2 days",
            "1 hours",
            "1 wk",
            "P1D",
            "1h foo",
            "5\u00b5s",
            "--1h",
        ],
        ["1", "", "h", "1y", "1month", "1hx", "1hrs", "1 wks", "1 msec", "1 dd", "infinite", "9" * 20 + "h"],
    ),
    "uuid": ([UUID.format("1", "a"), UUID.format("1", "a").replace("-", "")], [UUID.format("1", "a")[1:], "{}"]),
    "uuid3": ([UUID.format("3", "a")], [UUID.format("1", "a")]),
    "uuid4": ([UUID.format("4", "a")], [UUID.format("4", "1"), UUID.format("1", "a")]),
    "uuid5": ([UUID.format("5", "B")], [UUID.format("5", "c"), UUID.format("1", "a")]),
    "ipv4": (["10.0.0.1", "010.0.0.1", "::ffff:1.2.3.4"], ["10.0.0.300", "::1", "1.2.3.4/8", ""]),
    "ipv6": (["::1", "2001:DB8::1"], ["10.0.0.1", "fe80::1%eth0", ""]),
    "cidr": (
        ["10.0.0.1/8", "10.0.0.0/08", "::/0"],
        ["10.0.0.0/33", "10.0.0.0", "10.0.0.0/+8", "::/129", "fe80::%a/64"],
    ),
    "mac": (
        ["00:00:5E:00:53:01", "00-00-5e-00-53-01", "0000.5e00.5301", "02:00:5e:10:00:00:00:01", "000000000000"],
        ["00:00:5e:00:53", "0:0:5e:0:53:1", "00-00:5e-00-53-01", "00:00:5e:00:53:01:02", "x"],
    ),
    "hostname": (
        ["localhost", "a-", "1", "db.svc.cluster.local", "a-b.cd", "m\u00fcller.de", "$x"],
        ["my-db", "a_b", "-a", "a.b", "10.0.0.1", "foo.bar-baz", "a.bcd.", "host:80", "a" * 64, "a b", ""],
    ),
    "email": (["a@b", "a.b@c.d", "Name <a@b.c>", '"a b"@c.d'], ["x", "a@", "@b", "a@b@c", "a..b@c", "a b@c"]),
    "uri": (
        [
            "http://a/b c",
            "/a b",
            "mailto:x",
            "//a",
            "http:///x",
            "http://[::1]/",
            "http://a?%zz",
            "a:%zz",
            "http://u:p@h/",
        ],
        ["a/b", "", "?a", "http://a b", "http://a/%zz", "/%zz", "http://a:b/", "http://[::1", "1a:b", "\tx"],
    ),
    "byte": (["YQ==", "YWFh"], ["YQ", "Y Q=", "YQ==\n", "_-8=", "===="]),
    "hexcolor": (["#fff", "fff", "#FFFFFF"], ["#ffff", "#ggg", ""]),
    "rgbcolor": (["rgb(0,0,0)", "rgb( 255, 255,255)"], ["rgb(256,0,0)", "rgb(01,2,3)", "rgba(1,2,3)", "rgb(1,2)"]),
    "ssn": (["111-22-3333", "111 22-3333"], ["111223333", "1"]),
    "bsonobjectid": (["507f1f77bcf86cd799439011"], ["507f1f77bcf86cd79943901"]),
    "k8s-short-name": (["a"], ["A", "a.b"]),
    "k8s-long-name": (["a.b"], ["a_b"]),
    "password": (["", "x"], []),
    "ip": (["x"], []),
    "time": (["x"], []),
    "made-up": (["x"], []),
}


@pytest.mark.parametrize(("wanted", "text"), [(name, text) for name, (good, _) in TEXTS.items() for text in good])
def test_a_text_that_a_server_takes_is_taken(wanted: str, text: str) -> None:
    assert wrong_text(wanted, text, 37) is None


@pytest.mark.parametrize(("wanted", "text"), [(name, text) for name, (_, bad) in TEXTS.items() for text in bad])
def test_a_text_that_a_server_refuses_is_refused(wanted: str, text: str) -> None:
    assert wrong_text(wanted, text, 37)


def test_names_are_checked_by_the_version_that_knows_their_format() -> None:
    assert wrong_text("k8s-short-name", "A", 30) is None


DEFINITION: dict[str, Any] = {
    "apiVersion": "apiextensions.k8s.io/v1",
    "kind": "CustomResourceDefinition",
    "metadata": {"name": "visits.shop.example.com"},
    "spec": {
        "group": "shop.example.com",
        "scope": "Namespaced",
        "names": {"plural": "visits", "kind": "Visit"},
        "versions": [
            {
                "name": "v1",
                "served": True,
                "storage": True,
                "schema": {
                    "openAPIV3Schema": {
                        "type": "object",
                        "properties": {
                            "spec": {
                                "type": "object",
                                "properties": {
                                    "day": {"type": "string", "format": "date", "nullable": True},
                                    "wait": {"type": "string", "format": "duration", "default": "5m"},
                                    "hosts": {"type": "array", "items": {"type": "string", "format": "ipv4"}},
                                    "by": {
                                        "type": "object",
                                        "additionalProperties": {"type": "string", "format": "uuid"},
                                    },
                                    "few": {"type": "integer", "format": "int32"},
                                    "many": {"type": "integer"},
                                    "share": {"type": "number", "format": "float"},
                                    "amount": {"type": "number"},
                                    "port": {"x-kubernetes-int-or-string": True, "format": "date"},
                                },
                            }
                        },
                    }
                },
            }
        ],
    },
}


def found(**spec: Any) -> list[Problem]:
    visit = {"apiVersion": "shop.example.com/v1", "kind": "Visit", "metadata": {"name": "v"}, "spec": spec}
    verdict = check_object(visit, "1.37", custom_kinds([DEFINITION]))
    assert isinstance(verdict, Checked)
    return list(verdict.problems)


@pytest.mark.parametrize(
    ("spec", "field", "rule", "message"),
    [
        ({"day": "1.5.2026"}, "spec.day", "invalid-value", "a date like 2026-05-31 is expected (format date)"),
        ({"wait": "soon"}, "spec.wait", "invalid-value", "a duration like 1h30m or 2 days"),
        ({"hosts": ["10.0.0.1", "web"]}, "spec.hosts[1]", "invalid-value", 'hosts[1] is the string "web"'),
        ({"by": {"a": "b"}}, "spec.by.a", "invalid-value", "a UUID is expected"),
        ({"few": 2**31}, "spec.few", "out-of-range", "few is 2147483648, -2147483648 to 2147483647 is allowed"),
        ({"many": 1e20}, "spec.many", "out-of-range", "many is 100000000000000000000, -9223372036854775808 to"),
        ({"share": 1e39}, "spec.share", "out-of-range", "share is 1e+39"),
        ({"port": "http"}, "spec.port", "invalid-value", "a date"),
    ],
)
def test_a_wrong_value_is_told_at_its_place(spec: dict[str, Any], field: str, rule: str, message: str) -> None:
    (problem,) = found(**spec)

    assert (problem.field, problem.rule) == (field, rule)
    assert message in problem.message


def test_what_is_right_is_taken() -> None:
    assert found(day=None, few=2**31 - 1, many=2**63 - 1, share=3.4e38, amount=1e300, port=80, hosts=[], by={}) == []


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1e20, "100000000000000000000"),
        (-1.5e18, "-1500000000000000000"),
        (1e21, "1e+21"),
        (0.5, "0.5"),
        (3e-7, "3e-07"),
    ],
)
def test_a_large_number_is_shown_in_the_digits_that_it_has(number: float, shown: str) -> None:
    assert quoted(number) == shown


@pytest.mark.parametrize("spec", [{"few": 2**31}, {"share": 1e39}])
def test_older_servers_take_numbers_of_any_size(spec: dict[str, Any]) -> None:
    visit = {"apiVersion": "shop.example.com/v1", "kind": "Visit", "metadata": {"name": "v"}, "spec": spec}

    assert check_object(visit, "1.30", custom_kinds([DEFINITION])) == Checked(())
