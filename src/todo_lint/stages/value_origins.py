"""Where the values of a chart's renderings come from: the origins of each profile, within the chart's deadline.

origins = ChartOrigins(renderer, renderings)
origins.of_profile("default").leaves_of_field(resource, route)   # field -> leaves
origins.of_profile("default").of(("backend", "service", "port")) # leaf -> fields
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from todo_lint.helm.archive import pack_files
from todo_lint.helm.engine import EngineFailure
from todo_lint.helm.merged_values import MergedValues
from todo_lint.helm.origins import Origins
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.helm.subcharts import WholeChart
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.records import dataclass, field
from todo_lint.stages.render_chart import ChartRenderer

MOST_SECONDS = 3.0
"""How long the probes for the findings of one chart may take together, whatever its deadline."""
MOST_SECONDS_EACH = 2.0
"""How long a rendering with another value may take: it renders what has rendered in milliseconds before."""
MOST_ENDED = 3
"""After so many probes that ended the engine no other is tried."""

_SEEN_BY_HELM = ("Chart.yaml", "values.yaml", "requirements.yaml")


@dataclass(slots=True)
class ChartOrigins:
    """The origins of one chart's profiles.

    ``renderings`` are those of the profiles that render, so far. ``again`` gives a second rendering of a profile
    where there happens to be one.
    """

    renderer: ChartRenderer
    whole: WholeChart
    profiles: Mapping[str, Profile]
    renderings: Mapping[str, Rendered]
    most_seconds: float = MOST_SECONDS
    again: Callable[[str], Rendered | None] = lambda name: None
    renders: int = 0
    _spent: float = 0.0
    _ended: int = 0
    _lacking: bool = False
    _origins: dict[str, Origins] = field(default_factory=dict)
    _archive: bytes = b""

    def has_other_values(self, name: str) -> bool:
        """Whether a profile with other values renders beside this one."""
        values = self.profiles[name].values
        return any(other.values != values for key, other in self.profiles.items() if key in self.renderings)

    @property
    def complete(self) -> bool:
        """Whether there has been time for every probe that was asked for."""
        return not self._lacking

    def of_profile(self, name: str) -> Origins | None:
        """The origins of a profile; None where it does not render."""
        rendered = self.renderings.get(name)
        if rendered is None or name not in self.profiles:
            return None
        if name not in self._origins:
            profile = self.profiles[name]
            values = MergedValues(self.whole, profile)
            self._origins[name] = Origins(
                values,
                rendered,
                lambda given: self._attempt(profile, given),
                lambda given: self._attempt_each(profile, given),
                again=lambda: self.again(name),
            )
        return self._origins[name]

    def _attempt(self, profile: Profile, values: Mapping[str, Json]) -> Rendered | None:
        """Render with other values, as long as there is time."""
        left = self._left()
        if left <= 0:
            self._lacking = True
            return None
        started = time.monotonic()
        try:
            result = self.renderer.attempt(profile, values, self._slim_archive(), left)
        finally:
            self._spent += time.monotonic() - started
        return self._noted(result)

    def _attempt_each(self, profile: Profile, values: Sequence[Mapping[str, Json]]) -> Iterator[Rendered | None]:
        """Render with each of several other values, as long as there is time; None where it does not render."""
        results = self.renderer.attempt_each(profile, values, self._slim_archive(), self._left)
        try:
            for _ in values:
                started = time.monotonic()
                try:
                    result = next(results, None)
                finally:
                    self._spent += time.monotonic() - started
                yield self._noted(result)
        finally:
            results.close()

    def _left(self) -> float:
        """How many seconds the next rendering may take; nothing is rendered where there are none."""
        return 0.0 if self._ended >= MOST_ENDED else min(self.most_seconds - self._spent, MOST_SECONDS_EACH)

    def _slim_archive(self) -> bytes:
        self._archive = self._archive or slim_archive(self.whole)
        return self._archive

    def _noted(self, result: Rendered | EngineFailure | None) -> Rendered | None:
        """A result of the engine, None where there is no rendering; whether all was tried is kept in mind."""
        self.renders += result is not None
        ended = isinstance(result, EngineFailure) and result.ended_engine
        self._ended += ended
        self._lacking = self._lacking or ended or result is None
        return result if isinstance(result, Rendered) else None


def slim_archive(whole: WholeChart) -> bytes:
    """The chart without what no template can see, and without the schemas of its values.

    A schema says which values are allowed, not what becomes of them; and checking it takes longer than rendering.
    """
    files = whole.files
    reads_files = any(b".Files" in data for name, data in files.items() if "templates/" in name)
    kept = {
        name: data
        for name, data in files.items()
        if "templates/" in name
        or name.rpartition("/")[2] in _SEEN_BY_HELM
        or (reads_files and not name.endswith("values.schema.json"))
    }
    return pack_files(whole.chart.metadata.name, kept)
