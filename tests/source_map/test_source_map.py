"""The map from rendered lines to template lines, and what it cannot know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_lint.findings import Exactness
from todo_lint.helm.archive import pack_files
from todo_lint.helm.render import Rendered, Renderer, RenderOptions
from todo_lint.helm.source_map import TemplateLine, TemplateMap, mark_chart, read_map

HEAD = "apiVersion: v2\nname: app\nversion: 0.1.0\n"
OPTIONS = RenderOptions("app", "1.37")
Mapped = Callable[..., tuple[str, TemplateMap]]


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="module")
def mapped(renderer: Renderer) -> Mapped:
    """The rendering of templates/a.yaml of a chart, and its map."""

    def of(template: str, more: Mapping[str, str] | None = None, *, defines: bool = False) -> tuple[str, TemplateMap]:
        texts = {"Chart.yaml": HEAD, "templates/a.yaml": template, **(more or {})}
        files = {name: text.encode() for name, text in texts.items()}
        marked = mark_chart(files, defines=defines)
        plain, again = (
            renderer.render(pack_files("app", source), {}, OPTIONS, 20) for source in (files, marked.files)
        )
        assert isinstance(plain, Rendered)
        text = plain.files["app/templates/a.yaml"]
        other = again.files.get("app/templates/a.yaml") if isinstance(again, Rendered) else None
        return text, read_map(text, other, marked.marks)

    return of


def lines_of(text: str, found: TemplateMap) -> list[tuple[str, int | None]]:
    """Each rendered line that is not blank, with the template line behind it."""
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            place = found.find(number, len(line) - len(line.lstrip()) + 1)
            rows.append((line.strip(), place.line if place else None))
    return rows


def test_blocks_and_loops_map_to_their_lines(mapped: Mapped) -> None:
    template = """\
a: 1
{{- if true }}
b: 2
{{- else }}
c: 3
{{- end }}
list:
  {{- range list "x" "y" }}
  - {{ . }}
  {{- end }}
{{ with "w" }}
d: {{ . }} # comment
{{ end }}
"""
    text, found = mapped(template)

    assert found.exactness is Exactness.EXACT
    assert lines_of(text, found) == [
        ("a: 1", 1),
        ("b: 2", 3),
        ("list:", 7),
        ("- x", 9),
        ("- y", 9),
        ("d: w # comment", 12),
    ]


HELPER = """\
{{- define "app.labels" -}}
app: x
tier: {{ "front" }}
{{- end }}
"""
INCLUDES = """\
labels:
  {{- include "app.labels" . | nindent 2 }}
end: 1
"""


def test_an_include_maps_to_its_own_line_and_with_defines_to_theirs(mapped: Mapped) -> None:
    helpers = {"templates/_helpers.tpl": HELPER}

    text, found = mapped(INCLUDES, helpers)
    assert found.exactness is Exactness.EXACT
    assert lines_of(text, found) == [("labels:", 1), ("app: x", 2), ("tier: front", 2), ("end: 1", 3)]

    text, found = mapped(INCLUDES, helpers, defines=True)
    place = found.find(2, 3)
    assert place is not None
    assert (place.file, place.line) == ("templates/_helpers.tpl", 2)
    assert lines_of(text, found) == [("labels:", 1), ("app: x", 2), ("tier: front", 3), ("end: 1", 3)]


def test_several_lines_of_one_action_belong_to_it(mapped: Mapped) -> None:
    text, found = mapped('data:\n  {{- toYaml (dict "a" 1 "b" 2) | nindent 2 }}\nend: 1\n')

    assert lines_of(text, found) == [("data:", 1), ("a: 1", 2), ("b: 2", 2), ("end: 1", 3)]


def test_an_action_that_trims_is_its_own_line(mapped: Mapped) -> None:
    template = """\
{{- range list 1 2 -}}
---
{{ toYaml (dict "a" . "b" .) -}}

