"""Sentences of a block of prose, and whether they say what is, or what may be, was or is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Place
from todo_lint.model.reading.scope import Scope
from todo_lint.model.reading.text import DENIED
from todo_lint.model.statements import LATER, Modality
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace

MOST = 600
"""A sentence of more characters explains."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with marks around code and white space folded, the line on which it begins, and its scope.

    ``around`` is the block in which it stands, with the heading above; ``written`` is its text with its line breaks,
    empty where these are not those of the document. ``listed``: it is an item of a list, which stands by itself.
    """

    text: str
    line: int
    scope: Scope
    around: str = ""
    written: str = ""
    listed: bool = False

    @property
    def place(self) -> Place:
        """Where the sentence stands, and how firmly and for which environment it is meant there."""
        scope = self.scope
        return Place(self.line, self.text, scope.modality, scope.environment, scope.section)

    def at(self, said: str) -> Sentence:
        """The sentence as if it began where a part of it does: on the line of that part."""
        if "\n" not in self.written:
            return self
        found = re.search(r"\s+".join(map(re.escape, said.split())), self.written)
        return replace(self, line=self.line + self.written.count("\n", 0, found.start())) if found else self


_END = pattern(r"(?<=[.!?;])\s+(?=[A-Z`\"(*])|(?<=:)\s+(?=[A-Z])|\n\s*\n")
_ABBREVIATED = pattern(r"\b(?:e\.g|i\.e|etc|vs|approx|incl|no)\.$", re.IGNORECASE)


_KEY_FIRST = pattern(r"(?:startup|readiness|liveness)(?: probes?)?:", re.IGNORECASE)
"""A key that belongs to what follows: ``Readiness: GET /``."""


def sentences_of(block: Block, scope: Scope) -> Iterator[Sentence]:
    """The sentences of a block, those that may hold something, each with the line on which it begins."""
    if (scope.silent and not _RELATED.search(scope.silent)) or scope.modality in (*LATER, Modality.EXAMPLE):
        return
    if _TELLS_WHY.search(scope.section):
        return
    text = block.marked
    around = f"{scope.section} {text}"
    whole = text.count("\n") == block.end_line - block.line
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        inside = text.count("`", 0, end) % 2 == 1
        said = text[start:end].rstrip()
        if end < len(text) and (inside or _ABBREVIATED.search(said) or _KEY_FIRST.fullmatch(said.lstrip())):
            continue
        own = text[start:end].strip()
        at = start + len(text[start:end]) - len(text[start:end].lstrip())
        if own and len(own) <= MOST:
            line = block.line + (text.count("\n", 0, at) if whole else 0)
            written = own if whole else ""
            yield Sentence(" ".join(own.split()), line, scope, around, written, block.type == "item")
        start = end


_TELLS_WHY = pattern(
    r"\b(?:(?<!security )context|background|problem|alternatives?|considered|options|pros|cons|motivation|history|"
    r"consequences|criteria|edge cases|acceptance|open questions|risks)\b",
    re.IGNORECASE,
)
"""Headings below which sentences tell why, what was before, and what follows."""
HEDGED = pattern(
    r"\b(?:would|could|can|may|might|cannot|considered|postponed|rejected|instead|previously|formerly|was|were|ran|had|did|if|when|"
    r"whenever|unless|e\.g|for (?:example|instance)|such as|until|before|after|during|later|future|planned|rather|"
    r"phase (?:\d|[ivx]+)|in (?:production|staging|development)|per environment|optional(?:ly)?|(?-i:TODO)|tbd|"
    r"up to|at least|at most|between|try|make sure|ensure|verify|check|should see|expected|visit|open)\b",
    re.IGNORECASE,
)
"""Words by which a sentence tells what may be, was or is to be done."""
_REASON = pattern(r",?\s+(?:because|so that|since|in order to|as it|which means|to avoid|to keep|to allow)\b.*", re.I)
_IN_CODE = pattern(r"`[^`]*`")
_NOT_ROOT = pattern(
    r"(?-i:\bNever\b)(?!\s+\w)|\b(?:never|not) as root\b|\bnon-root\b|\b(?:no|without) privilege escalation\b",
    re.IGNORECASE,
)
_RELATED = pattern(r"\brelationships?\b", re.IGNORECASE)


def is_open(text: str) -> bool:
    """Whether a text says what may be, was, or is not; *never as root*, and the policy *Never*, are none of these."""
    bare = _NOT_ROOT.sub("", without_code(text))
    return HEDGED.search(bare) is not None or DENIED.search(bare) is not None


def is_unreal(text: str, *, conditions: bool = True) -> bool:
    """Whether a text tells what would be, was, or is but an example: what it refers to is not what is there.

    Args:
        text: the text.
        conditions: whether a condition or a denial makes it so as well.
    """
    bare = without_code(text)
    if _UNREAL.search(bare):
        return True
    return conditions and (_CONDITION.search(bare) is not None or DENIED.search(bare) is not None)


_UNREAL = pattern(
    r"\b(?:would|could|can|may|might|considered|postponed|rejected|instead|previously|formerly|was|were|ran|had|did|"
    r"used to|no longer|e\.g|for (?:example|instance)|such as|later|future|planned|rather|wrong|old(?! pods?)|"
    r"phase (?:\d|[ivx]+)|"
    r"in (?:production|staging|development)|per environment|optional(?:ly)?|(?-i:TODO)|tbd|local(?:ly)?)\b",
    re.IGNORECASE,
)
_CONDITION = pattern(r"\b(?:if|when|whenever|unless)\b", re.IGNORECASE)
_NUMBER = pattern(r"[A-Z]{1,6}-?\d+[a-z]?:\s+")
"""The number of a requirement, in front of its sentence."""


def as_said(one: Sentence) -> str:
    """The text of a sentence without its number and its end, and without the reason that it gives."""
    text = _NUMBER.sub("", one.text, 1) if _NUMBER.match(one.text) else one.text
    return _REASON.sub("", _SLASHED.sub(r"\1 `\2`", text) if "/" in text else text).rstrip(".!: ")


_SLASHED = pattern(
    r"(?<![`\w/.])(Deployment|StatefulSet|DaemonSet|CronJob|Job|Service|Ingress|ConfigMap|Secret)/"
    r"([a-z0-9][a-z0-9-]*[a-z0-9])(?![\w/.-]*[/`])"
)
"""Resources as messages call them: ``Deployment/web``."""


def without_code(text: str) -> str:
    """A text without what stands in code marks."""
    return _IN_CODE.sub("", text)
