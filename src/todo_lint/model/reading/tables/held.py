"""Tables that say of each setting in which object and under which key it is: ``| `web-config` / `debug` |``."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_HELD = pattern(
    r"`?(?P<name>[a-z0-9]+(?:-[a-z0-9]+)+)`?\s*(?:/|:|->|\u2192|,? key:?)\s*`?(?P<key>[A-Za-z_][\w.-]*)`?|"
    r"`(?P<first>[a-z0-9]+(?:-[a-z0-9]+)+)[/:](?P<then>[A-Za-z_][\w.-]*)`"
)
_KINDS = (Kind.CONFIG_MAP, Kind.SECRET)


class HeldRows(Rows):
    """Rows that are settings, each with the name of what holds it and its key there."""

    def are_held(self) -> bool:
        """Whether each row names an object and a key in it, in the column that says where the setting is."""
        cells = [self.columns.cell(cells_of(row), Role.SOURCE) for row in self.rows]
        return self.scope.entity is None and bool(cells) and all(_place_of(cell)[0] for cell in cells)

    def postpone(self) -> None:
        """Read the rows once all names of the document are known: a line below may say what the objects are."""
        self.page.postponed.append(self._held)

    def _held(self) -> None:
        """Read the rows, where an object of any is known; else they may speak of files as well."""
        places = [_place_of(self.columns.cell(cells_of(row), Role.SOURCE)) for row in self.rows]
        holders = {name: self._holder(name) for name, _ in places}
        for row, (name, key) in zip(self.rows, places, strict=True) if any(holders.values()) else ():
            holder = holders[name]
            if holder is None:
                self.page.unclear(NO_ENTITY, self.place(row, Entity(Kind.SECRET)), _UNKNOWN.format(name))
                continue
            if holder.kind == Kind.SECRET:
                self.page.conceal(row.line, row.end_line)
            value = self.columns.cell(cells_of(row), Role.VALUE) if holder.kind == Kind.CONFIG_MAP else ""
            self.note(holder, read_line(holder, f"`{key}`", value, ()), self.place(row, holder))

    def _holder(self, name: str) -> Entity | None:
        """The one ConfigMap or Secret of a name."""
        found = [entity for kind in _KINDS if (entity := self.page.names.named((kind,), name))]
        return found[0] if len(found) == 1 else None


def _place_of(cell: str) -> tuple[str, str]:
    """The name and the key in a cell; empty where it has none."""
    match = _HELD.fullmatch(cell.strip())
    return (match["name"] or match["first"], match["key"] or match["then"]) if match else ("", "")


_UNKNOWN = (
    "nothing says whether '{0}' is a ConfigMap or a Secret; say it in the row: 'ConfigMap `{0}`', key `...`, "
    "or name it elsewhere: 'cm/{0}'"
)
