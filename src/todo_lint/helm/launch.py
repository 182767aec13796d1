"""Starting the render worker, from a module that imports next to nothing.

The worker needs 50 ms to get ready, and todo-lint as long to import itself. So the entry point calls
``launch_early`` before it imports anything else, and the engine takes the worker over when it is built. That is
why dataclasses, typing, pathlib and subprocess are not used here.
"""

from __future__ import annotations

import os
import sys
from importlib.machinery import PathFinder

from todo_lint.helm.process import Child

PACKAGE = "helm_python"
LIBRARY_SUFFIXES = {"win32": ".dll", "darwin": ".dylib"}
LIBRARY_SUFFIX_ELSEWHERE = ".so"
LIBRARY_NAME = "helm_c"
WORKER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "worker.py")  # noqa: PTH100, PTH118, PTH120
MEMORY_LIMIT = 2 << 30
MOST_LANES = 4
COLLECT_AT = 400  # per cent by which Go's heap may grow before it is collected: rendering takes a quarter less time
NO_PROXY_LISTENS_HERE = "http://127.0.0.1:9"

_early: list[Child] = []


def find_library() -> str | None:
    """The path of the Go library inside the installed package helm_python, or None. The package is not imported."""
    spec = PathFinder.find_spec(PACKAGE)
    suffix = LIBRARY_SUFFIXES.get(sys.platform, LIBRARY_SUFFIX_ELSEWHERE)
    for folder in (spec and spec.submodule_search_locations) or ():
        lib = os.path.join(os.path.abspath(folder), "lib")  # noqa: PTH100, PTH118
        try:
            names = sorted(os.listdir(lib))  # noqa: PTH208
        except OSError:
            continue
        for name in names:
            if LIBRARY_NAME in name and (name.endswith(suffix) or f"{suffix}." in name):
                return os.path.join(lib, name)  # noqa: PTH118
    return None


def launch(library: str, memory_limit: int = MEMORY_LIMIT) -> Child:
    """Start a worker and return at once: it gets ready meanwhile. Raises OSError if it cannot be started."""
    if not sys.executable:
        raise OSError("Python does not know its own program (sys.executable is empty)")
    # -P and -I keep the current folder, -S site-packages out of what the worker can import
    return Child([sys.executable, "-I", "-S", "-P", WORKER, library, str(memory_limit), str(lanes())], _environment())


def lanes() -> int:
    """How many renderings the worker may make at once: there is no use in more than processors."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, MOST_LANES)


def launch_early() -> None:
    """Start the worker that the first LibraryEngine will use. What goes wrong here is said when it is needed."""
    try:
        library = find_library()
        if library is not None and not _early:
            _early.append(launch(library))
    except OSError:
        return


def take_early() -> Child | None:
    """The worker that ``launch_early`` started, once."""
    return _early.pop() if _early else None


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
        "GOGC": str(COLLECT_AT),
        "GOMEMLIMIT": f"{MEMORY_LIMIT * 3 // 4}B",
    }
    replaced = {name.lower() for name in changes}
    kept = {name: value for name, value in os.environ.items() if name.lower() not in replaced}
    return {**kept, **changes}
