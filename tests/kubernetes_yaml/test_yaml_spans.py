from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json, Span, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_document, read_stream, split_rendered


def cut(text: str, span: Span) -> str:
    """The text that a span covers."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return text[starts[span.line - 1] + span.column - 1 : starts[span.end_line - 1] + span.end_column - 1]


def document_of(text: str, first_line: int = 1) -> YamlDocument:
    document = read_document(text, first_line=first_line)
    assert isinstance(document, YamlDocument), document
    return document


TEXT = """\
spec: # c
  "ports":
    - {port: 80, name: 'w b'}
    - port: 81

  # c
  text: |
    one
    two

  folded: a
    b
  empty:
  é: 😀 # c
last: &x [1,
  2]
again: *x
merged:
  <<: {k: v}
"""
PARTS: dict[Route, tuple[str | None, str]] = {
    ("spec", "ports"): ('"ports"', "- {port: 80, name: 'w b'}\n    - port: 81"),
    ("spec", "ports", 0): (None, "{port: 80, name: 'w b'}"),
    ("spec", "ports", 0, "port"): ("port", "80"),
    ("spec", "ports", 0, "name"): ("name", "'w b'"),
    ("spec", "ports", 1): (None, "port: 81"),
    ("spec", "text"): ("text", "|\n    one\n    two"),
    ("spec", "folded"): ("folded", "a\n    b"),
    ("spec", "empty"): ("empty", ""),
    ("spec", "é"): ("é", "😀"),
    ("last",): ("last", "&x [1,\n  2]"),
    ("last", 1): (None, "2"),
    ("again",): ("again", "*x"),
    ("again", 1): (None, "*x"),
    ("merged",): ("merged", "<<: {k: v}"),
    ("merged", "k"): (None, "<<"),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(("route", "parts"), PARTS.items())
def test_spans(route: Route, parts: tuple[str | None, str], ending: str) -> None:
    text = TEXT.replace("\n", ending)
    document = document_of(text)
    key, value = document.key_span(route), document.value_span(route)
    assert (cut(text, key) if key else None) == parts[0]
    assert value is not None
    assert cut(text, value) == parts[1].replace("\n", ending)


def test_lines_count_from_first_line_and_columns_in_characters() -> None:
    document = document_of('"😀": {é: x}\nb: 1', first_line=7)
    assert document.line == 7
    assert document.value_span(("😀", "é")) == Span(7, 10, 7, 11)
    assert document.key_span(("b",)) == Span(8, 1, 8, 2)
    assert document.value_span(("c",)) is None
    assert document.key_span(()) is None


def test_only_line_feeds_end_lines() -> None:
    document = document_of("a: 'x\u2028\x85y'\nb: 1\n")
    assert document.key_span(("b",)) == Span(2, 1, 2, 2)


def test_a_byte_order_mark_is_a_character() -> None:
    assert document_of("\ufeffa: 1\nb: 2").key_span(("a",)) == Span(1, 2, 1, 3)
    assert document_of("\ufeffa: 1\nb: 2").key_span(("b",)) == Span(2, 1, 2, 2)


def test_the_last_of_two_equal_keys_has_the_span() -> None:
    document = document_of("a: {b: 1}\na: [2]\n")
    assert document.value_span(("a", 0)) == Span(2, 5, 2, 6)
    assert document.value_span(("a", "b")) is None


def test_spans_in_later_documents_and_json() -> None:
    first, second = read_stream('{"a": [1,\n  "x"]}\n---\nb: 2\n')
    assert isinstance(first, YamlDocument)
    assert isinstance(second, YamlDocument)
    assert first.value_span(("a", 1)) == Span(2, 3, 2, 6)
    assert first.key_span(("a",)) == Span(1, 2, 1, 5)
    assert second.key_span(("b",)) == Span(4, 1, 4, 2)
    (_, second) = read_stream('{} {"a": 1}')
    assert isinstance(second, YamlDocument)
    assert second.key_span(("a",)) == Span(1, 5, 1, 8)


def routes(value: Json, route: Route = ()) -> list[tuple[Route, Json]]:
    found = [(route, value)]
    if isinstance(value, dict):
        for key, child in value.items():
            found += routes(child, (*route, key))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            found += routes(child, (*route, number))
    return found


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(-1e6, 1e6).filter(lambda f: f % 1)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(value=VALUES, indent=st.sampled_from([None, 0, 2]))
def test_json_comes_back_with_a_span_for_every_route(value: Json, indent: int | None) -> None:
    # In YAML an escape cannot name half a character beyond U+FFFF, so these are written as they are.
    text = json.dumps(value, indent=indent, ensure_ascii=True)
    as_yaml = read_document(text)
    as_json = read_stream('{"v": ' + text + "}")[0]
    assert isinstance(as_json, YamlDocument)
    assert as_json.value == {"v": value}
    assert as_json.locate is not None
    assert set(as_json.locate().values) == {(), *(("v", *route) for route, _ in routes(value))}
    if "\\ud8" in text or "\\ud9" in text or "\\uda" in text or "\\udb" in text:
        return
    assert isinstance(as_yaml, YamlDocument)
    assert as_yaml.value == value
    for route, expected in routes(value):
        span = as_yaml.value_span(route)
        assert span is not None
        assert document_of(cut(text, span)).value == expected
        if route and isinstance(route[-1], str):
            key = as_yaml.key_span(route)
            assert key is not None
            assert json.loads(cut(text, key)) == route[-1]


MARKS = [
    "a: ",
    "b",
    "- ",
    "  ",
    "&x ",
    "*x",
    "<<: ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "'",
    '"',
    "|",
    ">",
    "#",
    "!",
    "? ",
    ": ",
    "%",
]
BREAKS = ["\n", "\n  ", "\n---\n", "---", "...", "\r\n", "\r", "\x85", "\t"]
WORDS = ["1e3", "~", "\\", "é", "{a: 1}", '{"a": 1}', "!!int ", chr(0xFEFF), chr(0), chr(0xD800)]
PIECES = st.sampled_from([*MARKS, *BREAKS, *WORDS])


@settings(deadline=None)
@given(text=st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_is_a_document_or_a_problem(text: str) -> None:
    for read in (read_document(text), *read_stream(text)):
        if isinstance(read, YamlProblem):
            assert 1 <= read.line <= text.count("\n") + 2
            assert read.column >= 1
            assert "\n" not in read.message
            continue
        assert read.locate is not None
        index = read.locate()
        if index.values or read.value is not None:
            assert {route for route, _ in routes(read.value)} == set(index.values)
        lines = (text + "\n").split("\n")
        for span in [*index.keys.values(), *index.values.values()]:
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert 1 <= span.column <= len(lines[span.line - 1]) + 1
            assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1


@settings(deadline=None)
@given(text=st.lists(PIECES, max_size=20).map("".join))
def test_split_gives_each_document_on_its_line(text: str) -> None:
    parts = split_rendered(text)
    lines = text.split("\n")
    for line, part in parts:
        assert lines[line - 1].endswith(part.split("\n")[0])
    assert all(first <= second for (first, _), (second, _) in pairwise(parts))
