"""What the dot and the variables of a Go template stand for at a place, as far as its text tells.

Needed for one thing: a template says ``.port`` inside ``{{ with .Values.service }}``, and a person wants to read
``.Values.service.port``. It is a reading of the text, no evaluation: where it does not suffice, the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field

# an action, with strings in it that may hold closing braces; every alternative begins differently
ACTION = pattern(r'\{\{-?((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^}"`]|\}(?!\}))*)\}\}', re.DOTALL)
PATH = r"(?:\$\w*)?(?:\.\w+)+|\.|\$\w*"
WHOLE_PATH = pattern(PATH)
ASSIGNED = pattern(rf"(?P<name>\$\w+)\s*:?=\s*(?P<path>{PATH})$")
RANGE = pattern(rf"(?:(?:\$\w+\s*,\s*)?(?P<name>\$\w+)\s*:=\s*)?(?P<path>{PATH})$")
OPENING = frozenset({"if", "with", "range", "define", "block"})
ITEM = "[]"


@dataclass(slots=True)
class _Block:
    """What holds inside a block. ``dot`` is None where it is not known."""

    keyword: str
    dot: str | None
    outer_dot: str | None
    name: str = ""
    variables: dict[str, str | None] = field(default_factory=dict)


def full_path(expression: str, source: bytes, line: int | None, column: int | None) -> str | None:
    """The whole path of an expression such as ``.port`` or ``$item.name``, or None where the text does not tell.

    ``source`` is the template, ``line`` and ``column`` (from 1) where the expression stands in it.
    """
    if not WHOLE_PATH.fullmatch(expression):
        return None
    text = source.decode(errors="replace")
    if expression.startswith((".Values.", "$.Values.")) and not _dot_is_known(text, line):
        return expression.removeprefix("$")
    blocks = [_Block("", "", "")]
    for action in _actions_before(text, line, column):
        _enter(blocks, action)
    return _resolve(expression, blocks)


class ScopeReader:
    """Follows the actions of one template, and tells what a path in the latest of them means."""

    def __init__(self) -> None:
        self._blocks = [_Block("", "", "")]

    def actions(self, text: str) -> Iterator[tuple[int, str]]:
        """The contents of each action with their place in the text; what it opens or sets counts from the next on."""
        for match in ACTION.finditer(text):
            content = match[1].removesuffix("-")
            yield match.start(1), content
            _enter(self._blocks, content.strip())

    @property
    def define(self) -> str:
        """The name of the named template that the latest action stands in; empty where it stands in none."""
        return next((block.name for block in reversed(self._blocks) if block.name), "")

    def values_route(self, path: str) -> tuple[str, ...] | None:
        """The route in the values that a path means; None where it leads elsewhere or is not known.

        ``.root.Values.a``, where a named template is given a mapping that holds the root, is taken for ``.Values.a``.
        """
        resolved = _resolve(path, self._blocks)
        whole = path if resolved is None and ".Values" in path else resolved
        if whole is None or not (f"{whole}.".count(".Values.") and whole.strip(".")):
            return None
        steps = f"{whole}.".replace(ITEM, f".{ITEM}").partition(".Values.")[2].split(".")
        return tuple(step for step in steps if step)


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


def _enter(blocks: list[_Block], action: str) -> None:
    """Take account of one action: a block that opens, turns or closes, or a variable that is set."""
    keyword, _, rest = action.partition(" ")
    rest = rest.strip()
    if keyword in OPENING:
        blocks.append(_opened(keyword, rest, blocks))
    elif keyword == "else":
        blocks[-1].dot = blocks[-1].outer_dot
        inner, _, condition = rest.partition(" ")
        if inner == "with":
            blocks[-1].dot = _resolve(condition.strip(), blocks)
    elif keyword == "end":
        if len(blocks) > 1:
            blocks.pop()
    else:
        assigned = ASSIGNED.match(action)
        name = re.match(r"(\$\w+)\s*:?=", action)
        if name:
            blocks[-1].variables[name[1]] = _resolve(assigned["path"], blocks) if assigned else None


def _opened(keyword: str, rest: str, blocks: list[_Block]) -> _Block:
    outer = blocks[-1].dot
    block = _Block(keyword, outer, outer)
    if keyword in ("define", "block"):
        block.dot = None
        block.name = rest.partition(" ")[0].strip('"`')
    elif keyword in ("with", "range"):
        match = RANGE.match(rest)
        path = _resolve(match["path"], blocks) if match else None
        if keyword == "range" and path is not None:
            path += ITEM
        block.dot = path
        if match and match["name"]:
            block.variables[match["name"]] = path
    return block


def _resolve(expression: str, blocks: list[_Block]) -> str | None:
    """The whole path of an expression, given the blocks around it; the root is the empty path."""
    if not WHOLE_PATH.fullmatch(expression):
        return None
    start, dot, fields = expression.partition(".")
    if start:
        base = _variable(start, blocks)
    else:
        base = blocks[-1].dot
        if base is None and fields.startswith("Values."):
            base = ""  # a named template is nearly always given the root
    if base is None:
        return None
    return base + (dot + fields if fields else "")


def _variable(name: str, blocks: list[_Block]) -> str | None:
    if name == "$":
        return ""
    for block in reversed(blocks):
        if name in block.variables:
            return block.variables[name]
    return None
