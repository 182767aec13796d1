"""Tables whose columns are entities: ``| Field | web-service | api-service |``, with an attribute in each row."""

from __future__ import annotations

from todo_lint.model.reading.columns import Columns, Role
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.firmness import ENVIRONMENTS
from todo_lint.model.reading.kinds import read_label
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page
from todo_lint.model.reading.scope import Scope, describes_resource

_FIRST = (Role.ATTRIBUTE, Role.PROBE, Role.KEY)


def columns_of_entities(page: Page, scope: Scope, columns: Columns, line: int) -> tuple[Entity, ...]:
    """The entities that the heads behind the first name, all of them; empty where one names none.

    Below a heading that names a kind they are of that kind, and may be new; elsewhere they are workloads of which the
    document speaks already.
    """
    heads = columns.heads[1:]
    first = columns.heads[0].strip()
    if len(heads) < 2 or (first and columns.roles[0] not in _FIRST) or any(h.lower() in ENVIRONMENTS for h in heads):
        return ()
    open_kind = scope.kind if describes_resource(scope.kind) and _is_open(scope) else ""
    found = [_entity(page, open_kind, head, line, scope) for head in heads]
    entities = tuple(entity for entity in found if entity is not None)
    return tuple(map(page.add, entities)) if len(entities) == len(heads) else ()


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
