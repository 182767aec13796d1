"""Labelled sentences about networking and security that state something that a rendering can be held against."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.text import DENIED, not_understood, with_arrows, without_remarks
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

_INTERNAL_HOST = pattern(
    r"(?P<name>[a-z0-9][-a-z0-9]*)\.(?P<namespace>[a-z0-9][-a-z0-9]*)\.svc(?:\.cluster\.local)?:(?P<port>\d{1,5})"
)


def read_labelled(page: Page, kind: str, label: str, value: str, place: Place) -> None:
    """Read ``**Label**: sentence`` of a networking or security section.

    The sentences understood are an internal address (``x.namespace.svc.cluster.local:8000``), access from outside
    by a type of Service, the cluster's DNS, load balancing by Services, and sensitive data kept in Secrets.
    """
    reader = _READERS.get(label.strip().lower())
    # a sentence that denies something says the opposite of its words: none of them is understood
    denied = DENIED.search(without_remarks(value)) is not None
    facts = reader(value) if reader and not denied else []
    for entity, fact in facts:
        page.state(entity, [fact], place)
    missed = _missed(value) if reader is _internal and not denied else []
    if missed:
        hint = f"{not_understood(missed)}; what is read looks like web -> api:8000"
        page.unclear(Entity(kind), place, hint)
    elif not facts:
        known = ", ".join(_READERS)
        hint = (
            "its value is not understood" if reader else f"of networking and security these labels are read: {known}"
        )
        page.unclear(Entity(kind), place, hint)


_Facts = list[tuple[Entity, Fact]]
_CONNECTION = pattern(
    r"(?:->|\b(?:calls|to|reaches|uses)) *`?(?:[a-z]+://)?(?P<name>[a-z0-9][-a-z0-9]*)(?:\.(?P<namespace>[a-z0-9][-a-z0-9]*)(?:\.svc[a-z.]*)?)?"
    r"(?::| (?:on |at )?\(?port )(?P<port>\d{1,5})(?![\w.])"
)
_CONNECTIONS = pattern(r"\s*(?:[,;\n]|\band\b)\s*(?![^()]*\))")


def _internal(value: str) -> _Facts:
    """Each address of a Service, and each ``web -> api:8000``."""
    facts: _Facts = []
    found = {match.start("name"): match for match in _INTERNAL_HOST.finditer(value)}
    found |= {match.start("name"): match for match in _CONNECTION.finditer(with_arrows(value))}
    for match in found.values():
        service = Entity(Kind.SERVICE, match["name"])
        namespace = [Fact(Attribute.NAMESPACE, match["namespace"])] if match["namespace"] else []
        stated = [Fact(Attribute.NAME, match["name"]), *namespace, Fact(Attribute.PORT, match["port"])]
        facts += [(service, fact) for fact in stated]
    return facts


def _missed(value: str) -> list[str]:
    """The connections that were not understood: with an arrow, and something that is written as code or a number."""
    parts = [part for part in _CONNECTIONS.split(with_arrows(value)) if "->" in part]
    return [part.replace("`", "") for part in parts if not _internal(part) and re.search(r"`|\d|\w-\w", part)]


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


_READERS: Mapping[str, Callable[[str], _Facts]] = {
    "internal communication": _internal,
    "external access": _external,
    "dns resolution": _dns,
    "load balancing": _load_balancing,
    "secrets management": _sensitive,
}


def is_label(kind: str, label: str) -> bool:
    """Whether a line or row of a networking or security section has a label that is read, in bold or not."""
    return kind in (Kind.NETWORK, Kind.SECURITY) and label.strip().lower() in _READERS
