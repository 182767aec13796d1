"""Charts written into a temporary folder, and one renderer for the tests that do not hurt it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from todo_lint.helm.archive import pack_files
from todo_lint.helm.render import Rendered, Renderer, RenderFailure, RenderOptions

CHART_YAML = "apiVersion: v2\nname: {name}\nversion: 0.1.0\n"

WriteChart = Callable[..., Path]
RenderFiles = Callable[..., Rendered | RenderFailure]


@pytest.fixture
def write_chart(tmp_path: Path) -> WriteChart:
    """Writes a chart: ``write_chart("name", {"templates/a.yaml": "..."}, more="kubeVersion: ...")``."""

    def write(name: str, files: Mapping[str, str] | None = None, more: str = "") -> Path:
        folder = tmp_path / name
        everything = {"Chart.yaml": CHART_YAML.format(name=folder.name) + more, **(files or {})}
        for path, text in everything.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture
def render_files(renderer: Renderer) -> RenderFiles:
    """Renders a chart named ``app`` of the files given, with values."""

    def render(
        files: Mapping[str, str], values: Mapping[str, object] | None = None, **options: object
    ) -> Rendered | RenderFailure:
        everything = {"Chart.yaml": CHART_YAML.format(name="app"), **files}
        archive = pack_files("app", {name: text.encode() for name, text in everything.items()})
        asked = {"release_name": "rel", "kubernetes_version": "1.37", **options}
        return renderer.render(archive, dict(values or {}), RenderOptions(**asked), 20)  # type: ignore[arg-type]

    return render


@pytest.fixture(scope="session")
def helm_program() -> str:
    """The real helm program, which judges where it is at hand."""
    program = shutil.which("helm")
    if program is None:
        pytest.skip("the helm program is not on PATH")
    return program
