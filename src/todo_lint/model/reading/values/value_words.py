"""Values that state nothing: types, words that explain; and what gives a value in words away."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import (
    DENIED,
    is_nothing,
    last_remark,
    plain,
)
from todo_lint.model.reading.vocabulary.phrases import Phrase, cluster_ip
from todo_lint.patterns import pattern

TYPE = (
    r"(?:strings?|str|integers?|int(?:32|64)?|numbers?|floats?|booleans?|bools?|arrays?|lists?|objects?|maps?|dict|enum|"
    r"datetime|timestamp|date|uuid|url|uri|path|quantity|semver|duration|json|yaml|any|\[\]\w+|map\[\w+\]\w+)"
)
_TYPED = pattern(
    rf"{TYPE}(?:\[\])*(?:\s*[\[({{<,|\u2013].*|\s*:(?:\s.*)?|\s+-.*|\s+(?:of|or|with|from|to|representing)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
_PATH = pattern(r"(?<!\S)/[\w-]|\bGET\s+/")
"""A path, as a probe or an Ingress has it."""
_NUMBERS = pattern(r"\b\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)


def is_type(text: str) -> bool:
    """Whether a value only names a type: ``String``, ``Integer (desired number of pods)``, ``[]string``."""
    return _TYPED.fullmatch(plain(text)) is not None


def is_description(text: str) -> bool:
    """Whether a value only explains: several words, none of them a number, a path, marked as code or denied."""
    found = last_remark(text)
    bare = found[0] if found else text
    words = bare.split()
    several = len(words) > 1 or (not words and bool(text))
    return several and "`" not in bare and not any(hint.search(bare) for hint in (_NUMBERS, DENIED, _PATH))


def says_nothing(phrase: Phrase | None, text: str) -> bool:
    """Whether a value is a way to write that there is none; ``None`` is a value of *clusterIP* and *dnsPolicy*."""
    if phrase is None or not is_nothing(text):
        return is_nothing(text)
    meant = (
        bool(cluster_ip(text))
        if phrase is cluster_ip
        else plain(text) == "None" and bool(phrase("None")) and is_choice(phrase)
    )
    return not meant


def is_choice(phrase: Phrase) -> bool:
    """Whether a parser takes few words only: then such a word is a value, ``None`` among them."""
    return not phrase("qwzx") and not phrase("Qwzx")


_HOLDS = pattern(
    r"\d[\w.]*|`?/[\w./-]*`?|(?:[A-Z][a-z]+[A-Z]\w*|None|Never|Always) (?:for|with|and) .+|.*\w=\w.*|\d[\w.]* for .+",
)
_EXPLAINS = pattern(r"\be\.?g\b|\bi\.?e\b|\b(?:must|should|may|see|like|such as|example)\b", re.IGNORECASE)


def holds_value(text: str) -> bool:
    """Whether words that explain have a value in parentheses behind them: a number, a path, a word of Kubernetes."""
    found = last_remark(text)
    if found is None or not is_description(found[0]) or _EXPLAINS.search(text):
        return False
    return _HOLDS.fullmatch(found[1]) is not None
