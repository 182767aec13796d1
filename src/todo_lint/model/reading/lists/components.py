"""Headings that name a part of the system, of which a line below says what kind of resource it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.model.reading.firmness import environment_of
from todo_lint.model.reading.kinds import kind_of_words
from todo_lint.model.reading.lists.titles import split
from todo_lint.model.reading.markup.outline import Block, lines_of
from todo_lint.model.reading.scope import TOPICS, describes_resource
from todo_lint.model.reading.text import plain, without_remarks, words_of
from todo_lint.model.reading.values.one_value import states
from todo_lint.model.reading.vocabulary.keys import OF_DAPR
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_KEYS = frozenset((
    "kind", "resource", "resource kind", "resource type", "kubernetes kind", "kubernetes resource", "k8s kind",
    "k8s resource", "workload", "workload type", "workload kind", "type", "object", "object type",
))  # fmt: skip


def declared_kind(following: Sequence[Block]) -> str:
    """The kind that a line ``Kind: Deployment`` states below a heading, up to the next one; empty without one.

    Args:
        following: the blocks behind the heading.
    """
    for key, value in _pairs(following):
        if words_of(key) in _TYPE and _OF_DAPR.fullmatch(plain(without_remarks(value))):
            return "Component"
        found = kind_of_words(plain(without_remarks(value))) if words_of(key) in _KEYS else None
        if found and not found[1] and describes_resource(found[0]):
            return found[0]
    return ""


_TYPE = ("type", "component type")
_OF_DAPR = pattern(OF_DAPR)


def names_one(about: str) -> bool:
    """Whether the words of a heading below one that names a kind can be one of that kind: ``front end``."""
    words = about.split()
    if environment_of(about):
        return False  # what the resources are there, and none of them
    return 0 < len(words) <= _MOST_WORDS and about not in TOPICS and _GENERAL.isdisjoint(words)


_MOST_WORDS = 3
_GENERAL = frozenset((
    "common", "general", "shared", "default", "defaults", "overview", "settings", "limits", "requests", "checks",
    "probes", "strategy", "configuration", "options", "resources", "notes", "all", "both", "ports", "types", "labels",
    "security", "scaling", "environment", "environments", "profiles", "stages", "overrides", "differences", "per",
    "by", "variables", "volumes", "naming", "conventions", "details", "summary",
    "other", "others", "selectors", "each", "every", "policy", "policies", "rules", "requirements", "properties",
    "attributes", "fields", "definition", "structure", "state", "communication", "access", "discovery", "example",
))  # fmt: skip
"""Words of headings that speak of several resources, or of something about them."""


def states_any(kind: str, following: Sequence[Block]) -> bool:
    """Whether a line below a heading, up to the next one, states something that resources of a kind have."""
    data = kind in (Kind.CONFIG_MAP, Kind.SECRET)
    return any(
        states(kind, key, value) or (data and _VARIABLE.fullmatch(plain(key))) for key, value in _pairs(following)
    )


_VARIABLE = pattern(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+")
"""A key of data as variables are spelled: no words of a table are."""


def _pairs(following: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """The keys and values that stand below a heading: of items, of lines of paragraphs, and of rows of tables."""
    for block in following:
        if block.type == "heading":
            return
        if block.type == "item":
            yield split(block)
        elif block.type == "paragraph" and block.strong:
            yield from map(split, lines_of(block))
        elif block.type == "table":
            for row in block.children[1:]:
                if len(row.children) > 1:
                    yield row.children[0].marked, row.children[1].marked
