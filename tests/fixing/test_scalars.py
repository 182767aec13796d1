"""A scalar keeps its quotes and its type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint.fixing.scalars import rewritten, scalar_of_line
from todo_lint.kubernetes_yaml.document import YamlDocument
from todo_lint.kubernetes_yaml.reader import read_document


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("8080", "8000", "8000"),
        ('"0.7"', "0.5", '"0.5"'),
        ("'v2'", "latest", "'latest'"),
        ("v2", "latest", "latest"),
        ("true", "false", "false"),
        ("0.7", "0.5", "0.5"),
        ("256Mi", "512Mi", "512Mi"),
        # a plain string that would become a number, a boolean or nothing is quoted
        ("v2", "1.0", '"1.0"'),
        ("v2", "yes", '"yes"'),
        ("v2", "null", '"null"'),
        ("v2", "a: b", '"a: b"'),
        ("v2", "a, b", '"a, b"'),
        ("v2", "a #b", '"a #b"'),
        ("'a'", "it's", "'it''s'"),
        ('"a"', 'say "x"', '"say \\"x\\""'),
    ],
)
def test_the_way_of_writing_stays(written: str, text: str, expected: str) -> None:
    assert rewritten(written, text) == expected


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("8080", "http"),  # a number cannot become a word
        ("true", "1"),
        ("null", "8000"),
        ("~", "8000"),
        ("&port 8080", "8000"),
        ("*port", "8000"),
        ("!!str 8080", "8000"),
        ("|\n  a", "b"),
        ("'a\n  b'", "c"),
        ("{}", "a"),
        ("8080", "8000 # not a comment"),
        ("8080", "8000\nother: 1"),
        ("8080", ".inf"),
        ("8080", ""),
    ],
)
def test_what_cannot_be_written_safely_is_left_alone(written: str, text: str) -> None:
    assert rewritten(written, text) is None


@given(st.sampled_from(["plain", "'single'", '"double"']), st.text(max_size=30))
def test_a_string_reads_as_what_it_was_to_become(written: str, text: str) -> None:
    new = rewritten(written, text)
    if new is not None:
        read = read_document(f"key: {new}\n")
        assert isinstance(read, YamlDocument)
        assert read.value == {"key": text}


@given(st.sampled_from(["8080", "0.5", "-1"]), st.integers(min_value=-(2**31), max_value=2**31))
def test_a_number_reads_as_what_it_was_to_become(written: str, number: int) -> None:
    new = rewritten(written, str(number))
    assert new is not None
    read = read_document(f"key: {new}\n")
    assert isinstance(read, YamlDocument)
    assert read.value == {"key": number}


@pytest.mark.parametrize(
    ("line", "step", "written", "column"),
    [
        ("      port: 8080", "port", "8080", 13),
        ("    - port: 8080  # the port", "port", "8080", 13),
        ('  "port": "80 # 80"  # why', "port", '"80 # 80"', 11),
        ("    - --port=8080", 0, "--port=8080", 7),
    ],
)
def test_the_scalar_of_a_line(line: str, step: str | int, written: str, column: int) -> None:
    found = scalar_of_line(line, step)
    assert found is not None
    assert (found.written, found.column) == (written, column)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("      port: {{ .Values.port }}", "port"),
        ("      port: 8080", "targetPort"),
        ("      port: 8080", 0),
        ("    - 8080", "port"),
        ("      port:", "port"),
        ("    - {port: 8080}", "port"),
        ("", "port"),
    ],
)
def test_a_line_with_something_else(line: str, step: str | int) -> None:
    assert scalar_of_line(line, step) is None
