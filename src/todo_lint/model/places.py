"""Where documents lie, from a module that imports next to nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

PLACES = ("data-model.md", "policies/data-model.md", "data-model.yaml", "data-model.yml", "data-model.json")


def candidates(folders: Sequence[str]) -> Iterator[str]:
    """The documents in folders, nearest first; links that lead out of the last folder are passed over."""
    for folder in folders:
        for place in PLACES:
            path = os.path.normpath(os.path.join(folder, place))  # noqa: PTH118
            if os.path.isfile(path) and Path(path).resolve().is_relative_to(Path(folders[-1]).resolve()):  # noqa: PTH113
                yield path
