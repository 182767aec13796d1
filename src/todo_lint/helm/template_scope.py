"""What the dot and the variables of a Go template stand for at a place, as far as its text tells.

Needed because a template says ``.port`` inside ``{{ with .Values.service }}``, and a person wants to read
``.Values.service.port``. It is a reading of the text, no evaluation: where it does not suffice, the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.helm.built_in_objects import OBJECTS
from todo_lint.helm.merged_values import ITEM
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field

# an action, with strings in it that may hold closing braces; every alternative begins differently
STRING = r'"(?:\\.|[^"\\])*"|`[^`]*`'
"""A text in an action, as an expression."""
ACTION = pattern(rf"\{{\{{-?((?:{STRING}|[^}}\"`]|\}}(?!\}}))*)\}}\}}", re.DOTALL)
PATH = r"(?:\$\w*)?(?:\.\w+)+|\.|\$\w*"
WHOLE_PATH = pattern(PATH)
ASSIGNED = pattern(rf"(?P<name>\$\w+)\s*:?=\s*(?P<path>{PATH})$")
RANGE = pattern(rf"(?:(?:(?P<key>\$\w+)\s*,\s*)?(?P<name>\$\w+)\s*:=\s*)?(?P<path>{PATH})$")
OPENING = frozenset({"if", "with", "range", "define", "block"})
_OF_ROOT = frozenset({"Values", *OBJECTS})


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping that a template makes with ``dict``: what each of its keys stands for."""

    entries: tuple[tuple[str, Meaning], ...]

    def get(self, key: str) -> Meaning:
        """What a key stands for; None where that is not known, or there is no such key."""
        return dict(self.entries).get(key)


Meaning = tuple[str, ...] | Fields | None
"""What an expression stands for: the steps of a path from the root, or a mapping; None: it is not known."""
ROOT: Meaning = ()


@dataclass(slots=True)
class _Block:
    """What holds inside a block. ``dot`` is None where it is not known."""

    keyword: str
    dot: Meaning
    outer_dot: Meaning
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
                blocks[-1].dot = self.meaning(condition.strip())
        elif keyword == "end":
            if len(blocks) > 1:
                blocks.pop()
        else:
            assigned = ASSIGNED.match(action)
            name = re.match(r"(\$\w+)\s*:?=", action)
            if name:
                self._set(name[1], self.meaning(assigned["path"]) if assigned else None)

    def meaning(self, expression: str) -> Meaning:
        """What a path stands for, given the blocks around it."""
        if not WHOLE_PATH.fullmatch(expression):
            return None
        start, dot, fields = expression.partition(".")
        base = self._variable(start) if start else self._blocks[-1].dot
        if base is None and not start and fields.partition(".")[0] in _OF_ROOT:
            base = ROOT  # a named template is nearly always given the root
        return below(base, [step for step in fields.split(".") if step]) if dot else base

    def _opened(self, keyword: str, rest: str) -> _Block:
        outer = self._blocks[-1].dot
        block = _Block(keyword, outer, outer)
        if keyword in ("define", "block"):
            block.dot = None
        elif keyword in ("with", "range"):
            match = RANGE.match(rest)
            meaning = self.meaning(match["path"]) if match else None
            if keyword == "range":
                meaning = (*meaning, ITEM) if isinstance(meaning, tuple) else None
            block.dot = meaning
            self._blocks.append(block)
            if match and match["name"]:
                self._set(match["name"], meaning)
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


def below(meaning: Meaning, steps: list[str]) -> Meaning:
    """What stands at the end of some steps."""
    for step in steps:
        if isinstance(meaning, Fields):
            meaning = meaning.get(step)
        elif meaning is not None:
            meaning = (*meaning, step)
    return meaning


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
