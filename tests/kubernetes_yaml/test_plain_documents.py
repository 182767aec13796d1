"""The quick way through plain documents gives what the composer gives, or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yaml.error import YAMLError

from todo_lint.kubernetes_yaml import plain, reader
from todo_lint.kubernetes_yaml.composer import Composer, RejectedError
from todo_lint.kubernetes_yaml.document import YamlDocument
from todo_lint.kubernetes_yaml.plain import NOT_PLAIN, read_plain
from todo_lint.kubernetes_yaml.yaml_text import yaml_events

FAILED = object()


def composed(text: str) -> Any:
    """What the composer gives; FAILED where it refuses the text or would have to tell of duplicate keys."""
    try:
        composer = Composer(yaml_events(text))
        value = composer.compose()
    except (YAMLError, RejectedError):
        return FAILED
    return FAILED if composer.found_duplicates else value


def typed(value: Any) -> Any:
    """Tell 1, True and 1.0 apart, and orders of keys."""
    if isinstance(value, dict):
        return [(key, typed(item)) for key, item in value.items()]
    if isinstance(value, list):
        return ["list", *map(typed, value)]
    return type(value).__name__, value


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "a:\n  b: 1\n  c: true\nd: ~\n",
        "a:\n- b\n- c: d\n  e:\n  - 5\nf: g\n",
        "a:\n  -\n    b: c\n  - d\n",
        "- a: 1\n  b:\n    c: 2\n-   d: 3\n    e: 4\n- f\n",
        "a: [x, 'y', \"z\", 1.5, {b: c, d: [e]}]\nf: {}\n",
        "a: |\n  one\n   two\n\n  three\n\nb: |-\n  four\n\n\nc: 5\n",
        "a:\n  - |\n    text\n  - x\n",
        "# comment\na: b # comment\nc: # comment\n  d: 'it''s'\ne: \"f\\n\\\"g\\\\\"\n",
        'image: nginx:1.25\nurl: http://a/#b\nx: a#b\n"q r": s\n',
        "a: 012\nb: 0x1F\nc: 1e3\nd: 2024-01-01\ne: yes\nf: '1'\ng: -1\nh: --port=1\n",
        "a:\nb:\n",
        "\n\n# nothing\n",
        "a: äöü ✓\n",
        "# a: b\na: c\n  # d: e\nf:\n  - a: # x\n      b: 'c: d' # e: f\n    a-b: 1\n    a.b:   2\n",
        "a:\n  {}\nb:\n  c:\n    [x, {w: z}] # comment\n  d: 1\n",
        "- a:\n    []\n-\n  {b: c}\n- d\n",
        'a: {"b":"c","d":{"e":[1,"f"]}, g: 2}\n',
        "a: >\n  one\n  two\n\n  three\n\n\n  four\n\nb: >-\n  five\n  six\nc: 7\n",
    ],
)
def test_plain_documents_are_read(text: str) -> None:
    assert typed(read_plain(text)) == typed(composed(text))


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n  c: d\n",
        "a: b\n c\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 5\n",
        "a: 1\na: 2\n",
        "1: a\n",
        "yes: a\n",
        "<<: {a: b}\n",
        "a:\tb\n",
        "a: 'x\n  y'\n",
        "a: b: c\n",
        "a: b:\n",
        "a: >\n  folded\n    further\n  again\n",
        "a: >\n\n  x\n",
        "a: >+\n  x\n",
        "a:\n{}\n",
        "a:\n- b:\n  {}\n",
        "a:\n  {}\n  b: 1\n",
        "a:\n  {}\n  {}\n",
        "a: b\n  {}\n",
        "{}: a\n",
        "a: {b:1}\n",
        "a: |2\n   x\n",
        "a: |\n    x\n  y\n",
        "a: |\n  x",
        "a: .inf\n",
        "a\n",
        "? a\n: b\n",
        "  a: b\nc: d\n",
        "a: [b, c\n",
        "a: [b]c\n",
        "a: 'b'c\n",
        'a: "\\x41"\n',
        "a: @b\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\r\n",
        "a: \u2028b\n",
        "---\na: b\n",
    ],
)
def test_all_else_is_left_to_the_composer(text: str) -> None:
    assert read_plain(text) is NOT_PLAIN


PIECES = [
    "a", "b: ", "c:", "- ", "-", "\n", "\n  ", "\n    ", " ", "  ", "#", " # x", "'", '"', "|", "|-", "\n- ",
    "\n  - ", "[", "]", "{", "}", ", ", ": ", ":", "1", "0x1", "1.0", "yes", "~", "null", "<<", "&a ", "*a",
    "!x ", "\\n", "\\",
    "---", "\n---\n", "...", "?", "? ", "@", "%", "ä", "\n\n", "x-y", "a b", "-1", "http://x", "=", ".", "\n a: ",
    "\nk: v", "\n  k: v", "\n- k: v", "\n  - k: v", "\nk: |\n  t\n", "\nk:\n", ">", "''", '""', "{}", "[]",
    ">-\n  a\n", ">\n  a\n  b\n\n  c\n", "\n    {}", "\n  []\n", '{"a":', "\n  a\n",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_read_alike_or_left_alone(text: str) -> None:
    document = text + "\n"
    quick = read_plain(document)
    if quick is not NOT_PLAIN:
        assert typed(quick) == typed(composed(document)), document


scalars = st.one_of(
    st.sampled_from(
        [
            "x",
            "1",
            "true",
            "null",
            "1.50",
            "'q'",
            '"d"',
            "[a, 1]",
            "{k: v}",
            "a b",
            "",
            "|\n      t",
            "\n      {}",
            ">\n      t\n      u",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=6),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["", "  ", "- ", "  - ", "    "]), st.sampled_from("abcdef"), scalars)))
def test_lines_of_keys_are_read_alike(lines: list[tuple[str, str, str]]) -> None:
    document = "".join(f"{before}{key}: {value}\n" for before, key, value in lines)
    quick = read_plain(document)
    if quick is not NOT_PLAIN:
        assert typed(quick) == typed(composed(document)), document


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["", "  ", "- ", "  - "]), st.sampled_from(["a", "b", "c"]), st.booleans()),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.lists(scalars, min_size=8, max_size=8), min_size=25, max_size=25),
)
def test_documents_of_one_form_are_read_alike(lines: list[tuple[str, str, bool]], values: list[list[str]]) -> None:
    """Each document is read after others of its form, and so by a function that was made for the form."""
    plain.forget()
    for row in values:
        texts = (
            f"{before}{key}: {value if filled else ''}"
            for (before, key, filled), value in zip(lines, row, strict=False)
        )
        document = "\n".join(texts) + "\n"
        quick = read_plain(document)
        if quick is not NOT_PLAIN:
            assert typed(quick) == typed(composed(document)), document


def test_a_form_is_compiled_and_gives_each_document_its_own_values() -> None:
    texts = [
        f"# {n}\na{n % 1}:\n- b: x{n}\n  c: [{n}, {{d: e}}]\n  f:\n- {n}\n-\n  - g: {'x' * 300}{n}\n"
        for n in range(40)
    ]
    plain.forget()
    found = [read_plain(text) for text in texts]

    assert plain._forms._builds
    assert found == [composed(text) for text in texts]
    assert found[38]["a0"][0]["c"][1] is not found[39]["a0"][0]["c"][1]


def test_what_is_remembered_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    plain.forget()
    monkeypatch.setattr(plain, "_REMEMBERED", 50)
    monkeypatch.setattr(plain, "_REMEMBERED_FORMS", 50)
    for number in range(500):
        assert read_plain(f"a: {number}\nb{number}: c\n") == {"a": number, f"b{number}": "c"}
        assert max(len(plain._lines), len(plain._heads), len(plain._form_numbers)) <= 52


def test_values_of_remembered_lines_are_not_shared() -> None:
    first, second = read_plain("a: [1, {b: c}]\n"), read_plain("a: [1, {b: c}]\n")

    assert first == second
    assert first["a"] is not second["a"]
    assert first["a"][1] is not second["a"][1]


def test_the_quick_way_is_taken_after_some_text_and_given_up_where_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = reader._Quick()
    assert not quick.is_worth_trying("x" * reader.QUICK_AFTER)
    assert quick.is_worth_trying("x")
    for _ in range(60):
        quick.note(False)
    assert not quick.is_worth_trying("x")

    always = reader._Quick()
    always.is_worth_trying("x" * reader.QUICK_AFTER)
    monkeypatch.setattr(reader, "_quick", always)
    document = reader.read_document("a: [1,\n  2]\nb: 1\n")
    quick_one = reader.read_document("a: 1\nb:\n  c: 2\n")
    assert isinstance(document, YamlDocument)
    assert isinstance(quick_one, YamlDocument)
    assert document.value == {"a": [1, 2], "b": 1}
    assert quick_one.value == {"a": 1, "b": {"c": 2}}
    span = quick_one.value_span(("b", "c"))
    assert span is not None
    assert (span.line, span.column) == (3, 6)
