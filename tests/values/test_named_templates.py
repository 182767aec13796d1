"""Misspelt values keys in named templates, ``with``, ``range`` and behind variables; and what must pass there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from todo_lint.findings import Finding

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n"
VALUES = """\
securityContext:
  runAsUser: 1000
  runAsGroup: 1000
probe:
  path: /health
  timeoutSeconds: 3
ports:
  - name: http
    number: 80
  - name: admin
    number: 81
"""
USED = """\
  used: {{ .Values.securityContext.runAsUser }}{{ .Values.probe.timeoutSeconds }}
  {{- range .Values.ports }}
  port{{ .number }}: x
  {{- end }}
"""
"""Uses of the keys that a case is not about."""

Check = Callable[..., list[Finding]]


def undefined(findings: list[Finding]) -> list[tuple[str, str, int | None, int | None]]:
    """The keys that are told to be missing, with their places."""
    return [
        (f.message.split()[6].rstrip(","), f.location.file.removeprefix("chart/"), f.location.line, f.location.column)
        for f in findings
        if f.rule == "undefined-value"
    ]


def found(check: Check, template: str, helpers: str = "", values: str = VALUES) -> list[Finding]:
    files = {"values.yaml": values, "templates/a.yaml": CONFIG + template, "templates/_h.tpl": helpers}
    return check(files)


def test_a_named_template_that_is_given_a_part_of_the_values(check: Check) -> None:
    helpers = '{{- define "user" -}}\ngroup: {{ .runAsGrp }}\n{{- end -}}\n'
    template = (
        '  user: |\n    {{- include "user" .Values.securityContext | nindent 4 }}\n  p: {{ .Values.probe.path }}\n'
    )

    findings = found(check, template + USED + "  n: {{ (index .Values.ports 0).name }}\n", helpers)

    assert undefined(findings) == [("securityContext.runAsGrp", "templates/_h.tpl", 2, 11)]
    assert len(findings) == 1  # the key that is meant, and that nobody reads, is told with it
    (finding,) = findings
    assert (finding.hint or "").startswith("did you mean securityContext.runAsGroup? ")
    assert [(r.location.file, r.location.line) for r in finding.related] == [("chart/values.yaml", 3)]


@pytest.mark.parametrize(
    ("template", "helpers", "key", "file", "line", "column"),
    [
        pytest.param(
            '  p: {{ include "p" (dict "ctx" . "probe" .Values.probe) }}\n',
            '{{ define "p" }}{{ .probe.pth }}{{ .ctx.Release.Name }}{{ end }}',
            *("probe.pth", "_h.tpl", 1, 20),
            id="dict",
        ),
        pytest.param(
            '  p: {{ include "p" (dict "given" (dict "probe" .Values.probe)) }}\n',
            '{{ define "p" }}{{ with .given }}{{ include "q" . }}{{ end }}{{ end }}'
            '{{ define "q" }}{{ $.probe.pth }}{{ end }}',
            *("probe.pth", "_h.tpl", 1, 90),
            id="dict in dict, handed on",
        ),
        pytest.param(
            "  p: {{ with .Values.probe }}{{ .pth }}{{ end }}\n", "", *("probe.pth", "a.yaml", 6, 33), id="with"
        ),
        pytest.param(
            "  {{- $p := .Values.probe }}\n  p: {{ $p.pth }}\n", "", *("probe.pth", "a.yaml", 7, 9), id="variable"
        ),
        pytest.param(
            '  p: {{ template "p" (.Values.probe | default dict) }}\n',
            '{{ define "p" }}{{ $p := . }}{{ range $i, $e := list 1 }}{{ $p.pth }}{{ end }}{{ end }}',
            *("probe.pth", "_h.tpl", 1, 61),
            id="a default of nothing, and a variable",
        ),
        pytest.param(
            '  p: {{ include "p" . }}\n',
            '{{ define "p" }}{{ include "q" .Values.probe }}{{ end }}{{ define "q" }}{{ get . "pth" }}{{ end }}',
            *("probe.pth", "_h.tpl", 1, 80),
            id="two named templates, and get",
        ),
        pytest.param(
            "  {{- range .Values.ports }}\n  {{ .nam }}: x\n  {{- end }}\n",
            "",
            *("ports[0].nam", "a.yaml", 7, 6),
            id="range",
        ),
        pytest.param(
            "  {{- range $i, $port := .Values.ports }}\n  k{{ $i }}: {{ $port.nam }}\n  {{- end }}\n",
            "",
            *("ports[0].nam", "a.yaml", 7, 17),
            id="range with variables",
        ),
        pytest.param(
            '  {{- with dict "Values" (merge (deepCopy .Values.probe) (dict "global" .Values.global)) "Chart" . }}\n'
            "  p: {{ .Values.path }}{{ .Values.pth }}{{ .Values.global }}{{ .Chart.Chart.Name }}\n  {{- end }}\n",
            "",
            *("probe.pth", "a.yaml", 7, 27),
            id="with a context of its own",
        ),
        pytest.param(
            '  {{- $own := dict "Values" (mergeOverwrite (dict "host" "a") (.Values.probe | deepCopy)) }}\n'
            '  p: {{ with $own }}{{ .Values.host }}{{ include "p" . }}{{ end }}\n',
            '{{ define "p" }}{{ .Values.path }}{{ .Values.pth }}{{ end }}',
            *("probe.pth", "_h.tpl", 1, 38),
            id="a context of its own, handed on",
        ),
    ],
)
def test_what_is_followed(
    check: Check, template: str, helpers: str, key: str, file: str, line: int, column: int
) -> None:
    findings = found(check, template + USED, helpers)

    assert (key, f"templates/{file}", line, column) in undefined(findings)
    assert len(undefined(findings)) == 1


@pytest.mark.parametrize(
    ("template", "helpers"),
    [
        pytest.param(
            '  p: {{ include "p" .Values.probe }}{{ include "p" .Values.securityContext }}\n',
            '{{ define "p" }}{{ .path }}{{ end }}',
            id="one of the mappings has the key",
        ),
        pytest.param(
            '  p: {{ include "p" .Values.probe }}\n',
            '{{ define "p" }}{{ .pth }}{{ toYaml . }}{{ end }}',
            id="all of the mapping is read",
        ),
        pytest.param(
            '  p: {{ include "p" (merge (dict "pth" "/") .Values.probe) }}\n',
            '{{ define "p" }}{{ .pth }}{{ end }}',
            id="a mapping that is merged",
        ),
        pytest.param(
            '  p: {{ include "p" .Values.probe }}{{ include "p" (merge (dict "pth" "/") .Values.probe) }}\n',
            '{{ define "p" }}{{ .pth }}{{ end }}',
            id="once a mapping that is merged",
        ),
        pytest.param(
            "  {{- $p := .Values.probe }}\n"
            '  {{- if .Release.IsUpgrade }}{{ $p = dict "pth" 1 }}{{ end }}\n'
            "  p: {{ $p.pth }}\n",
            "",
            id="a variable that is set twice",
        ),
        pytest.param(
            '  {{- $name := "p" }}\n'
            '  p: {{ include $name .Values.securityContext }}{{ include "p" .Values.probe }}\n',
            '{{ define "p" }}{{ .runAsGroup }}{{ end }}',
            id="included by a name that is not written out",
        ),
        pytest.param(
            "  {{- range .Values.ports }}\n  {{ .name }}: {{ .protocol | default 1 | quote }}\n  {{- end }}\n",
            "",
            id="an optional key of items",
        ),
        pytest.param(
            '  {{- if .Values.probe.pth }}\n  {{- fail "pth is path now" }}\n  {{- end }}\n', "", id="refused"
        ),
        pytest.param(
            '  p: {{ index .Values "probe.pth" | default 1 }}\n', "", id="a dotted key: another top-level one"
        ),
        pytest.param(
            "  {{- with .Values.probe }}\n  p: {{ .timeoutSeconds | default 1.5 }}\n  {{- end }}\n", "", id="a number"
        ),
        pytest.param(
            "  {{- with .Values.probe }}\n  p: x\n"
            '  {{- /* Usage:\n    {{ include "p" .Values.probe.pth }} {{ .pth }}\n  */}}\n  {{- end }}\n',
            "",
            id="an example in a comment",
        ),
    ],
)
def test_what_is_not_told(check: Check, template: str, helpers: str) -> None:
    findings = found(check, template + USED, helpers)

    assert all(not key.startswith(("probe.", "ports[", "securityContext.")) for key, *_ in undefined(findings))


def test_each_key_that_is_meant_is_told_with_the_misspelt_one(check: Check) -> None:
    """Also where nothing of the mapping around them is read."""
    helpers = '{{- define "p" }}{{ .pth }}{{ .timeoutSecond }}{{ end }}'
    template = '  p: {{ include "p" .Values.probe }}\n'

    findings = found(check, template, helpers, "probe:\n  path: /\n  timeoutSeconds: 3\n  other: 1\n")

    assert [(f.rule, [r.location.line for r in f.related]) for f in findings] == [
        ("undefined-value", [2]),
        ("undefined-value", [3]),
        ("dead-value", []),
    ]
    assert findings[2].location.line == 4


def test_a_name_for_all_values_reads_none_of_them(check: Check) -> None:
    """Not even where nobody knows what the named template is given."""
    helpers = '{{ define "unused" }}{{ $all := .context.Values }}{{ $all.used }}{{ end }}'

    findings = found(check, "  u: {{ .Values.used }}\n", helpers, "used: 1\nspare: 2\n")

    assert [(f.rule, f.location.line) for f in findings] == [("dead-value", 2)]


def test_what_a_named_template_reads_of_what_it_is_given_is_not_dead(check: Check) -> None:
    helpers = """\
{{- define "image" -}}
{{ .image.repository }}:{{ .image.tag | default .chart.AppVersion }}
{{- end -}}
"""
    values = "active: false\nweb:\n  image:\n    repository: a\n    tag: b\n    old: c\n"
    template = """\
  {{- if and .Values.active .Release.IsUpgrade }}
  i: {{ include "image" (dict "image" .Values.web.image "chart" .Chart) }}
  {{- end }}
"""

    findings = found(check, template, helpers, values)

    assert [(f.rule, f.location.line) for f in findings] == [("dead-value", 6)]


def test_what_cannot_be_followed_is_no_context_of_the_root(check: Check) -> None:
    """Two mappings that are merged: which of them has the key, the text does not tell."""
    template = """\
  {{- with dict "Values" (merge .Values.probe .Values.securityContext) }}
  p: {{ .Values.pth }}{{ .Values.path }}
  {{- end }}
  {{- with fromYaml "a: {}" }}
  q: {{ .Values.anything | default 1 }}
  {{- end }}
"""

    assert undefined(found(check, template + USED)) == []


def test_an_example_in_a_comment_includes_nothing(check: Check) -> None:
    """The named template is given the ports only in a comment; what it reads of the probe is told."""
    helpers = '{{ define "p" }}{{ .pth }}{{ end }}\n{{/*\nUsage: {{ include "p" (dict "pth" 1) }}\n*/}}\n'

    findings = found(check, '  p: {{ include "p" .Values.probe }}\n' + USED, helpers)

    assert undefined(findings) == [("probe.pth", "templates/_h.tpl", 1, 20)]
