"""A value is read with the parser of its key: one, one of several, a range, one for each environment."""

from __future__ import annotations

import re

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import (
    alternatives,
    bounds,
    firmest,
    has_placeholder,
    marked_alternatives,
    read_firmness,
)
from todo_lint.model.reading.text import (
    plain,
    with_arrows,
    without_remarks,
)
from todo_lint.model.reading.values.forms import UNREAD, unread
from todo_lint.model.reading.values.value_words import is_description, is_type, says_nothing
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.phrases import RUN, Phrase, runs
from todo_lint.model.reading.vocabulary.volumes import FORM, mounts, names_source, volumes
from todo_lint.model.statements import Attribute, Modality
from todo_lint.patterns import pattern
from todo_lint.records import replace


def read_value(phrase: Phrase, text: str) -> Reading:
    """Read the text of a value with the parser of its key."""
    if says_nothing(phrase, text):
        return Reading(prose="it states no value")
    if is_type(text):
        return Reading(prose="it describes a type")
    text = with_arrows(text)
    facts = _by_environment(phrase, text) or _firm(phrase, text) or _before_words(phrase, text)
    if facts:
        return Reading(facts)
    if (firm := read_firmness(text)).modality is Modality.AUTO_ASSIGNED and not plain(firm.text):
        return Reading(prose="the cluster chooses it")
    if plain(without_remarks(text)).lower().replace("-", " ") in (
        "auto assigned",
        "auto",
        "automatic",
        "dynamic",
        "random",
    ):
        return Reading(prose="the cluster chooses it")
    form = _FORMS.get(phrase, "")
    if is_description(text) and not (form and names_source(text)):
        return Reading(prose="it explains, and states no value")
    return Reading(hint=f"{UNREAD}; {form}" if form else unread(phrase))


_FORMS: dict[Phrase, str] = {volumes: FORM, mounts: FORM, runs: RUN}
"""The nearest form that is read, for values of some length."""


def states(kind: str, key: str, value: str) -> bool:
    """Whether a key and a value state something that resources of a kind have."""
    phrase = phrase_for(kind, key) if value else None
    return phrase is not None and bool(read_value(phrase, value).facts)


_PARTS = pattern(r"\s*(?:,|;|/|\n|\bor\b|\band\b)\s*(?![^(]*\))", re.IGNORECASE)


_OTHERWISE = pattern(r"\s*(?:[,;]\s*(?:or\s+|but\s+)?|\bor\s+)(?![^(]*\))", re.IGNORECASE)


def _by_environment(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``1 (dev), 3 (prod)``: one value for each environment; ``1, 3 in production``: and one for all others."""
    return _bound(phrase, _PARTS.split(text), others=False) or _bound(phrase, _OTHERWISE.split(text), others=True)


def _bound(phrase: Phrase, parts: list[str], *, others: bool) -> tuple[Fact, ...]:
    """The values of parts that are each bound to an environment; ``others``: but for the first."""
    if len(parts) < 2:
        return ()
    firm = [read_firmness(part) for part in parts]
    if bool(firm[0].environment) is others or not all(one.environment for one in firm[1:]):
        return ()
    read = [_firm(phrase, part) for part in parts]
    stated = {tuple(fact.attribute for fact in facts) for facts in read}
    if not all(read) or (others and len(stated) > 1):
        return ()
    return tuple(fact for facts in read for fact in facts)


def _firm(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    firm = read_firmness(text)
    base = Fact("", "", firm.modality, firm.environment)
    if facts := phrase(firm.text):
        return tuple(filled(replace(base, attribute=attribute, value=value)) for attribute, value in facts)
    return _one_of(phrase, firm.text, base) or read_range(phrase, firm.text, base)


_BEFORE_WORDS = pattern(r"(`[^`]+`|[^\s`]+)\s+[-\u2013\u2014]\s+[A-Za-z(][^\s]*\s.*", 16)


def _before_words(phrase: Phrase, text: str) -> tuple[Fact, ...]:
    """``3000 - Service port``: a value, and behind a dash words about it."""
    match = _BEFORE_WORDS.fullmatch(text)
    return _firm(phrase, match[1]) if match else ()


def filled(fact: Fact) -> Fact:
    """The fact, as a placeholder where parts of its value are to be filled in."""
    if has_placeholder(fact.value):
        return replace(fact, modality=firmest(fact.modality, Modality.PLACEHOLDER))
    return fact


def _one_of(phrase: Phrase, text: str, base: Fact) -> tuple[Fact, ...]:
    options = marked_alternatives(text) or alternatives(text)
    if not options:
        options = tuple(part.strip() for part in text.split("/")) if re.fullmatch(r"\w+(?:\s*/\s*\w+)+", text) else ()
    read = [phrase(option) for option in options]
    if not read or not all(len(facts) == 1 for facts in read) or len({facts[0][0] for facts in read}) > 1:
        return ()
    values = tuple(dict.fromkeys(facts[0][1] for facts in read))
    modality = firmest(base.modality, Modality.ONE_OF)
    return (replace(base, attribute=read[0][0][0], value="|".join(values), modality=modality, alternatives=values),)


_UNIT = pattern(r"\s+((?:replicas?|pods?|instances?|v?cpus?|cores?|memory|ram))$", re.IGNORECASE)


def read_range(phrase: Phrase, text: str, base: Fact) -> tuple[Fact, ...]:
    """``>= 2``, ``2-5``, ``up to 1Gi``: one fact with the bounds, the rest as ``base`` has it."""
    bare = plain(text)
    unit = _UNIT.search(bare)
    ends = bounds(bare[: unit.start()] if unit else bare)
    if not ends:
        return ()
    read = [phrase(end) or phrase(f"{end} {unit[1] if unit else ''}") for end in ends if end]
    if not all(len(facts) == 1 and facts[0][0] not in _NO_RANGES for facts in read):
        return ()
    modality = firmest(base.modality, Modality.RANGE)
    return (replace(base, attribute=read[0][0][0], value=plain(text), modality=modality, bounds=ends),)


_NO_RANGES = (Attribute.PORT, Attribute.TARGET_PORT, Attribute.CONTAINER_PORT)
"""What has several values where a range is written, and not one value within it."""
