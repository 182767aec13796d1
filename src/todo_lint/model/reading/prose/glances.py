"""Lines at a glance: ``deployment/web (2 pods)``, ``Memory limits are 1Gi (web) and 2Gi (api)``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import OF_KUBECTL
from todo_lint.model.reading.page import named
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import Kind, Prefix
from todo_lint.patterns import pattern

Stated = list[tuple[Entity, tuple[Fact, ...], tuple[str, ...]]]
"""Entities with what is said of them, and the parts of that which were not understood."""
OfRole = Callable[[str], "Entity | None"]

_SLASHED = tuple(f"{word}/" for word in OF_KUBECTL)
_OBJECT = pattern(
    rf"(?<![\w./-])`?(?P<kind>{'|'.join(OF_KUBECTL)})/(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)`?(?![\w/.-])(?:\s*\((?P<said>[^()]*)\))?"
)
_BETWEEN = pattern(r"(?:(?:[\w-]+ ){0,3}[\w-]+:)?(?:[\s,;&+]|\band\b)*")
_COMMAND = pattern(r"\b(?:kubectl|helm|minikube|docker|curl|wget)\b")


def objects(text: str) -> Stated:
    """The resources that a line lists as ``kubectl`` calls them, ``svc/web (NodePort 80 -> 3000)``.

    Of a command nothing is taken, and of a line that says more only what is understood in parentheses behind a name.
    """
    if not any(word in text for word in _SLASHED) or _COMMAND.search(text):
        return []
    listed = _BETWEEN.fullmatch(_OBJECT.sub("", text)) is not None
    found: Stated = []
    for match in _OBJECT.finditer(text):
        kind = OF_KUBECTL[match["kind"]]
        read = read_summary(kind, match["said"] or "")
        if not listed and (read.unread or not read.facts):
            continue
        entity = Entity(kind, match["name"])
        found.append((entity, (named(match["name"]), *read.facts), read.unread if match["said"] else ()))
    return found


_SHARED = pattern(r"(?:the )?(?P<key>[A-Za-z][A-Za-z ]{1,30}?)s? (?:is|are|:) (?P<rest>.*\d.*)", re.IGNORECASE)
_EACH = pattern(r"`?(?P<value>[\w.]+)`?(?: cores?)? (?:\((?P<in>[\w -]+)\)|for (?:the )?(?P<for>[\w-]+))")
_AND = pattern(r"\s*(?:,| and |;)\s*(?![^()]*\))")


def of_roles(text: str, of_role: OfRole) -> Stated:
    """``Memory limits are 512Mi (web) and 1Gi (api)``: a key, and its value for each of several workloads."""
    shared = ("(" in text or " for " in text) and (" are " in text or " is " in text)
    match = _SHARED.fullmatch(text) if shared else None
    parts = [_EACH.fullmatch(part) for part in _AND.split(match["rest"]) if part] if match else []
    if match is None or len(parts) < 2 or not all(parts):
        return []
    found: Stated = []
    for part in parts:
        entity = of_role((part["in"] or part["for"]).lower()) if part else None
        if part is None or entity is None or not phrase_for(entity.kind, match["key"]):
            return []
        facts = read_pair(entity.kind, match["key"], part["value"]).facts
        if not facts:
            return []
        found.append((entity, facts, ()))
    return found


_VERSIONS = pattern(
    r"\b(?P<key>chart version|app(?:lication)? version|appVersion)(?: is|:| of)? `?v?(?P<value>\d+\.\d+[\w.+-]*)`?",
    re.IGNORECASE,
)


_SINCE = pattern(
    r"\b(?:starting|since|as of|beginning|introduced|until|before|prior|upgrad\w+|from)\b", re.IGNORECASE
)
"""Words of a sentence about what was or is so from a version on."""


def versions(text: str) -> tuple[Fact, ...]:
    """``(chart version 0.1.0, app version 1.0.0)``: of the chart, in a line about something of it."""
    return tuple(
        fact
        for match in (_VERSIONS.finditer(text) if "ersion" in text and not _SINCE.search(text) else ())
        for fact in read_pair(Kind.CHART, match["key"], match["value"].rstrip(".")).facts
    )


def without_versions(text: str) -> str:
    """A text without the versions of the chart that it gives."""
    return _VERSIONS.sub("", text)


_PROBED = pattern(
    r"(?:an? |the |all |both )?(?P<which>(?:(?:startup|readiness|liveness)(?:,? and |, )?)*)\s*probes? "
    r"(?:should |must |shall |will )*(?:runs?|are run|is run|fires?|checks?) "
    r"every (?P<period>\d+) ?s(?:ec(?:onds?)?)?"
    r"(?:(?: with|,| and)(?: an?)? (?:time ?out (?:of|is) )(?P<timeout>\d+) ?s(?:ec(?:onds?)?)?)?"
    r"(?P<fail>(?:,| and) (?:may|can) fail (?P<times>\d+) times\b.*)?",
    re.IGNORECASE,
)
_PREFIXES = {"startup": Prefix.STARTUP, "readiness": Prefix.READINESS, "liveness": Prefix.LIVENESS}


def probes(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """``Readiness probes run every 10 seconds with a timeout of 3 seconds``: which probes, and their fields.

    Where no probe is named, none is given; empty where a text is no such sentence.
    """
    match = _PROBED.fullmatch(text) if " every " in text else None
    if match is None:
        return (), ()
    fields = (
        ("periodSeconds", match["period"]),
        ("timeoutSeconds", match["timeout"]),
        ("failureThreshold", match["times"]),
    )
    words = re.findall("startup|readiness|liveness", match["which"].lower())
    return tuple(_PREFIXES[word] for word in words), tuple((key, value) for key, value in fields if value)


def without_attributes(stated: Stated) -> Iterator[str]:
    """The parts of what is stated that were not understood, those that have a number."""
    for _, _, unread in stated:
        yield from (part for part in unread if re.search(r"\d", part))


__all__ = ["objects", "of_roles", "probes", "versions", "without_attributes", "without_versions"]
