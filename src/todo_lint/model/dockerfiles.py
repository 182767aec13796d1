"""What a Dockerfile says of the image that is built from it, as far as a data model speaks of that."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Dockerfile:
    """A Dockerfile, read.

    ``base`` is the image from which the last stage starts, with the arguments' defaults filled in; ``base_line`` is
    that of its FROM. ``ports`` are the numbers that the last stage exposes, with their lines (from 1).
    """

    file: str
    base: str
    base_line: int
    ports: Mapping[str, int] = field(default_factory=dict)
