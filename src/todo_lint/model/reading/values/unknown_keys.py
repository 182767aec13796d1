"""Keys that no parser is there for."""

from __future__ import annotations

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import (
    has_placeholder,
)
from todo_lint.model.reading.text import (
    is_nothing,
    plain,
    words_of,
)
from todo_lint.model.reading.values.value_words import is_description, is_type
from todo_lint.model.reading.vocabulary.keys import nearest_key
from todo_lint.model.reading.vocabulary.phrases import address
from todo_lint.model.statements import Kind


def unknown_key(kind: str, key: str, value: str) -> Reading:
    """A key that no parser is there for: prose where the value only explains, else not understood."""
    if is_type(value):
        return Reading(prose="it describes a type")
    if kind == Kind.SERVICE and (facts := address(value)):
        return Reading(tuple(Fact(attribute, said) for attribute, said in facts))
    hint = nearest_key(kind, key)
    if kind == Kind.SECRET and (is_nothing(value) or is_description(value)):
        return Reading(prose="it is no key of a Secret")  # its words may be a value, and are not shown
    if kind in (Kind.IMAGE, Kind.CHART) and not hint.startswith("did you mean"):
        return Reading(prose=f"'{plain(key)}' is no key that states a fact of a {kind}")
    if is_nothing(value) or is_description(value) or has_placeholder(value) or len(words_of(key).split()) > 4:
        return Reading(prose=f"'{plain(key)}' is no key that states a fact of a {kind}" if kind else "it explains")
    return Reading(hint=hint)
