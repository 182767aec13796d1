"""Places in rendered text become lines of templates; the chart is rendered once more only when one is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from todo_lint.findings import Exactness, Location
from todo_lint.helm.archive import pack_files
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.helm.source_map import MarkedChart, TemplateLine, TemplateMap, mark_chart, read_map, without_marks
from todo_lint.helm.subcharts import WholeChart, whole_chart
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace
from todo_lint.stages.render_chart import ChartRenderer, place_of

if TYPE_CHECKING:
    from todo_lint.helm.named_templates import NamedTemplates

_INCLUDING = ("include", "template")
_INCLUDE_ALONE = pattern(r"""\s*(?:-\s+)?(?:[\w./-]+:)?\s*["']?\{\{-?\s*(?:include|template)\b[^{}]*\}\}["']?\s*""")


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """The template behind a rendered place.

    ``name`` is its name in the whole chart, ``file`` how messages name it. ``line`` counts from 1 and is None where
    only the file is known. ``text`` is that line. ``sure``: it is this line, and not another part of the line that
    includes it.
    """

    name: str
    file: str
    line: int | None
    exactness: Exactness
    text: str | None = None
    sure: bool = True


class TemplateFinder:
    """Finds template lines for the profiles of one chart."""

    def __init__(self, renderer: ChartRenderer, profiles: tuple[Profile, ...]) -> None:
        self.plain: dict[str, Rendered] = {}
        self._renderer = renderer
        self._profiles = {profile.key: profile for profile in profiles}
        self._marked: dict[bool, tuple[MarkedChart, bytes]] = {}
        self._with_marks: dict[tuple[str, bool], Mapping[str, str]] = {}
        self._second: dict[str, Mapping[str, str]] = {}
        self._maps: dict[tuple[str, bool, bool, str], TemplateMap] = {}
        self._places: dict[str, dict[str, str]] = {}

    def add(self, renderings: Mapping[str, Rendered], *further: Profile) -> None:
        """Make the renderings of profiles known, as they are without marks; ``further`` are profiles to add."""
        self._profiles.update((profile.key, profile) for profile in further)
        self.plain.update(renderings)

    @cached_property
    def whole(self) -> WholeChart:
        """The chart with its packaged subcharts unpacked."""
        return whole_chart(self._renderer.chart)

    def find(self, profile: str, rendered: Location) -> TemplatePlace:
        """The template that wrote a rendered place, and its line as far as it is known."""
        return self._find(profile, rendered, defines=False)

    def find_in_define(self, profile: str, rendered: Location) -> tuple[TemplatePlace, ...]:
        """The lines of named templates that wrote a rendered place, where some were included there.

        It is one where a mark tells it. Else it is that of each named template which the including line names.
        """
        place = self.find(profile, rendered)
        if place.line is None or not any(word in (place.text or "") for word in _INCLUDING):
            return ()
        found = self._find(profile, rendered, defines=True)
        if found.line is not None and (found.name, found.line) != (place.name, place.line):
            return (found,)
        named = dict.fromkeys(self._named.included_on(place.name, place.line))
        lines = [one for one in named if (one.file, one.line) != (place.name, place.line)]
        sure = len(lines) == 1 and _INCLUDE_ALONE.fullmatch(place.text or "") is not None
        return tuple(replace(self._place(one, place.exactness), sure=sure) for one in lines)

    @cached_property
    def _named(self) -> NamedTemplates:
        from todo_lint.helm.named_templates import NamedTemplates

        return NamedTemplates(self.whole)

    def file_text(self, file: str) -> str | None:
        """The text of a template by how messages name it."""
        found = self.name_of(file)
        return self.whole.files[found].decode("utf-8", "replace") if found is not None else None

    def name_of(self, file: str) -> str | None:
        """The name in the whole chart of a file by how messages name it."""
        return self._by_shown.get(file)

    @cached_property
    def _by_shown(self) -> dict[str, str]:
        return {self.whole.shown(name): name for name in self.whole.files}

    def _find(self, profile: str, rendered: Location, *, defines: bool) -> TemplatePlace:
        known = self._map(profile, rendered.file, defines=defines)
        if known and known.exactness_at(rendered.line or 1) is Exactness.LINES:
            known = self._map(profile, rendered.file, defines=defines, closely=True)
        found = known.find(rendered.line or 1, rendered.column or 1) if known else None
        if known is None or found is None:
            name = self.whole.source_of(self._inner(rendered.file))
            return TemplatePlace(name, self.whole.shown(name), None, Exactness.FILE)
        return self._place(found, known.exactness_at(rendered.line or 1))

    def _place(self, found: TemplateLine, exactness: Exactness) -> TemplatePlace:
        lines = self.whole.files[found.file].decode("utf-8", "replace").split("\n")
        text = lines[found.line - 1].rstrip("\r") if found.line <= len(lines) else None
        return TemplatePlace(found.file, self.whole.shown(found.file), found.line, exactness, text)

    def template_of(self, file: str) -> str:
        """The name in the whole chart of the template that rendered a file, which is named as messages name it."""
        return self.whole.source_of(self._inner(file))

    def _inner(self, place: str) -> str:
        """The name that Helm gives to a rendered file, without the chart's own: the inverse of ``place_of``."""
        return place.removeprefix(self._renderer.chart.place("")).lstrip("/")

    def again(self, profile: str) -> Rendered | None:
        """A second rendering of a profile, where one was made with marks and the marks changed nothing else."""
        texts = self._with_marks.get((profile, False))
        plain = self.plain.get(profile)
        if not texts or plain is None:
            return None
        files = {name: without_marks(texts.get(name, "")) for name in plain.files}
        same = all(files[name].count("\n") == text.count("\n") for name, text in plain.files.items())
        return Rendered(files, plain.notes, plain.crds) if same else None

    def _map(self, profile: str, file: str, *, defines: bool, closely: bool = False) -> TemplateMap | None:
        """The map of a rendered file; where another profile renders the same text, it is that one's.

        ``closely``: with a second rendering, which tells the words that differ by themselves.
        """
        name = self._names(profile).get(file)
        if name is None:
            return None
        text = self.plain[profile].files[name]
        key = (name, defines, closely, text)
        if key not in self._maps:
            marked, texts = self._rendered_with_marks(profile, defines=defines)
            once_more = self._once_more(profile).get(name) if closely else None
            self._maps[key] = read_map(text, texts.get(name), marked.marks, once_more)
        return self._maps[key]

    def _once_more(self, profile: str) -> Mapping[str, str]:
        """The files of a second rendering of a profile."""
        if profile not in self._second:
            again = self._renderer.render(self._profiles[profile])
            self._second[profile] = again.files if isinstance(again, Rendered) else {}
        return self._second[profile]

    def _names(self, profile: str) -> Mapping[str, str]:
        """The files of a profile's rendering, by how messages name them."""
        if profile not in self.plain:
            return {}
        if profile not in self._places:
            chart = self._renderer.chart
            self._places[profile] = {place_of(chart, name): name for name in self.plain[profile].files}
        return self._places[profile]

    def _rendered_with_marks(self, profile: str, *, defines: bool) -> tuple[MarkedChart, Mapping[str, str]]:
        if defines not in self._marked:
            marked = mark_chart(self.whole.files, defines=defines)
            self._marked[defines] = marked, pack_files(self._renderer.chart.metadata.name, marked.files)
        marked, archive = self._marked[defines]
        key = (profile, defines)
        if key not in self._with_marks:
            again = self._renderer.render(self._profiles[profile], archive=archive)
            self._with_marks[key] = again.files if isinstance(again, Rendered) else {}
        return marked, self._with_marks[key]
