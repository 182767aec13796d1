"""Values behind what is said of them: ``integer (8000)``, ``Application port (3000)``, a default."""

from __future__ import annotations

import re

from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import (
    bounds,
    environment_of,
)
from todo_lint.model.reading.text import (
    last_remark,
    plain,
    strip_marks,
)
from todo_lint.model.reading.values.one_value import filled, read_range
from todo_lint.model.reading.values.value_words import TYPE, is_choice, is_description
from todo_lint.model.reading.vocabulary.phrases import Phrase
from todo_lint.model.statements import Modality
from todo_lint.patterns import pattern

_PRECISE = pattern(r"\S*\d\S*|[a-z][\w./:-]*\w[-./:]\w[\w./:-]*")
"""A word that is a value: with a digit, or joined as names are."""
_JOINED = pattern(
    r".*-(?:case|only|defined|generated|separated|based|assigned|specific|wide|level|value|sensitive|insensitive|readable|"
    r"friendly|less|free|time|in|out|off|on|up|encoded|like|style)|(?:name|image|repo\w*|registry|host)[:/].*",
    re.IGNORECASE,
)
"""Words of English that are joined by a hyphen, ``kebab-case``, and forms, ``name:tag``."""
_OF_TYPE = pattern(
    rf"{TYPE}(?:\[\]| of \w+)*\s*(?:\((?P<inside>.+)\)|[,;\u2013-]\s*(?P<after>default.+))", re.IGNORECASE
)
_STATED = pattern(r"(?P<quote>[\"'`])(?P<quoted>[^\"'`]+)(?P=quote)|(?P<number>\d[\w.]*)(?: for [\w. -]+)?")
_VARIABLES = pattern(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+(?:, [A-Z][A-Z0-9_]+)*")
_DEFAULT = pattern(r"defaults?(?: to)?\s*[:=]?\s*(?P<value>[\"'`]?[^\s,;()\"'`]+[\"'`]?)(?:[,; ].*)?", re.IGNORECASE)


def behind(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """The value behind a type or behind words about it, as a key's parser reads it; else nothing."""
    return _behind_type(phrase, text) or _behind_words(phrase, text)


def _behind_type(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``integer (8000)``, ``string ("ClusterIP")``, ``integer (default: 2)``: a type with a value, or a default.

    Without quotes a word is a value where the key has few (``String (NodePort)``), and words are where all are
    spelled as variables are: ``Array of String (DATABASE_URL, TOKEN)``.
    """
    match = _OF_TYPE.fullmatch(plain(text))
    inside = (match["inside"] or match["after"]).strip() if match else ""
    if default := _DEFAULT.fullmatch(inside.rpartition(", ")[2]):
        return _facts(phrase, strip_marks(default["value"]), Modality.DEFAULT)
    if _VARIABLES.fullmatch(inside) or (inside and " " not in inside and is_choice(phrase)):
        return _facts(phrase, inside)
    stated = _STATED.fullmatch(inside)
    return _facts(phrase, stated["quoted"] or stated["number"]) if stated else ()


def _facts(phrase: Phrase, text: str, modality: Modality = Modality.REQUIRED) -> tuple[Fact, ...]:
    return tuple(filled(Fact(attribute, value, modality)) for attribute, value in phrase(text))


def _behind_words(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``Application port (3000)``, ``Chart name (todo-app)``: a description with the value behind it."""
    found = last_remark(text)
    inside = plain(found[1]) if found else ""
    default = _DEFAULT.fullmatch(inside)
    if default and found and found[0].replace(" ", "").isalpha():
        return _facts(phrase, strip_marks(default["value"]), Modality.DEFAULT)
    if found is None or default or not is_description(found[0]):
        return ()
    if found[1] == f"`{inside}`" and " " not in inside:
        return _facts(phrase, inside)
    said = re.sub(r" for [\w. -]+$", "", inside)
    if said != inside and environment_of(inside.rpartition(" for ")[2]):
        return ()
    precise = _PRECISE.fullmatch(said) and not _JOINED.fullmatch(said)
    if precise or (" " not in said and is_choice(phrase) and phrase(said)):
        return _facts(phrase, said)
    return read_range(phrase, said, Fact("", "")) if bounds(said) else ()
