"""Renders what is the same only once, for tests that hold many documents against one rendering."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.helm.chart import Chart
from todo_lint.helm.engine import EngineFailure, RenderOptions
from todo_lint.helm.render import Rendered, Renderer, RenderFailure
from todo_lint.kubernetes_yaml.document import Json


class Once(Renderer):
    """A renderer that renders the same only once: all documents are held against one rendering."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[object, Rendered | RenderFailure] = {}
        self._tried: dict[object, Rendered | EngineFailure] = {}

    def render(
        self,
        archive: bytes,
        values: Mapping[str, Json],
        options: RenderOptions,
        deadline: float,
        chart: Chart | None = None,
    ) -> Rendered | RenderFailure:
        key = (archive, repr(values), repr(options))
        if key not in self._known:
            self._known[key] = super().render(archive, values, options, deadline, chart)
        return self._known[key]

    def attempt(
        self, archive: bytes, values: Mapping[str, Json], options: RenderOptions, deadline: float
    ) -> Rendered | EngineFailure:
        key = (archive, repr(values), repr(options))
        if key not in self._tried:
            self._tried[key] = super().attempt(archive, values, options, deadline)
        return self._tried[key]
