"""Bullets: a label names an entity, ``- Key: value`` states a fact of it, nested bullets go into it."""

from __future__ import annotations

import re
from collections.abc import Callable

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Reading
from todo_lint.model.reading.firmness import environment_of, later_of, modality_of
from todo_lint.model.reading.kinds import Label, may_be_name, read_label
from todo_lint.model.reading.lists import nesting, networking
from todo_lint.model.reading.lists.chart_parts import read_part
from todo_lint.model.reading.lists.item_facts import (
    DATA_GROUPS,
    each_probe,
    is_data_key,
    keep_members,
    note,
    of_others,
)
from todo_lint.model.reading.lists.item_labels import is_file, may_follow, nested_label, place_of
from todo_lint.model.reading.lists.lines import DATA_KINDS, ENV_WORDS, read_line, value_of_group
from todo_lint.model.reading.lists.listed_images import read_listed_image
from todo_lint.model.reading.lists.loose_items import VALUES_KEY, is_labelled, put_off, states_key, unclear
from todo_lint.model.reading.lists.titles import assigned, has_no_keys, like, remarked, split, summarised
from todo_lint.model.reading.lists.values_files import read_values_file
from todo_lint.model.reading.lists.variables import is_of_variables, read_variable
from todo_lint.model.reading.markup.outline import LONGEST, Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place, named
from todo_lint.model.reading.scope import NO_ENTITY, Scope, below, describes_resource
from todo_lint.model.reading.text import (
    not_understood,
    plain,
    without_remarks,
    words_of,
)
from todo_lint.model.reading.values.ingress_rules import routes
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.vocabulary.keys import is_prose_key, phrase_for
from todo_lint.model.statements import LATER, Kind
from todo_lint.records import replace


def read_item(page: Page, item: Block, scope: Scope) -> list[Block]:
    """Read an item and what is nested in it; returns nested blocks of other types, to be read in the same scope."""
    reader = _Items(page)
    if scope.silent:
        reader.silence(item, f"a line {scope.silent}")
        page.spoken.append((item, scope))
    else:
        reader.top(item, scope)
    return reader.others


def refuse(page: Page, item: Block) -> None:
    """Say of an item that it is too long to be read."""
    hint = f"it is longer than {LONGEST:,} characters; leave the value out, and state that the key is there"
    page.unclear(NO_ENTITY, Place(item.line, f"- {item.text[:60]}..."), hint)
    page.prose(item.line + 1, item.end_line, f"continues line {item.line}")


