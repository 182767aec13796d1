"""What the named templates of a chart are given where they are included, read from the text of an action.

It is followed as far as operands are.
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.helm.template_meaning import STRING, Meaning
from todo_lint.helm.template_operands import OperandReader
from todo_lint.helm.template_scope import Scope
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_CALL = pattern(rf"(?:\b(?:include|template)|^\s*block)\s+({STRING})\s*")
_CALLING = ("include", "template", "block")
_NAMELESS = pattern(r"\b(?:include|template)\s+(?![\"`])")


@dataclass(frozen=True, slots=True)
class Call:
    """A named template that is included, and what it is given; ``followed`` are the places of the paths in that.

    ``start`` and each place count from the beginning of the action.
    """

    name: str
    start: int
    given: Meaning
    followed: tuple[int, ...] = ()


def calls_in(text: str, scope: Scope) -> Iterator[Call]:
    """The calls in an action whose names are written out."""
    if not any(word in text for word in _CALLING):
        return
    for found in _CALL.finditer(text):
        reader = OperandReader(text, scope.meaning)
        given = reader.operand(found.end())
        yield Call(
            found[1][1:-1], found.start(), given[0] if given else None, tuple(reader.followed) if given else ()
        )


def calls_in_text(text: str) -> list[str]:
    """The names of the named templates that a text includes; an empty one where a name is not written out."""
    names = [found[1][1:-1] for found in _CALL.finditer(text)]
    return [*names, ""] if _NAMELESS.search(text) else names
