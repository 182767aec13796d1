"""What the dot and the variables of a Go template stand for at a place, as far as its text tells.

Needed because a template says ``.port`` inside ``{{ with .Values.service }}``, and a person wants to read
``.Values.service.port``. It is a reading of the text, no evaluation: where it does not suffice, the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.helm.built_in_objects import OBJECTS
from todo_lint.helm.merged_values import ITEM
from todo_lint.helm.template_meaning import PATH, ROOT, STRING, Fields, Meaning, below
from todo_lint.helm.template_operands import OperandReader
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field

# an action: a comment, or what may have strings with closing braces in it; every alternative begins differently
ACTION = pattern(rf"\{{\{{-?(\s*/\*(?:[^*]|\*(?!/))*\*/\s*-?|(?:{STRING}|[^}}\"`]|\}}(?!\}}))*)\}}\}}", re.DOTALL)
WHOLE_PATH = pattern(PATH)
OPENING = frozenset({"if", "with", "range", "define", "block"})
_OF_ROOT = frozenset({"Values", *OBJECTS})
_SET = pattern(r"\s*(?P<name>\$\w+)\s*:?=")
_NAMED = pattern(r"(?:\$\w+\s*,\s*)?(?P<name>\$\w+)\s*:=")


@dataclass(slots=True)
class _Block:
    """What holds inside a block. ``dot`` is None where it is not known; ``is_lost``: for ``with`` sets it to that."""

    keyword: str
    dot: Meaning
    outer_dot: Meaning
    is_lost: bool = False
    variables: dict[str, Meaning] = field(default_factory=dict)


def full_path(expression: str, source: bytes, line: int | None, column: int | None) -> str | None:
    """The whole path of an expression such as ``.port`` or ``$item.name``, or None where the text does not tell.

    ``source`` is the template, ``line`` and ``column`` (from 1) where the expression stands in it.
    """
    if not WHOLE_PATH.fullmatch(expression):
        return None
    text = source.decode(errors="replace")
    if expression.startswith((".Values.", "$.Values.")) and not _dot_is_known(text, line):
        return expression.removeprefix("$")
    scope = Scope()
    for action in _actions_before(text, line, column):
        scope.enter(action)
    found = scope.meaning(expression)
    return "".join(step if step == ITEM else f".{step}" for step in found) if isinstance(found, tuple) else None


class Scope:
    """Follows the actions of a template, or of a named one, and tells what a path in the latest of them means.

    ``dot`` is what the template is given. Variables in ``unsteady`` are set more than once: what they stand for is
    not known.
    """

    def __init__(self, dot: Meaning = ROOT, unsteady: frozenset[str] = frozenset()) -> None:
        self._blocks = [_Block("", dot, dot)]
        self._unsteady = unsteady

    def enter(self, action: str) -> None:
        """Take account of one action: a block that opens, turns or closes, or a variable that is set."""
        blocks = self._blocks
        keyword, _, rest = action.partition(" ")
        rest = rest.strip()
        if keyword in OPENING:
            blocks.append(self._opened(keyword, rest))
        elif keyword == "else":
            blocks[-1].dot = blocks[-1].outer_dot
            inner, _, condition = rest.partition(" ")
            if inner == "with":
                blocks[-1].dot = self._expression(condition)
            blocks[-1].is_lost = inner == "with" and blocks[-1].dot is None
        elif keyword == "end":
            if len(blocks) > 1:
                blocks.pop()
        else:
            assigned = _SET.match(action)
            if assigned:
                self._set(assigned["name"], self._expression(action[assigned.end() :]))

    def meaning(self, expression: str) -> Meaning:
        """What a path stands for, given the blocks around it."""
        if not WHOLE_PATH.fullmatch(expression):
            return None
        start, dot, fields = expression.partition(".")
        base = self._variable(start) if start else self._blocks[-1].dot
        if base is None and not start and fields.partition(".")[0] in _OF_ROOT:
            base = ROOT  # a named template is nearly always given the root
        return below(base, [step for step in fields.split(".") if step]) if dot else base

    @property
    def is_conditional(self) -> bool:
        """Whether what stands here is rendered only on some condition."""
        return any(block.keyword in ("if", "with", "range") for block in self._blocks)

    def is_guessed(self, expression: str) -> bool:
        """Whether a path begins at what cannot be followed: a variable, or the dot of ``with`` or ``range``.

        So does one into a mapping that the template makes, where that holds something else.
        """
        start, _, fields = expression.partition(".")
        base = self._variable(start) if start else self._blocks[-1].dot
        if isinstance(base, Fields):
            return below(base, [step for step in fields.split(".") if step]) is None
        return base is None and (bool(start) or self._blocks[-1].is_lost)

    def followed_in_assignment(self, action: str) -> tuple[int, ...]:
        """Where the paths begin to which an action only gives a name, by which they are followed from there on."""
        assigned = _SET.match(action)
        if not assigned or assigned["name"] in self._unsteady:
            return ()
        start = len(action) - len(action[assigned.end() :].lstrip())
        if WHOLE_PATH.fullmatch(action[start:].rstrip()):
            return (start,)
        reader = OperandReader(action, self.meaning)
        known = reader.expression(assigned.end(), len(action)) is not None
        return tuple(reader.followed) if known else ()

    def _expression(self, text: str) -> Meaning:
        return OperandReader(text, self.meaning).expression(0, len(text))

    def _opened(self, keyword: str, rest: str) -> _Block:
        outer = self._blocks[-1].dot
        block = _Block(keyword, outer, outer, is_lost=self._blocks[-1].is_lost)
        if keyword in ("define", "block"):
            block.dot, block.is_lost = None, False
        elif keyword in ("with", "range"):
            named = _NAMED.match(rest)
            meaning = self._expression(rest[named.end() :] if named else rest)
            if keyword == "range":
                meaning = (*meaning, ITEM) if isinstance(meaning, tuple) else None
            block.dot, block.is_lost = meaning, meaning is None
            self._blocks.append(block)
            if named:
                self._set(named["name"], meaning)
            self._blocks.pop()
        return block

    def _set(self, name: str, meaning: Meaning) -> None:
        self._blocks[-1].variables[name] = None if name in self._unsteady else meaning

    def _variable(self, name: str) -> Meaning:
        if name == "$":
            return ROOT if self._blocks[0].dot is None else self._blocks[0].dot
        for block in reversed(self._blocks):
            if name in block.variables:
                return block.variables[name]
        return None


def _dot_is_known(text: str, line: int | None) -> bool:
    return bool(text) and line is not None


def _actions_before(text: str, line: int | None, column: int | None) -> Iterator[str]:
    """The contents of the actions that begin and end before a place."""
    rows = text.split("\n")
    end = sum(len(row) + 1 for row in rows[: (line or 1) - 1]) + (column or 1) - 1
    for match in ACTION.finditer(text):
        if match.end() > end:
            return
        yield match[1].removesuffix("-").strip()
