"""Keys that name two values at once: ``CPU (req / lim)``, ``Memory request / limit`` with ``256Mi / 512Mi``."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import last_remark, plain, with_arrows
from todo_lint.patterns import pattern

_SHORT = {
    "req": "request", "reqs": "requests", "lim": "limit", "lims": "limits", "mem": "memory", "max": "limit",
}  # fmt: skip
_JOINT = pattern(r"\s*(?:/|->|\.\.\.?|\u2026|[\u2013\u2014]|\s-\s|\bto\b)\s*")
_KEYS = pattern(r"\s*(?:/|->|\band\b|[\u2013\u2014]|&)\s*", re.IGNORECASE)
_WORDS = frozenset(("request", "requests", "requested", "limit", "limits", "cpu", "memory", "ram"))


def paired(key: str, value: str) -> tuple[tuple[str, str], ...]:
    """Each key with its value; empty where a key names no two of what workloads request and are limited to.

    ``CPU (req / lim)`` and ``0.2 / 0.5`` are ``CPU request`` 0.2 and ``CPU limit`` 0.5.
    """
    if "/" not in key and " and " not in key and "\u2013" not in key:
        return ()
    found = last_remark(key)
    before, inside = found if found and found[0] and _KEYS.search(found[1]) else ("", plain(key))
    parts = [" ".join(_SHORT.get(word, word) for word in part.lower().split()) for part in _KEYS.split(plain(inside))]
    values = [part.strip() for part in _JOINT.split(with_arrows(plain(value)))]
    if len(parts) != 2 or len(values) != len(parts) or not all(values):
        return ()
    if not all(part and set(part.split()) <= _WORDS for part in parts):
        return ()
    first, last = parts
    if before:
        keys = [f"{plain(before)} {part}" for part in parts]
    elif len(first.split()) > len(last.split()):  # ``memory request / limit``
        keys = [first, " ".join((*first.split()[: -len(last.split())], last))]
    elif len(first.split()) < len(last.split()):  # ``CPU / memory request``
        keys = [" ".join((first, *last.split()[len(first.split()) :])), last]
    else:
        return ()
    return tuple(zip(keys, values, strict=True))
