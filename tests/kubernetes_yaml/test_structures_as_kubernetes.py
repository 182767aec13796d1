from __future__ import annotations

import time

import pytest
import yaml
from yaml.parser import ParserError

from todo_lint.kubernetes_yaml.composer import MAX_DEPTH
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.problems import from_yaml_error
from todo_lint.kubernetes_yaml.reader import decode, read_document, read_stream, split_rendered

SAME: list[tuple[str, Json]] = [
    ("x: &x {a: 1, b: 2}\nz:\n  a: 2\n  <<: *x", {"x": {"a": 1, "b": 2}, "z": {"a": 1, "b": 2}}),
    ("x: &x {a: 1, b: 2}\nz:\n  <<: *x\n  a: 2", {"x": {"a": 1, "b": 2}, "z": {"a": 2, "b": 2}}),
    ("- &a {k: 1}\n- &b {k: 2, l: 3}\n- <<: [*a, *b]", [{"k": 1}, {"k": 2, "l": 3}, {"k": 1, "l": 3}]),
    ("<<: {a: 1}\nb: 2", {"a": 1, "b": 2}),
    ("'<<': {a: 1}", {"<<": {"a": 1}}),
    ("!!merge <<: {a: 1}", {"a": 1}),
    ("- &a 1\n- &a 2\n- *a", [1, 2, 2]),
    ("&a [&a 1, *a]", [1, 1]),
    ("- &a yes\n- {*a : 1}", [True, {"true": 1}]),
    ("a: 1\na: 2", {"a": 2}),
    ("a:\t1", {"a": 1}),
    ("{a:\t1,\tb: [\t2]}", {"a": 1, "b": [2]}),
    ("a: |\r\n  x\r\n  y\r\n", {"a": "x\ny\n"}),
    ("a: b\n...\n]]] ignored", {"a": "b"}),
    ("a: 1\n---\nb: 2", {"a": 1}),
    ("# only a comment\n", None),
    ("", None),
    ("---\n", None),
    ("%YAML 1.1\n---\na: 1", {"a": 1}),
    ("a: |\n  x", {"a": "x"}),
    ("!local {a: !other [1]}", {"a": [1]}),
    ("\ufeffa: 1", {"a": 1}),
    ("a: é😀", {"a": "é😀"}),
]


@pytest.mark.parametrize(("text", "expected"), SAME)
def test_structure(text: str, expected: Json) -> None:
    document = read_document(text)
    assert isinstance(document, YamlDocument), document
    assert document.value == expected


PROBLEMS = [
    ("a: 1\nb:\n\t- c", 3, 1, "tab"),
    ("a: &x [*x]", 1, 8, "the alias *x refers to itself"),
    ("a: *y", 1, 4, "the alias *y refers to an anchor that this document lacks"),
    ("a: b: c", 1, 5, "a colon stands where no key can be"),
    ("a: 'it", 1, 4, "not closed"),
    ("a: [1, 2", 2, 1, "a list in [ ] is not closed"),
    ("a: {b: 1", 2, 1, "a mapping in { } is not closed"),
    ("a: 1\nb\nc: 2", 2, 1, "the colon, or a space after it, is missing"),
    ("a: @b", 1, 4, "no value can start with @"),
    ('a: "\\d"', 1, 5, "escape"),
    ("a:\n  - b\n c: d", 3, 2, "the indentation does not match"),
    ("a: 1\n  b: 2", 2, 4, "colon"),
    ("<<: 1", 1, 5, "the merge key << needs a mapping"),
    ("- &l [{a: 1}]\n- <<: *l", 2, 7, "the merge key << needs a mapping"),
    ("<<: [{a: 1}, 2]", 1, 15, "the merge key << needs a mapping"),
    ("%YAML 1.2\n---\na: 1", 1, 1, "%YAML"),
    ("a: 1\nb: \x00", 2, 4, "NUL"),
    ("é: \x07", 1, 4, "U+0007"),
    ("a: \ud800", 1, 4, "surrogate"),
    ("a: 1\n\ufeffb: 2", 2, 1, "byte order mark"),
    ("a:\n  b: '\\/'\n  c: \"x\\/\"", 3, 8, "\\/"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), PROBLEMS)
def test_problem(text: str, line: int, column: int, words: str) -> None:
    problem = read_document(text, first_line=11)
    assert isinstance(problem, YamlProblem), problem
    assert words in problem.message
    assert "\n" not in problem.message
    if not text.endswith(("[1, 2", "{b: 1")):  # libyaml sees these only at the end
        assert (problem.line, problem.column) == (line + 10, column)