class _Items:
    """Reads items; ``others`` collects the tables and code blocks that are nested in them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.others: list[Block] = []

    def silence(self, item: Block, reason: str) -> None:
        self.page.prose(item.line, item.end_line, reason)
        self.silence_below(item, reason)

    def silence_below(self, item: Block, reason: str) -> None:
        """What is nested in an item states nothing."""
        for child in item.children:
            self.page.prose(child.line, child.end_line, reason)
            if item.line in self.page.concealed:
                self.page.conceal(child.line, child.end_line)
            if child.type == "item":
                self.silence_below(child, reason)

    def top(self, item: Block, scope: Scope) -> None:
        """An item that is not nested: the label of an entity, or a line about the entity of the headings."""
        self.page.prose(item.line + 1, item.end_line, f"continues line {item.line}")
        label, value = split(item)
        entity = self._entity(item, label, value, scope)
        if entity is not None:
            self._below(item, entity, scope)
        elif any(read() for read in self._ways(item, label, value, scope)):
            return
        elif scope.entity is not None:
            path = (scope.topic,) if scope.topic else ()
            self.attribute(item, scope.entity, scope, path)
        else:
            self._loose(item, label, value, scope)

    def _entity(self, item: Block, label: str, value: str, scope: Scope) -> Entity | None:
        """The entity that the item's label names, if it is no line about another."""
        marked = bool(item.strong) or item.marked.startswith("`")
        named = read_label(label, scope.kind if scope.entity is None else None)
        if scope.entity is not None and named.kind != Kind.VALUES and not is_file(named):
            named = nested_label(item, label, value, scope)
        if scope.kind == named.kind == Kind.VALUES and VALUES_KEY.fullmatch(named.name) and not is_file(named):
            return None  # `- **backend**:` is a key, and what is nested in it lies below that
        if not named.is_entity or not marked or not may_follow(value, item):
            return None
        if not named.name and not item.children:
            return None
        if value and not is_file(named) and (scope.kind in (Kind.NETWORK, Kind.SECURITY) or not named.name):
            return None
        if value and phrase_for(named.kind, label):
            return None
        entity = self._add(item, label, named, scope)
        self.page.state(entity, remarked(named), place_of(item, scope))
        return entity

    def _ways(self, item: Block, label: str, value: str, scope: Scope) -> tuple[Callable[[], bool], ...]:
        """The ways to read an item that is no label in bold or code, the first that fits."""
        return (
            lambda: read_variable(self.page, item, scope) if _may_be_variable(scope) else False,
            lambda: self._opened(item, label, value, scope),
            lambda: self._summary(item, label, value, scope),
            lambda: self._bare_name(item, scope),
            lambda: read_listed_image(self.page, item, scope, place_of(item, scope)),
            lambda: self._part(item, scope),
            lambda: read_values_file(self.page, item, scope),
        )

    def _opened(self, item: Block, label: str, value: str, scope: Scope) -> bool:
        """Read what is nested in an item without a value that names a resource; False for any other item."""
        if (said := nesting.introduced(item)) and self._introduced(item, said, scope):
            return True
        if scope.entity is not None:
            return False
        if value:
            return self._names(item, label, value, scope)
        if not nesting.has_items(item):
            return False
        inner = nesting.within(scope, item, label)
        named = nesting.resource_of(item, label)
        if inner.silent:
            self.silence(item, inner.silent)
            return True
        if named.is_entity:
            entity = self._add(item, label, named, inner)
            self.page.state(entity, remarked(named), place_of(item, inner))
            self._below(item, entity, inner)
            return True
        if kind := nesting.declared(item):
            entity = self._add(item, label, Label(kind, role=inner.component), inner)
            self._below(item, entity, inner)
            return True
        return False

    def _names(self, item: Block, label: str, value: str, scope: Scope) -> bool:
        """``Service: `web```, ``Services: `web`, `api```: a kind, and nothing but names of that kind."""
        kind, names = nesting.named_in(label, value)
        if not names or kind == scope.kind:
            return False
        for name in names:
            entity = self._add(item, label, Label(kind, name), scope)
            self.page.state(entity, [named(name)], place_of(item, scope))
        if len(names) == 1:
            self.children(item, entity, scope.with_entity(entity), ())
        else:
            self.others += [child for child in item.children if child.type != "item"]
            self.silence_below(item, "below several names")
        return True

    def _introduced(self, item: Block, said: str, scope: Scope) -> bool:
        """Read what follows a sentence that announces it: nested items, or lines that begin with letters."""
        lines = (*nesting.lettered(item), *(child for child in item.children if child.type == "item"))
        named = read_label(said)
        if not lines or not named.name or not describes_resource(named.kind):
            return False
        entity = self._add(item, said, named, scope)
        self.page.reasons.pop(item.line, None)
        self.children(replace(item, children=lines), entity, scope.with_entity(entity), ())
        return True

    def _add(self, item: Block, label: str, named: Label, scope: Scope) -> Entity:
        """The entity that the label of an item names."""
        put_off = later_of(scope.modality, modality_of(item.text))
        role = named.role or ("" if named.name else scope.component)
        entity = Entity(
            *(named.kind, named.name, role, item.line, f"- {item.text}"),
            *(put_off, environment_of(label) or scope.environment, scope.section),
        )
        return self.page.add(entity)

    def _summary(self, item: Block, label: str, value: str, scope: Scope) -> bool:
        """Read a line that names an entity and says what it is; False where it is none."""
        named = summarised(item, label, value, scope) if value else Label()
        if not named.is_entity:
            return False
        read = read_summary(named.kind, value)
        listed = scope.kind == named.kind and bool(named.name)
        if not read.facts and not (listed and (read.unread or scope.entity is None or has_no_keys(named.kind))):
            return False
        entity = self._add(item, label, named, scope)
        place = place_of(item, scope)
        self.page.state(entity, (*remarked(named), *read.facts), place)
        if read.unread:
            self.page.unclear(entity, place, f"{not_understood(read.unread)}; {like(named.kind)}")
        self.children(item, entity, scope.with_entity(entity), ())
        return True

    def _bare_name(self, item: Block, scope: Scope) -> bool:
        """Tell of a name alone, without marks, below a heading that names a kind: it may be one of that kind."""
        kind, text = scope.kind, item.marked
        nameless = scope.entity is None or not scope.entity.known_as
        if not nameless or not describes_resource(kind) or kind in (Kind.CONFIG_MAP, Kind.SECRET) or item.children:
            return False
        if not re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", text) or item.strong or not read_label(text, kind).name:
            return False
        if phrase_for(kind, text) or is_prose_key(kind, text):
            return False
        hint = f"if it is the name of a {kind}, write it in bold or as code: **{text}**"
        self.page.unclear(Entity(kind), place_of(item, scope), hint)
        return True

    def _part(self, item: Block, scope: Scope) -> bool:
        """Read an item that names a kind which the chart makes; what is nested in it explains."""
        if not read_part(self.page, item, scope):
            return False
        self.others += [child for child in item.children if child.type != "item"]
        self.silence_below(item, "it explains what the chart makes")
        return True

    def _below(self, item: Block, entity: Entity, scope: Scope) -> None:
        """What is nested below the label of an entity."""
        if entity.kind in (Kind.CHART, Kind.VALUES):
            self.page.prose(item.line, item.line, "names the file that the lines below describe")
        elif not entity.name:
            self.page.prose(item.line, item.line, "the label of the lines below it")
        self.children(item, entity, scope.with_entity(entity), ())

    def children(self, item: Block, entity: Entity, scope: Scope, path: tuple[str, ...]) -> None:
        for child in item.children:
            if entity.kind == Kind.SECRET:
                self.page.conceal(child.line, child.end_line)
            if child.type == "item":
                self.attribute(child, entity, scope, path)
            elif child.type == "paragraph":
                self.page.prose(child.line, child.end_line, "prose")
            else:
                self.others.append(child)

    def attribute(self, item: Block, entity: Entity, scope: Scope, path: tuple[str, ...]) -> None:
        """A line about an entity: ``Key: value``, a key with lines nested below it, or a value of the key above."""
        if item.length > LONGEST:
            refuse(self.page, item)
            self.silence_below(item, "below a line that is too long to be read")
            return
        self.page.prose(item.line + 1, item.end_line, f"continues line {item.line}")
        key, value = _parted(item, entity, path)
        place = place_of(item, scope)
        if entity.kind == Kind.SECRET:
            self.page.conceal(item.line, item.end_line)
        if not value and nesting.has_items(item) and not is_data_key(entity, key):
            self._group(item, key, entity, scope, path)
            return
        if value and (related := of_others(self.page, entity, key, value, path)):
            for other, facts in related:
                self.page.state(self.page.add(other), facts, place)
            keep_members(self.page, entity, related)
            return
        if not value and entity.kind == Kind.INGRESS and (rules := routes(item.marked)):
            reading = Reading(rules)
        elif value or not path or entity.kind in DATA_KINDS:
            reading = read_line(entity, key, value, path)
        else:
            reading = value_of_group(entity, path, item.marked)
        if reading.prose and not value:
            self.page.spoken.append((item, scope.with_entity(entity)))
        each = each_probe(self.page, entity, key, value, path)
        note(self.page, entity, Reading(each) if each else reading, place, key, value)
        if entity.kind in (Kind.CONFIG_MAP, Kind.SECRET) and reading.facts:
            self.silence_below(item, "it explains the key above it")
        else:
            self.children(item, entity, scope, (*path, key))

    def _other(self, item: Block, key: str, entity: Entity, scope: Scope, path: tuple[str, ...]) -> bool:
        """Read what is nested below a workload in an item that names another resource; False for any other item."""
        named = nesting.resource_of(item, key) if not path and entity.kind in WORKLOAD_KINDS else Label()
        if not named.is_entity or named.kind in WORKLOAD_KINDS or not (named.name or named.kind in _OF_ITS_OWN):
            return False
        parts = [part for part in entity.known_as.split("-") if part in nesting.ROLES]
        role = named.role or entity.role or scope.component or next(iter(parts), "")
        other = self._add(item, key, replace(named, role="" if named.name else role), scope)
        self.page.state(other, remarked(named), place_of(item, scope))
        self._below(item, other, scope)
        return True

    def _group(self, item: Block, key: str, entity: Entity, scope: Scope, path: tuple[str, ...]) -> None:
        if self._other(item, key, entity, scope, path):
            return
        if is_of_variables(path) and read_variable(self.page, item, scope.with_entity(entity)):
            return
        inner, _ = below(scope, key, item.line, item.text)
        if inner.silent or is_prose_key(entity.kind, without_remarks(key)):
            self.silence(item, inner.silent or f"below '{plain(key)}'")
            return
        self.page.prose(item.line, item.line, "the key of the lines below it")
        into_data = entity.kind in DATA_KINDS and words_of(without_remarks(key)) in DATA_GROUPS
        self.children(item, entity, scope, () if into_data else (*path, without_remarks(key)))

    def _loose(self, item: Block, label: str, value: str, scope: Scope) -> None:
        """A line outside any entity."""
        place = place_of(item, scope)
        strong = bool(item.strong)
        later = later_of(scope.modality, modality_of(item.text))
        if later in LATER and (strong or (scope.modality in LATER and not value and len(label.split()) <= 4)):
            put_off(self.page, item, label, scope, place, later)
        elif words_of(label) == "namespace" and may_be_name(plain(without_remarks(value))):
            name = plain(without_remarks(value))
            self.page.state(self.page.add(Entity(Kind.NAMESPACE, name, announced=False)), [named(name)], place)
        elif states_key(item, label, value, scope):
            self.attribute(item, self.page.nameless(scope.kind, scope.section), scope, ())
            return
        elif is_labelled(item, label, scope):
            networking.read_labelled(self.page, scope.kind, label, value.replace("`", ""), place)
        else:
            hint = unclear(item, label, value, scope)
            if hint:
                self.page.unclear(Entity(scope.kind), place, hint)
            else:
                self.page.prose(item.line, item.line, "prose: no entity is named above it")
                self.page.spoken.append((item, scope))
        if not value and nesting.has_items(item):
            kind = nesting.announced(item, label)
            scope = replace(nesting.within(scope, item, label), kind=kind or scope.kind)
        for child in item.children:
            if child.type == "item":
                self.top(child, scope)
            else:
                self.others.append(child)


def _may_be_variable(scope: Scope) -> bool:
    """Whether an item may be a variable with lines about it: below a workload only where variables are announced."""
    return scope.entity is None or scope.topic in ENV_WORDS


def _parted(item: Block, entity: Entity, path: tuple[str, ...]) -> tuple[str, str]:
    """The key and the value of a line about an entity: parted by a colon, a dash, or a sign where no label may be."""
    key, value = split(item)
    if value or (path and entity.kind not in DATA_KINDS) or nesting.has_items(item):
        return key, value
    return assigned(item) or (key, value)


_OF_ITS_OWN = (Kind.SERVICE, Kind.INGRESS, Kind.HORIZONTAL_POD_AUTOSCALER, Kind.POD_DISRUPTION_BUDGET)
"""What a workload has beside it, with keys that a workload has as well: ``Port`` of a Service is no container's."""
