"""Tables of environment variables, and of keys with the ConfigMap or Secret that each is in."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import kind_of_words, may_be_name
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.reading.values.written_values import written
from todo_lint.model.reading.vocabulary.sources import source_of, value_and_source
from todo_lint.model.statements import Kind, Prefix
from todo_lint.records import replace


class VariableRows(Rows):
    """Rows that are variables of a workload, or keys of data, with their sources."""

    def is_variables(self, topic: str) -> bool:
        """Whether the rows are environment variables of the workload above; ``topic`` is the heading's."""
        roles = self.columns.roles
        if self.kind not in WORKLOAD_KINDS or self.scope.entity is None:
            return False
        spoken = _OF_VARIABLES.intersection(topic.split())
        if any(self.columns.environments) and not any(word.startswith("var") for word in spoken):
            spoken = frozenset()  # *Per environment*: what anything is in each of them
        return self.columns.is_variables or (roles[0] in (Role.NAME, Role.KEY) and bool(spoken))

    def variable(self, row: Block) -> None:
        """Read a row that is a variable, with its value or its source: from a Secret without its value."""
        cells = cells_of(row)
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
        if any(self.columns.environments) and kind != "Secret":
            everywhere, bound = self._by_environment(cells, name)
            facts = [*(facts if everywhere else ()), *bound]
        place = self.place(row, entity, self.columns.value_environment)
        self.page.state(entity, facts, replace(place, text=f"| {name} |") if kind == "Secret" else place)

    def _by_environment(self, cells: list[str], name: str) -> tuple[bool, list[Fact]]:
        """Whether each environment that has a column has a variable, and its value there."""
        bound = [(env, cell) for env, cell in zip(self.columns.environments, cells, strict=False) if env]
        stated = [(env, cell) for env, cell in bound if not is_nothing(cell)]
        facts = [
            replace(fact, environment=env) for env, cell in stated for fact in written(Prefix.ENV + name, cell).facts
        ]
        return len(stated) == len(bound), facts

    def _source(self, cells: list[str]) -> str:
        """Where what a row names comes from: its cell of sources, and those that name a resource and a key."""
        source, type_ = self.columns.cell(cells, Role.SOURCE), self.columns.cell(cells, Role.TYPE)
        where = source_of(source) or source_of(f"{type_} {source}")
        if not where:
            bare = f"{source} {type_}".lower().replace(" ", "")
            where = next((kind for kind in ("ConfigMap", "Secret") if kind.lower() in bare), "")
        for number, head in enumerate(self.columns.heads[1 : len(cells)], start=1):
            words, cell = words_of(head), plain(cells[number])
            named = kind_of_words(words.removesuffix(" name").removesuffix(" ref"))
            if named and named[0] in SOURCES and may_be_name(cell) and not kind_of_words(cell):
                where = f"{SOURCES[named[0]]}/{cell}" if "/" not in where else where
            elif words in _HOLDERS and where and "/" not in where:
                where += f"/{cell}" if may_be_name(cell) else ""
            elif words.removesuffix(" name").endswith("key") and "/" in where and ":" not in where:
                where += f":{cell}" if re.fullmatch(r"[A-Za-z0-9_][\w.-]*", cell) else ""
        return where

    def are_variables_of_nothing(self) -> bool:
        """Tell of variables, from ConfigMaps or Secrets, of no workload; False where a table has none."""
        sources = [source_of(self.columns.cell(cells_of(row), Role.SOURCE)) for row in self.rows]
        if not self.columns.is_variables or not any(sources) or self.kind in (*WORKLOAD_KINDS, *SOURCES):
            return False
        hint = "no workload is named above the table; put it below the name of one"
        self.page.unclear(NO_ENTITY, self.place(self.rows[0], Entity(Kind.SECRET)), hint)
        self.prose(f"belongs to line {self.rows[0].line}, which is not understood")
        return True

    def is_sourced(self) -> bool:
        """Whether a table about nothing that the headings name has a ConfigMap or Secret by its name in each row."""
        first = self.columns.roles[0] in (Role.KEY, Role.NAME, Role.ATTRIBUTE) and not self.columns.kind
        if self.scope.entity is not None or not first:
            return False
        sources = [self._source(cells_of(row)) for row in self.rows]
        return bool(sources) and all("/" in source for source in sources)

    def sourced(self, row: Block) -> None:
        """A key of data, in the ConfigMap or Secret that its row names: of a Secret without its value."""
        cells = cells_of(row)
        kind, _, rest = self._source(cells).partition("/")
        name, _, inner = rest.partition(":")
        key = inner or plain(cells[0])
        entity = self.page.find((kind,), name) or self.page.add(
            Entity(kind, name, line=row.line, text=f"| {key} | {kind} {name} |")
        )
        value = self.columns.cell(cells, Role.VALUE) if kind == Kind.CONFIG_MAP else ""
        if kind == Kind.SECRET:
            self.page.conceal(row.line, row.end_line)
        self.note(entity, read_line(entity, f"`{key}`", value, ()), self.place(row, entity))


_OF_VARIABLES = frozenset(("env", "envs", "environment", "variable", "variables", "var", "vars"))
"""Words of headings of environment variables; *environments* are where something runs."""
SOURCES: dict[str, str] = {Kind.CONFIG_MAP: "ConfigMap", Kind.SECRET: "Secret"}
_HOLDERS = (
    *("resource", "resource name", "object", "object name", "source name", "configmap secret"),
    *("in", "key in", "held by", "stored in"),
)
"""The heads of columns of the names of ConfigMaps and Secrets, where another column says which it is."""
_INLINE = ("inline", "literal", "static", "value", "fixed", "hardcoded", "direct")
"""Sources of a variable whose value is written where it is set: then the next cell may tell it."""
