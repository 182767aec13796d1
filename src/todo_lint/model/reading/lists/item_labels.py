"""Whether the label of an item names an entity."""

from __future__ import annotations

from todo_lint.model.reading.kinds import Label, read_label
from todo_lint.model.reading.lists.titles import is_heading, lists_data
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Place
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import without_remarks
from todo_lint.model.reading.values.value_words import is_description, is_type
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.model.statements import Kind, Modality


def place_of(item: Block, scope: Scope) -> Place:
    """Where an item says something, with the text that messages show."""
    modality = Modality.FUTURE if item.text.startswith("[ ] ") else scope.modality  # a box that nobody has ticked
    return Place(item.line, f"- {item.text}", modality, scope.environment, scope.section)


def nested_label(item: Block, label: str, value: str, scope: Scope) -> Label:
    """Below the heading of an entity that has no name yet, a name alone in bold or code is one of that kind.

    So is the label of a part: *Frontend Deployment* below *Deployment Specification*.
    """
    entity = scope.entity
    if entity is None or value or entity.name or not describes_resource(entity.kind):
        return Label()
    if not (lists_data(item) if entity.kind in (Kind.CONFIG_MAP, Kind.SECRET) else is_heading(item, entity)):
        return Label()
    if phrase_for(entity.kind, label) or is_prose_key(entity.kind, label):
        return Label()
    named = read_label(label, entity.kind)
    of_part = named.kind == entity.kind and named.role and item.children and not entity.role
    return named if named.name or of_part else Label()


def is_file(label: Label) -> bool:
    """Whether a label names a file of the chart: ``values.yaml``, ``Chart.yaml``."""
    return label.kind in (Kind.CHART, Kind.VALUES) and label.name.endswith(("yaml", "yml"))


def may_follow(value: str, item: Block) -> bool:
    """Whether a value leaves its label the name of an entity: nothing, remarks, or words that explain."""
    return not without_remarks(value) or ((is_description(value) and not is_type(value)) and bool(item.strong))
