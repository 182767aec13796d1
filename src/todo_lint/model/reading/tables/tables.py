"""Tables: attributes of one entity, one entity a row, keys of a ConfigMap or Secret, variables, probes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.kinds import kind_of_words
from todo_lint.model.reading.lists import networking
from todo_lint.model.reading.lists.item_facts import of_probes
from todo_lint.model.reading.lists.lines import PROBES, read_line
from todo_lint.model.reading.markup.outline import LONGEST, Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place
from todo_lint.model.reading.prose.reach import HINT as REACH
from todo_lint.model.reading.prose.reach import lists_reach
from todo_lint.model.reading.scope import NO_ENTITY, Scope
from todo_lint.model.reading.tables.address_rows import AddressRows
from todo_lint.model.reading.tables.columns import Columns, Role, read_columns, with_kinds, with_names
from todo_lint.model.reading.tables.containers import ContainerRows
from todo_lint.model.reading.tables.dependencies import DependencyRows
from todo_lint.model.reading.tables.held import HeldRows
from todo_lint.model.reading.tables.image_rows import ImageRows
from todo_lint.model.reading.tables.keyed import KeyedRows
from todo_lint.model.reading.tables.requirement_rows import RequirementRows
from todo_lint.model.reading.tables.route_rows import RouteRows
from todo_lint.model.reading.tables.rows import cells_of, kind_of_scope
from todo_lint.model.reading.tables.scaled_rows import ScaledRows
from todo_lint.model.reading.tables.stages import StageRows
from todo_lint.model.reading.tables.transposed import columns_of_entities, read_cell
from todo_lint.model.reading.tables.type_rows import TypeRows
from todo_lint.model.reading.tables.value_rows import ValueRows
from todo_lint.model.reading.tables.variables import SOURCES, VariableRows
from todo_lint.model.reading.tables.volume_rows import VolumeRows
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.paired import paired
from todo_lint.model.reading.values.pairs import data_route
from todo_lint.model.reading.values.value_words import is_description, says_nothing
from todo_lint.model.reading.vocabulary.keys import KEYS, is_prose_key, phrase_for
from todo_lint.model.reading.vocabulary.phrases import service_type
from todo_lint.model.reading.vocabulary.requirements import kubernetes_row, lists_requirements
from todo_lint.model.statements import NO_RESOURCES, Kind
from todo_lint.patterns import pattern
from todo_lint.records import replace


def read_table(page: Page, block: Block, scope: Scope) -> None:
    """Read a table by what its head says of its columns."""
    head, *rows = block.children
    page.prose(block.line, block.line, "the head of a table")
    page.prose(block.line + 1, block.line + 1, "the edge of a table")
    if scope.silent:
        page.prose(block.line, block.end_line, f"a table {scope.silent}")
        return
    columns = read_columns([cell.marked for cell in head.children], kind_of_scope(scope))
    for row in rows:
        if any(cell.length > LONGEST for cell in row.children):
            place = Place(row.line, page.lines[row.line - 1].strip()[:60] + "...")
            page.unclear(NO_ENTITY, place, f"a cell is longer than {LONGEST:,} characters; leave the value out")
    rows = [row for row in rows if all(cell.length <= LONGEST for cell in row.children)]
    if _lists_services(columns, rows):
        scope = replace(scope, kind=Kind.SERVICE, entity=None, topic="")
        columns = read_columns([cell.marked for cell in head.children], Kind.SERVICE)
    columns = with_kinds(columns, [cells[0] for cells in map(cells_of, rows) if cells])
    if scope.entity is None and not scope.kind:
        cells = list(map(cells_of, rows))
        columns = with_names(columns, cells, lambda name: page.find(sorted(WORKLOAD_KINDS), name) is not None)
    table = _Table(page, scope, columns, head, rows)
    table.read()
    page.prose(block.line, block.end_line, "a row that states nothing")


def _lists_services(columns: Columns, rows: Sequence[Block]) -> bool:
    """Whether what a column *Type* says of each row is a type of Service, and no kind."""
    types = [columns.cell(cells_of(row), Role.KIND) for row in rows if Role.KIND in columns.roles]
    return bool(types) and all(service_type(cell) for cell in types)


class _Table(
    ValueRows,
    TypeRows,
    ScaledRows,
    RouteRows,
    VariableRows,
    VolumeRows,
    DependencyRows,
    HeldRows,
    RequirementRows,
    AddressRows,
    KeyedRows,
    ContainerRows,
    StageRows,
    ImageRows,
):
    """One table, its columns understood as far as their heads go."""

    def read(self) -> None:
        """Read the table as the first of the shapes that it has."""
        if self.lists_values():
            self._values_below_any_heading()
        elif self.lists_keys_of_values():
            self.each(self.key_of_values)
        elif self.are_dependencies():
            self.each(self.dependency)
        elif self.are_routes():
            self.each(self.route)
        elif entities := self._columns():
            self.each(self._row_of(entities))
        elif self._is_grid():
            self.each(self._grid)
        else:
            self._by_roles()

    def _columns(self) -> tuple[Entity, ...]:
        return columns_of_entities(self.page, self.scope, self.columns, self.head.line, self.rows)

    def _by_roles(self) -> None:
        """Read a table by what its columns are."""
        roles = self.columns.roles
        if roles[0] is Role.PROBE and self.kind in WORKLOAD_KINDS:
            self.each(self._probe)
        elif read := self._listed():
            read()
        elif Role.NAME in roles and self.read_entities():
            return
        elif (roles[0] in (Role.ATTRIBUTE, Role.KEY, Role.NAME) and self._has_values()) or self._is_mostly_code():
            self._attributes()
        elif roles[0] in (Role.ATTRIBUTE, Role.KEY) and Role.TYPE in roles:
            self.types()
        elif self.scope.entity is not None and self._row_of_entity():
            self.each(self._cells_of(self.scope.entity))
        else:
            self._unknown()

    def _listed(self) -> Callable[[], None] | None:
        """What reads a table whose rows are volumes, variables, settings or requirements; None for any other."""
        if self.are_containers():
            return lambda: self.each(self.container)
        if self.are_stages():
            return self.stages
        if self.are_images():
            return lambda: self.each(self.image)
        if self.are_volumes():
            return lambda: self.each(self.volume)
        if self.is_variables(self.scope.topic or self.scope.about):
            return lambda: self.each(self.variable)
        if self.is_sourced():
            return lambda: self.each(self.sourced)
        if self.are_held():
            return self.postpone
        return self.postpone_requirements if not self.kind and self.are_requirements() else None

    def _labelled(self, row: Block) -> None:
        """A row of a networking or security section: a label that is read, and what stands beside it."""
        label, *cells = cells_of(row) or [""]
        if cells and networking.is_label(self.kind, plain(label)):
            networking.read_labelled(self.page, self.kind, plain(label), plain(cells[0]), self.place(row))
        else:
            self.page.prose(row.line, row.end_line, "a row about something that no rendering shows")

    def _is_grid(self) -> bool:
        """Whether each row and head name an attribute together: ``Requests`` and ``CPU``."""
        entity = self.scope.entity
        if entity is None or len(self.columns.heads) < 3 or not self.rows:
            return False
        rows = [cells_of(row)[0] for row in self.rows if row.children]
        return all(
            phrase_for(entity.kind, f"{plain(key)} {head}")
            for key in rows
            for head in self.columns.heads[1:]
            if plain(key)
        ) and all(map(plain, rows))

    def _grid(self, row: Block) -> None:
        key, *cells = cells_of(row)
        entity = self.scope.entity or NO_ENTITY
        for number, (head, cell) in enumerate(zip(self.columns.heads[1:], cells, strict=False), start=1):
            if not is_nothing(cell):
                place = self.at(self.place(row, entity), row, number)
                self.note(entity, read_line(entity, f"{plain(key)} {head}", cell, ()), place)

    def _values_below_any_heading(self) -> None:
        self.kind = Kind.VALUES
        self.scope = replace(self.scope, kind=Kind.VALUES, entity=None, topic="")
        self._attributes()

    def _row_of(self, entities: tuple[Entity, ...]) -> Callable[[Block], None]:
        """Reads a row that has a key, and its value for each of several entities."""

        def read(row: Block) -> None:
            key, *values = cells_of(row)
            for number, (entity, value) in enumerate(zip(entities, values, strict=False), start=1):
                if not is_nothing(value):
                    place = self.at(self.place(row, entity), row, number)
                    each = self._of_each_probe(entity, key, value)
                    self.note(entity, Reading(each) if each else read_cell(entity, key, value), place)

        return read

    def _of_each_probe(self, entity: Entity, key: str, value: str) -> tuple[Fact, ...]:
        """What a row below *Probes* says of each that the rows above it state: ``| Timeout | 3s |``."""
        if self.scope.about not in PROBES or phrase_for(entity.kind, key) is not None:
            return ()
        above = [s.attribute for of, s in self.page.drafts if of is entity and s.line >= self.rows[0].line]
        return of_probes(entity, above, plain(key), value)

    def _has_values(self) -> bool:
        roles = self.columns.roles
        return (
            Role.VALUE in roles
            or any(self.columns.environments)
            or (self.kind in SOURCES and (roles[0] is Role.NAME or Role.KEY in roles))
        )

    def _unknown(self) -> None:
        """A table that no reader is for: misread where its rows hold what an entity would state, else prose."""
        if any(networking.is_label(self.kind, plain(cells_of(row)[0])) for row in self.rows if row.children):
            self.each(self._labelled)
            return
        keys = [cells[0] for cells in map(cells_of, self.rows) if cells]
        self.postpone_addresses()
        if self.are_variables_of_nothing():
            return
        if self.are_keyed():
            self.each(self.keyed)
            return
        if lists_reach(self.columns.heads):
            self._refuse(Entity(Kind.NETWORK_POLICY), REACH)
            return
        if self.columns.roles[0] is Role.PROBE and not self.kind and self._has_paths():
            self._refuse(NO_ENTITY, "no workload is named above the table of probes; put it below the name of one")
            return
        if lists_requirements(self.scope.about):
            self.each(self._required)
            return
        known = [key for key, *cells in map(cells_of, self.rows) if key and _says_what(plain(key), cells)]
        of_workloads = [head for head in self.columns.heads[1:] if phrase_for(Kind.DEPLOYMENT, head)]
        unnamed = self.scope.entity is None and bool(known) and self._has_values()
        if self.kind and self.kind not in NO_RESOURCES and not self._explains():
            hint = _UNNAMED if unnamed else _TABLES
            self.page.unclear(self.scope.entity or Entity(self.kind), self.place(self.rows[0]), hint)
        elif len(of_workloads) >= _SEVERAL and not self._explains():
            hint = "nothing says what the rows are: put the table below a heading such as Deployments"
            self.page.unclear(NO_ENTITY, self.place(self.rows[0]), hint)
        elif len(known) * 2 > len(keys) and self._has_values():
            self.page.unclear(NO_ENTITY, self.place(self.rows[0]), _UNNAMED)
        self.prose("a table about nothing that a chart renders")

    def _refuse(self, entity: Entity, hint: str) -> None:
        """Tell once that a table is not understood."""
        self.page.unclear(entity, self.place(self.rows[0]), hint)
        self.prose(f"belongs to line {self.rows[0].line}, which is not understood")

    def _has_paths(self) -> bool:
        """Whether a column says which paths are asked."""
        at = [n for n, head in enumerate(self.columns.heads) if words_of(head) in ("path", "endpoint", "http path")]
        return any(at and "/" in "".join(cells[at[0] : at[0] + 1]) for cells in map(cells_of, self.rows))

    def _required(self, row: Block) -> None:
        """A row of what has to be there: of Kubernetes the versions are read."""
        key, value, *_ = (*map(plain, cells_of(row)), "", "")
        facts = kubernetes_row(key, value, (*self.columns.heads, "")[1])
        chart = next((e for e in self.page.entities if e.kind == Kind.CHART), Entity(Kind.CHART))
        self.note(
            chart, Reading(facts, prose="" if facts else "what has to be there before the chart"), self.place(row)
        )

    def _explains(self) -> bool:
        """Whether most cells behind the first of their row are words that explain."""
        cells = [cell for row in self.rows for cell in cells_of(row)[1:] if not is_nothing(cell)]
        return len([cell for cell in cells if is_description(cell)]) * 2 >= len(cells)

    def _is_mostly_code(self) -> bool:
        """Whether the cells of a column of details are values: most begin with code."""
        if self.columns.roles != (Role.ATTRIBUTE, Role.DESCRIPTION):
            return False
        cells = [cell for row in self.rows for cell in cells_of(row)[1:2]]
        return self.scope.entity is not None and 2 * sum(cell.startswith("`") for cell in cells) > len(cells)

    # Attribute and value

    def _attributes(self) -> None:
        if self.are_variables_of_nothing():
            return
        if self.scope.entity is None and self.kind not in (Kind.VALUES, Kind.CHART):
            self._unknown()
            return
        entity = self.scope.entity or self.page.add(Entity(self.kind, section=self.scope.section))
        for row in self.rows:
            cells = cells_of(row)
            if entity.kind == Kind.SECRET:
                self.page.conceal(row.line, row.end_line)
            for environment, value in self._values(cells):
                quoted = entity.kind == Kind.VALUES and plain(value) == "" and '"' in value.replace("'", '"')
                typed = Role.TYPE in self.columns.roles and is_nothing(value) and not quoted
                if typed and self.described_key(entity, cells, self.place(row, entity, environment)):
                    continue
                if typed and not self._is_data_key(entity, cells[0]):
                    self.page.prose(row.line, row.end_line, "it describes a type")
                    continue
                value = "" if typed else value  # a key without a default is there all the same
                key = self._key_cell(entity, cells)
                self.note(entity, self._pair(entity, key, value), self.place(row, entity, environment))

    def _key_cell(self, entity: Entity, cells: list[str]) -> str:
        """The cell with the key of a row: of data, that of a column of keys behind one of words."""
        own = self.columns.cell(cells, Role.KEY) if entity.kind in SOURCES else ""
        return own if own and not is_nothing(own) else cells[0]

    def _is_data_key(self, entity: Entity, cell: str) -> bool:
        """Whether the first cell of a row of types is a key of data in code marks, and no field of a manifest."""
        key = plain(cell)
        known = phrase_for(entity.kind, key) is not None or is_prose_key(entity.kind, key)
        return entity.kind in SOURCES and bool(_DATA_KEY.fullmatch(cell.strip())) and not known

    def _pair(self, entity: Entity, key: str, value: str) -> Reading:
        if self.columns.roles[0] is Role.ATTRIBUTE and entity.kind in (Kind.CONFIG_MAP, Kind.SECRET):
            key = plain(data_route(key))
            dotted = key.startswith(("data.", "stringData."))
            if not dotted and phrase_for(entity.kind, key) is None and key.islower() and key not in _OF_MANIFESTS:
                key = f"data.{key}"
        path = (self.scope.topic,) if self.scope.topic else ()
        return read_line(entity, key, value, path)

    def _values(self, cells: list[str]) -> Iterator[tuple[str, str]]:
        """The value of a row, or one for each environment that has a column."""
        for number, environment in enumerate(self.columns.environments):
            if environment and number < len(cells) and not is_nothing(cells[number]):
                yield environment, cells[number]
        if not any(self.columns.environments):
            role = Role.VALUE if Role.VALUE in self.columns.roles else Role.DESCRIPTION
            keys = self.kind in (Kind.CONFIG_MAP, Kind.SECRET)
            yield "", self.columns.cell(cells, Role.VALUE if keys else role)

    def _probe(self, row: Block) -> None:
        cells = cells_of(row)
        entity = self.scope.entity or NO_ENTITY
        probe = words_of(cells[0]).removesuffix(" probe")
        for number, cell in enumerate(cells[1:], start=1):
            phrase = phrase_for(self.kind, f"{probe} {self.columns.heads[number]}")
            if phrase and not is_nothing(cell):
                self.note(entity, read_value(phrase, cell), self.place(row, entity))

    def _row_of_entity(self) -> bool:
        heads = [
            head
            for head, role in zip(self.columns.heads, self.columns.roles, strict=True)
            if role is not Role.DESCRIPTION
        ]
        return bool(heads) and all(phrase_for(self.kind, head) for head in heads)

    def _cells_of(self, entity: Entity) -> Callable[[Block], None]:
        def read(row: Block) -> None:
            for number, cell in enumerate(cells_of(row)):
                explains = self.columns.roles[number] is Role.DESCRIPTION
                if not explains and not says_nothing(phrase_for(entity.kind, self.columns.heads[number]), cell):
                    place = self.at(self.place(row, entity), row, number)
                    self.note(entity, self.cell_reading(entity, number, cell), place)

        return read


def _says_what(key: str, cells: list[str]) -> bool:
    """Whether a row tells of an attribute of a resource: ``Replicas``, ``HPA max replicas``, ``CPU / memory``."""
    first, _, rest = key.partition(" ")
    named = kind_of_words(first) if rest else None
    of_kind = named is not None and named[0] not in NO_RESOURCES and phrase_for(named[0], rest) is not None
    known = any(phrase_for(kind, key) for kind in (Kind.DEPLOYMENT, Kind.SERVICE))
    return known or of_kind or any(paired(key, cell) for cell in cells)


_DATA_KEY = pattern(r"`(?!(?:data|stringData|binaryData|metadata|immutable|kind|type)\b)[A-Za-z_][\w.-]*`")
_OF_MANIFESTS = ("kind", "metadata", "immutable")
"""Fields of a manifest that are no keys of its data."""
_SEVERAL = 2
"""So many columns of what workloads have make a table one of them."""
_UNNAMED = "no entity is named above the table; put it below a heading with a kind and a name"
_TABLES = "a table is read where its head says Attribute and Value, or Name and the attributes of what is named"


__all__ = ["KEYS", "read_table"]
