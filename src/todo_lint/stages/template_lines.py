"""Places in rendered text become lines of templates; the chart is rendered once more only when one is asked for."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.findings import Location
from todo_lint.helm.archive import pack_files
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.helm.source_map import MarkedChart, TemplateLine, TemplateMap, mark_chart, read_map
from todo_lint.stages.render_chart import ChartRenderer, place_of


class TemplateFinder:
    """Finds template lines for the profiles of one chart. ``plain`` are the renderings without marks."""

    def __init__(self, renderer: ChartRenderer, profiles: tuple[Profile, ...]) -> None:
        self.plain: Mapping[str, Rendered] = {}
        self._renderer = renderer
        self._profiles = {profile.name: profile for profile in profiles}
        self._marked: tuple[MarkedChart, bytes] | None = None
        self._maps: dict[str, dict[str, TemplateMap]] = {}

    def find(self, profile: str, rendered: Location) -> TemplateLine | None:
        """The template line that wrote a rendered place; None where it is not known."""
        if profile not in self._maps:
            self._maps[profile] = dict(self._read(profile))
        found = self._maps[profile].get(rendered.file)
        return found.find(rendered.line or 1, rendered.column or 1) if found else None

    def _read(self, profile: str) -> list[tuple[str, TemplateMap]]:
        plain = self.plain.get(profile)
        if plain is None:
            return []
        chart = self._renderer.chart
        if self._marked is None:
            marked = mark_chart(chart.files)
            self._marked = marked, pack_files(chart.metadata.name, marked.files)
        marked, archive = self._marked
        again = self._renderer.render(self._profiles[profile], archive=archive)
        texts = again.files if isinstance(again, Rendered) else {}
        return [
            (place_of(chart, name), read_map(text, texts.get(name), marked.marks))
            for name, text in plain.files.items()
        ]
