"""Documents of a few lines for the tests of reading: what they state, and what is told of them."""

from __future__ import annotations

from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import DataModel

Stated = tuple[int, str, str, str, str]
"""Line, kind, name, attribute and value of a statement."""


def read(*lines: str) -> DataModel:
    return read_markdown("\n".join(lines) + "\n", "data-model.md")


def stated(model: DataModel) -> list[Stated]:
    return [(s.line, str(s.kind), s.name, str(s.attribute), s.value) for s in model.statements if s.understood]


def told(model: DataModel) -> list[tuple[int, str]]:
    return [(s.line, s.hint) for s in model.statements if not s.understood]


def prose(model: DataModel) -> list[int]:
    return [line.line for line in model.prose]