{{- end -}}
{{- /* the end */ -}}
"""
    text, found = mapped(template)

    assert found.exactness is Exactness.EXACT
    assert lines_of(text, found) == [("---", 2), ("a: 1", 3), ("b: 1---", 3), ("a: 2", 3), ("b: 2", 3)]


def test_values_that_differ_leave_the_other_lines_exact(mapped: Mapped) -> None:
    _, found = mapped('a: {{ randAlphaNum 9 }}\nb: 1\nc: {{ "x" }}\n')

    assert found.exactness is Exactness.LINES
    assert [found.exactness_at(line) for line in (1, 2, 3)] == [Exactness.LINES, Exactness.EXACT, Exactness.EXACT]
    assert [place.line for place in map(found.find, (1, 2, 3)) if place] == [1, 2, 3]


MARKED = "sum: \ue0000\ue001\nkey: a-{}\ue0001\ue001 # x\nend: 1\ue0002\ue001\n"
PLAIN = "sum: \nkey: a-{} # x\nend: 1\n"
MARKS = tuple(TemplateLine("a.yaml", number) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("again", "exactness"),
    [
        pytest.param(PLAIN.format("Zy3w"), Exactness.EXACT, id="the word differs by itself"),
        pytest.param(PLAIN.format("Xq1"), Exactness.LINES, id="the word does not differ by itself"),
        pytest.param(PLAIN.format("Zy3w").replace("# x", "# y"), Exactness.EXACT, id="another word does, too"),
        pytest.param(PLAIN.format("Zy 3w"), Exactness.LINES, id="words cannot be told apart"),
        pytest.param(PLAIN.format("Zy3w") + "more: 1\n", Exactness.LINES, id="lines cannot be told apart"),
        pytest.param(None, Exactness.LINES, id="there is no second rendering"),
    ],
)
def test_words_that_differ_by_themselves_are_set_aside(again: str | None, exactness: Exactness) -> None:
    found = read_map(PLAIN.format("Xq1"), MARKED.format("Pa5"), MARKS, again)

    assert found.exactness is exactness
    assert [place.line for place in map(found.find, (1, 2, 3)) if place] == [1, 2, 3]
    assert found.exactness_at(2) is exactness
    assert found.exactness_at(3) is Exactness.EXACT


def test_what_differs_beside_such_a_word_is_no_match() -> None:
    found = read_map(PLAIN.format("Xq1"), MARKED.format("Pa5").replace("# x", "# z"), MARKS, PLAIN.format("Q"))

    assert found.exactness_at(2) is Exactness.LINES


def test_a_rendering_that_cannot_be_marked_says_so(mapped: Mapped) -> None:
    helper = '{{- define "app.n" }}\n1\n{{- end }}'
    template = '{{ if eq (include "app.n" . | trim) "1" }}\na: 1\nb: 2\n{{ else }}\na: 2\n{{ end }}\n'

    _, found = mapped(template, {"templates/_helpers.tpl": helper})
    assert found.exactness is Exactness.EXACT

    _, found = mapped(template, {"templates/_helpers.tpl": helper}, defines=True)
    assert found.exactness is Exactness.FILE
    assert found.find(1) is None


def test_checksums_of_other_templates_stay_the_same(mapped: Mapped) -> None:
    template = 'sum: {{ include (print $.Template.BasePath "/b.yaml") . | sha256sum }}\nb: 1\n'

    text, found = mapped(template, {"templates/b.yaml": "x: 1\ny: {{ 2 }}\n"})

    assert found.exactness is Exactness.EXACT
    assert [line for _, line in lines_of(text, found)] == [1, 2]


def test_without_a_marked_rendering_only_the_file_is_known() -> None:
    found = read_map("a: 1\n", None, ())

    assert found.exactness is Exactness.FILE
    assert found.find(1) is None


def test_braces_in_strings_and_comments_do_not_end_an_action(mapped: Mapped) -> None:
    template = 'a: {{ "}}" | quote }}\n{{/* }} \n still */}}\nb: {{ `}}\n` | trim | quote }}\nc: 1\n'
    text, found = mapped(template)

    assert found.exactness is Exactness.EXACT
    assert lines_of(text, found) == [('a: "}}"', 1), ('b: "}}"', 5), ("c: 1", 6)]


def test_windows_line_ends(mapped: Mapped) -> None:
    text, found = mapped('a: 1\r\n{{- if true }}\r\nb: "x"\r\n{{- end }}\r\nc: 1\r\n')

    assert found.exactness is Exactness.EXACT
    assert lines_of(text, found) == [("a: 1", 1), ('b: "x"', 3), ("c: 1", 5)]


PIECES = st.sampled_from([
    "key: value",
    "key: {{ .Release.Name }}",
    "  - {{ 1 }}",
    "{{- if true }}\nyes: 1\n{{- else }}\nno: 1\n{{- end }}",
    "{{ if false }}\nno: 1\n{{ end }}",
    '{{- range list "a" "b" -}}\n  x: {{ . }}\n{{- end }}',
    "{{/* a comment */}}",
    "{{- /* trimmed */ -}}",
    "# a comment",
    "",
    "   ",
    '{{ "two\\nlines" }}',
    "{{- $x := 1 -}}",
    "text {{- 1 -}} text",
])  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12))
def test_marks_change_nothing_and_come_out_in_order(mapped: Mapped, pieces: list[str]) -> None:
    template = "\n".join(["start: 1", *pieces, "end: 1"]) + "\n"
    text, found = mapped(template)

    assert found.exactness is Exactness.EXACT
    written = [line for _, line in lines_of(text, found)]
    assert None not in written
    assert written[0] == 1
    rows = text.rstrip("\n").split("\n")
    last = found.find(len(rows), len(rows[-1]))
    assert last is not None
    assert last.line == template.count("\n")


def test_a_file_that_is_no_text_is_left_alone(tmp_path: Path) -> None:
    marked = mark_chart({"templates/a.yaml": b"\xff", "templates/b.yaml": b"a: 1\n"})

    assert marked.files["templates/a.yaml"] == b"\xff"
    assert [mark.file for mark in marked.marks] == ["templates/b.yaml"]
