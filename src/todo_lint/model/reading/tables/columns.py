"""What the head of a table says of its columns."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence

from todo_lint.model.reading.firmness import ENVIRONMENTS, modality_at_start
from todo_lint.model.reading.kinds import kind_of_words, may_be_name
from todo_lint.model.reading.text import is_nothing, last_remark, plain, without_remarks, words_of
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Kind, Modality
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace


class Role(enum.Enum):
    """What the cells of a column are."""

    NAME = "the name of an entity"
    KIND = "its kind"
    ATTRIBUTE = "the name of an attribute"
    KEY = "a key of data"
    VALUE = "a value"
    TYPE = "a type"
    SOURCE = "where a value comes from"
    REQUIRED = "whether it must be there"
    PROBE = "which probe"
    DESCRIPTION = "words that explain"
    CELL = "the value of the attribute in the head"


_ROLES: dict[Role, tuple[str, ...]] = {
    Role.ATTRIBUTE: ("attribute", "property", "field", "parameter", "setting", "characteristic", "aspect", "option",
                     "field path", "manifest field", "manifest path"),
    Role.KEY: ("key", "keys", "data key", "variable", "environment variable", "env var", "value path",
               "helm value path", "path in values", "values key", "parameter path", "config key",
               "configuration key", "secret key"),
    Role.VALUE: ("value", "values", "default", "default value", "current value", "specification", "example value",
                 "sentinel", "sentinel value", "initial value"),
    Role.TYPE: ("data type", "field type", "format"),
    Role.SOURCE: ("source", "from", "value source", "value from", "where", "stored in", "held in", "lives in"),
    Role.REQUIRED: ("required", "mandatory", "optional", "enabled", "enabled by default", "on by default"),
    Role.KIND: ("kind", "resource kind", "resource type", "k8s kind", "kubernetes kind"),
    Role.PROBE: ("probe", "probe type", "check"),
    Role.NAME: ("name", "resource", "resource name", "component", "app", "application", "object", "entity",
                "workload"),
    Role.DESCRIPTION: ("description", "notes", "note", "purpose", "comment", "comments", "spec ref",
                       "details", "rationale", "referenced by", "used by", "validation", "constraints", "example",
                       "explanation", "reference", "spec", "dockerfile path", "dockerfile", "build context",
                       "technology", "tech", "stack", "tech stack", "language", "meaning"),
}  # fmt: skip
_OF_WORD = {word: role for role, words in _ROLES.items() for word in words}
_CONFIGURABLE = pattern(r"\b(?:configurable|adjustable|customi[sz]able|overridable)\b", 2)
_CONDITIONS = ("condition", "when", "if", "only if", "only when", "applies when")
_NEEDED = ("required when", "required if", "needed when", "needed if", "mandatory when", "mandatory if")
_ALWAYS = pattern(r"(?:always|yes|in any case|every time)\b", 2)
_CONDITION = pattern(r"(?:(?:when|if)\s+)?[\w.-]+\s*(?:={1,3}|!=|is)\s*[\w.\"'-]+", 2)
_NO = pattern(r"no|n|false|optional|❌|✗|✘", 2)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table: their heads without remarks, their roles, and the environments that they are for.

    ``kind`` is the kind that the head of the column of names says, or empty.
    """

    heads: tuple[str, ...]
    remarks: tuple[str, ...]
    roles: tuple[Role, ...]
    environments: tuple[str, ...]
    kind: str

    @property
    def attributes(self) -> tuple[str, ...]:
        """The heads of the columns that hold values of attributes."""
        return tuple(head for head, role in zip(self.heads, self.roles, strict=True) if role is Role.CELL)

    @property
    def is_variables(self) -> bool:
        """Whether the first column names environment variables."""
        return words_of(self.heads[0]) in ("variable", "environment variable", "env var", "env variable", "env")

    @property
    def states_defaults(self) -> bool:
        """Whether the column of values is one of defaults."""
        return Role.VALUE in self.roles and self.heads[self.roles.index(Role.VALUE)].lower().startswith("default")

    @property
    def value_environment(self) -> str:
        """The environment that the head of the column of values names: ``Value (dev)``."""
        if Role.VALUE not in self.roles:
            return ""
        return ENVIRONMENTS.get(self.remarks[self.roles.index(Role.VALUE)].lower(), "")

    def cell(self, cells: list[str], role: Role) -> str:
        """The cell of a row in the first column of a role; empty where there is none."""
        if role not in self.roles or self.roles.index(role) >= len(cells):
            return ""
        return cells[self.roles.index(role)]

    def firmness(self, cells: list[str]) -> Iterator[Modality]:
        """What a row's columns of *required* and of explanations say of its modality."""
        for number, cell in enumerate(cells[: len(self.roles)]):
            words, bare = words_of(self.heads[number]), plain(cell)
            if words in _NEEDED:
                yield from () if _ALWAYS.match(bare) else (Modality.OPTIONAL,)
            elif words in _CONDITIONS and _CONDITION.fullmatch(bare):
                yield Modality.EXAMPLE  # what holds for one value of a key, and not for every one
            elif self.roles[number] is Role.REQUIRED:
                yield from self._required(words, cell, cells)
            elif self.roles[number] is Role.DESCRIPTION:
                yield from self._described(cell)

    def _required(self, head: str, cell: str, cells: list[str]) -> Iterator[Modality]:
        """What a cell says below *Required* or *Optional*; what nobody need give may have its default."""
        optional = head == "optional"
        if self.states_defaults and not is_nothing(self.cell(cells, Role.VALUE)):
            return
        if bool(_NO.fullmatch(plain(without_remarks(cell)))) != optional or (optional and _yes(cell)):
            yield Modality.OPTIONAL

    def _described(self, cell: str) -> Iterator[Modality]:
        """What words that explain say of how firmly their row is meant."""
        if _CONFIGURABLE.search(cell):
            yield Modality.CONFIGURABLE
        said = modality_at_start(cell.lstrip("( "))
        if said in (Modality.OPTIONAL, Modality.FUTURE):
            yield said
        elif Role.KIND in self.roles and _on_condition(cell):
            yield Modality.OPTIONAL

    def in_order(self, number: int, cell: str) -> str:
        """``200m / 256Mi`` below ``Requests (CPU / memory)``: each value with the word that stands in its place."""
        words = self.remarks[number].replace(",", "/").split("/")
        values = cell.replace(",", "/").split("/")
        named = {"cpu", "memory", "mem", "ram"} >= {word.strip().lower() for word in words}
        if len(words) < 2 or len(words) != len(values) or not named:
            return cell
        return ", ".join(f"{value.strip()} {word.strip()}" for value, word in zip(values, words, strict=True))


