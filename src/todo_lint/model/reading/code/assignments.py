"""Code blocks of ``KEY=value``: keys of a ConfigMap, a Secret or the values, or the variables of a workload."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place
from todo_lint.model.reading.scope import Scope
from todo_lint.model.reading.values.written_values import written
from todo_lint.model.statements import Kind, Prefix
from todo_lint.patterns import pattern

LANGUAGES = ("", "env", "dotenv", "properties", "ini", "text", "txt", "sh", "bash", "shell")
"""The languages in which such blocks are marked."""
_PREFIXES = {
    Kind.VALUES: "",
    Kind.CONFIG_MAP: Prefix.DATA,
    Kind.SECRET: Prefix.DATA,
    **dict.fromkeys(WORKLOAD_KINDS, Prefix.ENV),
}
_ASSIGNMENT = pattern(r"\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*")
_COMMENT = ("#", ";", "//")


def read_assignments(page: Page, block: Block, scope: Scope) -> bool:
    """Read a block of assignments about the entity above it; False where it is none, and nothing was noted.

    Of a Secret only the keys are kept.
    """
    entity = Entity(Kind.VALUES) if scope.kind == Kind.VALUES and scope.entity is None else scope.entity
    prefix = _PREFIXES.get(entity.kind) if entity is not None else None
    lines = [(block.first_line + n, line) for n, line in enumerate(block.content.split("\n")) if line.strip()]
    telling = [(number, line) for number, line in lines if not line.strip().startswith(_COMMENT)]
    matches = [(number, _ASSIGNMENT.fullmatch(line)) for number, line in telling]
    if entity is None or prefix is None or not matches or not all(match for _, match in matches):
        return False
    if entity.kind == Kind.VALUES and any(line.lstrip().startswith("export") for _, line in telling):
        return False
    if entity.kind == Kind.SECRET:
        page.conceal(block.line, block.end_line)
    for number, match in matches:
        if match is None:
            continue
        key, value = match[1], "" if entity.kind == Kind.SECRET else match[2]
        shown = f"{key}=..." if entity.kind == Kind.SECRET else page.lines[number - 1].strip()
        place = Place(number, shown, scope.modality, scope.environment, scope.section)
        reading = written(prefix + key, value)
        page.state(entity, reading.facts or (Fact(prefix + key, ""),), place)
    page.prose(block.line, block.end_line, "part of the code block around it")
    return True


__all__ = ["LANGUAGES", "read_assignments"]
