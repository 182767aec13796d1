"""Rules of an Ingress: a path, and the Service to which it leads."""

from __future__ import annotations

import re

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.text import (
    plain,
    with_arrows,
)
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.vocabulary.phrases import backend
from todo_lint.model.statements import Attribute
from todo_lint.patterns import pattern
from todo_lint.records import replace

RULE = pattern(r"(?:rules?|paths?)?:?\s*(/\S*)", re.IGNORECASE)


def ingress_rule(path: str, value: str) -> Reading:
    """``/api``: ``api-service:8000``: a path of an Ingress, and where it leads."""
    reading = read_value(backend, value)
    if not reading.facts:
        return reading
    return Reading((Fact(Attribute.PATH, path), *(replace(fact, part=path) for fact in reading.facts)))


PATHS = ("path", "paths", "rule", "rules", "route", "routes", "routing")
_ROUTE = pattern(r"(/[^\s,;]*)\s+(?:-> |to |for )(?:the )?(.+)")


def routes(value: str) -> tuple[Fact, ...]:
    """``/ -> web:80, /api for api``: paths of an Ingress, and where each leads; empty for anything else."""
    parts = re.split(r"\s*[,;\n]\s*(?=/)", with_arrows(plain(value)).strip())
    routes = [_ROUTE.fullmatch(part) for part in parts]
    readings = [ingress_rule(route[1].rstrip("*").rstrip("/") or "/", route[2]) for route in routes if route]
    if not all(routes) or not all(reading.facts for reading in readings):
        return ()
    return tuple(fact for reading in readings for fact in reading.facts)
