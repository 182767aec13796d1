"""The actions of a template, each with its place, told apart by the named template that they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.helm.template_meaning import STRING
from todo_lint.helm.template_scope import ACTION, OPENING
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_SET_AGAIN = pattern(r"(\$\w+)\s*=[^=]")
_NAME = pattern(rf"\w+\s+({STRING})")
_DEFINING = ("define", "block")


@dataclass(frozen=True, slots=True)
class Action:
    """What stands between braces, without those; ``line`` and ``column`` are where it begins, from 1."""

    text: str
    line: int
    column: int

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of a place in the text."""
        begin = self.text.rfind("\n", 0, offset) + 1
        column = offset - begin + 1 if begin else self.column + offset
        return self.line + self.text.count("\n", 0, offset), column


@dataclass(frozen=True, slots=True)
class Body:
    """The actions of a template file, or of a named template; ``name`` is empty for a file.

    ``unsteady`` are the variables that are given another value somewhere. ``line`` is that of the action that opens a
    named template, and 1 for a file.
    """

    name: str
    actions: tuple[Action, ...]
    unsteady: frozenset[str]
    line: int = 1


def bodies_of(text: str) -> tuple[Body, ...]:
    """The bodies in the text of a template: that of the file first, then those of its named templates."""
    unsteady = frozenset(_SET_AGAIN.findall(text))
    found: list[tuple[str, list[Action], int]] = [("", [], 1)]
    opened = [0]  # for each block that is open, the number of the body that its actions belong to
    for action in _actions(text):
        keyword = action.text.split(None, 1)[0] if action.text.strip() else ""
        found[opened[-1]][1].append(action)
        if keyword in _DEFINING:
            name = _NAME.match(action.text.strip())
            opened.append(len(found))
            found.append((name[1][1:-1] if name else "", [], action.line))
        elif keyword in OPENING:
            opened.append(opened[-1])
        elif keyword == "end" and len(opened) > 1 and opened.pop() != opened[-1]:
            found[opened[-1]][1].append(action)
    return tuple(Body(name, tuple(actions), unsteady, line) for name, actions, line in found)


def _actions(text: str) -> Iterator[Action]:
    line, counted = 1, 0
    for match in ACTION.finditer(text):
        start = match.start(1)
        if match[1].lstrip().startswith("/*"):
            continue  # what a comment shows is no action
        line += text.count("\n", counted, start)
        counted = start
        yield Action(match[1].removesuffix("-"), line, start - text.rfind("\n", 0, start))
