"""The folder in which todo-lint keeps what it worked out before, and how entries are written there.

It is the user's cache folder; ``TODO_LINT_CACHE_DIR`` names another, or ``off`` for none. No entry is ever needed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

VARIABLE = "TODO_LINT_CACHE_DIR"
OFF = ("", "off")


def cache_folder() -> str | None:
    """The folder of the cache; None where there is none."""
    given = os.environ.get(VARIABLE)
    if given is not None:
        return None if given.lower() in OFF else os.path.expanduser(given)  # noqa: PTH111
    home = os.path.expanduser("~")  # noqa: PTH111 - pathlib raises without a home
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = f"{home}/Library/Caches"
    else:  # https://specifications.freedesktop.org/basedir-spec: a relative path counts as not set
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else f"{home}/.cache"  # noqa: PTH117
    return os.path.join(base, "todo-lint") if os.path.isabs(base) else None  # noqa: PTH117, PTH118


def is_ours(folder: str) -> bool:
    """Whether nobody else can write to the folder: an entry decides what is found."""
    if sys.platform == "win32":
        return True
    status = os.stat(folder)  # noqa: PTH116
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def module_states(folder: str) -> list[tuple[str, int, int]]:
    """The modules of a folder as they are now: a changed reader reads anew. Their content need not be looked at."""
    with os.scandir(folder) as found:
        modules = [entry for entry in found if entry.name.endswith(".py")]
        return sorted((entry.name, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in modules)


def folder_states(folder: str) -> Iterator[tuple[str, int, int]]:
    """The files of a folder and of those below it as they are now, but for what Python and Python alone compiled."""
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from folder_states(entry.path)
            else:
                status = entry.stat()
                yield entry.path, status.st_mtime_ns, status.st_size


def write_entry(folder: str, name: str, content: str | bytes) -> None:
    """Write a file that is there wholly or not at all, readable by its owner only."""
    unfinished = os.path.join(folder, f"{name}.{os.getpid()}")  # noqa: PTH118
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content.encode("ascii") if isinstance(content, str) else content)
        os.replace(unfinished, os.path.join(folder, name))  # noqa: PTH105, PTH118
    except BaseException:
        os.unlink(unfinished)  # noqa: PTH108
        raise


def prune(folder: str, suffix: str, most: int) -> None:
    """Remove the entries written longest ago, beyond the number ``most``; entries end in ``suffix``."""
    with os.scandir(folder) as found:
        entries = sorted((entry.stat().st_mtime_ns, entry.path) for entry in found if suffix in entry.name)
    for _, path in entries[:-most]:
        os.unlink(path)  # noqa: PTH108
