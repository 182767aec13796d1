"""The second engine: the ``helm`` program, for platforms that Helm's library is not built for.

It differs from the library in what a program can tell: notes are not written, and the documents of one file come
in Helm's order of installation.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from todo_lint.errors import ToolError
from todo_lint.helm.engine import EngineFailure, EngineResult, RenderOptions, Stage, full_version
from todo_lint.helm.launch import MEMORY_LIMIT
from todo_lint.kubernetes_yaml.document import Json

DEBUG_HINT = "\n\nUse --debug flag to render out invalid YAML"
VALUES_STARTS = ("values don't meet",)
LOAD_STARTS = ("cannot load", "validation:", "error unpacking", "Chart.yaml file is missing", "unable to load")
API_VERSIONS_AT_ONCE = 500  # one argument may be 128 KiB long on Linux


def find_program() -> str | None:
    """The path of the helm program, or None."""
    return shutil.which("helm")


class ProgramEngine:
    """Renders with ``helm template``, a process for each rendering."""

    def __init__(self, program: str, memory_limit: int = MEMORY_LIMIT) -> None:
        self._program = program
        self._memory_limit = memory_limit

    def start(self) -> None:
        """Nothing stays up."""

    def close(self) -> None:
        """Nothing stays up."""

    def dismiss(self) -> None:
        """Nothing stays up."""

    def render(
        self, archive: bytes, values: Mapping[str, Json], options: RenderOptions, deadline: float
    ) -> EngineResult | EngineFailure:
        """Render in a folder of its own, which is removed afterwards."""
        with tempfile.TemporaryDirectory(prefix="todo-lint-") as folder:
            chart, values_file, out = Path(folder, "chart.tgz"), Path(folder, "values.json"), Path(folder, "out")
            chart.write_bytes(archive)
            values_file.write_text(json.dumps(values), encoding="ascii")
            arguments = [
                *(self._program, "template", options.release_name, str(chart), "--values", str(values_file)),
                *("--namespace", options.namespace, "--kube-version", full_version(options.kubernetes_version)),
                *("--include-crds", "--output-dir", str(out)),
                *_api_version_arguments(options.api_versions),
            ]
            failure = self._run(arguments, folder, deadline)
            return failure or _collect(out)

    def render_each(
        self,
        archive: bytes,
        values: Iterable[Mapping[str, Json]],
        options: RenderOptions,
        left: Callable[[], float],
    ) -> Iterator[EngineResult | EngineFailure]:
        """Render with each of several values, one after the other."""
        for one in values:
            yield self.render(archive, one, options, left())

    def _run(self, arguments: list[str], folder: str, deadline: float) -> EngineFailure | None:
        try:
            process = subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=_environment(folder),
            )
        except OSError as error:
            raise ToolError(f"the helm program cannot be started: {error}") from error
        with process:
            _limit_memory(process.pid, self._memory_limit)
            try:
                errors = process.communicate(timeout=deadline)[1].decode(errors="replace")
            except subprocess.TimeoutExpired:
                process.kill()
                return EngineFailure(Stage.DEADLINE, f"{deadline:g}")
            except BaseException:
                process.kill()
                raise
        return _failure(errors) if process.returncode else None


def _api_version_arguments(versions: tuple[str, ...]) -> Iterator[str]:
    for start in range(0, len(versions), API_VERSIONS_AT_ONCE):
        yield "--api-versions"
        yield ",".join(versions[start : start + API_VERSIONS_AT_ONCE])


def _environment(folder: str) -> dict[str, str]:
    """An environment in which no plugin, repository or cluster of the user plays a part."""
    homes = {f"HELM_{kind}_HOME": folder for kind in ("CACHE", "CONFIG", "DATA")}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HELM_", "KUBECONFIG"))}
    return {**kept, **homes, "KUBECONFIG": os.devnull, "GOTRACEBACK": "none"}


def _limit_memory(pid: int, size: int) -> None:
    with suppress(ImportError, AttributeError, OSError):
        import resource

        resource.prlimit(pid, resource.RLIMIT_DATA, (size, size))


def _failure(errors: str) -> EngineFailure:
    """The program's message, and by its words the step that failed."""
    if "fatal error: stack overflow" in errors:
        return EngineFailure(Stage.CRASH, "stack overflow")
    if "out of memory" in errors or "cannot allocate memory" in errors:
        return EngineFailure(Stage.MEMORY, "")
    found = errors.rpartition("Error: ")
    if not found[1]:
        return EngineFailure(Stage.CRASH, "")
    text = found[2].rstrip("\n").removesuffix(DEBUG_HINT)
    if text.startswith(VALUES_STARTS):
        return EngineFailure(Stage.VALUES, text)
    return EngineFailure(Stage.LOAD if text.startswith(LOAD_STARTS) else Stage.RENDER, text)


def _collect(out: Path) -> EngineResult:
    """The files that helm wrote, by their names in the chart."""
    texts = {
        path.relative_to(out).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }
    crds = {name: text for name, text in texts.items() if "/crds/" in name and "/templates/" not in name}
    return EngineResult({name: text for name, text in texts.items() if name not in crds}, crds)