_RESOURCES = ("resource", "object", "component", "type", "kubernetes resource", "k8s resource", "kubernetes object")
_NAMES = ("name", "resource name", "name pattern", "object name", "name template", "name in cluster")


def with_kinds(columns: Columns, first: Sequence[str]) -> Columns:
    """The columns of a table with kinds below *Resource*, and the names of the resources below *Name*.

    ``first`` are the cells of the first column.
    """
    names = [number for number, head in enumerate(columns.heads) if number and words_of(head) in _NAMES]
    kinds = [found for cell in first if (found := kind_of_words(plain(without_remarks(cell))))]
    of_resources = [kind for kind, _ in kinds if kind not in NO_RESOURCES]
    fits = bool(first) and len(of_resources) == len(first) and words_of(columns.heads[0]) in _RESOURCES
    if not fits or len(names) != 1 or columns.roles[0] is Role.KIND:
        return columns
    roles = list(columns.roles)
    roles[0], roles[names[0]] = Role.KIND, Role.NAME
    return replace(columns, roles=tuple(roles), kind="")


_PARTS = ("component", "app", "application", "part", "module", "tier", "role")
_CALLED = ("workload", "object", "object name", "resource", "resource name", "kubernetes object",
           "kubernetes resource", "k8s resource", "name")  # fmt: skip
_MOST = 2
"""So many columns of what workloads have say that the rows are workloads."""


