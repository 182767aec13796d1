"""Finds the Dockerfiles of a repository."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from todo_lint.patterns import pattern

DEEPEST = 2
"""How many folders below the top of the repository a Dockerfile is looked for."""
MOST_FOLDERS = 500

_NAME = pattern(
    r"^(?:Dockerfile|Containerfile)(?:[._-](?P<after>.+))?$|^(?P<before>.+)\.(?:Dockerfile|Containerfile)$"
)
_SKIPPED = frozenset({"node_modules", "vendor", "templates", "charts", "dist", "build", "venv", "__pycache__"})


def dockerfiles_in(folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The Dockerfiles of a repository: what the file's name or else its folder calls the image, and the path.

    ``folders`` are the chart's folder and those above it, the top of the repository last.
    """
    if not folders:
        return
    # Without a repository around the chart, nothing says how far up its files go: the folder around it is enough.
    top = folders[-1] if Path(folders[-1], ".git").exists() else folders[:2][-1]
    for seen, (folder, below, names) in enumerate(os.walk(top)):
        if seen == MOST_FOLDERS:
            return
        depth = len(Path(folder[len(top) :].lstrip(os.sep)).parts)
        below[:] = sorted(n for n in below if not n.startswith(".") and n not in _SKIPPED) if depth < DEEPEST else []
        for name, match in [(name, match) for name in sorted(names) if (match := _NAME.match(name))]:
            path = Path(folder, name)
            if path.resolve().is_relative_to(Path(top).resolve()) and path.is_file():
                yield match["after"] or match["before"] or (Path(folder).name if depth else ""), str(path)