@pytest.mark.parametrize(
    "secret", ["'hunter2", "hunter2: hunter2: x", "@hunter2", "[hunter2", '"hunter2\\q"', "!!int hunter2"]
)
def test_a_problem_repeats_no_value(secret: str) -> None:
    problem = read_document(f"password: {secret}")
    assert isinstance(problem, YamlProblem)
    assert "hunter2" not in problem.message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "- - "])
def test_depth_is_limited(opening: str) -> None:
    problem = read_document(opening * 60_000)
    assert isinstance(problem, YamlProblem)
    assert problem.message == f"the document is nested more than {MAX_DEPTH} levels deep"
    for deepest, kind in ((MAX_DEPTH, YamlDocument), (MAX_DEPTH + 1, YamlProblem)):
        assert isinstance(read_document("[" * deepest + "]" * deepest), kind)


def test_a_depth_that_libyaml_refuses_itself_is_told_in_the_same_words() -> None:
    """libyaml 0.2.5 has no limit, 0.2.6 has: which of them PyYAML brings must not change what is said."""
    mark = yaml.Mark("<text>", 3, 0, 3, None, 0)
    refused = from_yaml_error(ParserError(None, None, "exceeded maximum nesting depth", mark), "[[[[")
    ours = read_document("[" * (MAX_DEPTH + 1))
    assert isinstance(ours, YamlProblem)
    assert (refused.message, refused.index) == (ours.message, 3)


def test_depth_counts_through_aliases() -> None:
    half = MAX_DEPTH // 2 + 1
    text = f"a: &a {'[' * half}{']' * half}\nb: {'[' * half}*a{']' * half}"
    problem = read_document(text)
    assert isinstance(problem, YamlProblem)
    assert (problem.line, "nested more than" in problem.message) == (2, True)


def test_alias_expansion_is_limited() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    problem = read_document("\n".join(lines))
    assert isinstance(problem, YamlProblem)
    assert "aliases expand to too much" in problem.message
    assert isinstance(read_document("\n".join(lines[:3])), YamlDocument)


@pytest.mark.parametrize("part", ["- a\n", "[", "a: &a b\n", "{} ", "a\n", "? ", "---\n", "'", "x: {", "!t "])
def test_time_grows_with_the_size_only(part: str) -> None:
    started = time.perf_counter()
    read_stream(part * 4_000)
    small = time.perf_counter() - started
    started = time.perf_counter()
    read_stream(part * 40_000)
    assert time.perf_counter() - started < 40 * small + 0.5


def test_duplicate_keys_are_recorded() -> None:
    document = read_document("a:\n  - b: 1\n    c: 2\n    b: 3\n'a': 4\n", first_line=5)
    assert isinstance(document, YamlDocument)
    assert document.value == {"a": 4}
    found = [(d.route, d.span.line, d.span.column, d.first.line, d.first.column) for d in document.duplicates]
    assert found == [(("a", 0, "b"), 8, 5, 6, 5), (("a",), 9, 1, 5, 1)]


@pytest.mark.parametrize("text", ["1: a\n'1': b", "yes: a\n'true': b", "0x1: a\n1: b"])
def test_keys_that_become_equal_are_duplicates(text: str) -> None:
    document = read_document(text)
    assert isinstance(document, YamlDocument)
    assert [(d.span.line, d.first.line) for d in document.duplicates] == [(2, 1)]


@pytest.mark.parametrize(
    "text", ["x: &x {a: 1}\ny: {<<: *x, a: 2}", "x: &x {a: 1}\ny: {a: 2, <<: *x}", "a: 1\nb: {a: 1}"]
)
def test_merged_keys_are_no_duplicates(text: str) -> None:
    document = read_document(text)
    assert isinstance(document, YamlDocument)
    assert document.duplicates == ()


def test_overriding_a_merged_key_twice_is_a_duplicate() -> None:
    document = read_document("x: &x {a: 1}\nz:\n  <<: *x\n  a: 2\n  a: 3\n")
    assert isinstance(document, YamlDocument)
    assert [(d.route, d.span.line, d.first.line) for d in document.duplicates] == [(("z", "a"), 5, 4)]


def outcome(text: str) -> list[Json | tuple[str, int, int]]:
    return [
        document.value if isinstance(document, YamlDocument) else ("problem", document.line, document.column)
        for document in read_stream(text)
    ]


@pytest.mark.parametrize("ending", ["", "\n", "\n\n  \n", "\r\n"])
def test_what_is_missing_at_the_end_is_told_where_the_text_ends(ending: str) -> None:
    problem = read_document(f"a: 1\nb: [c{ending}")
    assert isinstance(problem, YamlProblem)
    assert (problem.line, problem.column) == (2, 6)


def test_stream_of_yaml() -> None:
    text = "# a\n---\na: 1\n--- # c\nb: [\n---\n--- \r\nc: |\n  x"
    assert outcome(text) == [None, {"a": 1}, ("problem", 5, 5), {"c": "x\n"}]
    assert [document.line for document in read_stream("a: 1\n---\n\nb: 2\n")] == [1, 3]
    assert outcome("") == []


