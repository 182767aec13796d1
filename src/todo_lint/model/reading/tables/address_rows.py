"""Tables of connections: ``| Frontend | Backend | `http://shop-api:8000` |``."""

from __future__ import annotations

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import plain
from todo_lint.model.reading.vocabulary.addresses import addresses
from todo_lint.model.statements import Attribute, Kind


class AddressRows(Rows):
    """Rows in which a cell is the address of a Service of the document."""

    def postpone_addresses(self) -> None:
        """Read the addresses in the rows once all Services of the document are known."""
        if any("://" in cell for row in self.rows for cell in cells_of(row)):
            self.page.postponed.append(self._addressed)

    def _addressed(self) -> None:
        for row in self.rows:
            for number, cell in enumerate(cells_of(row)):
                found = list(addresses(cell)) if " " not in plain(cell) else []
                service = self.page.names.named((Kind.SERVICE,), found[0].host) if len(found) == 1 else None
                if service is None:
                    continue
                facts = [Fact(Attribute.NAMESPACE, found[0].namespace)] if found[0].namespace else []
                facts.append(Fact(Attribute.PORT, found[0].port))
                self.note(service, Reading(tuple(facts)), self.at(self.place(row, service), row, number))


__all__ = ["AddressRows"]
