"""Where one text holds several documents: as kubectl cuts a file, and as Helm cuts what a template renders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_SEPARATOR_LINE = pattern(r"^---([^\n]*)(?:\n|\Z)", re.MULTILINE)
_HELM_SEPARATOR = pattern(r"^---[ \t]*", re.MULTILINE)
_SPACE = " \t\n\v\f\r\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""What Go's ``unicode.IsSpace`` calls space; Python's ``str.strip`` would take a little more."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text that holds one document, and the line on which it starts, counted from 1.

    ``problem`` is set for a separator that kubectl refuses.
    """

    text: str
    line: int
    problem: str | None = None


def split_stream(text: str, first_line: int = 1) -> Iterator[Chunk]:
    """Cut a file as kubectl does (``YAMLReader`` of k8s.io/apimachinery v0.37).

    A line that starts with ``---`` ends a document; only space or a comment may follow it there. Text follows the
    broken separator as a further document, although kubectl would stop.
    """
    start, line = 0, first_line
    for found in _SEPARATOR_LINE.finditer(text):
        rest = found[1].strip(_SPACE)
        bad = bool(rest) and rest[0] != "#"
        if found.start() == start and not bad:
            continue  # a separator with nothing before it belongs to the document that it starts
        if found.start() > start:
            yield Chunk(ended(text[start : found.start()]), line)
            line += text.count("\n", start, found.start())
        if bad:
            yield Chunk("", line, "only space or a comment may follow --- on its line; kubectl refuses this")
        line += 1
        start = found.end()
    if start < len(text):
        yield Chunk(ended(text[start:]), line)


def split_rendered(text: str) -> tuple[tuple[int, str], ...]:
    """Cut what one template renders into documents, as Helm does (``SplitManifests`` of Helm 4.3).

    Gives each document with the line of ``text``, counted from 1, on which it starts. Helm cuts at every line that
    starts with ``---``, keeps what follows on that line, drops leading space (of the first line, too, so columns of
    that line count from its first character) and documents of nothing but space, and ends each with a line feed.
    """
    documents = []
    start, line = 0, 1
    lead = len(text) - len(text.lstrip(_SPACE))
    separators = [(found.start(), found.end()) for found in _HELM_SEPARATOR.finditer(text)]
    for cut, after in [*_first(lead, text), *separators, (len(text), len(text))]:
        document = text[start:cut].lstrip(_SPACE)
        if document:
            first = cut - len(document)
            documents.append((line + text.count("\n", start, first), document + "\n"))
        line += text.count("\n", start, after)
        start = after
    return tuple(documents)


def _first(lead: int, text: str) -> list[tuple[int, int]]:
    """The separator that Helm sees at the very start once leading space is gone, if it was not at a line's start."""
    if not text.startswith("---", lead) or lead == 0 or text[lead - 1] == "\n":
        return []
    after = lead + 3
    while text[after : after + 1] in ("\t", " "):
        after += 1
    return [(lead, after)]


def ended(text: str) -> str:
    """The text with a line feed at its end, which kubectl's line reader adds."""
    return text if text.endswith("\n") else text + "\n"
