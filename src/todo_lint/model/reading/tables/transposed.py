"""Tables whose columns are entities: ``| Field | web-service | api-service |``, with an attribute in each row."""

from __future__ import annotations

from collections.abc import Sequence

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Reading
from todo_lint.model.reading.firmness import ENVIRONMENTS, modality_at_start
from todo_lint.model.reading.kinds import may_be_name, read_label, slug
from todo_lint.model.reading.lists.lines import read_line
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.tables.columns import Columns
from todo_lint.model.reading.tables.rows import cells_of
from todo_lint.model.reading.text import plain, without_remarks, words_of
from todo_lint.model.reading.values.claims import read_claims
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import LATER


def columns_of_entities(
    page: Page, scope: Scope, columns: Columns, line: int, rows: Sequence[Block]
) -> tuple[Entity, ...]:
    """The entities that the heads behind the first name, all of them; empty where one names none.

    Below a heading that names a kind they are of that kind, and may be new; elsewhere they are workloads of which the
    document speaks already. A row of names gives them theirs.
    """
    heads = columns.heads[1:]
    if len(heads) < 2 or any(h.lower() in ENVIRONMENTS for h in heads):
        return ()
    open_kind = scope.kind if describes_resource(scope.kind) and _is_open(scope) else ""
    names = _names(rows, len(heads)) if open_kind else ()
    found = [_entity(page, open_kind, head, line, scope) for head in heads]
    if names:
        found = [
            one or _described(page, open_kind, head, line, scope) for one, head in zip(found, heads, strict=True)
        ]
    entities = tuple(entity for entity in found if entity is not None)
    return tuple(map(page.add, entities)) if len(entities) == len(heads) else ()


def _names(rows: Sequence[Block], count: int) -> tuple[str, ...]:
    """The names in a row of names, one a column; empty without such a row."""
    for row in rows:
        key, *cells = cells_of(row) or [""]
        names = dict.fromkeys(plain(without_remarks(cell)) for cell in cells if "-" in cell or "`" in cell)
        if words_of(plain(key)) in ("name", "resource name") and len(names) == count and all(map(may_be_name, names)):
            return tuple(names)
    return ()


def _is_open(scope: Scope) -> bool:
    """Whether the headings name a kind, and none of it by its name."""
    return scope.entity is None or not scope.entity.known_as


def _entity(page: Page, kind: str, head: str, line: int, scope: Scope) -> Entity | None:
    known = page.find((kind,) if kind else sorted(WORKLOAD_KINDS), head.strip())
    if known is not None or not kind:
        return known
    label = read_label(head, kind)
    if not label.name or "-" not in label.name:
        return None
    text = page.lines[line - 1].strip()
    return Entity(kind, label.name, "", line, text, scope.modality, scope.environment, scope.section)


def _described(page: Page, kind: str, head: str, line: int, scope: Scope) -> Entity | None:
    """An entity that a head only describes, *Frontend*: a row below has its name."""
    role = slug(plain(head).lower().split())
    text = page.lines[line - 1].strip()
    return Entity(kind, "", role, line, text, scope.modality, scope.environment, scope.section) if role else None


_HOLDS = ("✔", "✓", "✅", "☑", "yes", "y", "true", "x", "✔️")
_FAILS = ("✘", "✗", "❌", "✖", "no", "n", "false", "✖️")
_SAYS = "a row is read where its cells have values, or a mark says that what the first cell states holds"


def read_cell(entity: Entity, key: str, cell: str) -> Reading:
    """What a row says of the entity of one column: a key and its value, or a claim and a mark that it holds."""
    mark = plain(cell).lower()
    if mark not in (*_HOLDS, *_FAILS):
        if modality_at_start(mark) in LATER:
            return Reading(prose="it may be there")
        return read_line(entity, key, cell, ())
    said = "yes" if mark in _HOLDS else "no"
    if phrase_for(entity.kind, plain(key)) is not None:
        return read_pair(entity.kind, plain(key), said)
    claims = read_claims(entity.kind, key.replace(" (", ", ").removesuffix(")"))
    if mark in _HOLDS and claims.facts and not claims.unread:
        return Reading(claims.facts)
    if claims.facts or claims.unread != (key,):
        return Reading(hint=_SAYS)
    return read_line(entity, key, cell, ())


__all__ = ["columns_of_entities", "read_cell"]
