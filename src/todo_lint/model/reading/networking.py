"""Labelled sentences about networking and security that state something that a rendering can be held against."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.text import without_remarks
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

_INTERNAL_HOST = pattern(
    r"(?P<name>[a-z0-9][-a-z0-9]*)\.(?P<namespace>[a-z0-9][-a-z0-9]*)\.svc(?:\.cluster\.local)?:(?P<port>\d{1,5})"
)

_DENIAL = pattern(r"\b(?:no|not|never|none|without)\b|n't\b", re.IGNORECASE)
"""A sentence that denies something says the opposite of its words: none of them is understood."""


def read_labelled(page: Page, kind: str, label: str, value: str, place: Place) -> None:
    """Read ``**Label**: sentence`` of a networking or security section.

    The sentences understood are an internal address (``x.namespace.svc.cluster.local:8000``), access from outside
    by a type of Service, the cluster's DNS, load balancing by Services, and sensitive data kept in Secrets.
    """
    readers = {
        "internal communication": _internal,
        "external access": _external,
        "dns resolution": _dns,
        "load balancing": _load_balancing,
        "secrets management": _sensitive,
    }
    reader = readers.get(label.strip().lower())
    facts = reader(value) if reader and not _DENIAL.search(without_remarks(value)) else []
    for entity, fact in facts:
        page.state(entity, [fact], place)
    if not facts:
        known = ", ".join(readers)
        hint = (
            "its value is not understood" if reader else f"of networking and security these labels are read: {known}"
        )
        page.unclear(Entity(kind), place, hint)


_Facts = list[tuple[Entity, Fact]]


def _internal(value: str) -> _Facts:
    facts: _Facts = []
    for match in _INTERNAL_HOST.finditer(value):
        service = Entity(Kind.SERVICE, match["name"])
        facts += [
            (service, Fact(Attribute.NAME, match["name"])),
            (service, Fact(Attribute.NAMESPACE, match["namespace"])),
            (service, Fact(Attribute.PORT, match["port"])),
        ]
    return facts


def _external(value: str) -> _Facts:
    types = set(re.findall(r"\b(NodePort|LoadBalancer)\b", value))
    return [(Entity(Kind.NETWORK), Fact(Attribute.EXTERNAL_ACCESS, types.pop()))] if len(types) == 1 else []


def _dns(value: str) -> _Facts:
    cluster = re.search(r"\b(kubernetes|cluster)\b.*\bdns\b", value, re.IGNORECASE)
    return [(Entity(Kind.NETWORK), Fact(Attribute.DNS, "cluster DNS"))] if cluster else []


def _load_balancing(value: str) -> _Facts:
    service = re.search(r"\bservices?\b", value, re.IGNORECASE)
    return [(Entity(Kind.NETWORK), Fact(Attribute.LOAD_BALANCING, "Service"))] if service else []


def _sensitive(value: str) -> _Facts:
    native = re.search(r"\bsecrets?\b", value, re.IGNORECASE)
    return [(Entity(Kind.SECURITY), Fact(Attribute.SENSITIVE_DATA, "Secret"))] if native else []
