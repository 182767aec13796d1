"""What a text was probably meant to be that has not the form it must have: the nearest one that has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from todo_lint.kubernetes.names import (
    wrong_dns_1035_label,
    wrong_dns_label,
    wrong_dns_subdomain,
    wrong_label_value,
    wrong_qualified_name,
)
from todo_lint.kubernetes.words import quoted

Form = Callable[[str], "str | None"]

_FORMS: tuple[tuple[Form, str], ...] = (
    (wrong_dns_label, "a-z0-9-"),
    (wrong_dns_1035_label, "a-z0-9-"),
    (wrong_dns_subdomain, "a-z0-9.-"),
    (wrong_qualified_name, "A-Za-z0-9._/-"),
    (wrong_label_value, "A-Za-z0-9._-"),
)
"""The usual forms of names and the characters that they allow."""


def name_hint(text: str, wrong: str, wanted: Form | None = None) -> str:
    """Return a hint at the nearest name that is allowed; empty where there is none.

    Args:
        text: what stands there.
        wrong: what is wrong with it, in the words of the form that it should have.
        wanted: the function of that form; without it, the first that says the same of the text.
    """
    for form, allowed in _FORMS:
        if form is wanted or (wanted is None and form(text) == wrong):
            found = next((name for name in _near(text, allowed) if form(name) is None), None)
            return f"did you mean {quoted(found)}?" if found else ""
    return ""


def _near(text: str, allowed: str) -> Iterator[str]:
    """The text without blanks around it, in lower case, with - for other characters, without any at its ends."""
    bare = text.strip()
    lower = bare if "A" in allowed else bare.lower()
    plain = re.sub(rf"[^{allowed}]+", "-", lower)
    yield from filter(None, (bare, lower, plain, plain.strip("-._/")))


_TRUTHS = {
    "true": "true",
    "yes": "true",
    "on": "true",
    "1": "true",
    "false": "false",
    "no": "false",
    "off": "false",
    "0": "false",
}
"""What people write for true and false."""


def type_hint(value: Any, expected: str) -> str:
    """Return a hint at how to make of a value one of the type that is expected; empty where none is near.

    ``expected`` is the type in words: ``a string``, ``a whole number``, ``true or false``, ``a list``, ``a mapping``.
    """
    if expected == "a list":
        return "put a dash before it: it is one item of the list" if value not in ("", {}) else "an empty list is []"
    if isinstance(value, list):
        one = len(value) == 1 and isinstance(value[0], dict) is (expected == "a mapping")
        return "remove the dash before it: it is no list" if one else ""
    if expected == "true or false":
        meant = _TRUTHS.get(str(value).lower())
        quotes = isinstance(value, str) and value == meant
        return "remove the quotes" if quotes else f"did you mean {meant}?" if meant else ""
    if isinstance(value, str):
        whole = "number" in expected and re.fullmatch(r"[+-]?\d+", value, re.ASCII) is not None
        return "remove the quotes" if whole else ""
    if expected == "a string" and not isinstance(value, dict):
        return "put it in quotes"
    if expected == "a whole number" and isinstance(value, float):
        return f"the nearest is {round(value)}"
    return ""


def path_hint(text: str, wrong: Form) -> str:
    """Return a hint at the nearest path of a form: with or without a / at its start; empty where neither is one."""
    if not text.strip("/"):
        return ""
    found = next((path for path in (f"/{text}", text.lstrip("/")) if wrong(path) is None), None)
    return f"did you mean {quoted(found)}?" if found else ""


def quantity_hint(text: str, suffixes: tuple[str, ...]) -> str:
    """Return a hint at the quantity that has the suffix nearest to that of ``text``: 256Mi for 256mi or 256MB."""
    found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?)\s*([A-Za-z]+)\s*", text)
    if found is None:
        return ""
    number, suffix = found.groups()
    short = suffix.rstrip("Bb") or suffix
    for meant in (suffix, short):
        for known in suffixes:
            if known and (known == meant or (len(known) == 2 and known.lower() == meant.lower())):
                return f"did you mean {number}{known}?"
    upper = "Ki" if short == "K" else short.upper()
    return f"did you mean {number}{upper}?" if upper in suffixes else ""
