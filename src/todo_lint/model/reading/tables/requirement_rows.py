"""Tables of requirements, with a target for each: ``| NFR-1 | Memory limit of the frontend | 512Mi |``."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Reading
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.parts import ROLES
from todo_lint.model.reading.scope import NO_ENTITY
from todo_lint.model.reading.tables.columns import Role
from todo_lint.model.reading.tables.rows import Rows, cells_of
from todo_lint.model.reading.text import is_nothing, plain, words_of
from todo_lint.model.reading.values.paired import paired
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import Attribute, Kind, Prefix
from todo_lint.patterns import pattern

_WHAT = (
    *("requirement", "criterion", "metric", "measure", "item", "description", "property", "quality", "what", "name"),
    *("parameter", "attribute", "setting", "constraint", "characteristic"),
)
_TARGETS = ("target", "limit", "threshold", "goal", "bound", "target value", "required value", "requirement value")
_OF = pattern(
    r"(?:the )?(?P<key>[A-Za-z][A-Za-z /&-]+?) (?:of|for|in) (?:the |each |every )?(?P<who>`[^`]+`|[\w-]+)"
    r"(?: (?:pods?|containers?|deployment|workload))?"
)
_FIRST = pattern(rf"(?:the )?(?P<who>{'|'.join(sorted(ROLES))}|`[^`]+`)(?:'s)? (?P<key>[A-Za-z][A-Za-z /&-]+)", 2)
_SHARED = (Prefix.SPEC, Prefix.SECURITY_CONTEXT)


class RequirementRows(Rows):
    """Rows that say what of which workload has which value."""

    def are_requirements(self) -> bool:
        """Whether a table has a column of requirements, one of which is of a workload, and one of targets."""
        what, target = self._what(), self._target()
        if self.scope.entity is not None or what is None or target is None:
            return False
        rows = [cells for cells in map(cells_of, self.rows) if len(cells) > target]
        return any(_is_of_workload(cells[what], cells[target]) for cells in rows)

    def postpone_requirements(self) -> None:
        """Read the rows once all names of the document are known."""
        self.page.postponed.append(lambda: self.each(self._requirement))

    def _what(self) -> int | None:
        heads = [words_of(head) for head in self.columns.heads]
        return next((number for number, head in enumerate(heads[:2]) if head in _WHAT), None)

    def _target(self) -> int | None:
        roles = enumerate(zip(self.columns.heads, self.columns.roles, strict=True))
        found = (n for n, (head, role) in roles if words_of(head) in _TARGETS or role is Role.VALUE)
        return next((number for number in found if number > (self._what() or 0)), None)

    def _requirement(self, row: Block) -> None:
        cells, what, target = cells_of(row), self._what(), self._target()
        if what is None or target is None or len(cells) <= target or is_nothing(cells[target]):
            return
        whose = self._whose(cells[what])
        if not whose and _is_of_workload(cells[what], cells[target]):
            self.page.unclear(NO_ENTITY, self.place(row), _UNKNOWN)
        for entity, key in whose:
            reading = self._read(entity, key, cells[target])
            if reading is not None:
                self.note(entity, reading, self.at(self.place(row, entity), row, target))

    def _whose(self, said: str) -> list[tuple[Entity, str]]:
        """The workloads of which a requirement speaks, and the key: all where it names none, and all may have it."""
        for form in (_OF, _FIRST):
            match = form.fullmatch(said.strip())
            found = self.page.find(sorted(WORKLOAD_KINDS), plain(match["who"])) if match else None
            if match and found:
                return [(found, match["key"])]
        return [(entity, plain(said)) for entity in self.page.workloads()] if _is_field(plain(said)) else []

    def _read(self, entity: Entity, key: str, value: str) -> Reading | None:
        """What a row says of a workload; None where workloads have nothing of that name."""
        known = phrase_for(entity.kind, key) is not None or bool(paired(key, value))
        return read_line(entity, key, value, ()) if known else None


def _is_of_workload(said: str, value: str) -> bool:
    """Whether a requirement names something that workloads have, and a part of the system or a name in code marks."""
    match = _OF.fullmatch(said.strip()) or _FIRST.fullmatch(said.strip())
    if match is None or not (match["who"].lower() in ROLES or match["who"].startswith("`")):
        return False
    return phrase_for(Kind.DEPLOYMENT, match["key"]) is not None or bool(paired(match["key"], value))


def _is_field(key: str) -> bool:
    """Whether a key is that of a field that all workloads of a document may have in common."""
    facts = read_pair(Kind.DEPLOYMENT, key, "1s").facts or read_pair(Kind.DEPLOYMENT, key, "true").facts
    return bool(facts) and all(f.attribute.startswith(_SHARED) or f.attribute == Attribute.STRATEGY for f in facts)


_UNKNOWN = "no workload of the document is called as the row says, nor has that as a part of its name; name it there"

__all__ = ["RequirementRows"]
