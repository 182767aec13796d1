"""The dialect of bold labels: a section a kind, a bold label an entity, ``- Key: value`` its attributes."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.model import networking
from todo_lint.model.outline import Block, strip_marks
from todo_lint.model.phrases import modality_of, without_remarks, written_value
from todo_lint.model.statements import LATER, Attribute, Kind, Modality, Prose, Statement
from todo_lint.model.vocabulary import (
    ATTRIBUTES,
    entity_of_label,
    is_prose_key,
    key_words,
    kind_of_heading,
    nearest_key,
)
from todo_lint.records import dataclass, replace

Line = Statement | Prose


@dataclass(frozen=True, slots=True)
class _Section:
    """The headings above a block: the kind that they announce, and whether they put it off."""

    kind: Kind | None = None
    modality: Modality = Modality.REQUIRED


@dataclass(frozen=True, slots=True)
class _Entity:
    kind: Kind
    name: str
    modality: Modality


def read_bullets(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Read the outline of a document into statements and prose, in the order of its lines."""
    stack: list[tuple[int, _Section]] = []
    for block in blocks:
        if block.type == "heading":
            stack = [entry for entry in stack if entry[0] < block.level]
            stack.append((block.level, _section(block, stack[-1][1] if stack else _Section())))
            yield from _prose(block, "a heading")
        else:
            yield from _block(block, stack[-1][1] if stack else _Section())


def _section(heading: Block, above: _Section) -> _Section:
    kind = kind_of_heading(without_remarks(heading.text))
    return _Section(kind or above.kind, _put_off(above.modality, modality_of(heading.text)))


def _put_off(*modalities: Modality) -> Modality:
    """Future or optional, if one of the modalities says so."""
    return next((later for later in LATER if later in modalities), Modality.REQUIRED)


def _block(block: Block, section: _Section) -> Iterator[Line]:
    if block.type == "item":
        yield from _top_item(block, section)
    elif block.type in ("table", "fence"):
        name = "table" if block.type == "table" else "code block"
        yield _not_understood(block, f"a {name} is not read; state its facts as '- Key: value' bullets")
        for line in range(block.line + 1, block.end_line + 1):
            yield Prose(line, "", f"in the {name} of line {block.line}, which is not read")
    else:
        yield from _prose(block, "prose" if block.type == "paragraph" else "mark-up")


def _prose(block: Block, reason: str) -> Iterator[Prose]:
    for line in range(block.line, block.end_line + 1):
        yield Prose(line, block.text, reason)


def _label(item: Block) -> tuple[str, str]:
    """Split an item at its colon, or behind its bold start: the label, and what follows."""
    strong = "".join(part.text for part in item.inlines[:1] if part.style == "strong")
    if strong:
        return strong.strip().removesuffix(":"), item.text[len(" ".join(strong.split())) :].lstrip(" :")
    label, colon, value = item.text.partition(":")
    return (label.strip(), value.strip()) if colon else (item.text, "")


def _top_item(item: Block, section: _Section) -> Iterator[Line]:
    label, value = _label(item)
    modality = _put_off(section.modality, modality_of(item.text))
    bold = bool(item.inlines) and item.inlines[0].style == "strong"
    entity = entity_of_label(without_remarks(label), section.kind) if bold else None
    if entity and not without_remarks(value):
        yield from _entity(item, _Entity(*entity, modality))
    elif modality in LATER and bold:
        yield from _lines(item, [_later(item, section, label, modality)])
        yield from _children(item, section)
    elif bold and section.kind in (Kind.NETWORK, Kind.SECURITY):
        yield from _lines(item, networking.read_labelled(section.kind, label, value, item.line, _source(item)))
        yield from _children(item, section)
    else:
        yield from _lines(item, [_unclear(item, section)])
        yield from _children(item, section)


def _source(item: Block) -> str:
    return f"- {item.text}"


def _children(item: Block, section: _Section) -> Iterator[Line]:
    for child in item.children:
        yield from _block(child, section)


def _lines(item: Block, lines: list[Line]) -> Iterator[Line]:
    """The readings of an item's first line, and an account of the lines on which it goes on."""
    yield from lines
    for line in range(item.line + 1, item.end_line + 1):
        yield Prose(line, item.text, f"continues line {item.line}")


def _later(item: Block, section: _Section, label: str, modality: Modality) -> Statement:
    kind = section.kind or Kind.UNKNOWN
    return Statement(kind, label, Attribute.EXISTS, "", modality, item.line, _source(item))


def _unclear(item: Block, section: _Section) -> Line:
    """A bullet outside any entity: a sentence is prose, ``Key: value`` is a statement that was not understood."""
    label, value = _label(item)
    if value and len(label.split()) <= 4:
        return _not_understood(item, "no entity is named above it; put it below a bold name", section.kind)
    if item.inlines and item.inlines[0].style == "strong":
        return _not_understood(item, "a bold label must be the name of a resource", section.kind)
    return Prose(item.line, item.text, "prose")


def _not_understood(block: Block, hint: str, kind: Kind | None = None, name: str = "") -> Statement:
    modality, text = Modality.REQUIRED, _source(block) if block.type == "item" else f"a {block.type} of several lines"
    unknown = Attribute.UNKNOWN
    return Statement(kind or Kind.UNKNOWN, name, unknown, "", modality, block.line, text, False, hint)


def _entity(item: Block, entity: _Entity) -> Iterator[Line]:
    if entity.kind in (Kind.CHART, Kind.VALUES):
        yield from _lines(item, [Prose(item.line, item.text, "names the file that the lines below describe")])
    else:
        name = Statement(
            entity.kind, entity.name, Attribute.NAME, entity.name, entity.modality, item.line, _source(item)
        )
        yield from _lines(item, [name])
    for child in item.children:
        if child.type == "item":
            yield from _lines(child, list(_attribute(child, entity)))
            for below in child.children:
                yield from _block(below, _Section(entity.kind, entity.modality))
        else:
            yield from _block(child, _Section(entity.kind, entity.modality))


def _attribute(item: Block, entity: _Entity) -> Iterator[Line]:
    key, value = _label(item)
    modality = entity.modality if entity.modality in LATER else modality_of(item.text)
    statement = Statement(entity.kind, entity.name, Attribute.UNKNOWN, "", modality, item.line, _source(item))
    if entity.kind is Kind.SECRET:
        yield _secret_key(statement, key, value)
    elif entity.kind in (Kind.CONFIG_MAP, Kind.VALUES):
        attribute = f"data.{key}" if entity.kind is Kind.CONFIG_MAP else key
        yield replace(statement, attribute=strip_marks(attribute), value=written_value(value))
    elif is_prose_key(entity.kind, key):
        yield Prose(item.line, item.text, f"'{key}' explains and states no fact")
    else:
        yield from _known(statement, key, value)


def _known(statement: Statement, key: str, value: str) -> Iterator[Statement]:
    parse = ATTRIBUTES.get(statement.kind, {}).get(key_words(key))
    facts = parse(value) if parse else ()
    for attribute, fact in facts:
        yield replace(statement, attribute=attribute, value=fact)
    if not facts:
        hint = "its value is not understood" if parse else nearest_key(statement.kind, key)
        yield replace(statement, understood=False, hint=hint)


def _secret_key(statement: Statement, key: str, value: str) -> Statement:
    """A key of a Secret. Its value is never kept: a document should not hold one, and no output may."""
    text = statement.text if not value or value.startswith("[") else f"- {key}: [not shown]"
    return replace(statement, attribute=f"data.{strip_marks(key)}", text=text)
