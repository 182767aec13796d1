"""Rendering: the one call behind which Helm's engine lies, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from types import TracebackType

from todo_lint.errors import ToolError
from todo_lint.helm.chart import Chart
from todo_lint.helm.engine import Engine, EngineFailure, EngineResult, RenderOptions
from todo_lint.helm.failures import RenderFailure, explain
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.records import dataclass, field

__all__ = ["RenderFailure", "RenderOptions", "Rendered", "Renderer"]

NOTES = "NOTES.txt"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a chart renders to, by file, in Helm's names: ``<chart>/templates/x.yaml``.

    Files that render to white space only are left out, and so are partials. ``notes`` are the NOTES.txt files of
    the chart and its subcharts; ``crds`` the files in crds/ folders, which Helm installs and does not render.
    """

    files: Mapping[str, str]
    notes: Mapping[str, str] = field(default_factory=dict)
    crds: Mapping[str, str] = field(default_factory=dict)


class Renderer:
    """Renders charts; one worker process serves all calls, and is replaced when it dies.

    ``start`` is optional: it lets the worker start up while the caller does something else. Use it as a context
    manager, or call ``close``.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine

    def __enter__(self) -> Renderer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the worker in the background and return. Raises ToolError where there is no Helm engine."""
        self._chosen().start()

    def render(
        self,
        archive: bytes,
        values: Mapping[str, Json],
        options: RenderOptions,
        deadline: float,
        chart: Chart | None = None,
    ) -> Rendered | RenderFailure:
        """Render a packed chart with ``values`` laid over its own; ``deadline`` in seconds, from now.

        ``chart`` is what was packed, where the caller has it: failures are explained by its texts.

        A chart that does not render, and one that ends the engine, is a RenderFailure, and the next call
        works. Raises ToolError where there is no Helm engine.
        """
        result = self.attempt(archive, values, options, deadline)
        return _explained(result, archive, values, chart) if isinstance(result, EngineFailure) else result

    def attempt(
        self, archive: bytes, values: Mapping[str, Json], options: RenderOptions, deadline: float
    ) -> Rendered | EngineFailure:
        """Render as ``render`` does, for one who only wants to know whether it works: a failure is not explained.

        The failure holds Helm's own words, which can quote values: they are for no output.
        """
        result = self._chosen().render(archive, values, options, deadline)
        return result if isinstance(result, EngineFailure) else _rendered(result)

    def attempt_each(
        self,
        archive: bytes,
        values: Iterable[Mapping[str, Json]],
        options: RenderOptions,
        left: Callable[[], float],
    ) -> Generator[Rendered | EngineFailure, None, None]:
        """Attempt with each of several values, in order; the next are rendered while the caller looks at one.

        ``left`` says how many seconds one may still take. Nothing else may be rendered until the iterator is
        exhausted or closed.
        """
        for result in self._chosen().render_each(archive, values, options, left):
            yield result if isinstance(result, EngineFailure) else _rendered(result)

    def close(self) -> None:
        """End the worker. A later call starts a new one."""
        if self._engine is not None:
            self._engine.close()

    def dismiss(self) -> None:
        """End the worker without waiting until the system has cleared it up: the last thing that is asked of it."""
        if self._engine is not None:
            self._engine.dismiss()

    def _chosen(self) -> Engine:
        if self._engine is None:
            self._engine = _choose()
        return self._engine


def _rendered(result: EngineResult) -> Rendered:
    files: dict[str, str] = {}
    notes: dict[str, str] = {}
    for name, text in sorted(result.files.items()):
        if text.strip():
            (notes if name.endswith(NOTES) else files)[name] = text
    return Rendered(files, notes, result.crds)


def _explained(
    failure: EngineFailure, archive: bytes, values: Mapping[str, Json], chart: Chart | None
) -> RenderFailure:
    """The failure in plain words, with what looks like a secret in the values blotted out."""
    from todo_lint.helm.secrets import blot_out

    sources, name = (chart.files, chart.metadata.name) if chart else _unpacked(archive)
    return blot_out(explain(failure, sources, name), values, sources)


def _unpacked(archive: bytes) -> tuple[Mapping[str, bytes], str]:
    """The files of an archive and the chart's name, as far as it can be read."""
    from todo_lint.errors import UserError
    from todo_lint.helm.metadata import read_metadata
    from todo_lint.helm.package import unpack

    sources: dict[str, bytes] = {}
    name = ""
    try:
        sources = unpack(archive, "the chart")
        name = read_metadata(sources, "the chart").name
    except UserError:
        pass  # it is what the failure is about
    return sources, name


def _choose() -> Engine:
    """Helm's library in a worker where it is installed for this platform, else the helm program."""
    from todo_lint.helm.launch import find_library
    from todo_lint.helm.library import LibraryEngine

    library = find_library()
    if library is not None:
        return LibraryEngine(library)
    from todo_lint.helm.program import ProgramEngine, find_program

    program = find_program()
    if program is not None:
        return ProgramEngine(program)
    raise ToolError(
        "Helm's engine is missing: the package helm-python-sdk holds no library for this platform, and there is "
        "no helm program on PATH; install helm (https://helm.sh)"
    )
