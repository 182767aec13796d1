"""Origins of charts: the shipped one, and charts written for a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from todo_lint.config import Config
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.helm.subcharts import whole_chart
from todo_lint.stages.plan_chart import plan_chart
from todo_lint.stages.render_chart import ChartRenderer
from todo_lint.stages.request import Settings
from todo_lint.stages.value_origins import ChartOrigins

CHART_YAML = "apiVersion: v2\nname: {name}\nversion: 0.1.0\n"

OriginsOf = Callable[..., ChartOrigins]
WriteChart = Callable[..., Path]


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as renderer:
        yield renderer


@pytest.fixture(scope="session")
def origins_of(renderer: Renderer) -> OriginsOf:
    """The origins of a chart on disk, with values files if there are some."""

    def origins(path: Path, *files: Path, deadline: float = 60) -> ChartOrigins:
        given = ValueOptions(files=tuple(map(str, files)))
        settings = Settings(given, "", "default", None, (), None, False, deadline, True)
        plan = plan_chart(str(path), settings, Config())
        chart = ChartRenderer(renderer, plan.chart, deadline)
        rendered = chart.render_all(plan.profiles).rendered
        profiles = {profile.name: profile for profile in plan.profiles}
        return ChartOrigins(chart, whole_chart(plan.chart), profiles, rendered, most_seconds=deadline)

    return origins


@pytest.fixture
def write_chart(tmp_path: Path) -> WriteChart:
    """Writes a chart named ``app``: ``write_chart({"templates/a.yaml": "..."})``."""

    def write(files: Mapping[str, str], name: str = "app", more: str = "") -> Path:
        folder = tmp_path / name
        for path, text in {"Chart.yaml": CHART_YAML.format(name=name) + more, **files}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write
