"""How many pods there are, and how one set of them replaces another."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import last_remark, plain
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, bare_text, chosen
from todo_lint.model.statements import Attribute, Prefix
from todo_lint.patterns import pattern

_NUMBER_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}


def replicas(text: str) -> Facts:
    """``1``, ``1 (configurable)``, ``2 replicas``, ``two pods``."""
    match = re.fullmatch(r"(\w+)(?: (?:replicas?|pods?|instances?))?(?:,? for [\w ]+)?", bare_text(text).lower())
    value = _NUMBER_WORDS.get(match[1], match[1]) if match else ""
    return ((Attribute.REPLICAS, value),) if value.isdecimal() else ()


def replica_range(text: str) -> Facts:
    """``2-10``: the least and most replicas of an autoscaler."""
    match = re.fullmatch(r"(\d+)\s*(?:-|\u2013|to)\s*(\d+)(?: replicas)?", bare_text(text))
    return ((Attribute.MIN_REPLICAS, match[1]), (Attribute.MAX_REPLICAS, match[2])) if match else ()


def least_and_most(text: str) -> Facts:
    """``2 / 6``, ``2-6``: behind a key that names both the least and the most replicas."""
    return replica_range(re.sub(r"\s*(?:/|,|\band\b)\s*", "-", bare_text(text)))


_ROLLING = pattern(r"(max ?surge|max ?unavailable)\s*[:=]?\s*(\d+%?)", re.IGNORECASE)


_TYPE_AND_BOUNDS = pattern(
    r"(?P<type>`?\w+(?: \w+)?`?)(?:\s*\((?P<inside>[^()]*)\)|\s*(?:,|;|:|\swith)\s*(?P<behind>.+))?"
)


def strategy(text: str) -> Facts:
    """``RollingUpdate``, ``RollingUpdate (maxSurge 1, maxUnavailable 0)``, or bounds behind a comma."""
    match = _TYPE_AND_BOUNDS.fullmatch(text.strip())
    found = last_remark(text)
    kind = _strategy_type(match["type"] if match else found[0] if found else text)
    said = (match["inside"] or match["behind"] or "") if match else found[1] if found else ""
    bounds = [_ROLLING.fullmatch(part.strip()) for part in re.split(r",|;|\band\b", plain(said))] if said else []
    if not kind or not all(bounds):
        return kind if not re.search(r"\d", said) else ()
    fields = {name.lower(): field for name, field in ROLLING.items()}
    return (*kind, *((fields[m[1].lower().replace(" ", "")], m[2]) for m in bounds if m))


ROLLING = {name: f"{Prefix.SPEC}strategy.rollingUpdate.{name}" for name in ("maxSurge", "maxUnavailable")}
"""The bounds of a rolling update, and what states them."""
_strategy_type = chosen(Attribute.STRATEGY, "RollingUpdate", "Recreate")
