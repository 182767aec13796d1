"""What the readers of all tables share: the rows, their cells, and where what they say stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Reading
from todo_lint.model.reading.firmness import firmest, later_of
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.scope import Scope
from todo_lint.model.reading.tables.columns import Columns, Role
from todo_lint.model.statements import Kind, Modality
from todo_lint.records import replace


class Rows:
    """The rows of one table, its columns understood as far as their heads go."""

    def __init__(self, page: Page, scope: Scope, columns: Columns, head: Block, rows: Sequence[Block]) -> None:
        self.page = page
        self.head = head
        self.scope = scope
        self.columns = columns
        self.rows = rows
        self.kind = kind_of_scope(scope)

    def each(self, read: Callable[[Block], None]) -> None:
        """Read each row."""
        for row in self.rows:
            read(row)

    def prose(self, reason: str) -> None:
        """Note all rows that nothing was noted of as prose."""
        for row in self.rows:
            self.page.prose(row.line, row.end_line, reason)

    def note(self, entity: Entity, reading: Reading, place: Place) -> None:
        """Note what was read of an entity: its facts, that it is prose, or that it is not understood."""
        if reading.facts:
            self.page.state(entity, reading.facts, place)
        elif reading.prose:
            self.page.prose(place.line, place.line, reading.prose)
        else:
            self.page.unclear(entity, place, reading.hint)

    def place(self, row: Block, entity: Entity | None = None, environment: str = "") -> Place:
        """Where a row says something; of a row about a Secret only the names are shown."""
        text = self.page.lines[row.line - 1].strip()
        cells = cells_of(row)
        if entity is not None and entity.kind == Kind.SECRET:
            shown = (
                c
                for c, role in zip(cells, self.columns.roles, strict=False)
                if role in (Role.NAME, Role.KEY, Role.ATTRIBUTE)
            )
            text = f"| {' | '.join(shown)} |"
        default = [Modality.DEFAULT] if self.kind == Kind.VALUES and self.columns.states_defaults else []
        modality = firmest(*self.columns.firmness(cells), later_of(self.scope.modality), *default)
        return Place(row.line, text, modality, environment or self.scope.environment, self.scope.section)

    def at(self, place: Place, row: Block, number: int) -> Place:
        """The place of a cell of a row: in HTML it can have a line of its own."""
        line = row.children[number].line if number < len(row.children) else row.line
        if line == row.line:
            return place
        shown = place.text.startswith("|")  # of a Secret, the names alone
        return replace(place, line=line, text=place.text if shown else self.page.lines[line - 1].strip())


def kind_of_scope(scope: Scope) -> str:
    """The kind that the headings above a table speak of; empty where they name none."""
    return scope.entity.kind if scope.entity else scope.kind


def cells_of(row: Block) -> list[str]:
    """The texts of the cells of a row, with marks around code."""
    return [cell.marked for cell in row.children]
