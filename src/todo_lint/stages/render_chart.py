"""A chart becomes the rendered text of each of its profiles."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING

from todo_lint.findings import Layer
from todo_lint.helm.archive import pack
from todo_lint.helm.chart import Chart
from todo_lint.helm.engine import EngineFailure
from todo_lint.helm.failures import RenderFailure
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered, Renderer
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.records import dataclass, field, replace

if TYPE_CHECKING:
    from todo_lint.manifests.resources import Source

LEAST_FOR_EXTRAS = 0.5
KEPT = 2.5
"""How often the time that the profiles took must be left for what comes after them, their own included."""


@dataclass(frozen=True, slots=True)
class RenderedProfiles:
    """The renderings of a chart by the keys of profiles, and the failures; ``unrendered`` were given up."""

    rendered: Mapping[str, Rendered]
    failed: Mapping[str, RenderFailure]
    unrendered: tuple[str, ...] = ()


@dataclass(slots=True)
class ChartRenderer:
    """Renders one chart with all the values that a run needs, within one deadline for all of them together.

    ``ended`` is the failure by which the chart ended the engine. Nothing is rendered any more then: other values
    would most likely do the same, and each would take its time. ``hurried`` says that something was not rendered for
    lack of time: another run may know more. ``unread_schema`` is what is said of a schema
    outside of the chart to which its own refers, and which Helm would fetch: the chart is rendered without them.
    """

    renderer: Renderer
    chart: Chart
    deadline: float
    _archive: bytes = field(init=False)
    _started: _Background | None = None
    _spent: float = 0.0
    ended: RenderFailure | None = None
    hurried: bool = False
    unread_schema: str = ""

    def __post_init__(self) -> None:
        self._archive = pack(self.chart)

    def render(
        self, profile: Profile, values: Mapping[str, Json] | None = None, archive: bytes | None = None
    ) -> Rendered | RenderFailure:
        """Render a profile, or the profile's installation with other values, or another archive of the chart.

        What was started before is waited for first: the engine renders one thing at a time.
        """
        if self._started is not None:
            self._started.wait()
        return self._render(profile, values, archive)

    def _render(
        self, profile: Profile, values: Mapping[str, Json] | None = None, archive: bytes | None = None
    ) -> Rendered | RenderFailure:
        if self.ended is not None:
            return self.ended
        started = time.monotonic()
        left = max(self.deadline - self._spent, 0.05)
        given = profile.values if values is None else values
        try:
            result = self.renderer.render(archive or self._archive, given, profile.options, left, self.chart)
        finally:
            self._spent += time.monotonic() - started
        if archive is None and isinstance(result, RenderFailure) and result.unread_schema and not self.unread_schema:
            self.unread_schema = result.unread_schema
            self._archive = pack(without_schemas(self.chart))
            return self._render(profile, values)
        if archive is None and isinstance(result, RenderFailure) and result.ended_engine:
            self.ended = result
        self.hurried = self.hurried or (isinstance(result, RenderFailure) and result.ended_engine)
        return result

    def render_extra(self, profile: Profile) -> Rendered | EngineFailure | None:
        """Render one more profile that the run can do without. None: there is no time for it, or no engine left."""
        if self._started is not None:
            self._started.wait()
        return self.attempt(profile, profile.values, self._archive, self._for_extras())

    def attempt(
        self, profile: Profile, values: Mapping[str, Json], archive: bytes, most: float
    ) -> Rendered | EngineFailure | None:
        """Render what the run can do without, in at most ``most`` seconds. None: there is no time, or no engine left.

        An engine that ends by it is replaced, and the run goes on: it was not the chart as it is that ended it. What
        was started before is waited for first.
        """
        if self._started is not None:
            self._started.wait()
        left = min(self.deadline - self._spent, most)
        if self.ended is not None or left <= 0:
            self.hurried = True
            return None
        started = time.monotonic()
        try:
            result = self.renderer.attempt(archive, values, profile.options, left)
        finally:
            self._spent += time.monotonic() - started
        self.hurried = self.hurried or (isinstance(result, EngineFailure) and result.ended_engine)
        return result

    def attempt_each(
        self, profile: Profile, values: Sequence[Mapping[str, Json]], archive: bytes, most: Callable[[], float]
    ) -> Generator[Rendered | EngineFailure, None, None]:
        """Attempt with each of several values, in order, as long as there is time; the others are left out.

        ``most`` says how many seconds the next may take at most. Only the time that is waited for the engine counts.
        To be exhausted or closed before anything else is rendered.
        """
        if self._started is not None:
            self._started.wait()

        def left() -> float:
            return min(self.deadline - self._spent, most())

        results = self.renderer.attempt_each(archive, values, profile.options, left)
        try:
            for _ in values:
                if self.ended is not None or left() <= 0:
                    self.hurried = True
                    return
                started = time.monotonic()
                try:
                    result = next(results)
                finally:
                    self._spent += time.monotonic() - started
                self.hurried = self.hurried or (isinstance(result, EngineFailure) and result.ended_engine)
                yield result
        finally:
            results.close()

    def start_all(self, profiles: tuple[Profile, ...], extras: frozenset[str] = frozenset()) -> None:
        """Begin to render all profiles; ``render_all`` waits for the outcome.

        Those with a key in ``extras`` come last, and may take some time in proportion to the others; what does not
        fit into it is neither rendered nor failed.
        """
        self._started = _Background(lambda: self._render_each(profiles, extras))

    def render_all(self, profiles: tuple[Profile, ...], extras: frozenset[str] = frozenset()) -> RenderedProfiles:
        """The renderings of all profiles, started before or not; what went wrong in the background is raised here."""
        started, self._started = self._started, None
        return started.result() if started else self._render_each(profiles, extras)

    def _for_extras(self) -> float:
        """How many seconds extras may take: as long as the others took, and what these will take again is kept."""
        return min(max(LEAST_FOR_EXTRAS, self._spent), self.deadline - KEPT * self._spent)

    def wait(self) -> None:
        """Wait until a rendering that was started, and was not asked for, has ended."""
        if self._started is not None:
            self._started.wait()
            self._started = None

    def _render_each(self, profiles: tuple[Profile, ...], extras: frozenset[str] = frozenset()) -> RenderedProfiles:
        """Render each profile; once a profile has ended the engine, the others are not tried."""
        rendered: dict[str, Rendered] = {}
        failed: dict[str, RenderFailure] = {}
        allowed: float | None = None
        for number, profile in enumerate(profiles):
            if profile.key in extras:
                allowed = self._spent + self._for_extras() if allowed is None else allowed
                if self._spent > allowed:
                    self.hurried = True
                    break
            result = self._render(profile)
            if isinstance(result, Rendered):
                rendered[profile.key] = result
                continue
            failed[profile.key] = result
            if result.ended_engine:
                rest = tuple(other.key for other in profiles[number + 1 :])
                return RenderedProfiles(rendered, failed, rest)
        return RenderedProfiles(rendered, failed)


class _Background:
    """A rendering of all profiles in a thread, which waits for the engine most of the time."""

    def __init__(self, render: Callable[[], RenderedProfiles]) -> None:
        import threading

        self._render = render
        self._rendered: RenderedProfiles | None = None
        self._error: BaseException | None = None
        # A daemon: an interrupted run ends the engine, and with it this thread, and does not wait for either.
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._rendered = self._render()
        except BaseException as error:  # raised again where the outcome is asked for
            self._error = error

    def wait(self) -> None:
        """Wait for the end."""
        self._thread.join()

    def result(self) -> RenderedProfiles:
        """Wait for the end, and give back or raise what came of it."""
        self.wait()
        if self._rendered is None:
            assert self._error is not None  # noqa: S101 - it is one or the other
            raise self._error
        return self._rendered


def without_schemas(chart: Chart) -> Chart:
    """A chart without what its values, or those of its subcharts, must be like."""
    kept = {name: data for name, data in chart.files.items() if not name.endswith("values.schema.json")}
    return replace(chart, files=kept)


def sources_of(chart: Chart, rendered: Rendered) -> tuple[Source, ...]:
    """The texts of a rendering: what the templates rendered, then the files of crds/, as they are on disk."""
    from todo_lint.manifests.resources import Source  # not needed where nothing is judged

    templates = [Source(place_of(chart, name), Layer.RENDERED, text) for name, text in rendered.files.items()]
    crds = [Source(place_of(chart, name), Layer.MANIFEST, text) for name, text in rendered.crds.items()]
    return (*templates, *crds)


def place_of(chart: Chart, name: str) -> str:
    """The file behind a name that Helm gives: ``todo-app/templates/x.yaml`` is ``chart/templates/x.yaml``."""
    return chart.place(name.partition("/")[2] if name.startswith(f"{chart.metadata.name}/") else name)
