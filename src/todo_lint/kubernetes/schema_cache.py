"""Keeps on disk, ready for use, what runs need of the bundled schemas and of the constraints merged into them.

The files that ship are JSON: 2 MB of definitions a version, of which a chart needs some dozens, an index of them, and
twenty files of constraints. What a run has read of them is kept in the user's cache folder in the form that Python
reads fastest, and a later run reads that. An entry is named by a digest of what decides its content: the version of
todo-lint, the Python, and the files it was read from, by path, time and size. It is written wholly or not at all, and
one that is damaged, or in a folder that others can write to, is as good as none.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from todo_lint.cache_folder import blake2b, cache_folder, keep_entries, recall_entry
from todo_lint.version import VERSION

__all__ = ["keep_all", "offer", "recall"]

FORMAT = 1
SUFFIX = ".schemas"
MOST_ENTRIES = 32

_offered: dict[str, tuple[list[str], Callable[[], Any]]] = {}


def recall(name: str, sources: Iterable[str]) -> Any:
    """Return what was kept under a name, or None.

    Args:
        name: of the entry, such as ``schemas-1.37``.
        sources: the paths of the files that it was read from; where one has changed there is no entry.
    """
    try:
        body = recall_entry(_key(name, sources)) if cache_folder() is not None else None
        return marshal.loads(body) if body is not None else None  # noqa: S302 - our own
    except Exception:  # whatever it is: the files that ship are there to be read
        return None


def offer(name: str, sources: list[str], make: Callable[[], Any]) -> None:
    """Say how to make an entry; ``make`` is asked at the end of the run and gives None where it would be the same."""
    _offered[name] = sources, make


def keep_all() -> None:
    """Write the entries that are new, where that is possible."""
    if cache_folder() is None:
        return
    try:
        made = {name: make() for name, (_, make) in _offered.items()}
        new = {name: value for name, value in made.items() if value is not None}
        entries = {_key(name, _offered[name][0]): marshal.dumps(value) for name, value in new.items()}
        keep_entries(entries, SUFFIX, MOST_ENTRIES)
    except Exception:  # whatever it is: nothing is kept
        return


def _key(name: str, sources: Iterable[str]) -> str:
    states = [(path, status.st_mtime_ns, status.st_size) for path in sources for status in (os.stat(path),)]  # noqa: PTH116
    decides = repr((FORMAT, VERSION, sys.implementation.cache_tag, states))
    return f"{name}-{blake2b(decides.encode(), digest_size=16).hexdigest()}{SUFFIX}"
