"""The first engine: Helm's Go library, called in a worker process (worker.py)."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from todo_lint.errors import ToolError
from todo_lint.helm.engine import EngineFailure, EngineResult, RenderOptions, Stage, full_version
from todo_lint.helm.launch import MEMORY_LIMIT, lanes, launch, take_early
from todo_lint.helm.process import Child, ChildDiedError
from todo_lint.kubernetes_yaml.document import Json

START_DEADLINE = 30.0
AHEAD = 2  # requests sent for each that can be rendered at once
SAME_ARCHIVE = b""


class LibraryEngine:
    """Renders in a worker process, which it starts, and replaces after a death or a deadline."""

    def __init__(self, library: str, memory_limit: int = MEMORY_LIMIT) -> None:
        self._library = library
        self._memory_limit = memory_limit
        self._child: Child | None = None
        self._ready = False

    @property
    def pid(self) -> int | None:
        """The process id of the worker that is up, or None."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Start the worker unless it is up. Returns at once: it gets ready while the caller goes on."""
        if self._child is not None:
            return
        try:
            self._child = self._taken_early() or launch(self._library, self._memory_limit)
        except OSError as error:
            raise ToolError(f"the render worker cannot be started: {error}") from error
        self._ready = False

    def render(
        self, archive: bytes, values: Mapping[str, Json], options: RenderOptions, deadline: float
    ) -> EngineResult | EngineFailure:
        """Render in the worker. Raises ToolError when the worker cannot get ready."""
        frames = [archive, _encode(values), _encode(_library_options(options))]
        child = self._ready_child()
        try:
            outcome, text, crds = child.exchange(frames, 3, deadline)
        except ChildDiedError as died:
            self._child = None
            return _death(died, deadline)
        except BaseException:
            self.close()  # an interrupted exchange leaves half an answer in the pipe
            raise
        return _result(outcome, text, crds)

    def render_each(
        self,
        archive: bytes,
        values: Iterable[Mapping[str, Json]],
        options: RenderOptions,
        left: Callable[[], float],
    ) -> Iterator[EngineResult | EngineFailure]:
        """Render with each of several values. The worker is sent the next ones while it renders, some at once.

        One that passes its deadline ends the worker, and so does one that crashes; those that were under way with it
        are then rendered one by one, as are the ones after them.
        """
        given, under_way = iter(values), deque[Mapping[str, Json]]()
        try:
            yield from self._streamed(archive, given, under_way, _encode(_library_options(options)), left)
        except ChildDiedError as died:
            self._child = None
            if died.expired:  # answers come in order: it is the first that took too long
                under_way.popleft()
                yield EngineFailure(Stage.DEADLINE, "")
        except BaseException:
            if under_way:
                self.close()  # nobody will take their answers out of the pipe
            raise
        for rest in (*under_way, *given):
            yield self.render(archive, rest, options, left())

    def _streamed(
        self,
        archive: bytes,
        given: Iterator[Mapping[str, Json]],
        under_way: deque[Mapping[str, Json]],
        options: bytes,
        left: Callable[[], float],
    ) -> Iterator[EngineResult | EngineFailure]:
        """Send values as far ahead as is useful, and give the answers; ``under_way`` are those without one yet."""
        child = self._ready_child()
        ahead = AHEAD * lanes()
        for one in given:
            under_way.append(one)
            child.exchange([archive, _encode(one), options], 0, left())
            archive = SAME_ARCHIVE
            if len(under_way) > ahead:
                yield _next_result(child, under_way, left())
        while under_way:
            yield _next_result(child, under_way, left())

    def close(self) -> None:
        """End the worker."""
        if self._child is not None:
            self._child.end()
            self._child = None

    def dismiss(self) -> None:
        """End the worker without waiting until it is gone."""
        if self._child is not None:
            self._child.dismiss()
            self._child = None

    def _taken_early(self) -> Child | None:
        return take_early() if self._memory_limit == MEMORY_LIMIT else None

    def _ready_child(self) -> Child:
        self.start()
        assert self._child is not None  # noqa: S101  what start() is for
        if not self._ready:
            self._await_ready(self._child)
        return self._child

    def _await_ready(self, child: Child) -> None:
        try:
            problem = child.exchange([], 1, START_DEADLINE)[0].decode(errors="replace")
        except ChildDiedError as died:
            self._child = None
            reason = f"was not ready after {START_DEADLINE:g} s" if died.expired else "ended while it started"
            raise ToolError(f"the render worker {reason}") from died
        except BaseException:
            self.close()
            raise
        if problem:
            self.close()
            raise ToolError(f"Helm's library cannot be loaded: {problem}")
        self._ready = True


def _library_options(options: RenderOptions) -> dict[str, Json]:
    """The options of the library's render call."""
    return {
        "name": options.release_name,
        "namespace": options.namespace,
        "kube_version": full_version(options.kubernetes_version),
        "api_versions": list(options.api_versions),
    }


def _next_result(child: Child, under_way: deque[Mapping[str, Json]], deadline: float) -> EngineResult | EngineFailure:
    result = _result(*child.exchange([], 3, deadline))
    under_way.popleft()
    return result


def _result(outcome: bytes, text: bytes, crds: bytes) -> EngineResult | EngineFailure:
    if outcome != b"rendered":
        return EngineFailure(Stage(outcome.decode()), text.decode(errors="replace"))
    return EngineResult(json.loads(text), {crd["filename"]: crd["data"] for crd in json.loads(crds)})


def _encode(value: object) -> bytes:
    # ASCII escapes keep lone surrogates, which a JSON string may hold, out of the bytes
    return json.dumps(value, separators=(",", ":")).encode()


def _death(died: ChildDiedError, deadline: float) -> EngineFailure:
    if died.expired:
        return EngineFailure(Stage.DEADLINE, f"{deadline:g}")
    words = died.stderr.lower()
    if "out of memory" in words or "cannot allocate memory" in words:
        return EngineFailure(Stage.MEMORY, "")
    return EngineFailure(Stage.CRASH, "stack overflow" if "stack overflow" in words else "")
