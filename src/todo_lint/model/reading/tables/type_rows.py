"""Tables of types, which state nothing but what stands in the words about them."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.lists.shared import read_shared
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Place
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.tables.variables import SOURCES
from todo_lint.model.reading.text import plain, words_of
from todo_lint.model.reading.values.worded import value_in_words
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

_REPEATED = pattern(r"([A-Z][\w -]*): (`[^`]+`|\d+)")
"""A description that says the key again, and a value: ``Image tag: `1.2```."""
_VARIABLE = pattern(r"[A-Z][A-Z0-9_]{2,}")


class TypeRows(Rows):
    """Rows that are fields with a type and a description."""

    def is_example(self) -> bool:
        """Whether a column of the table has examples."""
        return any(words_of(head).startswith("example") for head in self.columns.heads)

    def types(self) -> None:
        """A table of types states nothing; a description that is code, or that has a default, is a value."""
        for row in self.rows if self.scope.entity is not None and not self.is_example() else ():
            self._type(row, self.scope.entity or NO_ENTITY)
        self.prose("a table of types states no fact")

    def _type(self, row: Block, entity: Entity) -> None:
        cells = cells_of(row)
        key, said = plain(cells[0]), self.columns.cell(cells, Role.DESCRIPTION)
        code = said.startswith("`") and f"`{plain(said)}`" == said.strip()
        if entity.kind == Kind.SECRET:
            self.page.conceal(row.line, row.end_line)
        data = entity.kind in SOURCES and key.startswith(("data.", "stringData."))
        if not entity.known_as and not data and "`" in said:
            several = read_shared(entity.kind, key, said, self.page.names)
            for other, facts in several:
                self.page.state(self.page.add(other), facts, self.place(row, other))
            if all(fact.attribute == Attribute.NAME for _, facts in several for fact in facts):
                entity.members.extend(other for other, _ in several)
        if repeated := _REPEATED.fullmatch(said):
            said = repeated[2] if words_of(repeated[1]).endswith(words_of(key)) else said
            code = code or said == repeated[2]
        if not (code or data or "default" in said.lower()):
            return
        reading = read_line(entity, key, said, ())
        if reading.facts:
            self.note(entity, reading, self.place(row, entity))

    def described_key(self, entity: Entity, cells: list[str], place: Place) -> bool:
        """A key of data whose row has a type and words alone: it is stated, with a value that the words hold."""
        key, said = plain(cells[0]), self.columns.cell(cells, Role.DESCRIPTION)
        if entity.kind not in SOURCES or not entity.known_as or not _VARIABLE.fullmatch(key):
            return False
        value = said if value_in_words(said) else ""
        self.note(entity, read_line(entity, f"`{key}`", value, ()), place)
        return True
