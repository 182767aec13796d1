"""Each shape of Helm's errors, from the engine itself: message, file, line, column, missing key."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.helm.engine import EngineFailure, Stage
from todo_lint.helm.failures import RenderProblem, TemplatePlace, explain
from todo_lint.helm.render import Rendered, RenderFailure
from todo_lint.helm.schema_failures import without_value

RenderFiles = Callable[..., Rendered | RenderFailure]
A = "templates/a.yaml"
HELPERS = "templates/_helpers.tpl"


def failed(outcome: Rendered | RenderFailure) -> RenderFailure:
    assert isinstance(outcome, RenderFailure), outcome
    return outcome


@pytest.mark.parametrize(
    ("template", "values", "line", "column", "path", "unset"),
    [
        ("a: {{ .Values.b.c.d }}", {}, 1, 7, ".Values.b.c.d", ".Values.b"),
        ("é: 1\né: {{ .Values.b.c.d }}", {"b": {}}, 2, 7, ".Values.b.c.d", ".Values.b.c"),
        ("{{ with .Values.b }}\na: {{ .c.d }}{{ end }}", {"b": {"x": 1}}, 2, 7, ".Values.b.c.d", ".Values.b.c"),
        (
            "{{ range $i, $h := .Values.l }}\na: {{ $h.c.d }}{{ end }}",
            {"l": [{"x": 1}]},
            *(2, 7, ".Values.l[].c.d", ".Values.l[].c"),
        ),
        ("{{ $b := .Values.b }}\na: {{ $b.c.d }}", {"b": {"x": 1}}, 2, 7, ".Values.b.c.d", ".Values.b.c"),
        (
            '{{ with .Values.b }}{{ "}}" }}{{ end }}{{/* {{ with .x }} */}}\na: {{ .Values.c.d }}',
            {"b": 1},
            *(2, 7, ".Values.c.d", ".Values.c"),
        ),
        (
            "{{ if .Values.b }}{{ else }}{{ with $ }}\na: {{ .Values.c.d }}{{ end }}{{ end }}",
            {},
            *(2, 7, ".Values.c.d", ".Values.c"),
        ),
        ("a: {{ (index .Values.hosts 0).name }}", {}, 1, 8, ".Values.hosts", ".Values.hosts"),
    ],
)
def test_a_missing_key_is_named_by_its_whole_path(
    render_files: RenderFiles, template: str, values: object, line: int, column: int, path: str, unset: str
) -> None:
    failure = failed(render_files({A: template}, values))
    assert failure.kind == RenderProblem.TEMPLATE
    assert failure.place == TemplatePlace(A, line, column)
    assert failure.missing_key == path
    assert failure.message == f"the template reads `{path}`, but `{unset}` is not set"


def test_a_field_of_a_text_is_not_called_missing(render_files: RenderFiles) -> None:
    failure = failed(render_files({A: "a: {{ .Values.b.c }}"}, {"b": "text"}))
    assert failure.message == "the template reads `.Values.b.c`, but `.Values.b` is no mapping"


def test_a_template_that_includes_itself_is_told_with_each_place_once(render_files: RenderFiles) -> None:
    helpers = '{{ define "y" }}{{ include "z" . }}{{ end }}\n{{ define "z" }}{{ include "y" . }}{{ end }}'
    failure = failed(render_files({HELPERS: helpers, A: 'a: {{ include "y" . }}\n'}))
    assert failure.message == 'the template "y" includes itself without end'
    assert failure.place == TemplatePlace(HELPERS, 2, 20)
    assert failure.included_from == (TemplatePlace(A, 1, 7), TemplatePlace(HELPERS, 1, 20))


def test_the_includes_that_led_there_are_listed(render_files: RenderFiles) -> None:
    helpers = '{{- define "x" -}}\nx: {{ .Values.b.c }}\n{{- end -}}\n{{- define "y" }}{{ include "x" . }}{{ end }}'
    failure = failed(render_files({HELPERS: helpers, A: 'a:\n  {{- include "y" . | nindent 2 }}\n'}))
    assert failure.place == TemplatePlace(HELPERS, 2, 7)
    assert failure.included_from == (TemplatePlace(A, 2, 7), TemplatePlace(HELPERS, 4, 21))
    assert failure.missing_key == ".Values.b.c"
    assert failure.hint == "set b in values.yaml, or read it with a default: `(.Values.b | default dict).c`"


def test_a_key_of_a_subchart_is_set_under_its_name(render_files: RenderFiles) -> None:
    files = {
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
        "charts/sub/templates/b.yaml": "b: {{ .Values.c.d }}",
    }
    failure = failed(render_files(files))
    assert failure.place == TemplatePlace("charts/sub/templates/b.yaml", 1, 7)
    assert failure.hint.startswith("set sub.c in values.yaml")


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("a: {{ if }}", 1, "the template cannot be parsed: missing value for if"),
        ("a: 1\nb: {{ 1 | nofunc }}", 2, "the template calls `nofunc`, which is no function of Helm"),
        (
            "a: 1\n{{ if .x }}\nb: 2\n",
            4,
            "the template ends before a block (`if`, `range`, `with`, `define`) has its `end`",
        ),
    ],
)
def test_a_template_that_cannot_be_parsed(render_files: RenderFiles, template: str, line: int, message: str) -> None:
    failure = failed(render_files({A: template}))
    assert (failure.place, failure.message) == (TemplatePlace(A, line), message)


@pytest.mark.parametrize(
    ("template", "column", "message"),
    [
        ('{{ required "set x: please" .Values.x }}', 4, "the chart stops: set x: please"),
        ('a: {{ fail "no\\n  good" }}', 7, "the chart stops: no good"),
        ('a: {{ tpl "{{ fail \\"deep\\" }}" . }}', 7, "the chart stops: deep"),
    ],
)
def test_the_charts_own_stop(render_files: RenderFiles, template: str, column: int, message: str) -> None:
    failure = failed(render_files({A: template}))
    assert failure.kind == RenderProblem.STOP
    assert (failure.place, failure.message) == (TemplatePlace(A, 1, column), message)
    assert not failure.ended_engine


def test_a_stop_does_not_repeat_a_secret(render_files: RenderFiles) -> None:
    template = '{{ fail (printf "bad %s and %s" .Values.db.password .Values.name) }}'
    failure = failed(render_files({A: template, "values.yaml": "db: {password: hunter2}\n"}, {"name": "app-name"}))
    assert failure.message == "the chart stops: bad [hidden] and app-name"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("b: {{ div 1 0 }}", "`div 1 0`: runtime error: integer divide by zero"),
        ('b: {{ include "gone" . }}', 'the template "gone" is included and nowhere defined'),
        ('b: {{ template "gone" . }}', 'the template "gone" is included and nowhere defined'),
        ('b: {{ tpl "{{ .Values.a.b" . }}', "a text given to `tpl` cannot be used: unclosed action"),
        ('b: {{ tpl "{{ .Values.a.b }}" . }}', "the template reads `.Values.a.b`, but `.Values.a` is not set"),
    ],
)
def test_other_failures_of_a_template(render_files: RenderFiles, template: str, message: str) -> None:
    failure = failed(render_files({A: template}))
    assert failure.message == message
    assert failure.place
    assert (failure.place.file, failure.place.line) == (A, 1)


SCHEMA = """{"type": "object", "required": ["need"], "properties": {
  "port": {"type": "integer", "maximum": 10}, "hosts": {"items": {"properties": {"name": {"pattern": "^x$"}}}}}}"""


def test_the_values_schema_is_explained_without_values(render_files: RenderFiles) -> None:
    values = {"port": 4711, "hosts": [{"name": "hunter2"}]}
    failure = failed(render_files({"values.schema.json": SCHEMA}, values))
    assert failure.kind == RenderProblem.VALUES_SCHEMA
    assert failure.details == (
        "hosts[0].name: does not match the pattern '^x$'",
        "missing property 'need'",
        "port: maximum: want 10",
    )
    assert failure.message == f"the values do not fit values.schema.json: {failure.details[0]} (and 2 more)"


def test_the_schema_of_a_subchart_names_its_keys(render_files: RenderFiles) -> None:
    files = {
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
        "charts/sub/values.schema.json": '{"properties": {"port": {"type": "integer"}}}',
    }
    assert failed(render_files(files, {"sub": {"port": "x"}})).details == ("sub.port: got string, want integer",)


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be kept from the worker there")
def test_a_schema_elsewhere_is_not_read(render_files: RenderFiles, tmp_path: Path) -> None:
    outside = tmp_path / "outside.json"
    outside.write_text("{}")
    for url in ("https://example.com/x.json", outside.as_uri()):
        failure = failed(render_files({"values.schema.json": json.dumps({"$ref": url})}))
        assert failure.details == (
            f"the schema refers to {url}, which is not read: todo-lint reads nothing but the chart",
        )
    inside = {"$ref": "#/$defs/x", "$defs": {"x": {"type": "object"}}}
    assert isinstance(render_files({"values.schema.json": json.dumps(inside)}), Rendered)


@pytest.mark.skipif(sys.platform == "win32", reason="connections cannot be kept from the worker there")
def test_a_schema_on_this_machine_is_not_asked_for(render_files: RenderFiles) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/x.json"
        failed(render_files({"values.schema.json": json.dumps({"$ref": url})}))
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'s3cret' is not valid email: missing @", "is no valid email"),
        ("minimum: got 12,345, want 20,000", "minimum: want 20,000"),
        ("minLength: got 6, want 20", "minLength: got 6, want 20"),
        ("got string, want integer", "got string, want integer"),
        ("value must be one of 'a', 'b'", "value must be one of 'a', 'b'"),
        ("invalid propertyName 's3cret'", "has a key with a name that is not allowed"),
    ],
)
def test_messages_of_the_schema_library_lose_the_value(text: str, expected: str) -> None:
    assert without_value(text) == expected


def test_values_that_are_no_yaml(render_files: RenderFiles) -> None:
    failure = failed(render_files({"values.yaml": "a: [\nb\n"}))
    assert (failure.kind, failure.place) == (RenderProblem.LOAD, TemplatePlace("values.yaml", 2))
    assert failure.message.startswith("values.yaml is no YAML: ")
    failure = failed(render_files({"values.yaml": "- a\n"}))
    assert failure.message == "values.yaml must hold a mapping (key: value)"


def test_words_that_were_never_seen_are_handed_on_in_one_line() -> None:
    failure = explain(EngineFailure(Stage.RENDER, "something\n  new"), {}, "app")
    assert (failure.message, failure.place) == ("something new", None)
