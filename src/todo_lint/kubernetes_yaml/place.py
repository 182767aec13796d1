"""How far a text of several documents has been read."""

from __future__ import annotations

from todo_lint.records import dataclass


@dataclass(slots=True)
class Place:
    """How far a text has been read; line and column are those of the character at ``index``."""

    text: str
    index: int
    line: int
    column: int

    def advance(self, index: int) -> str:
        """Move on to an index and give the text between."""
        passed = self.text[self.index : index]
        breaks = passed.count("\n")
        self.line += breaks
        self.column = len(passed) - passed.rfind("\n") if breaks else self.column + len(passed)
        self.index = index
        return passed
