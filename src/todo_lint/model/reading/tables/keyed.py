"""Tables with keys of the values behind the first column: ``| Setting | values.yaml key | Description |``."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.lists.loose_items import VALUES_KEY
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, last_remark, plain, words_of
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_HEADS = (
    *("values key", "value key", "values.yaml key", "values.yaml", "values path", "helm value", "helm values"),
    *("helm key", "helm values key", "helm parameter", "chart value", "chart values key", "values.yaml path"),
)
_VALUE = pattern(r"\d[\w.]*|true|false|`[^`]+`|\"[^\"]*\"")
_NO_KEY = ("hardcoded", "hard-coded", "fixed", "static", "constant")


class KeyedRows(Rows):
    """Rows that tell which key of the values sets what they are about."""

    def are_keyed(self) -> bool:
        """Whether each row has a key of the values behind its first cell, or says that there is none."""
        number = self._column()
        cells = [cells[number] for cells in map(cells_of, self.rows) if number < len(cells)]
        keys = [plain(cell) for cell in cells if not _is_none(cell)]
        return bool(number and keys) and all(VALUES_KEY.fullmatch(key) for key in keys)

    def keyed(self, row: Block) -> None:
        """Read a row: there is the key, with the value that words in another cell have behind them."""
        cells, number = cells_of(row), self._column()
        if number >= len(cells) or _is_none(cells[number]):
            self.page.prose(row.line, row.end_line, "no key of the values sets it")
            return
        entity = Entity(Kind.VALUES, section=self.scope.section)
        remarks = [found[1] for cell in cells[number + 1 :] if (found := last_remark(cell))]
        value = next((remark for remark in remarks if _VALUE.fullmatch(remark)), "")
        self.note(entity, read_pair(Kind.VALUES, plain(cells[number]), value), self.place(row, entity))

    def _column(self) -> int:
        return next((n for n, head in enumerate(self.columns.heads) if n and words_of(head) in _HEADS), 0)


def _is_none(cell: str) -> bool:
    return is_nothing(cell) or plain(cell).lower() in _NO_KEY
