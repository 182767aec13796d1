"""Items outside any entity: what they put off, keys that they state, and what looks like a statement."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.kinds import kind_of_words, read_label
from todo_lint.model.reading.lists import nesting, networking
from todo_lint.model.reading.lists.lines import ENV_WORDS
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import (
    is_nothing,
    plain,
    words_of,
)
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.values.value_words import is_description, is_type
from todo_lint.model.reading.vocabulary import phrases
from todo_lint.model.reading.vocabulary.keys import KEYS, phrase_for
from todo_lint.model.statements import Attribute, Kind, Modality
from todo_lint.patterns import pattern

_KEY = pattern(r"`[A-Za-z_][\w.-]*`")
VALUES_KEY = pattern(r"[a-z][\w-]*(?:\[\d+\])?(?:\.[\w/-]+(?:\[\d+\])?)*")
"""A key of the values, as charts spell them: a label that begins with a capital letter speaks of something."""


def states_key(item: Block, label: str, value: str, scope: Scope) -> bool:
    """Whether a line below a heading that names a kind, and nothing of it, states a key: of data or of the values."""
    if scope.kind == Kind.VALUES:
        return bool(value or item.children) and VALUES_KEY.fullmatch(plain(label)) is not None
    return scope.kind in (Kind.CONFIG_MAP, Kind.SECRET) and _KEY.fullmatch(label) is not None


def put_off(page: Page, item: Block, label: str, scope: Scope, place: Place, modality: Modality) -> None:
    """State that something need not be there; nothing of a label whose lines say what that is."""
    named = read_label(label)
    known = describes_resource(named.kind)
    if not known and (nesting.has_items(item) or not scope.kind):
        labels = nesting.has_items(item)
        reason = "a label of the lines below it" if labels else "prose: no entity is named above it"
        page.prose(item.line, item.line, reason)
        return
    entity = Entity(named.kind, named.name) if known else Entity(scope.kind, plain(label))
    page.state(entity, [Fact(Attribute.EXISTS, "", modality)], place)


def unclear(item: Block, label: str, value: str, scope: Scope) -> str:
    """The hint for a line outside any entity that looks like a statement; empty for prose."""
    if value and len(label.split()) <= 4 and (not is_type(value) or "(" in value):
        for kind in [scope.kind] if scope.kind in KEYS else (Kind.DEPLOYMENT, Kind.SERVICE):
            phrase = phrase_for(kind, label)
            if (
                phrase
                and words_of(label) not in ("name", "namespace", "environment", "type")
                and _firm(read_pair(kind, label, value))
            ):
                return nesting.unnamed(scope, kind)
    if (pods := _PODS_OF.fullmatch(plain(label))) and _LABELS.fullmatch(value):
        below = f"'Deployment `{pods[1].lower()}`', '- Pod labels: {plain(value)}'"
        return f"labels of pods are read below their workload: {below}"
    if value and scope.environment and not is_type(value) and _is_part(label):
        return nesting.unnamed(scope, Kind.DEPLOYMENT)
    if scope.topic in ENV_WORDS and value and re.fullmatch(r"[A-Z][A-Z0-9_]+", plain(label)):
        explains = is_type(value) or is_description(value) or is_nothing(value)
        return (
            ""
            if explains and not phrases.env_sources(value)
            else "no workload is named above it; put it below the name of one"
        )
    if scope.kind in KEYS and item.strong and not value and scope.kind not in (Kind.NETWORK, Kind.SECURITY):
        return "a bold label must be the name of a resource"
    return ""


_PODS_OF = pattern(r"(?:the )?([\w-]+)(?:'s)? pods?", re.IGNORECASE)
_LABELS = pattern(r"`[\w./-]+\s*[=:]\s*[\w.-]+`(?:,? `[\w./-]+\s*[=:]\s*[\w.-]+`)*")


def is_labelled(item: Block, label: str, scope: Scope) -> bool:
    """Whether a line of a networking or security section has a label that is read, or one in bold but no number."""
    bold = bool(item.strong) and scope.kind in (Kind.NETWORK, Kind.SECURITY) and not _NUMBERED.fullmatch(label)
    return bold or networking.is_label(scope.kind, label)


_NUMBERED = pattern(r"[A-Z]{1,6}[- ]?\d+[a-z]?")
"""The number of a requirement, *SEC-001*, behind which stands a sentence."""


def _is_part(label: str) -> bool:
    """Whether a label names a kind of resource, or what a workload has: an environment says something of it."""
    found = kind_of_words(plain(label))
    return (found is not None and describes_resource(found[0])) or words_of(label) in _PARTS


_PARTS = ("autoscaling", "resources", "storage")


def _firm(reading: Reading) -> bool:
    return any(
        fact.modality not in (Modality.ONE_OF, Modality.EXAMPLE, Modality.PLACEHOLDER) for fact in reading.facts
    )
