"""What scalars mean; the expectations are the answers of kubectl 1.37 and sigs.k8s.io/yaml 1.6."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_document

TRUE = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
FALSE = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]
NULL = ["~", "null", "Null", "NULL", ""]
STRINGS = [
    "yES",
    "tRUE",
    "nULL",
    "oN",
    "=",
    "<<",
    "12:30:45",
    "190:20:30",
    "2001-01-01",
    "2001-01-01T00:00:00Z",
    "1e400",
    "-1e400",
    "0o",
    "0x",
    "0b",
    "0o8",
    "0b2",
    "+",
    ".",
    "_1",
    "._5",
    "1e",
    "1e+",
    "e5",
    "inf",
    "nan",
    "Infinity",
    "-.nan",
    "+.nan",
    "0x1p4",
    "0x10000000000000000",
    "-0b",
    "1.2.3",
    "v1",
    "1Gi",
    "500m",
    "\u0661",
    "1\u0661",
    "a:b",
    "--",
    ".5_",
]
NUMBERS: dict[str, int | float] = {
    "0": 0,
    "-0": 0,
    "+1": 1,
    "1_000": 1000,
    "1__0": 10,
    "0_": 0,
    "+_1": 1,
    "0777": 511,
    "0o14": 12,
    "0O7": 7,
    "-0o17": -15,
    "08": 8,
    "009": 9,
    "-08": -8,
    "0x1F": 31,
    "0X1f": 31,
    "0x_1": 1,
    "0b11": 3,
    "0B1": 1,
    "-0b1": -1,
    "0b-1": -1,
    "0b+1": 1,
    "1.0": 1,
    "1.": 1,
    "-0.0": 0,
    "1e3": 1000,
    "6e5": 600000,
    "0.1e1": 1,
    "1e18": 10**18,
    "1234567890123456789.0": 1234567890123456800,
    "9223372036854775807": 2**63 - 1,
    "-9223372036854775808": -(2**63),
    "-0x8000000000000000": -(2**63),
    ".5": 0.5,
    "+.5": 0.5,
    ".5_0": 0.5,
    "1e-5": 1e-5,
    "1e-400": 0,
    "1.5e300": 1.5e300,
    "9223372036854775808": 2.0**63,
    "18446744073709551615": 2.0**64,
    "18446744073709551616": 2.0**64,
    "-9223372036854775809": -(2.0**63),
    "9.3e18": 9.3e18,
    "1e21": 1e21,
}
TAGGED: dict[str, Json] = {
    "!foo bar": "bar",
    "!foo 12": "12",
    "! 12": "12",
    "! '12'": "12",
    "! yes": "yes",
    "!!str 12": "12",
    "!!str yes": "yes",
    "!!int '12'": 12,
    "!!float 12": 12,
    "!!float 1.5": 1.5,
    "!!bool 'yes'": True,
    "!!null ''": None,
    "!!binary aGVsbG8=": "hello",
    "!!binary /w==": "\ufffd",
    "!!timestamp 2001-1-1": "2001-1-1",
    "!!set x": "x",
    "'yes'": "yes",
    '"12"': "12",
    "''": "",
    '"\\u00e9\\t"': "é\t",
    "'null'": "null",
}
REFUSED = [
    ".inf",
    "-.INF",
    "+.Inf",
    ".nan",
    "!!int abc",
    "!!int 1.5",
    "!!int ''",
    "!!bool 1",
    "!!float x",
    "!!null x",
    "!!binary x",
    "!!binary 'aGV sbG8='",
    "!!timestamp 2001-02-30",
    "!!timestamp x",
    '"\\ud83d\\ude00"',
    '"\\/"',
    "@x",
    "`x`",
]
KEYS = {
    "yes": "true",
    "n": "false",
    "8": "8",
    "0x1F": "31",
    "1.5": "1.5",
    "1e3": "1000",
    "1e6": "1e+06",
    "123456789.0": "1.2345679e+08",
    "0.00001": "1e-05",
    "0.1": "0.1",
    "-0.0": "-0",
    "1e300": ".inf",
    ".inf": ".inf",
    "-.inf": "-.inf",
    ".nan": ".nan",
    "2001-01-01": "2001-01-01",
    "!!binary aGk=": "hi",
    "'1'": "1",
}


def read(text: str) -> Json:
    document = read_document(text)
    assert isinstance(document, YamlDocument), document
    return document.value


def check(text: str, expected: Json) -> None:
    value = read(f"- {text}")
    assert value == [expected]
    assert isinstance(value, list)
    assert type(value[0]) is type(expected)


@pytest.mark.parametrize("text", TRUE)
def test_true(text: str) -> None:
    check(text, True)


@pytest.mark.parametrize("text", FALSE)
def test_false(text: str) -> None:
    check(text, False)


@pytest.mark.parametrize("text", NULL)
def test_null(text: str) -> None:
    check(text, None)


@pytest.mark.parametrize("text", STRINGS)
def test_text(text: str) -> None:
    check(text, text)


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_number(text: str, expected: float) -> None:
    check(text, expected)


@pytest.mark.parametrize(("text", "expected"), TAGGED.items())
def test_tag_or_quotes(text: str, expected: Json) -> None:
    check(text, expected)


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text: str) -> None:
    problem = read_document(f"a: b\nc: {text}\n")
    assert isinstance(problem, YamlProblem)
    assert problem.line == 2
    assert problem.column >= 4


@pytest.mark.parametrize(("text", "expected"), KEYS.items())
def test_key(text: str, expected: str) -> None:
    assert read(f"{text}: 1") == {expected: 1}


@pytest.mark.parametrize("text", ["null", "~", "", "18446744073709551615", "[a]", "? {a: b}\n"])
def test_key_refused(text: str) -> None:
    assert isinstance(read_document(f"a:\n  {text}: 1"), YamlProblem)


def test_very_long_numbers_cost_little() -> None:
    assert read("- " + "9" * 10_000) == ["9" * 10_000]
    assert read("- 0x" + "f" * 10_000) == ["0x" + "f" * 10_000]


def as_kubectl_prints(digits: str) -> int | float:
    """kubectl prints floats up to 1e21 without an exponent."""
    return int(digits) if -(2**63) <= int(digits) < 2**63 else float(digits)


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl, which judges here, is not on PATH")
def test_kubectl_agrees() -> None:
    values = [*TRUE, *FALSE, *NULL, *STRINGS, *NUMBERS, *TAGGED]
    text = "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n"
    text += "".join(f"- {value}\n" for value in values)
    command = ["kubectl", "label", "--local", "-f", "-", "a=b", "-o", "json"]
    answer = subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=60)
    ours = read(text)
    assert isinstance(ours, dict)
    assert ours["spec"] == json.loads(answer.stdout, parse_int=as_kubectl_prints)["spec"]