def test_a_broken_separator_is_a_problem_and_hides_nothing() -> None:
    assert outcome("a: 1\n---b: 2\nc: 3\n") == [{"a": 1}, ("problem", 2, 1), {"c": 3}]
    assert outcome("--- {a: 1}\n") == [("problem", 1, 1)]


def test_anchors_do_not_cross_documents() -> None:
    assert outcome("a: &x 1\n---\nb: *x\n") == [{"a": 1}, ("problem", 3, 4)]


def test_stream_of_json() -> None:
    assert outcome('{"a": 1.0, "b": 1e2}\n{"c": 1.5} [true]') == [{"a": 1, "b": 100}, {"c": 1.5}, [True]]
    assert outcome('{"a": 1}\n---\nb: 2\n') == [{"a": 1}, {"b": 2}]
    assert outcome('{"a": "\\ud83d\\ude00\\/", "b": "\\ud83d"}') == [{"a": "😀/", "b": "\ufffd"}]
    assert outcome("{a: yes}\n") == [{"a": True}]
    assert outcome('{"a": yes,}\n') == [{"a": True}]
    assert outcome('{"a": 18446744073709551615}') == [{"a": 2.0**64}]
    long = "k" * 2000
    assert outcome(f'{{"{long}": 1}}') == [{long: 1}]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('{\n  "a": 1\n  "b": 2\n}', 3, 3), ('{"a": 1} {"b": 2}\n{"c" 1}', 2, 6), ('{"a": [1,\n 2}', 2, 3)],
)
def test_broken_json(text: str, line: int, column: int) -> None:
    problem = read_stream(text)[-1]
    assert isinstance(problem, YamlProblem)
    assert problem.message.startswith("this is no JSON: ")
    assert (problem.line, problem.column) == (line, column)


def test_deep_json_is_refused() -> None:
    for depth in (MAX_DEPTH + 1, 900, 100_000):
        problem = read_stream('{"a":' * depth + "1" + "}" * depth)[0]
        assert isinstance(problem, YamlProblem)
        assert "nested more than" in problem.message
    fine = read_stream('{"a":' * MAX_DEPTH + "1" + "}" * MAX_DEPTH)[0]
    assert isinstance(fine, YamlDocument)


def test_json_duplicates_have_places() -> None:
    (document,) = read_stream('\n {"a": 1,\n  "b": {"a": 1, "a": [2]}}')
    assert isinstance(document, YamlDocument)
    assert document.value == {"a": 1, "b": {"a": [2]}}
    found = [(d.route, d.span.line, d.span.column, d.first.column) for d in document.duplicates]
    assert found == [(("b", "a"), 3, 17, 9)]


SPLITS = [
    ("a: 1\n---\nb: 2\n", ((1, "a: 1\n\n"), (3, "b: 2\n\n"))),
    ("\n\n---\n# c\n--- \nkind: X", ((4, "# c\n\n"), (6, "kind: X\n"))),
    ("---apiVersion: v1\nkind: A\n", ((1, "apiVersion: v1\nkind: A\n\n"),)),
    ("a: |\n  ---\n  x\n ---\n", ((1, "a: |\n  ---\n  x\n ---\n\n"),)),
    ("  ---\na: 1", ((2, "a: 1\n"),)),
    ("--- \n\n  \n---\n", ()),
    ("", ()),
    ("a: 1\r\n---\r\nb: 2\r\n", ((1, "a: 1\r\n\n"), (3, "b: 2\r\n\n"))),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_split_as_helm(text: str, expected: tuple[tuple[int, str], ...]) -> None:
    assert split_rendered(text) == expected


def test_decode() -> None:
    assert decode("a: é\r\n".encode()) == "a: é\r\n"
    assert decode(b"\xef\xbb\xbfa: 1") == "a: 1"
    assert decode("\ufeffa: é".encode("utf-16-le")) == "a: é"
    assert decode("\ufeffa: é".encode("utf-16-be")) == "a: é"
    assert decode(b"") == ""


@pytest.mark.parametrize(
    ("raw", "line", "column", "words"),
    [
        ("é: ".encode() + b"\xff", 1, 4, "not UTF-8"),
        (b"a: 1\nb: \xc3", 2, 4, "not UTF-8"),
        (b"a\n\0", 2, 1, "NUL"),
        (b"\xff\xfea", 1, 1, "not UTF-16"),
    ],
)
def test_decode_problem(raw: bytes, line: int, column: int, words: str) -> None:
    problem = decode(raw)
    assert isinstance(problem, YamlProblem)
    assert words in problem.message
    assert (problem.line, problem.column) == (line, column)
