"""Tables of the charts that a chart depends on: ``| Name | Version | Repository |``."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.lists.dependencies import FIELDS, read_dependency
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.parts import DEPENDENCIES
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_CHARTS = ("chart", "dependency", "subchart", "sub chart", "helm chart", "dependency chart")
_REPOSITORY = pattern(FIELDS["repository"])
_NAMES = ("name", "chart", "dependency", "subchart", "sub chart", "chart name", "helm chart")


class DependencyRows(Rows):
    """Rows that are dependencies of a chart."""

    def are_dependencies(self) -> bool:
        """Whether a table below a heading of dependencies has their names, and what is said of them."""
        words = [words_of(head) for head in self.columns.heads]
        if words[0] in _CHARTS and "repository" in words and self.kind in ("", Kind.CHART):
            return all(map(_REPOSITORY.fullmatch, map(plain, self._in_column(words.index("repository")))))
        below = self.kind == Kind.CHART and self.scope.topic in DEPENDENCIES
        return below and words[0] in _NAMES and any(word in FIELDS for word in words[1:])

    def _in_column(self, number: int) -> list[str]:
        return [cells[number] if number < len(cells) else "" for cells in map(cells_of, self.rows)]

    def dependency(self, row: Block) -> None:
        """Read a row: the name of a chart, its version, and where it is from."""
        chart = next((e for e in self.page.entities if e.kind == Kind.CHART), Entity(Kind.CHART))
        entity, cells = self.scope.entity or chart, cells_of(row)
        name = plain(cells[0]) if cells else ""
        for number, (head, cell) in enumerate(zip(self.columns.heads[1:], cells[1:], strict=False), start=1):
            if words_of(head) in FIELDS and not is_nothing(cell):
                reading = read_dependency(words_of(head), cell, ("dependencies", name))
                if reading is not None:
                    self.note(entity, reading, self.at(self.place(row, entity), row, number))
