"""Tables with a container of a workload in each row: ``| Container | Image | Port |``."""

from __future__ import annotations

from todo_lint.model.reading.facts import Reading
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import CELL, WORKLOAD_KINDS
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_name, is_nothing, plain, words_of
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.records import replace

_HEADS = ("container", "container name", "containers", "sidecar")


class ContainerRows(Rows):
    """Rows that are containers of the workload above."""

    def are_containers(self) -> bool:
        """Whether each row begins with a container's name, and some column says what containers have."""
        entity = self.scope.entity
        if entity is None or entity.kind not in WORKLOAD_KINDS or words_of(self.columns.heads[0]) not in _HEADS:
            return False
        names = [plain(cells[0]) for cells in map(cells_of, self.rows) if cells]
        known = [head for head in self.columns.heads[1:] if phrase_for(entity.kind, head)]
        return bool(known and names) and all(map(is_name, names))

    def container(self, row: Block) -> None:
        """Read a row: what each cell says of the container."""
        entity = self.scope.entity or NO_ENTITY
        name, *cells = cells_of(row)
        for number, cell in enumerate(cells, start=1):
            head = self.columns.heads[number]
            phrase = phrase_for(entity.kind, head)
            if phrase is None or is_nothing(cell):
                explains = is_prose_key(entity.kind, head) or self.columns.roles[number] is Role.DESCRIPTION
                if phrase is None and not explains and not is_nothing(cell):
                    self.page.unclear(entity, self.place(row, entity), f"the column '{head}' is not understood")
                continue
            reading = read_value(phrase, self.columns.in_order(number, cell))
            facts = tuple(replace(fact, part=plain(name)) for fact in reading.facts)
            hint = "" if facts or reading.prose else f"{CELL}'{head}' is not understood"
            self.note(entity, Reading(facts, reading.prose, hint), self.at(self.place(row, entity), row, number))
