"""Environment variables as items, with what they are and where they come from below each.

``- **LOG_LEVEL**`` and, nested in it, ``Source: ConfigMap`` and ``Default: info``.
"""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import firmest
from todo_lint.model.reading.lists.item_labels import place_of
from todo_lint.model.reading.lists.lines import ENV_WORDS
from todo_lint.model.reading.lists.titles import split
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page
from todo_lint.model.reading.scope import NO_ENTITY, Scope
from todo_lint.model.reading.text import is_nothing, plain, without_remarks, words_of
from todo_lint.model.reading.values.written_values import written
from todo_lint.model.reading.vocabulary.sources import source_of
from todo_lint.model.statements import Kind, Modality, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import replace

_NAME = pattern(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_SOURCES = ("source", "from", "stored in", "provided by", "comes from", "set by", "value from", "injected from")
_VALUES = ("default", "default value", "value", "example", "example value")
_BARE = pattern(r"^(?:(?:the|an?|kubernetes|k8s|cluster)\s+)+", re.IGNORECASE)
_OF_NOTHING = "no workload is named above it; put it below the name of one, or say 'Source: ConfigMap `web-config`'"
_OF_KIND: dict[str, str] = {"ConfigMap": Kind.CONFIG_MAP, "Secret": Kind.SECRET}
ASKED = "say which: 'Source: {kind} `web-{end}`'"


def read_variable(page: Page, item: Block, scope: Scope) -> bool:
    """Read an item that is a variable, with its source or its value nested in it; False for any other item.

    Below a workload it is one of its; else a key of the ConfigMap or Secret that is its source, which may have no
    name where the document has only one.
    """
    label, value = split(item)
    name = plain(without_remarks(label))
    lines = {words_of(split(child)[0]): child for child in item.children if child.type == "item"}
    source = next((lines[key] for key in _SOURCES if key in lines), None)
    where = source_of(_BARE.sub("", split(source)[1])) if source is not None else ""
    entity = scope.entity if scope.entity is not None and scope.entity.kind in WORKLOAD_KINDS else None
    if value or not _NAME.fullmatch(name) or (scope.entity is not None and entity is None):
        return False
    if entity is None and not where:
        return _told(page, item, lines, scope)
    page.prose(item.line, item.line, "the variable that the lines below it describe")
    for key, child in lines.items():
        page.prose(child.line, child.end_line, f"'{key}' explains and states no fact")
        if where.startswith(Kind.SECRET):
            page.conceal(child.line, child.end_line)
    owner, prefix = (entity, str(Prefix.ENV)) if entity is not None else (_holder(page, where, scope), Prefix.DATA)
    at = source if source is not None else item
    facts = [Fact(f"{prefix}{_key(where, name, entity)}", "", _needed(lines))]
    facts += [Fact(f"{Prefix.ENV_SOURCE}{name}", where)] if entity is not None and where else []
    page.state(owner, facts, place_of(at, scope))
    if where.startswith(Kind.SECRET):
        return True
    for word in _VALUES:
        said = split(lines[word])[1] if word in lines else ""
        if said and not is_nothing(said):
            page.state(
                owner, _valued(f"{prefix}{_key(where, name, entity)}", word, said), place_of(lines[word], scope)
            )
    return True


def _told(page: Page, item: Block, lines: dict[str, Block], scope: Scope) -> bool:
    """Tell of a variable that has a value, and of which nothing says whose it is; False where it has none."""
    valued = [lines[key] for key in _VALUES[:3] if key in lines and not is_nothing(split(lines[key])[1])]
    if not valued or scope.topic not in ENV_WORDS or scope.modality is Modality.EXAMPLE:
        return False
    page.prose(item.line, item.line, "the variable that the lines below it describe")
    for child in item.children:
        page.prose(child.line, child.end_line, "it describes a variable of nothing that is named")
    page.unclear(NO_ENTITY, place_of(valued[0], scope), _OF_NOTHING)
    return True


def is_of_variables(path: tuple[str, ...]) -> bool:
    """Whether items nested in some labels are variables."""
    return bool(path) and words_of(path[-1]) in ENV_WORDS


def _key(where: str, name: str, entity: Entity | None) -> str:
    """The key of data by which a source has a variable; a variable of a workload has its own name."""
    return (where.partition(":")[2] or name) if entity is None else name


def _needed(lines: dict[str, Block]) -> Modality:
    """Whether a variable must be there."""
    said = plain(split(lines["required"])[1]).lower() if "required" in lines else ""
    return Modality.OPTIONAL if said in ("no", "false", "optional") and "default" not in lines else Modality.REQUIRED


def _valued(attribute: str, word: str, said: str) -> list[Fact]:
    """The value of a variable, as firm as the word in front of it is."""
    meant = {"default": Modality.DEFAULT, "default value": Modality.DEFAULT}
    modality = Modality.EXAMPLE if word.startswith("example") else meant.get(word, Modality.REQUIRED)
    return [replace(f, modality=firmest(f.modality, modality)) for f in written(attribute, said).facts if f.value]


def _holder(page: Page, where: str, scope: Scope) -> Entity:
    """The ConfigMap or Secret that a source names, or the one without a name that a section speaks of."""
    kind = _OF_KIND[where.partition("/")[0]]
    name = where.partition("/")[2].partition(":")[0]
    if name:
        return page.find((kind,), name) or page.add(Entity(kind, name, announced=False, section=scope.section))
    same = (e for e in page.entities if (e.kind, e.section, e.known_as) == (kind, scope.section, ""))
    ask = ASKED.format(kind=kind, end="config" if kind == Kind.CONFIG_MAP else "secrets")
    return next(same, None) or page.add(Entity(kind, section=scope.section, announced=False, asked=ask))
