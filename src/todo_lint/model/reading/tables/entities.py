"""Tables with an entity in each row: ``| Name | Image | Replicas |``."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import later_of, modality_at_start
from todo_lint.model.reading.kinds import kind_of_words, may_be_name, read_label
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.lists.related import read_related
from todo_lint.model.reading.lists.titles import like
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import CELL, WORKLOAD_KINDS, Place
from todo_lint.model.reading.prose.definite import definite_values
from todo_lint.model.reading.prose.spoken import is_open
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, last_remark, not_understood, plain, without_remarks, words_of
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.paired import paired
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.values.unknown_keys import unknown_key
from todo_lint.model.reading.values.value_words import is_description, says_nothing
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.model.statements import Kind, Modality, kind_named
from todo_lint.patterns import pattern
from todo_lint.records import replace


class EntityRows(Rows):
    """Rows that are entities, with the values of their attributes."""

    def read_entities(self) -> bool:
        """Read a table of entities; False where it is none."""
        columns = self.columns
        kind = columns.kind or (self.scope.kind if self.scope.entity is None else "") or self._kind_of_columns()
        if not kind and Role.KIND not in columns.roles:
            return False
        if kind in (Kind.VALUES, Kind.NETWORK, Kind.SECURITY):
            return False
        if kind == Kind.STORAGE_CLASS and not self._known(kind):
            return False  # those of the cluster, from which claims choose
        keys = (Role.KEY, Role.KIND, Role.PROBE)
        if kind != self.scope.kind and not self._known(kind) and not any(r in columns.roles for r in keys):
            return False
        self._unknown_columns(kind)
        entity: Entity | None = None
        for row in self.rows:
            cells = cells_of(row)
            name = columns.cell(cells, Role.NAME)
            if several := self._several(name):
                entity = None
                for one in filter(None, (self._entity_of(row, cells, kind, one) for one in several)):
                    self._row(row, cells, one)
                continue
            if name.strip() or entity is None:
                entity = self._entity_of(row, cells, kind, name)
            if entity is None:
                self.page.prose(row.line, row.end_line, "a row that names no entity")
                continue
            self._row(row, cells, entity)
            self._label(row)
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
            explains = _SUM.match(head) or any(self._is_known(of, number) or is_prose_key(of, head) for of in kinds)
            if role is not Role.CELL or not head or explains or words_of(head) in _SERVED:
                continue
            readings = [unknown_key(kinds[0], head, cell) for cell in self._cells_below(number)]
            if readings and all(reading.hint for reading in readings):
                meant = readings[0].hint if not self._has_column(readings[0].hint) else "no key has this name"
                self.page.unclear(Entity(kinds[0]), place, f"the column '{head}' is not understood; {meant}")

    def _is_known(self, kind: str, number: int) -> bool:
        """Whether the head of a column is a key of a kind: alone, behind the name of a probe, or two keys at once."""
        head = self.columns.heads[number]
        if phrase_for(kind, head) or (Role.PROBE in self.columns.roles and phrase_for(kind, f"liveness {head}")):
            return True
        return kind in WORKLOAD_KINDS and any(paired(head, cell) for cell in self._cells_below(number))

    def _has_column(self, hint: str) -> bool:
        """Whether what a hint proposes is the head of another column already."""
        return any(f"'{words_of(head)}'" in hint for head in self.columns.heads)

    def _kinds_of_rows(self) -> tuple[str, ...]:
        """The kinds that the rows name, those of the first rows first."""
        cells = (self.columns.cell(cells_of(row), Role.KIND) for row in self.rows)
        return tuple(filter(None, dict.fromkeys(map(columns_kind, cells))))

    def _cells_below(self, number: int) -> list[str]:
        """The cells of a column that hold anything."""
        cells = [cells[number] for cells in map(cells_of, self.rows) if number < len(cells)]
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
        bare = bare.replace("*", "<any>")  # ``shop-init-*``: the end is anything
        label = read_label(name, said)
        named = bare if may_be_name(bare) else label.name
        role = "" if named else label.role or "-".join(words_of(bare).split())
        remarks = (_remark(name), _remark(self.columns.cell(cells, Role.KIND)))
        modality = later_of(self.scope.modality, *filter(None, map(modality_at_start, remarks)))
        entity = Entity(
            *(said, named, role, row.line, self.place(row, Entity(said)).text),
            *(modality, self.scope.environment, self.scope.section),
        )
        return self.page.add(entity)

    def _several(self, name: str) -> tuple[str, ...]:
        """The names in code marks of a cell that has several, beside a kind; a cell with a value is about one."""
        if Role.KIND not in self.columns.roles or self.columns.attributes or not _CODES.fullmatch(name.strip()):
            return ()
        return tuple(re.findall("`[^`]+`", name))

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
        place = self.place(row, entity)
        if entity.kind == Kind.SECRET:
            self.page.conceal(row.line, row.end_line)
        probe = words_of(self.columns.cell(cells, Role.PROBE)).removesuffix(" probe")
        for number, role in enumerate(self.columns.roles):
            if number >= len(cells):
                break
            cell = cells[number]
            if role is Role.KEY:
                value = self.columns.cell(cells, Role.VALUE)
                self._keys(entity, cell, value, place)
            elif role in _WORDS and Role.KIND in self.columns.roles and Role.KEY not in self.columns.roles:
                self._words(entity, cell, self.at(place, row, number))
            elif role is Role.CELL and self._served(entity, number, cell, place):
                continue
            elif role is Role.CELL and probe:
                self._of_probe(entity, probe, number, cell, self.at(place, row, number))
            elif role is Role.CELL and not says_nothing(phrase_for(entity.kind, self.columns.heads[number]), cell):
                self.note(entity, self.cell_reading(entity, number, cell), self.at(place, row, number))
        if place.modality is not Modality.REQUIRED and not any(
            r in (Role.KEY, Role.CELL) for r in self.columns.roles
        ):
            entity.modality = place.modality

    def _label(self, row: Block) -> None:
        """The name of a row in HTML may stand on a line of its own, on which nothing is stated."""
        number = self.columns.roles.index(Role.NAME)
        line = row.children[number].line if number < len(row.children) else row.line
        if line != row.line:
            self.page.prose(line, line, "the label of the cells beside it")

    def _words(self, entity: Entity, cell: str, place: Place) -> None:
        """Read a cell that says in words what an entity is: ``ClusterIP, port 80``; or words that explain."""
        said = re.sub(rf"\b({_TYPES})\s+{re.escape(entity.kind)}\b", r"\1", cell, flags=re.IGNORECASE)
        summary = read_summary(entity.kind, said)
        if summary.facts and not is_open(cell):
            self.page.state(entity, summary.facts, place)
        left = [value.text for part in summary.unread for value in definite_values(part)]
        if left and not is_open(cell):
            self.page.unclear(entity, place, f"{not_understood(left)}; {like(entity.kind)}")

    def _of_probe(self, entity: Entity, probe: str, number: int, cell: str, place: Place) -> None:
        """Read a cell of a row that is about one probe of an entity, or about each of several that it names."""
        phrases = [phrase_for(entity.kind, f"{one} {self.columns.heads[number]}") for one in _AND.split(probe)]
        for phrase in phrases if not is_nothing(cell) else ():
            reading = read_value(phrase, cell) if phrase else unknown_key(entity.kind, probe, cell)
            self.note(entity, reading, place)

    def _served(self, entity: Entity, number: int, cell: str, place: Place) -> bool:
        """Read a cell that says which Service a workload has; False where it is about something else."""
        if entity.kind not in WORKLOAD_KINDS or words_of(self.columns.heads[number]) not in _SERVED:
            return False
        if words_of(self.columns.heads[number]) == "service port":
            stated = _port_of_service(entity, cell)
        else:
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
            self.note(entity, read_line(entity, f"`{key}`", value if len(keys) == 1 else "", ()), place)

    def cell_reading(self, entity: Entity, number: int, cell: str) -> Reading:
        """What a cell says of an entity, by the head of its column (by number)."""
        key = self.columns.heads[number]
        if self.columns.remarks[number] and paired(f"{key} ({self.columns.remarks[number]})", cell):
            return read_line(entity, f"{key} ({self.columns.remarks[number]})", cell, ())
        phrase = phrase_for(entity.kind, key)
        if phrase is None and paired(key, cell):
            return read_line(entity, key, cell, ())
        if phrase is None:
            return Reading(prose=f"'{key}' is no key that states a fact of a {entity.kind}")
        ordered = self.columns.in_order(number, cell)
        reading = read_value(phrase, ordered)
        return (
            reading if reading.facts or reading.prose else replace(reading, hint=f"{CELL}'{key}' is not understood")
        )


_TYPES = "ClusterIP|NodePort|LoadBalancer|ExternalName"
_CODES = pattern(r"`[^`]+`(?:(?:\s*[,/&+\n]|\s+and)\s*`[^`]+`)+")
_WORDS = (Role.DESCRIPTION, Role.ATTRIBUTE, Role.VALUE)
"""The roles of columns beside a kind and a name whose cells may say in words what there is."""
_SERVED = (
    *("exposed as", "exposed by", "exposed through", "exposed via"),
    *("service", "k8s service", "kubernetes service", "service port"),
)
"""The heads of columns of the Services of workloads."""
_AND = pattern(r"\s*(?:,|/|&|\+|\band\b)\s*")
_SUM = pattern(r"(?:grand )?(?:total|sum|overall|combined)\b", 2)  # re.IGNORECASE
"""How the head of a column begins whose cells are reckoned from others."""


def _port_of_service(entity: Entity, cell: str) -> list[tuple[Entity, tuple[Fact, ...]]]:
    """``5432 (cluster)``: the port of the Service of a workload."""
    phrase = phrase_for(Kind.SERVICE, "port")
    port = without_remarks(cell)
    facts = read_value(phrase, port).facts if phrase and plain(port).isdigit() else ()
    return (
        [(Entity(Kind.SERVICE, role=entity.role or entity.known_as, section=entity.section), facts)] if facts else []
    )


def columns_kind(cell: str) -> str:
    """The kind that a cell of a column of kinds names."""
    bare = plain(without_remarks(cell))
    found = kind_of_words(bare)
    return found[0] if found else kind_named(bare) if bare.isalpha() and bare[:1].isupper() else ""


def _remark(text: str) -> str:
    found = last_remark(text)
    return found[1] if found else ""
