"""Tables of the routes of an Ingress: ``| Host | Path | Service | Port |``, a row for each path."""

from __future__ import annotations

from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.reading.values.ingress_rules import ingress_rule
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

_NAMES = ("name", "ingress", "ingress name", "resource", "resource name")
_PATHS = ("path", "paths", "route", "url path", "prefix")
_SERVICES = ("service", "backend", "backend service", "target service", "target", "routes to", "service name")
_PORTS = ("port", "service port", "backend port", "target port")
_HOSTS = ("host", "hostname", "domain", "hosts")
_PATH = pattern(r"/[\w./*-]*")


class RouteRows(Rows):
    """Rows of the routes of the Ingress that the heading above names."""

    def are_routes(self) -> bool:
        """Whether the columns of a table below an Ingress are of paths, and of the Services to which they lead.

        A table with the names of Ingresses has one of them in each row.
        """
        wanted = self._headed(_PATHS) is not None and self._headed(_SERVICES) is not None
        return self.kind == Kind.INGRESS and wanted and self._headed(_NAMES) is None

    def route(self, row: Block) -> None:
        """Read a row; one that leads to no Service explains."""
        cells = cells_of(row)
        path, service = self._below(cells, _PATHS), self._below(cells, _SERVICES)
        port = self._below(cells, _PORTS)
        entity = self.scope.entity or self.page.nameless(Kind.INGRESS, self.scope.section)
        place = self.place(row, entity)
        if not path or " " in service or not _PATH.fullmatch(path):
            self.page.prose(row.line, row.end_line, "a row that leads to no Service")
            return
        reading = ingress_rule(path.rstrip("*").rstrip("/") or "/", f"{service}:{port}" if port else service)
        if not reading.facts:
            self.page.unclear(entity or NO_ENTITY, place, reading.hint or "a Service is read where it looks like web")
            return
        host = self._below(cells, _HOSTS)
        phrase = phrase_for(Kind.INGRESS, "host")
        hosts = read_value(phrase, host).facts if host and phrase else ()
        self.page.state(entity, (*hosts, *reading.facts, *self._further(cells, path)), place)

    def _further(self, cells: list[str], path: str) -> tuple[Fact, ...]:
        """The type of the path, and whether the connection is encrypted, where columns say so."""
        kind = self._below(cells, ("path type", "pathtype", "match", "match type"))
        phrase = phrase_for(Kind.INGRESS, "path type")
        types = read_value(phrase, kind).facts if kind and phrase else ()
        encrypted = self._below(cells, ("tls", "https", "ssl")).lower().startswith(("yes", "true", "enabled", "✅"))
        part = path.rstrip("*").rstrip("/") or "/"
        tls = (Fact(Attribute.TLS, "true"),) if encrypted else ()
        return (*(Fact(Attribute.PATH_TYPE, fact.value, part=part) for fact in types), *tls)

    def _headed(self, words: tuple[str, ...]) -> int | None:
        return next((n for n, head in enumerate(self.columns.heads) if words_of(head) in words), None)

    def _below(self, cells: list[str], words: tuple[str, ...]) -> str:
        """The text of the cell in a column of one of some heads; empty where there is none."""
        number = self._headed(words)
        cell = cells[number] if number is not None and number < len(cells) else ""
        return "" if is_nothing(cell) else plain(cell)
