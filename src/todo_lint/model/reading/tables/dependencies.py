"""Tables of the charts that a chart depends on: ``| Name | Version | Repository |``."""

from __future__ import annotations

from todo_lint.model.reading.lists.dependencies import FIELDS, read_dependency
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.parts import DEPENDENCIES
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.statements import Kind

_NAMES = ("name", "chart", "dependency", "subchart", "sub chart", "chart name", "helm chart")


class DependencyRows(Rows):
    """Rows that are dependencies of a chart."""

    def are_dependencies(self) -> bool:
        """Whether a table below a heading of dependencies has their names, and what is said of them."""
        words = [words_of(head) for head in self.columns.heads]
        below = self.kind == Kind.CHART and self.scope.topic in DEPENDENCIES
        return below and words[0] in _NAMES and any(word in FIELDS for word in words[1:])

    def dependency(self, row: Block) -> None:
        """Read a row: the name of a chart, its version, and where it is from."""
        entity, cells = self.scope.entity or NO_ENTITY, cells_of(row)
        name = plain(cells[0]) if cells else ""
        for number, (head, cell) in enumerate(zip(self.columns.heads[1:], cells[1:], strict=False), start=1):
            if words_of(head) in FIELDS and not is_nothing(cell):
                reading = read_dependency(words_of(head), cell, ("dependencies", name))
                if reading is not None:
                    self.note(entity, reading, self.at(self.place(row, entity), row, number))
