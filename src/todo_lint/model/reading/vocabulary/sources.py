"""Where a variable comes from, in words: ``from Secret app-secrets key jwt`` is ``Secret/app-secrets:jwt``."""

from __future__ import annotations

import re

from todo_lint.model.reading.firmness import has_placeholder
from todo_lint.model.reading.text import last_remark, strip_marks
from todo_lint.patterns import pattern

_KIND = r"\b(?P<kind>[Cc]onfig ?[Mm]ap|CONFIGMAP|[Ss]ecret|SECRET)s?(?: ?(?:[Kk]ey)?[Rr]ef(?:erence)?)?\b"
_NAME = r"(?P<name>`[^`]+`|[a-z0-9{<$](?:[^\s`,;:/()\[\]]*[a-z0-9}>])?)"
_KEY = r"[\"'`]?(?P<key>[A-Za-z0-9_][\w.-]*)[\"'`]?"
_BETWEEN = r"\s*[:/(=]?\s*"
_WITH_KEY: tuple[re.Pattern[str], ...] = tuple(
    pattern(expression)
    for expression in (
        rf"{_KIND}{_BETWEEN}{_NAME}\)?\s*"
        rf"(?:[,;([]*\s*(?:the |with |its )?[Kk]ey\s*[:=]?\s*|[:/\[]\s*|(?<=`)\.(?=`)){_KEY}[\])]?",
        rf"{_KIND}{_BETWEEN}`?(?P<name>[a-z0-9][-a-z0-9]*)\.{_KEY}`?",
        rf"(?:the )?(?:[Kk]ey )?{_KEY} (?:key )?(?:of|from|in) (?:the )?{_KIND}{_BETWEEN}{_NAME}",
        rf"(?P<name>`[^`]+`|[a-z0-9]+(?:-[a-z0-9]+)+) {_KIND},? \(?(?:the )?[Kk]ey:? {_KEY}\)?",
    )
)
_WITHOUT: tuple[re.Pattern[str], ...] = (
    pattern(rf"{_KIND}{_BETWEEN}{_NAME}"),
    pattern(rf"(?P<name>`[^`\s]+`|[a-z0-9]+(?:-[a-z0-9]+)+)(?: \(| ){_KIND}"),
)
_ALONE = pattern(
    rf"(?:.*\b(?:from|via|in|by|to|using)\s+(?:(?:the|an?|kubernetes|k8s|its)\s+)*|\W*){_KIND}(?!\s+key\b)(?:$|[\s,.;)(].*)",
    re.IGNORECASE | re.DOTALL,
)


_NO_NAMES = ("for", "of", "in", "with", "the", "key", "and", "is", "a", "an", "from", "to", "that")


def source_of(text: str) -> str:
    """The source that a text names: ``Secret/app-secrets:jwt``, ``ConfigMap/app``, ``Secret``; else empty.

    A name without a hyphen is one where a key or code marks say so: *Secret for signing* names no Secret.
    """
    for expression in _WITH_KEY:
        if (match := expression.search(text)) and match["name"] not in _NO_NAMES:
            return f"{_kind(match)}/{strip_marks(match['name'])}:{match['key']}"
    for expression in _WITHOUT:
        if (match := expression.search(text)) and _is_sure(match["name"]):
            return f"{_kind(match)}/{strip_marks(match['name'])}"
    match = _ALONE.match(text)
    return _kind(match) if match else ""


def value_and_source(text: str) -> tuple[str, str]:
    """A value with its source in parentheses behind it, ``info (from ConfigMap app)``, or a source alone."""
    found = last_remark(text)
    if found and found[0] and not source_of(found[0]) and (source := source_of(found[1])):
        return ("" if source.startswith("Secret") else found[0]), source
    return "", source_of(text)


def _kind(match: re.Match[str]) -> str:
    return "Secret" if match["kind"].lower() == "secret" else "ConfigMap"


def _is_sure(name: str) -> bool:
    return "-" in name or name.startswith("`") or has_placeholder(name)
