"""Each finding about what a template renders points at the template's line and at the values key behind it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from todo_lint.findings import Exactness, Finding, Layer, Report, Severity
from todo_lint.helm.archive import pack_files
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.rules.api import Rule, Subject
from todo_lint.rules.documentation import Example, documentation, example
from todo_lint.rules.registry import all_rules
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
DOCUMENT = "data-model.md"
ABOUT_RENDERED = (
    Subject.RESOURCE,
    Subject.DOCUMENT,
    Subject.DIVERGENCE,
    Subject.OBJECTION,
    Subject.GRAPH,
    Subject.POD,
)
WRITTEN_OUT = frozenset({"pointer-printed"})
"""Rules for which a literal in a template is no defect; their charts are in tests/every_rule."""

Check = Callable[..., Report]


@pytest.fixture
def check(renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Checks a chart of the files given, as ``chart`` in the current folder."""
    monkeypatch.chdir(tmp_path)

    def checked(files: Mapping[str, str | bytes], **options: object) -> Report:
        everything = {"Chart.yaml": "apiVersion: v2\nname: app\nversion: 0.1.0\n", **files}
        for name, text in everything.items():
            path = Path("chart", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run(Request(("chart",), **options), renderer)  # type: ignore[arg-type]

    return checked


def with_manifest(rule: Rule) -> bool:
    shown = example(documentation(rule).bad)
    files = dict(shown.files)
    marked = shown.marked[0] if shown.marked else ""
    about = rule.subject in ABOUT_RENDERED and rule.id not in WRITTEN_OUT
    return about and marked in files and marked.startswith("manifest")


def template_of(text: str) -> str:
    """A manifest as a template that writes it: braces that mean themselves, and several documents."""
    return re.sub(r"\{\{|\}\}", lambda found: "{{ `" + found[0] + "` }}", text)


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if with_manifest(rule)], ids=lambda rule: rule.id)
def test_every_rule_points_at_the_line_of_a_template_in_a_copy_of_the_shipped_chart(
    rule: Rule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = example(documentation(rule).bad)
    assert shown.marked is not None
    shutil.copytree(ROOT / "chart", "chart")
    shutil.rmtree("chart/ci")
    template, line = _add_as_templates(shown, tmp_path)

    report = run(_request(shown, rule), renderer)

    assert report.failures == ()
    found = [f for f in report.findings if f.rule == rule.id and f.location.file == template]
    assert [f.location.line for f in found][:1] == [line], report.findings
    assert found[0].location.layer is Layer.TEMPLATE
    assert found[0].location.exactness is Exactness.EXACT
    assert all(f.location.layer is not Layer.RENDERED for f in report.findings)


def _add_as_templates(shown: Example, folder: Path) -> tuple[str, int]:
    """Put the example's manifests among the chart's templates, below two lines that render nothing."""
    assert shown.marked is not None
    for name, text in shown.files:
        if name.startswith("manifest"):
            path = folder / "chart/templates" / Path(name).name
            path.write_text("{{- if true }}\n\n" + template_of(text) + "{{- end }}\n")
        else:
            (folder / name).write_text(text)
    return f"chart/templates/{Path(shown.marked[0]).name}", shown.marked[1] + 2


def _request(shown: Example, rule: Rule) -> Request:
    from todo_lint.helm.profiles import ValueOptions

    values = ValueOptions(set=("secrets.databaseUrl=x", "secrets.cohereApiKey=y"))
    document = DOCUMENT if DOCUMENT in dict(shown.files) else None
    return Request(
        ("chart",), values, data_model=document, only_kubernetes=document is None and rule.family == "kubernetes"
    )


SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {name}
spec:
  selector:
    app: x
  ports:
    - port: {{{{ {value} }}}}
"""


def service(value: str, name: str = "web") -> str:
    return SERVICE.format(value=value, name=name)


def only(report: Report, rule: str) -> Finding:
    (finding,) = [finding for finding in report.findings if finding.rule == rule]
    return finding


def places(finding: Finding) -> Iterator[tuple[str, int | None, int | None, str]]:
    """What a finding relates, apart from rendered text."""
    for related in finding.related:
        place = related.location
        if place.layer is not Layer.RENDERED:
            yield place.file, place.line, place.column, related.message


def test_the_values_key_and_its_line(check: Check) -> None:
    report = check({"values.yaml": "# ports\nweb:\n  port: 99999\n", "templates/a.yaml": service(".Values.web.port")})

    finding = only(report, "out-of-range")
    assert (finding.location.file, finding.location.line, finding.location.column) == (
        "chart/templates/a.yaml",
        9,
        13,
    )
    assert list(places(finding)) == [("chart/values.yaml", 3, 9, "the value comes from the values key web.port")]


def test_a_literal_has_no_values_key(check: Check) -> None:
    report = check({"values.yaml": "port: 99999\n", "templates/a.yaml": service("99999")})

    assert list(places(only(report, "out-of-range"))) == []


def test_two_keys_share_a_value(check: Check) -> None:
    files = {"values.yaml": "a: 9\nb: 9999\n", "templates/a.yaml": service('printf "%v%v" .Values.a .Values.b')}

    found = list(places(only(check(files), "out-of-range")))

    assert found == [
        ("chart/values.yaml", 1, 4, "part of the value comes from the values key a"),
        ("chart/values.yaml", 2, 4, "part of the value comes from the values key b"),
    ]


def test_an_include_is_the_line_and_the_named_template_is_related(check: Check) -> None:
    helper = '{{- define "app.port" -}}\nport: {{ .Values.port }}\nprotocol: TCP\n{{- end }}\n'
    template = service("1").replace("- port: {{ 1 }}", '- {{- include "app.port" . | nindent 6 }}')
    files = {"values.yaml": "port: 99999\n", "templates/_helpers.tpl": helper, "templates/a.yaml": template}

    finding = only(check(files), "out-of-range")

    assert (finding.location.file, finding.location.line) == ("chart/templates/a.yaml", 9)
    assert list(places(finding)) == [
        ("chart/values.yaml", 1, 7, "the value comes from the values key port"),
        ("chart/templates/_helpers.tpl", 2, 1, "this line of a named template wrote it"),
    ]


WROTE = "this line of a named template wrote it"
MAY_HAVE_WRITTEN = "this line of a named template, which is included there, may have written it"


@pytest.mark.parametrize(
    ("helper", "line"),
    [
        pytest.param('{{- define "x" -}}{{ .Values.port }}{{- end -}}\n', 1, id="one line"),
        pytest.param('{{/* c */}}\n{{ define "x" }}{{ .Values.port }}{{ end }}\n', 2, id="one line, nothing trimmed"),
        pytest.param('{{- define "x" -}}\n{{- .Values.port -}}\n{{- end -}}\n', 2, id="all lines trimmed"),
        pytest.param(
            '{{- define "x" -}}\n{{- $p := .Values.port -}}\n{{- if $p -}}\n{{- $p -}}\n{{- end -}}\n{{- end -}}\n',
            *(4,),
            id="one line that writes",
        ),
        pytest.param(
            '{{- define "x" -}}\n{{- if .Release.IsUpgrade -}}\n{{- 1 -}}\n{{- else -}}\n{{- .Values.port -}}\n'
            "{{- end -}}\n{{- end -}}\n",
            *(1,),
            id="several lines that write: where it begins",
        ),
        pytest.param(
            '{{- define "x" -}}{{ include "y" . }}{{- end -}}\n{{- define "y" -}}{{ .Values.port }}{{- end -}}\n',
            *(2,),
            id="one that only includes another",
        ),
    ],
)
def test_a_named_template_without_marks_is_related_too(check: Check, helper: str, line: int) -> None:
    files = {
        "values.yaml": "port: 99999\n",
        "templates/_helpers.tpl": helper,
        "templates/a.yaml": service('include "x" .'),
    }

    finding = only(check(files), "out-of-range")

    assert (finding.location.file, finding.location.line, finding.location.column) == (
        "chart/templates/a.yaml",
        9,
        13,
    )
    assert list(places(finding)) == [
        ("chart/values.yaml", 1, 7, "the value comes from the values key port"),
        ("chart/templates/_helpers.tpl", line, 1, WROTE),
    ]


def test_two_named_templates_on_one_line_may_both_have_written_it(check: Check) -> None:
    helper = '{{- define "x" -}}{{ .Values.port }}{{- end -}}\n{{- define "y" -}}9{{- end -}}\n'
    template = service("1").replace("{{ 1 }}", '{{ include "x" . }}{{ include "y" . }}')
    files = {"values.yaml": "port: 99999\n", "templates/_helpers.tpl": helper, "templates/a.yaml": template}

    found = list(places(only(check(files), "out-of-range")))

    assert [place for place in found if place[3] == MAY_HAVE_WRITTEN] == [
        ("chart/templates/_helpers.tpl", 1, 1, MAY_HAVE_WRITTEN),
        ("chart/templates/_helpers.tpl", 2, 1, MAY_HAVE_WRITTEN),
    ]


def test_a_line_that_holds_more_than_an_include_may_be_wrong_elsewhere(check: Check) -> None:
    files = {
        "values.yaml": "port: 9999\n",
        "templates/_helpers.tpl": '{{- define "x" -}}9{{- end -}}\n',
        "templates/a.yaml": service("1").replace("{{ 1 }}", '{{ include "x" . }}{{ .Values.port }}'),
    }

    found = list(places(only(check(files), "out-of-range")))

    assert [place for place in found if "named template" in place[3]] == [
        ("chart/templates/_helpers.tpl", 1, 1, MAY_HAVE_WRITTEN)
    ]


def test_a_line_that_includes_nothing_has_no_named_template(check: Check) -> None:
    files = {
        "values.yaml": "port: 99999\n",
        "templates/_helpers.tpl": '{{- define "x" -}}{{ .Values.port }}{{- end -}}\n',
        "templates/a.yaml": service(".Values.port").replace("app: x", 'app: {{ include "x" . | quote }}'),
    }

    assert [message for *_, message in places(only(check(files), "out-of-range"))] == [
        "the value comes from the values key port"
    ]


def test_inside_range_and_with_the_element_is_named(check: Check) -> None:
    template = service("1").replace(
        "    - port: {{ 1 }}\n",
        "  {{- with .Values.web }}\n  {{- range .ports }}\n"
        "    - name: {{ .name }}\n      port: {{ .number }}\n  {{- end }}\n  {{- end }}\n",
    )
    values = "web:\n  ports:\n    - {name: a, number: 80}\n    - {name: b, number: 99999}\n"

    finding = only(check({"values.yaml": values, "templates/a.yaml": template}), "out-of-range")

    assert (finding.location.file, finding.location.line) == ("chart/templates/a.yaml", 12)
    assert list(places(finding)) == [
        ("chart/values.yaml", 4, 25, "the value comes from the values key web.ports[1].number")
    ]


def test_a_whole_block_of_values(check: Check) -> None:
    template = service("1").replace("    - port: {{ 1 }}", "    {{- toYaml .Values.ports | nindent 4 }}")
    files = {"values.yaml": "ports:\n  - name: a\n    port: 99999\n", "templates/a.yaml": template}

    finding = only(check(files), "out-of-range")

    assert (finding.location.file, finding.location.line) == ("chart/templates/a.yaml", 9)
    assert list(places(finding)) == [
        ("chart/values.yaml", 3, 11, "the value comes from the values key ports[0].port")
    ]


DEPENDENCIES = """\
apiVersion: v2
name: app
version: 0.1.0
dependencies:
  - name: store
    version: 0.1.0
  - name: store
    version: 0.1.0
    alias: cache
"""
STORE = {
    "Chart.yaml": "apiVersion: v2\nname: store\nversion: 0.1.0\n",
    "values.yaml": "port: 80\n",
    "templates/s.yaml": service(".Values.port", "{{ .Chart.Name }}"),
}


@pytest.mark.parametrize("packaged", [False, True], ids=["folder", "package"])
def test_subcharts_and_aliases_map_to_their_own_files(check: Check, packaged: bool) -> None:
    inner = {name: text.encode() for name, text in STORE.items()}
    charts: dict[str, str | bytes] = {f"charts/store/{name}": data for name, data in inner.items()}
    folder = "chart/charts/store"
    if packaged:
        charts = {"charts/store-0.1.0.tgz": pack_files("store", inner)}
        folder = "chart/charts/store-0.1.0.tgz"

    report = check({"Chart.yaml": DEPENDENCIES, "values.yaml": "cache:\n  port: 70000\n", **charts})

    finding = only(report, "out-of-range")
    assert str(finding.resource) == "Service/cache"
    assert (finding.location.file, finding.location.line) == (f"{folder}/templates/s.yaml", 9)
    assert list(places(finding)) == [("chart/values.yaml", 2, 9, "the value comes from the values key cache.port")]


def test_the_default_of_a_subchart(check: Check) -> None:
    store = {f"charts/store/{name}": text.replace("port: 80", "port: 70000") for name, text in STORE.items()}

    report = check({"Chart.yaml": DEPENDENCIES, **store})

    found = {str(finding.resource): list(places(finding)) for finding in report.findings}
    assert found == {
        "Service/cache": [("chart/charts/store/values.yaml", 1, 7, "the value comes from the values key cache.port")],
        "Service/store": [("chart/charts/store/values.yaml", 1, 7, "the value comes from the values key store.port")],
    }


def test_what_only_one_profile_shows_names_its_values(check: Check) -> None:
    template = "{{- if .Values.extra }}\n" + service("99999") + "{{- end }}\n"
    files = {
        "values.yaml": "extra: false\nother: 1\n",
        "ci/a-values.yaml": "other: 2\nextra: true\n",
        "templates/a.yaml": template,
        "templates/b.yaml": service("80", "api"),
    }

    finding = only(check(files), "out-of-range")

    assert finding.profiles == ("a",)
    assert list(places(finding)) == [
        ("chart/ci/a-values.yaml", 2, 8, "only the profile a shows this: it sets the values key extra")
    ]


def test_what_all_profiles_show_is_one_finding(check: Check) -> None:
    files = {
        "values.yaml": "extra: false\n",
        "ci/a-values.yaml": "extra: true\n",
        "templates/a.yaml": service("99999"),
    }

    finding = only(check(files), "out-of-range")

    assert finding.profiles == ("default", "a")
    assert list(places(finding)) == []


def test_a_value_that_one_profile_gives_is_placed_in_its_file(check: Check) -> None:
    files = {
        "values.yaml": "port: 80\n",
        "ci/a-values.yaml": "port: 99999\n",
        "templates/a.yaml": service(".Values.port"),
    }

    assert list(places(only(check(files), "out-of-range"))) == [
        ("chart/ci/a-values.yaml", 1, 7, "the value comes from the values key port")
    ]


def test_a_key_that_no_file_has(check: Check) -> None:
    finding = only(check({"templates/a.yaml": service(".Values.port | default 99999")}), "out-of-range")

    assert list(places(finding)) == [
        ("chart/values.yaml", None, None, "the value comes from the values key port, which no file of values has")
    ]


def test_a_misspelt_key_is_named_beside_the_others(check: Check) -> None:
    template = service('printf "%v%v" .Values.web.prt .Values.web.base').replace("{{ printf", "{{ printf")
    files = {"values.yaml": "web:\n  port: 1\n  base: 99999\n", "templates/a.yaml": template}

    finding = only(check(files), "undefined-value")

    assert finding.severity is Severity.ERROR
    assert [related.message for related in finding.related] == [
        'port is the string "<nil>99999", a number is expected',
        "part of the value comes from the values key web.base",
        "port of Service/web holds '<nil>99999', which is printed for a value that is not there",
        "the values key web.port moves nothing: no template reads it",
    ]


def test_a_key_that_is_missing_is_one_of_the_parts(check: Check) -> None:
    """Nothing shows that it is misspelt: what else is wrong with the value stays a finding of its own."""
    template = service('printf "%v%v" .Values.web.prt .Values.web.base')
    files = {"values.yaml": "web:\n  base: 99999\n", "templates/a.yaml": template}

    found = list(places(only(check(files), "wrong-type")))

    assert [message.partition("values key ")[2] for *_, message in found] == [
        "web.prt, which no file of values has",
        "web.base",
    ]


def test_values_that_differ_with_each_rendering_are_said_to(check: Check) -> None:
    template = service("70000").replace("app: x", "app: {{ randAlphaNum 9 }}")

    finding = only(check({"templates/a.yaml": template}), "out-of-range")

    assert (finding.location.line, finding.location.exactness) == (9, Exactness.EXACT)


def test_a_word_that_differs_with_each_rendering_is_at_its_line(check: Check) -> None:
    template = service("80").replace("app: x", "app: x{{ randAlphaNum 70 }}") + "  # {{ now | unixEpoch }}\n"

    finding = only(check({"templates/a.yaml": template}), "invalid-label")

    assert (finding.location.line, finding.location.exactness) == (7, Exactness.EXACT)


def test_a_line_of_which_words_come_and_go_is_found_by_those_around_it(check: Check) -> None:
    words = '{{ regexReplaceAll "[a-m0-4]" (randAlphaNum 90) " " }}'
    template = service("80").replace("app: x", f'app: "{words}"')

    finding = only(check({"templates/a.yaml": template}), "invalid-label")

    assert (finding.location.line, finding.location.exactness) == (7, Exactness.LINES)
    assert any("differs with each rendering; found by the lines around it" in r.message for r in finding.related)


def test_a_file_that_cannot_be_mapped_is_said_to(check: Check) -> None:
    other = service("80", "api")
    lines = '{{- range until (len (include (printf "%s/b.yaml" $.Template.BasePath) .)) }}\n# {{ . }}\n{{- end }}\n'

    finding = only(check({"templates/a.yaml": lines + service("70000"), "templates/b.yaml": other}), "out-of-range")

    place = finding.location
    assert (place.file, place.line, place.layer) == ("chart/templates/a.yaml", None, Layer.TEMPLATE)
    assert place.exactness is Exactness.FILE
    assert [r.location.layer for r in finding.related] == [Layer.RENDERED]
    assert "which line of the template wrote it is not known" in finding.related[0].message
