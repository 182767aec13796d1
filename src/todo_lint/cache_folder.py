"""The folder in which todo-lint keeps what it worked out before, and how entries are kept there and recalled.

It is the user's cache folder; ``TODO_LINT_CACHE_DIR`` names another, or ``off`` for none. No entry is ever needed:
whatever is wrong with the folder or with an entry, there is none, and what cannot be kept is not kept.

An entry is a digest of its content and the content; one without content, which only has to be there, is empty. It is
written wholly or not at all, readable by its owner only.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping

try:  # hashlib loads OpenSSL, which takes longer than reading an entry
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

__all__ = [
    "VARIABLE",
    "blake2b",
    "cache_folder",
    "digest_files",
    "folder_states",
    "keep_entries",
    "module_states",
    "recall_entry",
]

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


def _is_ours(folder: str) -> bool:
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


def digest_files(digest: blake2b, files: Iterable[tuple[str, bytes]]) -> None:
    """Let files decide a digest: their names and contents, in their order."""
    for name, data in files:
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
        digest.update(data)


def recall_entry(name: str) -> bytes | None:
    """The content of an entry; None where there is none, it is damaged, or others can write to the folder."""
    try:
        folder = cache_folder()
        if folder is None or not _is_ours(folder):
            return None
        with open(os.path.join(folder, name), "rb") as stream:  # noqa: PTH118, PTH123
            packed = stream.read()
    except (OSError, ValueError):
        return None
    content = packed[_DIGEST_SIZE:]
    return content if packed == _packed(content) else None


def keep_entries(entries: Mapping[str, bytes], suffix: str, most: int) -> None:
    """Keep entries by their names, which end in ``suffix``; of all with it, the ``most`` written last stay."""
    try:
        folder = cache_folder()
        if folder is None or not entries:
            return
        os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
        if _is_ours(folder):
            for name, content in entries.items():
                _write(folder, name, _packed(content))
            _prune(folder, suffix, most)
    except (OSError, ValueError):  # a full disk or a read-only home is no reason to fail
        return


_DIGEST_SIZE = 64  # hexadecimal digits


def _packed(content: bytes) -> bytes:
    return blake2b(content, digest_size=_DIGEST_SIZE // 2).hexdigest().encode() + content if content else b""


def _write(folder: str, name: str, content: bytes) -> None:
    """Write a file that is there wholly or not at all, readable by its owner only."""
    unfinished = os.path.join(folder, f"{name}.{os.getpid()}")  # noqa: PTH118
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(unfinished, os.path.join(folder, name))  # noqa: PTH105, PTH118
    except BaseException:
        os.unlink(unfinished)  # noqa: PTH108
        raise


def _prune(folder: str, suffix: str, most: int) -> None:
    """Remove the entries written longest ago, beyond the number ``most``; entries end in ``suffix``."""
    with os.scandir(folder) as found:
        entries = sorted((entry.stat().st_mtime_ns, entry.path) for entry in found if suffix in entry.name)
    for _, path in entries[:-most]:
        os.unlink(path)  # noqa: PTH108
