"""Sentences of which it is told that they are not understood, and the nearest form that is."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.lists.nesting import ROLES
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.prose.definite import Value, amounts, definite_values, is_stated
from todo_lint.model.reading.prose.spoken import Sentence, is_open
from todo_lint.model.reading.prose.subjects import Subjects
from todo_lint.model.reading.text import not_understood
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_DO = pattern(
    r"(?:add|set|create|configure|enable|disable|install|use|specify|provide|deploy|change|update|annotate|run)\b.*:$",
    2,
)
"""A sentence that tells what to do, and shows below how."""


def tell(subjects: Subjects, one: Sentence, unread: str) -> None:
    """Tell of a sentence that names a resource and a definite value which is stated nowhere else of it."""
    if one.scope.silent or _DO.match(one.text):
        return
    about = [] if not unread or is_open(one.text) else list(subjects.mentions(one))
    if not about:
        return
    known = amounts(_related(subjects, about))
    left = [v for v in definite_values(unread, one.around) if not is_stated(v, known)]
    if not left:
        return
    entity = about[0]
    subjects.page.unclear(
        Entity(entity.kind), one.place, f"{not_understood([v.text for v in left])}; {_like(entity, left)}"
    )


def _related(subjects: Subjects, named: list[Entity]) -> list[str]:
    """The values that the document states of some entities, and of those of the same part of the system."""
    names = {entity.known_as for entity in named}
    parts = {part for name in names for part in name.split("-") if part in ROLES}
    return [
        s.value
        for entity, s in subjects.page.drafts
        if s.understood and (entity.known_as in names or parts & set(entity.known_as.split("-")))
    ]


_LIKE: dict[str, str] = {
    Kind.SERVICE: "is of type ClusterIP and listens on port 8000",
    Kind.CONFIG_MAP: "contains the keys `LOG_LEVEL` and `API_URL`",
    Kind.SECRET: "contains the keys `TOKEN` and `PASSWORD`",
    Kind.PERSISTENT_VOLUME_CLAIM: "has size 5Gi",
    Kind.HORIZONTAL_POD_AUTOSCALER: "has min replicas 2 and max replicas 5",
    Kind.INGRESS: "has host shop.example.com",
}


def _like(entity: Entity, left: list[Value]) -> str:
    """The nearest form that is read, for values of which nothing was understood."""
    if entity.kind in WORKLOAD_KINDS and all(value.of_probe for value in left):
        return f"a probe is read below the name '{entity.known_as}', as '- Liveness Probe: GET /health, period 10s'"
    said = _LIKE.get(
        entity.kind, "has 2 replicas, listens on port 8000, requests 100m CPU and is limited to 1Gi memory"
    )
    name = entity.known_as or "web"
    return f"a sentence is read that looks like: The {entity.kind} `{name}` {said}."
