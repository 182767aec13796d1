"""Paragraphs that are no prose: a label of what stands below, and lines of ``Key: value`` without marks."""

from __future__ import annotations

import re

from todo_lint.model.reading.kinds import may_be_name, read_label
from todo_lint.model.reading.lists.lines import DATA_KINDS
from todo_lint.model.reading.lists.titles import assigned, split
from todo_lint.model.reading.markup.outline import Block, whole_lines
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import plain, without_remarks, words_of
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.vocabulary.keys import phrase_for


def label_of(block: Block) -> str:
    """The label that a paragraph of one line is: ``ConfigMap `shop-config`:``, with a remark or without; else empty.

    The name stands in code marks and the colon at the end: a sentence that names a resource is none.
    """
    text = block.marked
    if block.line != block.end_line or not text.endswith(":"):
        return ""
    bare = without_remarks(text.removesuffix(":"))
    label = read_label(bare)
    named = re.fullmatch(r"(?:\w+ ){1,3}`[^`]+`|`[^`]+` (?:\w+ ?){1,3}", bare)
    return text if named and label.name and describes_resource(label.kind) else ""


def naming(block: Block, scope: Scope) -> str:
    """The label of what a line names below a heading of several: ``**Name**: `web-auth```; else empty."""
    if block.line != block.end_line or scope.silent or scope.entity is not None or not describes_resource(scope.kind):
        return ""
    key, value = split(block)
    name = plain(without_remarks(value))
    return f"{scope.kind} `{name}`" if words_of(key) == "name" and "`" in value and may_be_name(name) else ""


def stating(block: Block, scope: Scope) -> list[Block]:
    """The lines of a paragraph as items, where each is a key and a value of the entity above; empty for prose.

    The first key must be one that is known for the kind.
    """
    entity = scope.entity
    if scope.silent or entity is None:
        return []
    lines = whole_lines(block)
    if lines and entity.kind in DATA_KINDS and all(assigned(line) for line in lines):
        return lines
    if not describes_resource(entity.kind):
        return []
    pairs = [assigned(line) or split(line) for line in lines]
    if not pairs or not pairs[0][1] or pairs[0][1].endswith(".") or not phrase_for(entity.kind, pairs[0][0]):
        return []
    keys = all(key != line.marked and len(key.split()) <= 4 for (key, _), line in zip(pairs, lines, strict=True))
    return lines if keys else []


def summaries(block: Block, scope: Scope) -> list[Block]:
    """The lines of a paragraph as items, where each names a resource by its kind and says what it is; else empty.

    ``PVC `uploads`: 5Gi, ReadWriteOnce``.
    """
    lines = [] if scope.silent else whole_lines(block)
    return lines if lines and all(_summarises(*split(line)) for line in lines) else []


def _summarises(label: str, value: str) -> bool:
    named = read_label(label)
    if "`" not in label or not value or not named.name or not describes_resource(named.kind):
        return False
    return bool(read_summary(named.kind, value).facts)
