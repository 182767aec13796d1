"""What comes out of Helm's engine, and that it is asked the right things."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from todo_lint.helm.archive import pack_files
from todo_lint.helm.engine import RenderOptions
from todo_lint.helm.program import ProgramEngine
from todo_lint.helm.render import Rendered, Renderer, RenderFailure

RenderFiles = Callable[..., Rendered | RenderFailure]


def rendered(outcome: Rendered | RenderFailure) -> Rendered:
    assert isinstance(outcome, Rendered), outcome
    return outcome


def test_files_notes_and_crds_are_told_apart(render_files: RenderFiles) -> None:
    result = rendered(
        render_files(
            {
                "templates/a.yaml": "a: {{ .Release.Name }}/{{ .Release.Namespace }}\n",
                "templates/empty.yaml": "{{ if false }}x{{ end }}\n",
                "templates/_helpers.tpl": '{{ define "x" }}y{{ end }}',
                "templates/NOTES.txt": "hello",
                "crds/c.yaml": "kind: CustomResourceDefinition\n",
                "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
                "charts/sub/templates/b.yaml": "b: 1\n",
                "charts/sub/crds/d.yaml": "d: 1\n",
            },
            namespace="space",
        )
    )
    assert result.files == {"app/templates/a.yaml": "a: rel/space\n", "app/charts/sub/templates/b.yaml": "b: 1\n"}
    assert result.notes == {"app/templates/NOTES.txt": "hello"}
    assert result.crds == {
        "app/crds/c.yaml": "kind: CustomResourceDefinition\n",
        "app/charts/sub/crds/d.yaml": "d: 1\n",
    }


def test_values_are_laid_over_the_charts_own_and_null_deletes(render_files: RenderFiles) -> None:
    files = {"values.yaml": "a: {x: 1, z: 2}\nb: 3\n", "templates/a.yaml": "v: {{ toJson .Values }}\n"}
    result = rendered(render_files(files, {"a": {"z": "é😀"}, "b": None}))
    assert json.loads(result.files["app/templates/a.yaml"].removeprefix("v: ")) == {"a": {"x": 1, "z": "é😀"}}


def test_kubernetes_version_and_api_versions_reach_the_templates(render_files: RenderFiles) -> None:
    template = (
        '{{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.APIVersions.Has "networking.k8s.io/v1/Ingress" }} '
        '{{ .Capabilities.APIVersions.Has "example.com/v1" }}'
    )
    asked = ("networking.k8s.io/v1/Ingress",)
    result = rendered(render_files({"templates/a.yaml": template}, kubernetes_version="1.29", api_versions=asked))
    assert result.files["app/templates/a.yaml"] == "v1.29.0 true false"
    result = rendered(render_files({"templates/a.yaml": template}))
    assert result.files["app/templates/a.yaml"] == "v1.37.0 false false"


def test_each_render_loads_the_chart_anew(render_files: RenderFiles) -> None:
    files = {
        "Chart.yaml": "apiVersion: v2\nname: app\nversion: 0.1.0\n"
        "dependencies: [{name: sub, version: 0.1.0, condition: sub.enabled}]\n",
        "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 0.1.0\n",
        "charts/sub/templates/b.yaml": "b: 1\n",
        "charts/sub/crds/d.yaml": "d: 1\n",
    }
    off = rendered(render_files(files, {"sub": {"enabled": False}}))
    assert (dict(off.files), dict(off.crds)) == ({}, {})
    on = rendered(render_files(files))
    assert list(on.files) == ["app/charts/sub/templates/b.yaml"]
    assert list(on.crds) == ["app/charts/sub/crds/d.yaml"]


def test_packing_gives_equal_bytes_and_keeps_long_names(render_files: RenderFiles) -> None:
    name = "templates/" + "long/" * 40 + "é.yaml"
    assert rendered(render_files({name: "a: 1\n"})).files == {f"app/{name}": "a: 1\n"}
    files = {"b": b"1", "a": b"2" * 1000}
    assert pack_files("app", files) == pack_files("app", dict(reversed(files.items())))


@pytest.fixture
def program(helm_program: str) -> Renderer:
    return Renderer(ProgramEngine(helm_program))


def program_render(program: Renderer, files: dict[str, str], values: dict[str, object]) -> Rendered | RenderFailure:
    everything = {"Chart.yaml": "apiVersion: v2\nname: app\nversion: 0.1.0\n", **files}
    archive = pack_files("app", {name: text.encode() for name, text in everything.items()})
    return program.render(archive, values, RenderOptions("rel", "1.30", "space"), 20)  # type: ignore[arg-type]


def test_the_helm_program_stands_in_for_the_library(program: Renderer) -> None:
    files = {
        "templates/a.yaml": "kind: A\nv: {{ .Values.x }} {{ .Release.Namespace }} {{ .Capabilities.KubeVersion }}\n",
        "crds/c.yaml": "kind: CustomResourceDefinition\n",
    }
    result = rendered(program_render(program, files, {"x": "y"}))
    assert list(result.files) == ["app/templates/a.yaml"]
    assert "v: y space v1.30.0\n" in result.files["app/templates/a.yaml"]
    assert list(result.crds) == ["app/crds/c.yaml"]


def test_failures_of_the_helm_program_read_the_same(program: Renderer) -> None:
    outcome = program_render(program, {"templates/a.yaml": "a: 1\nb: {{ .Values.x.y }}\n"}, {})
    assert isinstance(outcome, RenderFailure)
    assert (outcome.missing_key, outcome.place and outcome.place.line) == (".Values.x.y", 2)
