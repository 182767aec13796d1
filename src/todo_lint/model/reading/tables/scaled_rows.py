"""Tables with a workload in each row, below a heading of autoscalers or of disruption budgets: one for each."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import slug
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.entities import EntityRows
from todo_lint.model.reading.tables.rows import cells_of
from todo_lint.model.reading.text import is_name, is_nothing, plain, without_remarks, words_of
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.model.statements import Attribute, Kind

_OF_WORKLOADS = ("workload", "component", "target")
"""Heads of columns of workloads of any kind; *Name* is that of the autoscaler itself."""
_KINDS = (Kind.HORIZONTAL_POD_AUTOSCALER, Kind.POD_DISRUPTION_BUDGET)


class ScaledRows(EntityRows):
    """Rows of ``| Deployment | Min | Max | CPU Target |``: what scales or protects each workload."""

    def read_entities(self) -> bool:
        """Read a table of entities, or of what scales or protects those of another kind; False where it is none."""
        if not self._are_scaled():
            return super().read_entities()
        self.each(self._scaled)
        return True

    def _are_scaled(self) -> bool:
        """Whether each row has a workload and the attributes of the autoscaler or budget that the heading names."""
        entity = self.scope.entity
        of_one = entity is not None and bool(entity.known_as)
        known = any(phrase_for(self.kind, head) for head in self.columns.heads[1:])
        return (
            self.kind in _KINDS
            and not of_one
            and known
            and self.columns.roles[0] is Role.NAME
            and (self.columns.kind in WORKLOAD_KINDS or words_of(self.columns.heads[0]) in _OF_WORKLOADS)
        )

    def _scaled(self, row: Block) -> None:
        """Read a row: the resource is known by its workload's name; an autoscaler has that as its target."""
        cells = cells_of(row)
        name = plain(without_remarks(cells[0])) if cells else ""
        if is_nothing(name):
            self.page.prose(row.line, row.end_line, "a row that names no workload")
            return
        role = name if is_name(name) else slug(name.lower().split())
        entity = self.page.add(Entity(self.kind, role=role, line=row.line, section=self.scope.section))
        place = self.place(row, entity)
        if self.kind == Kind.HORIZONTAL_POD_AUTOSCALER and is_name(name):
            target = f"{self.columns.kind}/{name}" if self.columns.kind else name
            self.page.state(entity, [Fact(Attribute.TARGET, target)], place)
        for number, cell in enumerate(cells[1:], start=1):
            head = self.columns.heads[number] if number < len(self.columns.heads) else ""
            if head and not is_nothing(cell) and phrase_for(self.kind, head) and not is_prose_key(self.kind, head):
                self.note(entity, self.cell_reading(entity, number, cell), self.at(place, row, number))
