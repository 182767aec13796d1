"""Tables of the stages in which an image is built: the last of them is what the image is made of."""

from __future__ import annotations

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.statements import Attribute, Kind

_STAGES = ("stage", "layer", "build stage", "stage name")
_BASES = ("base", "base image", "from", "image")


class StageRows(Rows):
    """Rows that are stages of a Dockerfile, in their order."""

    def are_stages(self) -> bool:
        """Whether a table below the name or the role of an image has its stages, and what each starts from."""
        entity = self.scope.entity
        stages = words_of(self.columns.heads[0]) in _STAGES
        return entity is not None and entity.kind == Kind.IMAGE and stages and bool(self._base())

    def stages(self) -> None:
        """State the base of the image: what its last stage starts from, unless that is a stage before it."""
        number = self._base()
        named = [plain(cells[0]) for cells in map(cells_of, self.rows) if cells]
        *before, last = self.rows
        for row in before:
            self.page.prose(row.line, row.end_line, "a stage that is no part of the image")
        cells = cells_of(last)
        base = plain(cells[number]) if number < len(cells) else ""
        if self.scope.entity is None or is_nothing(base) or base in named:
            self.page.prose(last.line, last.end_line, "a stage that starts from another")
            return
        self.note(self.scope.entity, Reading((Fact(Attribute.BASE, base),)), self.place(last, self.scope.entity))

    def _base(self) -> int:
        return next((n for n, head in enumerate(self.columns.heads) if n and words_of(head) in _BASES), 0)
