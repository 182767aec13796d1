"""What templates print by mistake: found where it is, not where the chart itself says it."""

from __future__ import annotations

import pytest
from tests.graph.conftest import Check, brief

CONFIG = "templates/config.yaml"
OLD = "log_level: {{ .Values.logLevel }}"


def _map(text: str) -> str:
    return f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: debris\ndata:\n  value: {text}\n"


def _secret(text: str) -> str:
    return f"apiVersion: v1\nkind: Secret\nmetadata:\n  name: debris\ndata:\n  value: {text}\n"


CASES = [
    ('{{ printf "%d" .Values.apiPort | quote }}', "printf-error"),
    ('{{ printf "%s" (index (dict) "x") | quote }}', "printf-error"),
    ('{{ printf "%s" "a" "b" | quote }}', "printf-error"),
    ('{{ printf "%v" (index (dict) "x") | quote }}', "nil-printed"),
    ('{{ dict "a" .Values.apiPort | toString | quote }}', "map-printed"),
    ("{{ dict | toString | quote }}", "map-printed"),
    ("{{ mulf 10000000.0 1 | toString | quote }}", "number-in-exponent-form"),
    ('{{ "a\\r\\n" | quote }}', "carriage-return"),
]


@pytest.mark.parametrize(("text", "rule"), CASES)
def test_debris_is_found_in_a_config_map_and_in_a_secret(check: Check, text: str, rule: str) -> None:
    report = check({"templates/debris.yaml": _map(text)})
    hidden = check({"templates/debris.yaml": _secret(text.replace("| quote", "| b64enc | quote"))})

    assert brief(report.findings) == [(rule, "warning", "templates/debris.yaml", 6)]
    assert brief(hidden.findings) == [(rule, "warning", "templates/debris.yaml", 6)]
    assert hidden.findings[0].excerpt is None
    for shown in ("float64", "map[", "e+", "nil"):
        assert shown not in hidden.findings[0].message.replace("<nil>", "") or rule == "nil-printed"


@pytest.mark.parametrize(
    "text",
    ['"%!d(float64=80) is what printf prints"', '"<nil>"', '"map[a:1]"', '"0xc000123456"', '"1e+06"', '"a\\n"'],
)
def test_what_the_chart_says_itself_is_none(check: Check, text: str) -> None:
    assert brief(check({"templates/debris.yaml": _map(text)}).findings) == []


def test_a_number_in_a_file_is_a_note(check: Check) -> None:
    text = "|\n    size: {{ mulf 10000000.0 1 }}\n    more: text"

    assert brief(check({"templates/debris.yaml": _map(text)}).findings) == [
        ("number-in-exponent-form", "note", "templates/debris.yaml", 7)
    ]


def test_a_manifest_that_a_comment_has_swallowed(check: Check) -> None:
    text = "# Settings.\n{{- if true }} apiVersion: v1 {{- end }}\n"

    assert brief(check({"templates/debris.yaml": text}).findings)[0][0] == "document-swallowed"
    assert brief(check({"templates/debris.yaml": "# apiVersion: v1\n{{ if false }}{{ end }}"}).findings) == []
