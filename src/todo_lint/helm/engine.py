"""What an engine is given and what it brings back. Two stand behind it: Helm's library and the helm program."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How the chart is installed, apart from its values.

    ``kubernetes_version`` is such as ``1.37`` or ``v1.37.0``. ``api_versions`` are added to what
    ``.Capabilities.APIVersions.Has`` knows: ``group/version`` and ``group/version/Kind``.
    """

    release_name: str
    kubernetes_version: str
    namespace: str = "default"
    api_versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineResult:
    """A rendering as the engine gives it: text by file, empty files and notes included."""

    files: Mapping[str, str]
    crds: Mapping[str, str]


class Stage(enum.StrEnum):
    """What the engine was doing when it failed, or what ended it."""

    LOAD = "load"
    VALUES = "values"
    RENDER = "render"
    PANIC = "panic"
    DEADLINE = "deadline"
    MEMORY = "memory"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class EngineFailure:
    """A rendering that failed, in the engine's own words."""

    stage: Stage
    text: str

    @property
    def ended_engine(self) -> bool:
        """Whether the engine had to be ended: another run, with more time or memory, may do better."""
        return self.stage in (Stage.DEADLINE, Stage.MEMORY, Stage.CRASH)


def full_version(version: str) -> str:
    """A Kubernetes version as a server says it: ``1.37`` becomes ``v1.37.0``."""
    plain = version.removeprefix("v")
    return f"v{plain}.0" if plain.count(".") == 1 and plain.replace(".", "").isdigit() else f"v{plain}"


class Engine(Protocol):
    """A way to Helm's engine. It raises ToolError where the engine cannot be had at all."""

    def start(self) -> None:
        """Begin to start up; return at once."""

    def render(
        self, archive: bytes, values: Mapping[str, Json], options: RenderOptions, deadline: float
    ) -> EngineResult | EngineFailure:
        """Render a packed chart once; ``deadline`` in seconds from now."""

    def render_each(
        self,
        archive: bytes,
        values: Iterable[Mapping[str, Json]],
        options: RenderOptions,
        left: Callable[[], float],
    ) -> Iterator[EngineResult | EngineFailure]:
        """Render a packed chart with each of several values, in order; ``left``: how many seconds one may still take.

        It is asked for each. The iterator is to be exhausted or closed before anything else is rendered.
        """

    def close(self) -> None:
        """End all that was started."""

    def dismiss(self) -> None:
        """End all that was started, without waiting until it is gone."""
