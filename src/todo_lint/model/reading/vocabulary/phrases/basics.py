"""Parsers that others are made of: one word of several, a number of seconds, yes or no, a name."""

from __future__ import annotations

import re
from collections.abc import Callable

from todo_lint.model.reading.text import plain, without_remarks
from todo_lint.model.statements import Attribute
from todo_lint.patterns import pattern

Facts = tuple[tuple[str, str], ...]
Phrase = Callable[[str], Facts]


def bare_text(text: str) -> str:
    """A text without code marks, quotes, and remarks behind it."""
    return plain(without_remarks(text))


def single(attribute: str, expression: str) -> Phrase:
    """A parser that takes a text which matches an expression as a whole as the value of ``attribute``."""
    compiled = pattern(expression)

    def parse(text: str) -> Facts:
        bare = bare_text(text)
        return ((attribute, bare),) if compiled.fullmatch(bare) else ()

    return parse


def free(attribute: str) -> Phrase:
    """A parser that takes any text that is not empty as the value of ``attribute``."""

    def parse(text: str) -> Facts:
        value = plain(text)
        return ((attribute, value),) if value else ()

    return parse


def chosen(attribute: str, *known: str) -> Phrase:
    """A parser that takes one of several words, in any case, as Kubernetes writes it."""
    spelled = {word.lower(): word for word in known}

    def parse(text: str) -> Facts:
        value = spelled.get(bare_text(text).lower().replace(" ", "").removesuffix("service"))
        return ((attribute, value),) if value else ()

    return parse


_FILLED = r"\{\{.*?\}\}|\$?\{[^}]*\}|<[^>]*>|\[[a-z][\w -]*\]"
TEMPLATED = rf"(?:{_FILLED}|[a-z0-9])(?:[-a-z0-9.]|{_FILLED})*"
"""A name of a resource, in which parts may be placeholders."""
dns_name = TEMPLATED


def name(text: str) -> Facts:
    """The name of a resource; parts of it may be placeholders."""
    return single(Attribute.NAME, TEMPLATED)(text)


def seconds(attribute: str) -> Phrase:
    """``10``, ``10s``, ``10 seconds``."""

    def parse(text: str) -> Facts:
        match = re.fullmatch(r"(\d+)\s*(?:s|sec|seconds?)?", bare_text(text), re.IGNORECASE)
        return ((attribute, match[1]),) if match else ()

    return parse


def truth(attribute: str) -> Phrase:
    """``true``, ``yes``, ``enabled``: ``true``; their opposites: ``false``."""
    values = {"true": "true", "yes": "true", "enabled": "true", "false": "false", "no": "false", "disabled": "false"}

    def parse(text: str) -> Facts:
        value = values.get(bare_text(text).lower())
        return ((attribute, value),) if value else ()

    return parse
