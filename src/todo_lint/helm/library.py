"""The first engine: Helm's Go library, called in a worker process (worker.py)."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from todo_lint.errors import ToolError
from todo_lint.helm.engine import EngineFailure, EngineResult, RenderOptions, Stage, full_version
from todo_lint.helm.process import Child, ChildDiedError
from todo_lint.kubernetes_yaml.document import Json

PACKAGE = "helm_python"
LIBRARY_NAMES = {"win32": "*helm_c*.dll", "darwin": "libhelm_c*.dylib"}
LIBRARY_NAME_ELSEWHERE = "libhelm_c.so*"
WORKER = Path(__file__).with_name("worker.py")
MEMORY_LIMIT = 2 << 30
START_DEADLINE = 30.0
NO_PROXY_LISTENS_HERE = "http://127.0.0.1:9"


def find_library() -> Path | None:
    """The Go library inside the installed package helm_python, or None; the package is not imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        return None
    name = LIBRARY_NAMES.get(sys.platform, LIBRARY_NAME_ELSEWHERE)
    for folder in spec.submodule_search_locations:
        found = sorted(Path(folder, "lib").glob(name))
        if found:
            return found[0]
    return None


class LibraryEngine:
    """Renders in a worker process, which it starts, and replaces after a death or a deadline."""

    def __init__(self, library: Path, memory_limit: int = MEMORY_LIMIT) -> None:
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
        if not sys.executable:
            raise ToolError("Python does not know its own program (sys.executable is empty), so no worker can start")
        # -P (Python 3.11) and -I keep the current folder, -S site-packages out of what the worker can import
        arguments = [sys.executable, "-I", "-S", "-P", str(WORKER), str(self._library), str(self._memory_limit)]
        try:
            self._child = Child(arguments, _environment())
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
        if outcome != b"rendered":
            return EngineFailure(Stage(outcome.decode()), text.decode(errors="replace"))
        return EngineResult(json.loads(text), {crd["filename"]: crd["data"] for crd in json.loads(crds)})

    def close(self) -> None:
        """End the worker."""
        if self._child is not None:
            self._child.end()
            self._child = None

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


def _environment() -> dict[str, str]:
    """The environment of the worker.

    A values schema may refer to a schema on the web, which Helm's library would fetch: todo-lint works offline,
    so requests are sent to a proxy that does not exist. Go's memory limit makes the garbage collector work
    harder before the hard limit is met; a crash need not print every goroutine.
    """
    changes = {
        "HTTP_PROXY": NO_PROXY_LISTENS_HERE,
        "HTTPS_PROXY": NO_PROXY_LISTENS_HERE,
        "NO_PROXY": "",
        "GOTRACEBACK": "none",
        "GOMEMLIMIT": f"{MEMORY_LIMIT * 3 // 4}B",
    }
    replaced = {name.lower() for name in changes}
    kept = {name: value for name, value in os.environ.items() if name.lower() not in replaced}
    return kept | changes


def _library_options(options: RenderOptions) -> dict[str, Json]:
    """The options of the library's render call."""
    return {
        "name": options.release_name,
        "namespace": options.namespace,
        "kube_version": full_version(options.kubernetes_version),
        "api_versions": list(options.api_versions),
    }


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
