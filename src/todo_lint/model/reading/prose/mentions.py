"""What lines without a statement name, where they hold a value that nothing else in the document states.

A reader of documents knows no names of a chart, so it cannot tell whether a line of prose speaks of what one renders.
What such a line names is kept, so that whoever holds the document against a chart can say which lines were not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from todo_lint.model.reading.kinds import OF_KUBECTL
from todo_lint.model.reading.page import Page
from todo_lint.model.reading.prose.definite import Value, amounts, definite_values, is_stated
from todo_lint.model.reading.scope import Scope
from todo_lint.model.reading.text import plain, with_arrows
from todo_lint.model.secrecy import redacted
from todo_lint.model.statements import LATER, QUANTITY, Modality
from todo_lint.patterns import pattern

_FORM_ONLY = pattern(
    r"a heading|the (?:head|edge) of .*|mark-up|front matter|a code block.*|part of the .*|it describes .*|"
    r"a table of types .*|of the future.*|an? example.*|a text of more .*|"
    r"(?:a|the) label .*|.*which is not understood"
)
"""The reasons why lines are prose that have been looked into, or whose words are no words about a chart."""
_NAMED = pattern(
    r"`(?P<code>[^`\s]+)`|https?://(?P<host>[a-z][\w-]*)|(?P<kind>[A-Za-z]+)/(?P<of>[a-z0-9][a-z0-9.-]*[a-z0-9])|"
    r"(?<![\w./-])(?P<word>[A-Za-z][A-Za-z0-9]*(?:[._-][A-Za-z0-9]+)+)(?![\w/-])"
)
"""Code, hosts, ``svc/web-service``, and words that are joined as names are: ``log_level``, ``web.port``."""
_VALUES = pattern(
    r"https?://[a-z][\w.-]*:(?P<url>\d{2,5})|\b(?P<from>\d{2,5}) -> (?P<to>\d{2,5})\b|"
    r"[\w.]+=(?P<pair>[^\s`,;)]+)|`\"?(?P<code>true|false|\d+|\*|https?://[^`\"\s]+)\"?`|"
    r"\bversion `?(?P<version>\d[\w.]*)"
)
_AMOUNT = pattern(r"(?<![\w.])\d+(?:\.\d+)?[KMGT]i(?![\w.])")
_ELSE = pattern(r"\be\.\s?g\b|\bfor (?:example|instance)\b|\btotals?\b", re.IGNORECASE)
"""What tells of one value of many, or of a sum."""
_MOST = 8
"""So many names of a line are kept."""


def note_mentions(page: Page, scopes: dict[int, Scope]) -> None:
    """Keep for each line of prose what it names, where it holds a value that no statement has.

    Args:
        page: the document, read whole.
        scopes: what the headings and labels say above each line.
    """
    known = {statement.value for _, statement in page.drafts} | {entity.known_as for entity in page.entities}
    known.update(alternative for _, statement in page.drafts for alternative in statement.alternatives)
    values = amounts(known)
    stated = {statement.line for _, statement in page.drafts}
    for line, reason in page.reasons.items():
        scope = scopes.get(line, Scope())
        spared = scope.modality in (*LATER, Modality.EXAMPLE) or _FORM_ONLY.fullmatch(reason)
        text = page.lines[line - 1].strip()
        if line in stated or line in page.concealed or spared or _ELSE.search(text):
            continue
        text = with_arrows(redacted(text))
        if names := tuple(dict.fromkeys(_names(text)))[:_MOST]:
            left = [value for value in _values(text) if not is_stated(value, values)]
            if left or _refers(text, known):
                page.mentions[line] = names


def _names(text: str) -> Iterator[str]:
    """What a line names, in its order; an amount of memory names no resource, and is of one all the same."""
    for match in _NAMED.finditer(text):
        yield plain(match["code"] or match["host"] or match["of"] or match["word"]).partition("=")[0]
    if _AMOUNT.search(text):
        yield QUANTITY


def _values(text: str) -> Iterator[Value]:
    yield from definite_values(text, text)
    for match in _VALUES.finditer(text):
        for value in filter(None, match.groups()):
            yield Value(match[0], value.strip('"'))


def _refers(text: str, known: Set[str]) -> bool:
    """Whether a line refers to a resource as kubectl does, and its name is not known."""
    return any(
        match["kind"] and match["kind"].lower() in OF_KUBECTL and match["of"] not in known
        for match in _NAMED.finditer(re.sub(r"https?://\S+", "", text))
    )
