"""Values and choices in a person's words, for messages of one line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

_LONGEST = 60
_WRITTEN_OUT = 1e21
"""Whole numbers below this one are written in digits by people, and by a server."""


def quoted(value: Any) -> str:
    """Return a value as it would stand in JSON, shortened to one readable line."""
    if isinstance(value, (dict, list)):
        return described(value)
    text = json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and "e+" in text and abs(value) < _WRITTEN_OUT:
        text = _digits(text)
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 4] + "..." + ('"' if isinstance(value, str) else "")
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _digits(text: str) -> str:
    """Return a number such as ``1.5e+20`` without its power of ten."""
    mantissa, _, power = text.partition("e+")
    whole, _, fraction = mantissa.partition(".")
    return whole + fraction.ljust(int(power), "0")


def described(value: Any, *, secret: bool = False) -> str:
    """Return what a value is and, unless it is secret, its content: ``the string "2"``, ``a list``."""
    for kind, noun in ((bool, "boolean"), (str, "string"), ((int, float), "number")):
        if isinstance(value, kind):
            return f"a {noun}" if secret else f"the {noun} {quoted(value)}"
    if value is None:
        return "null"
    return "a mapping" if isinstance(value, dict) else "a list"


def choice(values: Iterable[str]) -> str:
    """Return values as a choice: ``A``, ``A or B``, ``A, B or C``; an empty one is written ``""``."""
    names = [value or '""' for value in values]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that ``word`` was probably meant to be, or None where none is near.

    The same letters in another case win; then the smallest edit distance, of at most a third of the length.
    """
    best: tuple[int, str] | None = None
    lowered = word.lower()
    limit = max(1, min(len(word), 30) // 3)
    for candidate in candidates:
        if candidate.lower() == lowered:
            return candidate
        if abs(len(candidate) - len(word)) > limit:
            continue
        distance = edit_distance(lowered, candidate.lower())
        if distance <= limit and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best else None


def edit_distance(left: str, right: str) -> int:
    """Return how many insertions, deletions, replacements or swaps of neighbours turn ``left`` into ``right``."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        previous, row = row, [i]
        for j, b in enumerate(right, 1):
            cost = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = previous
    return row[-1]