def with_names(columns: Columns, rows: Sequence[Sequence[str]], is_workload: Callable[[str], bool]) -> Columns:
    """The columns of a table whose rows are workloads, by the names of these where a column has them.

    ``| Component | Workload | Image |`` has the names in its second column; ``| | CPU request | CPU limit |`` in the
    first, which has no head: there each row must be one that ``is_workload`` knows.
    """
    of_pods = [number for number, head in enumerate(columns.heads) if number and phrase_for(Kind.DEPLOYMENT, head)]
    if len(of_pods) < _MOST or Role.KIND in columns.roles:
        return columns
    roles = list(columns.roles)
    if not columns.heads[0] and len(of_pods) == len(columns.heads) - 1:
        if not all(row and is_workload(plain(without_remarks(row[0]))) for row in rows):
            return columns
        roles[0] = Role.NAME
        return replace(columns, roles=tuple(roles))
    called = [number for number, head in enumerate(columns.heads) if number and _names_workloads(head)]
    if words_of(columns.heads[0]) not in _PARTS or not called:
        return columns
    if not all(called[0] < len(row) and _is_name(row[called[0]]) for row in rows):
        return columns
    roles[0], roles[called[0]] = Role.DESCRIPTION, Role.NAME
    named = kind_of_words(words_of(columns.heads[called[0]]))
    return replace(columns, roles=tuple(roles), kind=named[0] if named else "")


def _names_workloads(head: str) -> bool:
    named = kind_of_words(words_of(head))
    return words_of(head) in _CALLED or (named is not None and named[0] in WORKLOADS)


def _is_name(cell: str) -> bool:
    """Whether a cell is the name of a resource: in code marks, or with a hyphen."""
    name = plain(without_remarks(cell))
    return may_be_name(name) and ("-" in name or "`" in cell)


_ON_CONDITION = pattern(r"(?:only )?(?:if|when|unless)\b.*|(?:disabled|off) by default|optional.*", 2)


def _on_condition(cell: str) -> bool:
    """Whether words that explain end in a condition: ``Routing (if enabled)``, ``when `ingress.enabled```."""
    found = last_remark(cell)
    return _ON_CONDITION.fullmatch(plain(found[1] if found else cell)) is not None


def _yes(cell: str) -> bool:
    return plain(cell).lower() in ("yes", "y", "true", "✅", "✓")


def read_columns(heads: list[str], kind: str) -> Columns:
    """Understand the head of a table. ``kind`` is the kind that the headings above it say."""
    bare = tuple(plain(without_remarks(head)) for head in heads)
    remarks = tuple(found[1] if (found := last_remark(head)) else "" for head in heads)
    environments = tuple(ENVIRONMENTS.get(head.lower(), "") if number else "" for number, head in enumerate(bare))
    roles: list[Role] = []
    said = ""
    parts = kind not in (Kind.ROLE, Kind.CLUSTER_ROLE) and not any(words_of(head) in _GRANTS for head in bare)
    for number, head in enumerate(bare):
        head = "component" if parts and words_of(head) in ("role", "roles") else head
        role, of = _role(head, number, roles, said or kind)
        said = said or (of if role is Role.NAME else "")
        roles.append(role)
    return Columns(bare, remarks, tuple(roles), environments, said)


_GRANTS = (
    *("verbs", "rules", "resources", "permissions", "api groups", "apigroups", "namespace", "scope", "bound to"),
    *("subject", "subjects", "service account", "serviceaccount", "binding", "role binding", "grants", "access"),
)
"""The heads of columns beside *Role* where it is one of Kubernetes, and no part that a process plays."""


def _role(head: str, number: int, before: list[Role], kind: str) -> tuple[Role, str]:
    words = words_of(head)
    named = kind_of_words(words) or kind_of_words(words.removesuffix(" name"))
    first = number == 0 or (number == 1 and before[0] not in (Role.ATTRIBUTE, Role.KEY, Role.PROBE, Role.NAME))
    if named and first and named[0] not in (Kind.VALUES, Kind.NETWORK, Kind.SECURITY):
        return Role.NAME, named[0]
    if words == "type":
        return (Role.TYPE if before and before[0] in (Role.ATTRIBUTE, Role.KEY) else _type_role(kind)), ""
    role = _OF_WORD.get(words)
    if role is Role.NAME and (Role.NAME in before or (number and before[0] in (Role.ATTRIBUTE, Role.PROBE))):
        role = None
    if role in (None, Role.DESCRIPTION) and number and phrase_for(kind, head) and before[0] is Role.NAME:
        return Role.CELL, ""
    return (role or (Role.CELL if number else Role.ATTRIBUTE if not kind else Role.CELL)), ""


def _type_role(kind: str) -> Role:
    return Role.CELL if kind and phrase_for(kind, "type") else Role.KIND
