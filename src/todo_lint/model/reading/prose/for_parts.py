"""Items that begin with what there is and say for which parts: ``ClusterIP service for the backend``."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.lists.nesting import ROLES
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.prose.spoken import Sentence, is_open
from todo_lint.model.reading.prose.subjects import Subjects
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

_PART = rf"(?:the )?(?:{'|'.join(sorted(ROLES, key=len, reverse=True))})\b"
_PARTS = rf"(?:both )?{_PART}(?:(?:,? and |, | \+ ){_PART})*"
_WHY = r"(?: \([^()\d]*\)| (?:for|to) (?:[a-z-]+ ?){1,5})?"
"""Why it is so, in words."""
_SERVICE = pattern(
    r"(?:an? |one )?(?P<type>ClusterIP|NodePort|LoadBalancer)(?: type)? services? for "
    rf"(?P<who>{_PARTS})(?: on port (?P<port>\d{{1,5}}))?{_WHY}",
    re.IGNORECASE,
)
_REPLICAS = pattern(
    rf"(?:(?:an? |one )?deployments?(?: for (?P<first>{_PARTS}))? (?:with|of) )?(?P<count>\d{{1,3}}) replicas?"
    rf"(?: each)?(?: for (?P<who>{_PARTS}))?{_WHY}",
    re.IGNORECASE,
)
_WEIGHED = pattern(
    r"\b(?:alternative|option|consider|reject|pros\b|cons\b|trade|compar|question|before|current|previous|legacy|future|"
    r"next|test|troubleshoot|example|risk|scenario)",
    re.IGNORECASE,
)
"""What the headings say of lines that weigh what might be."""


def read_for_parts(subjects: Subjects, one: Sentence, text: str) -> bool:
    """State of each part that an item names which Service it has, or how many replicas."""
    if not one.listed or is_open(text) or _WEIGHED.search(one.scope.section):
        return False
    service, replicas = _SERVICE.fullmatch(text), _REPLICAS.fullmatch(text)
    kinds: tuple[str, ...] = tuple(WORKLOAD_KINDS)
    if service:
        kinds, who = (Kind.SERVICE,), service["who"]
        facts = [Fact(Attribute.TYPE, _TYPES[service["type"].lower()])]
        facts += [Fact(Attribute.PORT, service["port"])] if service["port"] else []
    elif replicas and bool(replicas["first"]) != bool(replicas["who"]):
        who = replicas["first"] or replicas["who"]
        facts = [Fact(Attribute.REPLICAS, replicas["count"])]
    else:
        return False
    parts = [part for part in re.findall(r"\w[\w-]*", who.lower()) if part in ROLES]
    for part in dict.fromkeys(parts):
        kind = Kind.SERVICE if service else Kind.DEPLOYMENT
        subjects.state(one, subjects.page.find(kinds, part) or Entity(kind, role=part), facts)
    return bool(parts)


_TYPES = {name.lower(): name for name in ("ClusterIP", "NodePort", "LoadBalancer")}
