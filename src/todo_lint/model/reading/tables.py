"""Tables: attributes of one entity, one entity a row, keys of a ConfigMap or Secret, variables, probes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from todo_lint.model.reading import networking
from todo_lint.model.reading.columns import Columns, Role, read_columns
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import (
    Fact,
    Reading,
    is_description,
    read_value,
    says_nothing,
    unknown_key,
    written,
)
from todo_lint.model.reading.firmness import firmest, later_of, modality_at_start
from todo_lint.model.reading.keys import KEYS, is_prose_key, phrase_for
from todo_lint.model.reading.kinds import kind_of_words, may_be_name, read_label
from todo_lint.model.reading.lines import read_line
from todo_lint.model.reading.outline import LONGEST, Block
from todo_lint.model.reading.page import CELL, WORKLOAD_KINDS, Page, Place
from todo_lint.model.reading.phrases import service_type
from todo_lint.model.reading.related import read_related
from todo_lint.model.reading.scope import NO_ENTITY, Scope
from todo_lint.model.reading.shared import read_shared
from todo_lint.model.reading.sources import source_of, value_and_source
from todo_lint.model.reading.text import is_nothing, plain, without_remarks, words_of
from todo_lint.model.reading.titles import like
from todo_lint.model.reading.transposed import columns_of_entities
from todo_lint.model.statements import NO_RESOURCES, Attribute, Kind, Modality, Prefix, kind_named
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
    columns = read_columns([cell.marked for cell in head.children], _kind(scope))
    for row in rows:
        if any(cell.length > LONGEST for cell in row.children):
            place = Place(row.line, page.lines[row.line - 1].strip()[:60] + "...")
            page.unclear(NO_ENTITY, place, f"a cell is longer than {LONGEST:,} characters; leave the value out")
    rows = [row for row in rows if all(cell.length <= LONGEST for cell in row.children)]
    if _lists_services(columns, rows):
        scope = replace(scope, kind=Kind.SERVICE, entity=None, topic="")
        columns = read_columns([cell.marked for cell in head.children], Kind.SERVICE)
    table = _Table(page, scope, columns, head, rows)
    table.read()
    page.prose(block.line, block.end_line, "a row that states nothing")


def _lists_services(columns: Columns, rows: Sequence[Block]) -> bool:
    """Whether what a column *Type* says of each row is a type of Service, and no kind."""
    types = [columns.cell(_cells(row), Role.KIND) for row in rows if Role.KIND in columns.roles]
    return bool(types) and all(service_type(cell) for cell in types)


def _kind(scope: Scope) -> str:
    return scope.entity.kind if scope.entity else scope.kind


class _Table:
    """One table, its columns understood as far as their heads go."""

    def __init__(self, page: Page, scope: Scope, columns: Columns, head: Block, rows: Sequence[Block]) -> None:
        self.page = page
        self.head = head
        self.scope = scope
        self.columns = columns
        self.rows = rows
        self.kind = _kind(scope)

    def read(self) -> None:
        """Read the table as the first of the shapes that it has."""
        if self._lists_values():
            self._values_below_any_heading()
        elif entities := columns_of_entities(self.page, self.scope, self.columns, self.head.line):
            self._each(self._row_of(entities))
        elif self._is_grid():
            self._each(self._grid)
        else:
            self._by_roles()

    def _by_roles(self) -> None:
        """Read a table by what its columns are."""
        roles = self.columns.roles
        topic = self.scope.topic or self.scope.about
        if roles[0] is Role.PROBE and self.kind in WORKLOAD_KINDS:
            self._each(self._probe)
        elif self._is_variables(topic):
            self._each(self._variable)
        elif self._is_sourced():
            self._each(self._sourced)
        elif Role.NAME in roles and self._entities():
            return
        elif (roles[0] in (Role.ATTRIBUTE, Role.KEY, Role.NAME) and self._has_values()) or self._is_mostly_code():
            self._attributes()
        elif roles[0] in (Role.ATTRIBUTE, Role.KEY) and Role.TYPE in roles:
            self._types()
        elif self.scope.entity is not None and self._row_of_entity():
            self._each(self._cells_of(self.scope.entity))
        else:
            self._unknown()

    def _labelled(self, row: Block) -> None:
        """A row of a networking or security section: a label that is read, and what stands beside it."""
        label, *cells = _cells(row) or [""]
        if cells and networking.is_label(self.kind, plain(label)):
            networking.read_labelled(self.page, self.kind, plain(label), plain(cells[0]), self._place(row))
        else:
            self.page.prose(row.line, row.end_line, "a row about something that no rendering shows")

    def _is_grid(self) -> bool:
        """Whether each row and head name an attribute together: ``Requests`` and ``CPU``."""
        entity = self.scope.entity
        if entity is None or len(self.columns.heads) < 3 or not self.rows:
            return False
        rows = [_cells(row)[0] for row in self.rows if row.children]
        return all(
            phrase_for(entity.kind, f"{plain(key)} {head}")
            for key in rows
            for head in self.columns.heads[1:]
            if plain(key)
        ) and all(map(plain, rows))

    def _grid(self, row: Block) -> None:
        key, *cells = _cells(row)
        entity = self.scope.entity or NO_ENTITY
        for head, cell in zip(self.columns.heads[1:], cells, strict=False):
            if not is_nothing(cell):
                self._note(entity, read_line(entity, f"{plain(key)} {head}", cell, ()), self._place(row, entity))

    def _lists_values(self) -> bool:
        """Whether most rows have a key of the values and its default, whatever the headings speak of."""
        if self.kind == Kind.VALUES or not self.columns.states_defaults or len(self.rows) < 2:
            return False
        keys = [plain(cells[0]) for cells in map(_cells, self.rows) if cells]
        dotted = [key for key in keys if _DOTTED.fullmatch(key)]
        fields = [key for key in dotted if self.kind and phrase_for(self.kind, key)]
        return (
            len(dotted) * 2 > len(keys)
            and len(fields) * 2 < len(dotted)
            and all(_VALUES_KEY.fullmatch(key) for key in keys)
        )

    def _values_below_any_heading(self) -> None:
        self.kind = Kind.VALUES
        self.scope = replace(self.scope, kind=Kind.VALUES, entity=None, topic="")
        self._attributes()

    def _row_of(self, entities: tuple[Entity, ...]) -> Callable[[Block], None]:
        """Reads a row that has a key, and its value for each of several entities."""

        def read(row: Block) -> None:
            key, *values = _cells(row)
            for entity, value in zip(entities, values, strict=False):
                if not is_nothing(value):
                    self._note(entity, read_line(entity, key, value, ()), self._place(row, entity))

        return read

    def _has_values(self) -> bool:
        roles = self.columns.roles
        return (
            Role.VALUE in roles
            or any(self.columns.environments)
            or (self.kind in (Kind.CONFIG_MAP, Kind.SECRET) and roles[0] in (Role.KEY, Role.NAME))
        )

    def _each(self, read: object) -> None:
        for row in self.rows:
            read(row)  # type: ignore[operator]

    def _prose(self, reason: str) -> None:
        for row in self.rows:
            self.page.prose(row.line, row.end_line, reason)

    def _unknown(self) -> None:
        """A table that no reader is for: misread where its rows hold what an entity would state, else prose."""
        if any(networking.is_label(self.kind, plain(_cells(row)[0])) for row in self.rows if row.children):
            self._each(self._labelled)
            return
        keys = [cells[0] for cells in map(_cells, self.rows) if cells]
        if self._are_variables_of_nothing():
            return
        known = [
            key for key in keys if any(phrase_for(kind, key) for kind in (Kind.DEPLOYMENT, Kind.SERVICE)) and key
        ]
        of_workloads = [head for head in self.columns.heads[1:] if phrase_for(Kind.DEPLOYMENT, head)]
        if self.kind and self.kind not in NO_RESOURCES and not self._explains():
            self.page.unclear(self.scope.entity or Entity(self.kind), self._place(self.rows[0]), _TABLES)
        elif len(of_workloads) >= _SEVERAL and not self._explains():
            hint = "nothing says what the rows are: put the table below a heading such as Deployments"
            self.page.unclear(NO_ENTITY, self._place(self.rows[0]), hint)
        elif len(known) * 2 > len(keys) and self._has_values():
            hint = "no entity is named above the table; put it below a heading with a kind and a name"
            self.page.unclear(NO_ENTITY, self._place(self.rows[0]), hint)
        self._prose("a table about nothing that a chart renders")

    def _are_variables_of_nothing(self) -> bool:
        """Tell of variables, from ConfigMaps or Secrets, of no workload; False where a table has none."""
        sources = [source_of(self.columns.cell(_cells(row), Role.SOURCE)) for row in self.rows]
        if not self.columns.is_variables or not any(sources) or self.kind in (*WORKLOAD_KINDS, *_SOURCES):
            return False
        hint = "no workload is named above the table; put it below the name of one"
        self.page.unclear(NO_ENTITY, self._place(self.rows[0], Entity(Kind.SECRET)), hint)
        self._prose(f"belongs to line {self.rows[0].line}, which is not understood")
        return True

    def _explains(self) -> bool:
        """Whether most cells behind the first of their row are words that explain."""
        cells = [cell for row in self.rows for cell in _cells(row)[1:] if not is_nothing(cell)]
        return len([cell for cell in cells if is_description(cell)]) * 2 >= len(cells)

    # Types, with a value in the words about them

    def _types(self) -> None:
        """A table of types states nothing; a description that is code, or that has a default, is a value."""
        for row in self.rows if self.scope.entity is not None and not self._is_example() else ():
            self._type(row, self.scope.entity or NO_ENTITY)
        self._prose("a table of types states no fact")

    def _is_example(self) -> bool:
        return any(words_of(head).startswith("example") for head in self.columns.heads)

    def _type(self, row: Block, entity: Entity) -> None:
        cells = _cells(row)
        key, said = plain(cells[0]), self.columns.cell(cells, Role.DESCRIPTION)
        code = said.startswith("`") and f"`{plain(said)}`" == said.strip()
        if entity.kind == Kind.SECRET:
            self.page.conceal(row.line, row.end_line)
        data = entity.kind in _SOURCES and key.startswith(("data.", "stringData."))
        if not entity.known_as and not data and "`" in said:
            several = read_shared(entity.kind, key, said, self.page.names)
            for other, facts in several:
                self.page.state(self.page.add(other), facts, self._place(row, other))
            if all(fact.attribute == Attribute.NAME for _, facts in several for fact in facts):
                entity.members.extend(other for other, _ in several)
        if not (code or data or "default" in said.lower()):
            return
        reading = read_line(entity, key, said, ())
        if reading.facts:
            self._note(entity, reading, self._place(row, entity))

    def _is_mostly_code(self) -> bool:
        """Whether the cells of a column of details are values: most begin with code."""
        if self.columns.roles != (Role.ATTRIBUTE, Role.DESCRIPTION):
            return False
        cells = [cell for row in self.rows for cell in _cells(row)[1:2]]
        return self.scope.entity is not None and 2 * sum(cell.startswith("`") for cell in cells) > len(cells)

    # Keys, each with the ConfigMap or Secret that it is in

    def _is_sourced(self) -> bool:
        """Whether a table about nothing that the headings name has a ConfigMap or Secret by its name in each row."""
        first = self.columns.roles[0] in (Role.KEY, Role.NAME, Role.ATTRIBUTE) and not self.columns.kind
        if self.scope.entity is not None or not first:
            return False
        sources = [self._holder(row) for row in self.rows]
        return bool(sources) and all("/" in source for source in sources)

    def _holder(self, row: Block) -> str:
        """The ConfigMap or Secret of a row, as ``Kind/name``; its name may stand in a column of its own."""
        cells = _cells(row)
        source = source_of(self.columns.cell(cells, Role.SOURCE))
        for head, cell in list(zip(self.columns.heads, cells, strict=False))[1:]:
            found = kind_of_words(head)
            kind = found[0] if found else source if words_of(head) in _HOLDERS else ""
            name = plain(cell)
            if kind in (Kind.CONFIG_MAP, Kind.SECRET) and may_be_name(name) and not kind_of_words(name):
                return f"{kind}/{name}"
        return source

    def _sourced(self, row: Block) -> None:
        """A key of data, in the ConfigMap or Secret that its row names: of a Secret without its value."""
        kind, _, rest = self._holder(row).partition("/")
        name, _, inner = rest.partition(":")
        cells = _cells(row)
        key = inner or plain(cells[0])
        entity = self.page.find((kind,), name) or self.page.add(
            Entity(kind, name, line=row.line, text=f"| {key} | {kind} {name} |")
        )
        value = self.columns.cell(cells, Role.VALUE) if kind == Kind.CONFIG_MAP else ""
        if kind == Kind.SECRET:
            self.page.conceal(row.line, row.end_line)
        self._note(entity, read_line(entity, f"`{key}`", value, ()), self._place(row, entity))

    # Attribute and value

    def _attributes(self) -> None:
        if self._are_variables_of_nothing():
            return
        if self.scope.entity is None and self.kind not in (Kind.VALUES, Kind.CHART):
            self._unknown()
            return
        entity = self.scope.entity or self.page.add(Entity(self.kind, section=self.scope.section))
        for row in self.rows:
            cells = _cells(row)
            if entity.kind == Kind.SECRET:
                self.page.conceal(row.line, row.end_line)
            for environment, value in self._values(cells):
                if Role.TYPE in self.columns.roles and is_nothing(value):
                    self.page.prose(row.line, row.end_line, "it describes a type")
                    continue
                self._note(entity, self._pair(entity, cells[0], value), self._place(row, entity, environment))

    def _pair(self, entity: Entity, key: str, value: str) -> Reading:
        if self.columns.roles[0] is Role.ATTRIBUTE and entity.kind in (Kind.CONFIG_MAP, Kind.SECRET):
            key = plain(key)
            if phrase_for(entity.kind, key) is None and key.islower():
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

    # One entity a row

    def _entities(self) -> bool:
        """Read a table of entities; False where it is none."""
        columns = self.columns
        kind = columns.kind or (self.scope.kind if self.scope.entity is None else "") or self._kind_of_columns()
        if not kind and Role.KIND not in columns.roles:
            return False
        if kind in (Kind.VALUES, Kind.NETWORK, Kind.SECURITY):
            return False
        if kind == Kind.STORAGE_CLASS and not self._known(kind):
            return False  # those of the cluster, from which claims choose
        keys = (Role.KEY, Role.KIND)
        if kind != self.scope.kind and not self._known(kind) and not any(r in columns.roles for r in keys):
            return False
        self._unknown_columns(kind)
        entity: Entity | None = None
        for row in self.rows:
            cells = _cells(row)
            name = columns.cell(cells, Role.NAME)
            if name.strip() or entity is None:
                entity = self._entity_of(row, cells, kind, name)
            if entity is None:
                self.page.prose(row.line, row.end_line, "a row that names no entity")
                continue
            self._row(row, cells, entity)
        return True

    def _kind_of_columns(self) -> str:
        """The kind of the only entities that have what the heads of columns name; empty where that is not clear."""
        heads = [head for head in self.columns.attributes if head]
        if Role.KIND in self.columns.roles or not heads or self.scope.kind or self.scope.entity is not None:
            return ""
        fits = [k for k in (Kind.DEPLOYMENT, Kind.SERVICE) if all(phrase_for(k, head) for head in heads)]
        return str(fits[0]) if len(fits) == 1 else ""

    def _unknown_columns(self, kind: str) -> None:
        """Tell of each column that is no attribute of the kind of the table, though its cells look like values."""
        if Role.KEY in self.columns.roles or self.scope.modality is Modality.EXAMPLE:
            return
        kinds = (*self._wanted(kind), kind) if kind else self._kinds_of_rows()
        if not kinds:
            return
        line = self.head.line
        place = Place(line, self.page.lines[line - 1].strip(), self.scope.modality, section=self.scope.section)
        for number, (head, role) in enumerate(zip(self.columns.heads, self.columns.roles, strict=True)):
            explains = _SUM.match(head) or any(phrase_for(of, head) or is_prose_key(of, head) for of in kinds)
            if role is not Role.CELL or not head or explains or words_of(head) in _SERVED:
                continue
            readings = [unknown_key(kinds[0], head, cell) for cell in self._cells_below(number)]
            if readings and all(reading.hint for reading in readings):
                meant = readings[0].hint if not self._has_column(readings[0].hint) else "no key has this name"
                self.page.unclear(Entity(kinds[0]), place, f"the column '{head}' is not understood; {meant}")

    def _has_column(self, hint: str) -> bool:
        """Whether what a hint proposes is the head of another column already."""
        return any(f"'{words_of(head)}'" in hint for head in self.columns.heads)

    def _kinds_of_rows(self) -> tuple[str, ...]:
        """The kinds that the rows name, those of the first rows first."""
        cells = (self.columns.cell(_cells(row), Role.KIND) for row in self.rows)
        return tuple(filter(None, dict.fromkeys(map(columns_kind, cells))))

    def _cells_below(self, number: int) -> list[str]:
        """The cells of a column that hold anything."""
        cells = [cells[number] for cells in map(_cells, self.rows) if number < len(cells)]
        return [cell for cell in cells if not is_nothing(cell)]

    def _entity_of(self, row: Block, cells: list[str], kind: str, name: str) -> Entity | None:
        """The entity of a row: one that is known by that name already, else a new one."""
        said = columns_kind(self.columns.cell(cells, Role.KIND)) or kind
        bare = plain(without_remarks(name))
        wanted = self._wanted(said)
        if known := self.page.find(wanted, bare):
            return known
        if not said or not bare or is_nothing(bare) or said not in wanted or _SUM.match(bare):
            return None
        label = read_label(name, said)
        named = bare if may_be_name(bare) else label.name
        role = "" if named else label.role or "-".join(words_of(bare).split())
        modality = later_of(self.scope.modality, modality_at_start(_remark(name)) or Modality.REQUIRED)
        entity = Entity(
            *(said, named, role, row.line, self._place(row, Entity(said)).text),
            *(modality, self.scope.environment, self.scope.section),
        )
        return self.page.add(entity)

    def _wanted(self, kind: str) -> tuple[str, ...]:
        """The kinds that a row can be about: what its head says, unless only other kinds have its columns."""
        if kind == Kind.DEPLOYMENT and not self.columns.kind and not self.scope.kind:
            return tuple(sorted(WORKLOAD_KINDS))  # whatever of these the document calls so
        borrowed = not any(phrase_for(kind, key) for key in self.columns.attributes)
        return tuple(sorted(WORKLOAD_KINDS)) if borrowed and self._known(kind) else (kind,)

    def _known(self, kind: str) -> list[str]:
        """The heads of columns that are attributes of a kind, or of the workload that a kind goes with."""
        keys = self.columns.attributes
        found = [key for key in keys if phrase_for(kind, key)]
        return found or [key for key in keys if kind == Kind.SERVICE and phrase_for(Kind.DEPLOYMENT, key)]

    def _row(self, row: Block, cells: list[str], entity: Entity) -> None:
        place = self._place(row, entity)
        if entity.kind == Kind.SECRET:
            self.page.conceal(row.line, row.end_line)
        for number, role in enumerate(self.columns.roles):
            if number >= len(cells):
                break
            cell = cells[number]
            if role is Role.KEY:
                value = self.columns.cell(cells, Role.VALUE)
                self._keys(entity, cell, value, place)
            elif role is Role.CELL and self._served(entity, number, cell, place):
                continue
            elif role is Role.CELL and not says_nothing(phrase_for(entity.kind, self.columns.heads[number]), cell):
                self._note(entity, self._cell(entity, number, cell), place)
        if place.modality is not Modality.REQUIRED and not any(
            r in (Role.KEY, Role.CELL) for r in self.columns.roles
        ):
            entity.modality = place.modality

    def _served(self, entity: Entity, number: int, cell: str, place: Place) -> bool:
        """Read a cell that says which Service a workload has; False where it is about something else."""
        if entity.kind not in WORKLOAD_KINDS or words_of(self.columns.heads[number]) not in _SERVED:
            return False
        stated = read_related(entity, "Service", cell, self.page.names)
        for other, facts in stated:
            self.page.state(self.page.add(other), facts, place)
        if not stated and not is_nothing(cell) and not is_description(cell):
            self.page.unclear(entity, place, f"what '{plain(cell)}' says is not understood; {like(Kind.SERVICE)}")
        return True

    def _keys(self, entity: Entity, cell: str, value: str, place: Place) -> None:
        """A cell with one key, or with several."""
        keys = [part for part in (plain(part) for part in cell.replace("\n", ",").split(",")) if part]
        for key in keys:
            self._note(entity, read_line(entity, f"`{key}`", value if len(keys) == 1 else "", ()), place)

    def _cell(self, entity: Entity, number: int, cell: str) -> Reading:
        key = self.columns.heads[number]
        phrase = phrase_for(entity.kind, key)
        if phrase is None:
            return Reading(prose=f"'{key}' is no key that states a fact of a {entity.kind}")
        ordered = self.columns.in_order(number, cell)
        reading = read_value(phrase, ordered)
        return (
            reading if reading.facts or reading.prose else replace(reading, hint=f"{CELL}'{key}' is not understood")
        )

    # Other shapes

    def _is_variables(self, topic: str) -> bool:
        roles = self.columns.roles
        if self.kind not in WORKLOAD_KINDS or self.scope.entity is None:
            return False
        return self.columns.is_variables or (
            roles[0] in (Role.NAME, Role.KEY) and ("env" in topic or "variable" in topic)
        )

    def _variable(self, row: Block) -> None:
        cells = _cells(row)
        name = plain(cells[0])
        entity = self.scope.entity
        if entity is None or not name.isidentifier():
            return
        value, source = self.columns.cell(cells, Role.VALUE), self.columns.cell(cells, Role.SOURCE)
        if (
            not value
            and words_of(source) in _INLINE
            and " " not in (told := self.columns.cell(cells, Role.DESCRIPTION))
        ):
            value = told
        said, where = value_and_source(value)
        value = said if where else value
        where = self._source(cells) or where
        facts = list(written(Prefix.ENV + name, value).facts or [Fact(Prefix.ENV + name, "")])
        kind = where.partition("/")[0]
        if kind == "Secret":
            facts = [replace(fact, value="") for fact in facts]
        facts += [Fact(Prefix.ENV_SOURCE + name, where)] if where else []
        place = self._place(row, entity, self.columns.value_environment)
        self.page.state(entity, facts, replace(place, text=f"| {name} |") if kind == "Secret" else place)

    def _source(self, cells: list[str]) -> str:
        """Where the variable of a row comes from: its cell of sources, and those that name a resource and a key."""
        source, type_ = self.columns.cell(cells, Role.SOURCE), self.columns.cell(cells, Role.TYPE)
        where = source_of(source) or source_of(f"{type_} {source}")
        if not where:
            bare = f"{source} {type_}".lower().replace(" ", "")
            where = next((kind for kind in ("ConfigMap", "Secret") if kind.lower() in bare), "")
        for number, head in enumerate(self.columns.heads[1 : len(cells)], start=1):
            words, cell = words_of(head), plain(cells[number])
            named = kind_of_words(words.removesuffix(" name").removesuffix(" ref"))
            if named and named[0] in _SOURCES and may_be_name(cell) and not kind_of_words(cell):
                where = f"{_SOURCES[named[0]]}/{cell}" if "/" not in where else where
            elif words in ("resource", "object", "resource name", "source name") and where and "/" not in where:
                where += f"/{cell}" if may_be_name(cell) else ""
            elif words.removesuffix(" name").endswith("key") and "/" in where and ":" not in where:
                where += f":{cell}" if re.fullmatch(r"[A-Za-z0-9_][\w.-]*", cell) else ""
        return where

    def _probe(self, row: Block) -> None:
        cells = _cells(row)
        entity = self.scope.entity or NO_ENTITY
        probe = words_of(cells[0]).removesuffix(" probe")
        for number, cell in enumerate(cells[1:], start=1):
            phrase = phrase_for(self.kind, f"{probe} {self.columns.heads[number]}")
            if phrase and not is_nothing(cell):
                self._note(entity, read_value(phrase, cell), self._place(row, entity))

    def _row_of_entity(self) -> bool:
        heads = [
            head
            for head, role in zip(self.columns.heads, self.columns.roles, strict=True)
            if role is not Role.DESCRIPTION
        ]
        return bool(heads) and all(phrase_for(self.kind, head) for head in heads)

    def _cells_of(self, entity: Entity) -> object:
        def read(row: Block) -> None:
            for number, cell in enumerate(_cells(row)):
                if self.columns.roles[number] is not Role.DESCRIPTION and not is_nothing(cell):
                    self._note(entity, self._cell(entity, number, cell), self._place(row, entity))

        return read

    def _note(self, entity: Entity, reading: Reading, place: Place) -> None:
        if reading.facts:
            self.page.state(entity, reading.facts, place)
        elif reading.prose:
            self.page.prose(place.line, place.line, reading.prose)
        else:
            self.page.unclear(entity, place, reading.hint)

    def _place(self, row: Block, entity: Entity | None = None, environment: str = "") -> Place:
        text = self.page.lines[row.line - 1].strip()
        cells = _cells(row)
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


_SOURCES: dict[str, str] = {Kind.CONFIG_MAP: "ConfigMap", Kind.SECRET: "Secret"}
_DOTTED = pattern(r"[a-z][\w-]*(?:\.[\w/-]+)+")
_VALUES_KEY = pattern(r"[a-z][\w-]*(?:\.[\w/-]+)*")
_HOLDERS = (
    "key in",
    "in",
    "object",
    "object name",
    "resource",
    "source name",
    "configmap secret",
    "held by",
    "stored in",
)
"""The heads of columns of the names of ConfigMaps and Secrets, where another column says which it is."""
_SERVED = (
    *("exposed as", "exposed by", "exposed through", "exposed via"),
    *("service", "k8s service", "kubernetes service"),
)
"""The heads of columns of the Services of workloads."""
_INLINE = ("inline", "literal", "static", "value", "fixed", "hardcoded", "direct")
"""Sources of a variable whose value is written where it is set: then the next cell may tell it."""
_SUM = pattern(r"(?:grand )?(?:total|sum|overall|combined)\b", 2)  # re.IGNORECASE
"""How the head of a column begins whose cells are reckoned from others."""
_SEVERAL = 2
"""So many columns of what workloads have make a table one of them."""
_TABLES = "a table is read where its head says Attribute and Value, or Name and the attributes of what is named"


def columns_kind(cell: str) -> str:
    """The kind that a cell of a column of kinds names."""
    bare = plain(cell)
    found = kind_of_words(bare)
    return found[0] if found else kind_named(bare) if bare.isalpha() and bare[:1].isupper() else ""


def _remark(text: str) -> str:
    from todo_lint.model.reading.text import last_remark

    found = last_remark(text)
    return found[1] if found else ""


def _cells(row: Block) -> list[str]:
    return [cell.marked for cell in row.children]


__all__ = ["KEYS", "read_table"]
