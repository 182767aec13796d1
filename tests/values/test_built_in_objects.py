"""Fields that Helm's built-in objects do not have, and those that they have."""

from __future__ import annotations

from pathlib import Path

import pytest

from todo_lint.findings import Finding, Severity
from todo_lint.helm.archive import pack_files
from todo_lint.helm.built_in_objects import OBJECTS, unknown_field
from todo_lint.helm.render import Rendered, Renderer, RenderOptions
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

RULE = "unknown-built-in-field"
CHART = "apiVersion: v2\nname: app\nversion: 0.1.0\nannotations:\n  team: blue\n"
CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\ndata:\n"


def found(renderer: Renderer, folder: Path, template: str, helpers: str = "") -> list[Finding]:
    """The findings of the rule for a chart with a line in a ConfigMap."""
    for name, text in {
        "Chart.yaml": CHART,
        "templates/a.yaml": CONFIG + template,
        "templates/_h.tpl": helpers,
    }.items():
        (folder / "chart" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "chart" / name).write_text(text)
    report = run(Request(("chart",)), renderer)
    assert report.failures == ()
    return [finding for finding in report.findings if finding.rule == RULE]


@pytest.mark.parametrize(
    ("template", "helpers", "what", "meant", "file", "line", "column"),
    [
        ("  a: {{ .Release.Servce }}\n", "", ".Release.Servce", ".Release.Service", "a.yaml", 6, 9),
        ("  a: {{ $.Chart.Nme | quote }}\n", "", ".Chart.Nme", ".Chart.Name", "a.yaml", 6, 9),
        ("  a: {{ .Chart.name }}\n", "", ".Chart.name", ".Chart.Name", "a.yaml", 6, 9),
        ("  a: {{ .Template.Nam }}\n", "", ".Template.Nam", ".Template.Name", "a.yaml", 6, 9),
        (
            "  {{- if .Values.on }}\n  a: {{ .Capabilities.KubeVersion.Mjor }}\n  {{- end }}\n",
            *("", ".Capabilities.KubeVersion.Mjor", ".Capabilities.KubeVersion.Major", "a.yaml", 7, 9),
        ),
        ("  a: {{ with .Release }}{{ .Nme }}{{ end }}\n", "", ".Release.Nme", ".Release.Name", "a.yaml", 6, 28),
        (
            '  a: {{ include "x" (dict "chart" .Chart) }}\n',
            '{{ define "x" }}{{ .chart.Vrsion }}{{ end }}',
            *(".Chart.Vrsion", ".Chart.Version", "_h.tpl", 1, 20),
        ),
        (
            '  a: {{ include "x" . }}\n',
            '{{ define "x" }}{{ range list 1 }}{{ $.Release.Namspace }}{{ end }}{{ end }}',
            *(".Release.Namspace", ".Release.Namespace", "_h.tpl", 1, 38),
        ),
        ("", '{{ define "x" }}{{ .Release.Nme }}{{ end }}', ".Release.Nme", ".Release.Name", "_h.tpl", 1, 20),
    ],
)
def test_a_misspelt_field(
    renderer: Renderer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    template: str,
    helpers: str,
    what: str,
    meant: str,
    file: str,
    line: int,
    column: int,
) -> None:
    monkeypatch.chdir(tmp_path)

    (finding,) = found(renderer, tmp_path, template, helpers)

    assert finding.message == f"the template reads {what}, which Helm does not have"
    assert finding.hint == f"did you mean {meant}?"
    assert finding.severity is Severity.WARNING
    place = finding.location
    assert (place.file, place.line, place.column) == (f"chart/templates/{file}", line, column)


def test_what_the_line_writes_is_told_with_it(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pod = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Nme }}-x\n"
    for name, text in {"Chart.yaml": CHART, "templates/a.yaml": pod}.items():
        (tmp_path / "chart" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "chart" / name).write_text(text)

    (finding,) = run(Request(("chart",)), renderer).findings

    assert (finding.rule, finding.severity) == (RULE, Severity.ERROR)
    assert (finding.location.line, finding.location.column) == (4, 12)
    assert 'name is the string "-x"' in finding.related[0].message


def test_a_field_of_the_past_is_told_with_those_there_are(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    (finding,) = found(renderer, tmp_path, "  a: {{ .Release.Time }}\n")

    assert finding.hint == ".Release has Name, Namespace, Revision, Service, IsInstall and IsUpgrade"


@pytest.mark.parametrize(
    ("template", "helpers"),
    [
        ("  a: {{ .Chart.Annotations.tem }}\n", ""),
        ('  a: {{ .Capabilities.APIVersions.Has "v1" }}{{ .Capabilities.KubeVersion.GitVersion }}\n', ""),
        ('  a: {{ .Files.Get "x" | quote }}{{ (.Files.Glob "*").AsConfig }}\n', ""),
        ('  a: {{ hasKey .Release "Time" }}\n', ""),
        ("  a: x # {{/* .Release.Nme */}}\n", ""),
        ('  {{- $_ := set $.Release "Purpose" "x" }}\n  a: {{ .Release.Purpose }}\n', ""),
        (
            '  a: {{ include "x" (dict "Release" (dict "Nme" "x")) }}\n',
            '{{ define "x" }}{{ .Release.Nme }}{{ end }}',
        ),
        ('  a: {{ .Values.Release | default "x" }}\n', ""),
    ],
)
def test_what_helm_has_or_a_template_made(
    renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template: str, helpers: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert found(renderer, tmp_path, template, helpers) == []


def test_the_fields_are_those_that_helm_gives(renderer: Renderer) -> None:
    """What the engine itself says: the keys of its mappings, and that each other field can be read."""
    lines = [f"{name}: {{{{ keys .{name} | sortAlpha | join `,` }}}}" for name in ("Release", "Chart", "Template")]
    lines += [f"k{n}: {{{{ .Capabilities.{path} }}}}" for n, path in enumerate(_capabilities())]
    archive = pack_files("app", {"Chart.yaml": CHART.encode(), "templates/a.yaml": "\n".join(lines).encode()})

    rendered = renderer.attempt(archive, {}, RenderOptions("rel", "1.37"), 20)

    assert isinstance(rendered, Rendered), rendered
    told = dict(
        line.split(": ", 1) for line in rendered.files["app/templates/a.yaml"].splitlines() if "k" not in line[0]
    )
    for name in ("Release", "Chart", "Template"):
        found_fields = unknown_field((name, "no such field"))
        assert found_fields is not None
        assert sorted(found_fields[1]) == told[name].split(",")


def _capabilities() -> list[str]:
    """Each field of ``.Capabilities`` that is none that holds others."""
    paths = []
    for holder in ("KubeVersion", "HelmVersion"):
        found_fields = unknown_field(("Capabilities", holder, "no such field"))
        assert found_fields is not None
        paths += [f"{holder}.{name}" for name in found_fields[1]]
    assert "Capabilities" in OBJECTS
    return paths
