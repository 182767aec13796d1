"""Prints a data model in each dialect, with the line on which each fact comes to stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

from tests.model.vocabulary import VOCABULARY, Route


@dataclass(frozen=True)
class Fact:
    """One fact of an entity, with the modality in which it is meant."""

    attribute: str
    value: str
    modality: str = "required"


@dataclass(frozen=True)
class Thing:
    """An entity: its kind, name and facts."""

    kind: str
    name: str
    facts: tuple[Fact, ...]


Stated = tuple[int, str, str, str, str, str]
"""Line, kind, name, attribute, value and modality."""


@dataclass
class Paper:
    """Lines as they are written, and what each states."""

    lines: list[str] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    def write(self, line: str, thing: Thing | None = None, *facts: Fact) -> None:
        self.lines.append(line)
        for fact in facts:
            assert thing is not None
            self.stated.append((len(self.lines), thing.kind, thing.name, fact.attribute, fact.value, fact.modality))

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def name_of(thing: Thing) -> Fact:
    return Fact("name", thing.name)


REMARKS = {
    "configurable": " (configurable)",
    "optional": " (optional)",
    "future": " (Future)",
    "default": " (default)",
}


def plural(kind: str) -> str:
    """The heading of several entities of a kind."""
    if kind.endswith("y"):
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith("s") else f"{kind}s"


def word_of(kind: str, attribute: str) -> str:
    """What words call an attribute; where they have no word for it, its own name."""
    known = VOCABULARY[kind].get(attribute)
    return (known.word if known else "") or attribute


def value_in_words(kind: str, fact: Fact) -> str:
    """A value with what is said of it, as a bullet or cell holds it."""
    if fact.modality == "one-of":
        return " or ".join(fact.value.split("|"))
    known = VOCABULARY[kind].get(fact.attribute)
    said = known.said if known else "`{}`"
    return said.format(fact.value) + REMARKS.get(fact.modality, "")


def _bullet(kind: str, fact: Fact, bold: bool) -> str:
    if fact.attribute.startswith("data."):
        key = f"`{fact.attribute.removeprefix('data.')}`"
    else:
        key = f"**{word_of(kind, fact.attribute)}**" if bold else word_of(kind, fact.attribute)
    return f"{key}: {value_in_words(kind, fact)}" if fact.value else key


def seed_bullets(things: list[Thing]) -> Paper:
    """A heading for each kind, a bold bullet for each entity, its facts below."""
    paper = Paper(["# The app", ""])
    for kind in dict.fromkeys(thing.kind for thing in things):
        paper.write(f"## {plural(kind)}")
        for thing in things:
            if thing.kind == kind:
                paper.write(f"- **{thing.name}**", thing, name_of(thing))
                for fact in thing.facts:
                    paper.write(f"  - {_bullet(thing.kind, fact, bold=False)}", thing, fact)
        paper.write("")
    return paper


def labelled_bullets(things: list[Thing]) -> Paper:
    """A heading for each entity, with bullets."""
    paper = Paper(["# The app", ""])
    for thing in things:
        paper.write(f"### {thing.kind}: `{thing.name}`", thing, name_of(thing))
        for fact in thing.facts:
            paper.write(f"- {_bullet(thing.kind, fact, bold=True)}", thing, fact)
        paper.write("")
    return paper


def attribute_tables(things: list[Thing]) -> Paper:
    """A table for each entity."""
    paper = Paper()
    for thing in things:
        paper.write(f"## {thing.name} ({thing.kind})", thing, name_of(thing))
        paper.write("")
        paper.write("| Attribute | Value |")
        paper.write("|---|---|")
        for fact in thing.facts:
            key = fact.attribute if fact.attribute.startswith("data.") else word_of(thing.kind, fact.attribute)
            paper.write(f"| {key} | {value_in_words(thing.kind, fact)} |", thing, fact)
        paper.write("")
    return paper


def entity_tables(things: list[Thing]) -> Paper:
    """A table for each kind; keys of data in rows of their own, with a blank name after the first."""
    paper = Paper()
    for kind in dict.fromkeys(thing.kind for thing in things):
        ours = [thing for thing in things if thing.kind == kind]
        paper.write(f"## {plural(kind)}")
        paper.write("")
        if kind in ("ConfigMap", "Secret"):
            key_rows(paper, kind, ours, partial(value_in_words, kind))
        else:
            _entity_rows(paper, ours)
        paper.write("")
    return paper


def key_rows(paper: Paper, kind: str, things: list[Thing], say: Callable[[Fact], str]) -> None:
    """Write the rows of keys of ConfigMaps or Secrets; ``say`` writes the value of a key."""
    paper.write(f"| {kind} | Key | Value |")
    paper.write("|---|---|---|")
    for thing in things:
        for number, fact in enumerate(thing.facts):
            name = "" if number else f"`{thing.name}`"
            facts = (fact,) if number else (name_of(thing), fact)
            key, value = fact.attribute.removeprefix("data."), say(fact) if fact.value else ""
            paper.write(f"| {name} | `{key}` | {value} |", thing, *facts)
        if not thing.facts:
            paper.write(f"| {thing.name} | | |", thing, name_of(thing))


def _entity_rows(paper: Paper, things: list[Thing]) -> None:
    columns = list(dict.fromkeys(fact.attribute for thing in things for fact in thing.facts))
    paper.write("| " + " | ".join(["Name", *(word_of(things[0].kind, column) for column in columns)]) + " |")
    paper.write("|---|" + "---|" * len(columns))
    for thing in things:
        values = {fact.attribute: value_in_words(thing.kind, fact) for fact in thing.facts}
        cells = [values.get(column, "-") for column in columns]
        paper.write("| " + " | ".join([thing.name, *cells]) + " |", thing, name_of(thing), *thing.facts)


def manifests(things: list[Thing]) -> Paper:
    """A manifest in YAML for each entity, each fact on a line of its own."""
    paper = Paper(["# Manifests", ""])
    for thing in things:
        paper.write("```yaml")
        paper.write(f"kind: {thing.kind}")
        _write_tree(paper, thing, _tree(thing), 0)
        paper.write("```")
        paper.write("")
    return paper


@dataclass(frozen=True)
class _Leaf:
    """What stands behind a key, and the fact that it states."""

    text: str
    fact: Fact | None = None


Tree = dict[str | int, "Tree | _Leaf"]
ITEMS = {"containers": "main", "env": "LOG_LEVEL", "volumes": "data", "volumeMounts": "data"}
"""The lists of items with names, and the name of the one that is printed."""


def _tree(thing: Thing) -> Tree:
    """A manifest as mappings in mappings, in which lists have numbers for keys."""
    whole: Tree = {}
    _put(whole, ("metadata", "name"), _Leaf(thing.name, name_of(thing)))
    for fact in thing.facts:
        if fact.attribute.startswith("data."):
            text = json.dumps(fact.value) if thing.kind == "ConfigMap" else "aGVsbG8="
            _put(whole, ("data", json.dumps(fact.attribute.removeprefix("data."))), _Leaf(text, fact))
        elif route := route_of(thing.kind, fact.attribute):
            _put(whole, route, _Leaf(_in_yaml(thing.kind, fact), fact))
    return whole


def route_of(kind: str, attribute: str) -> Route | None:
    """Where manifests of a kind have an attribute; None where it is not printed in them."""
    route = VOCABULARY[kind][attribute].route
    if not route or route[0] != "pod":
        return route
    above: Route = ("spec", "jobTemplate", "spec", "template") if kind == "CronJob" else ("spec", "template")
    return (*above, *route[1:])


def can_say(dialect: str, kind: str, attribute: str) -> bool:
    """Whether a dialect has a form for an attribute: a column of a table has words, a manifest its fields."""
    if dialect == "entity tables":
        return not attribute.startswith("spec.")
    return dialect != "manifests" or route_of(kind, attribute) is not None


def _in_yaml(kind: str, fact: Fact) -> str:
    if fact.attribute == "selector":
        return json.dumps(dict(pair.split("=") for pair in fact.value.split(",")))
    if fact.attribute.startswith("volumes."):
        return f"{{claimName: {fact.value.partition('/')[2]}}}"
    return VOCABULARY[kind][fact.attribute].leaf.format(fact.value)


def _put(tree: Tree, route: Route, leaf: _Leaf) -> None:
    inner = tree
    for step, following in pairwise(route):
        below = inner.setdefault(step, {})
        assert isinstance(below, dict)
        if step in ITEMS and following == 0:
            named = below.setdefault(0, {})
            assert isinstance(named, dict)
            named.setdefault("name", _Leaf(ITEMS[str(step)]))
        inner = below
    inner[route[-1]] = leaf


def _write_tree(paper: Paper, thing: Thing, tree: Tree, depth: int, dash: bool = False) -> None:
    """Write a mapping; ``dash``: it is an item of a list, so its first key stands behind a dash."""
    for number, (key, below) in enumerate(tree.items()):
        pad = "  " * depth
        lead = f"{pad[:-2]}- " if dash and number == 0 else pad
        if isinstance(below, _Leaf):
            paper.write(f"{lead}{key}: {below.text}", thing, *([below.fact] if below.fact else []))
            continue
        paper.write(f"{lead}{key}:")
        item = below.get(0)
        if isinstance(item, _Leaf):
            paper.write(f"{pad}  - {item.text}", thing, *([item.fact] if item.fact else []))
        elif item is not None:
            _write_tree(paper, thing, item, depth + 2, dash=True)
        else:
            _write_tree(paper, thing, below, depth + 1)


def plain_yaml(things: list[Thing]) -> Paper:
    """The plain format, a fact a line."""
    paper = Paper(["version: 1", "entities:"])
    if not things:
        paper = Paper(["version: 1", "entities: []"])
    for thing in things:
        paper.write(f"- kind: {thing.kind}")
        if thing.name:
            paper.write(f"  name: {thing.name}", thing, name_of(thing))
        if thing.facts:
            paper.write("  facts:")
        for fact in thing.facts:
            paper.write(f"    {json.dumps(fact.attribute)}: {json.dumps(_plain(fact))}", thing, fact)
    return paper


def _plain(fact: Fact) -> object:
    if fact.modality == "one-of":
        return {"oneOf": fact.value.split("|")}
    value = fact.value or None
    return value if fact.modality == "required" else {"value": value, "modality": fact.modality}


def _nested(facts: tuple[Fact, ...]) -> dict[str, object]:
    """Dotted keys as mappings in mappings."""
    whole: dict[str, object] = {}
    for fact in facts:
        *above, last = fact.attribute.split(".")
        inner = whole
        for key in above:
            found = inner.setdefault(key, {})
            assert isinstance(found, dict)
            inner = found
        inner[last] = fact
    return whole


def _write_nested(
    paper: Paper, thing: Thing, whole: dict[str, object], say: Callable[[Fact], str], depth: int = 0
) -> None:
    for key, inner in whole.items():
        lead = f"{'  ' * depth}{key}:"
        if isinstance(inner, Fact):
            paper.write(f"{lead} {say(inner)}", thing, inner)
        else:
            assert isinstance(inner, dict)
            paper.write(lead)
            _write_nested(paper, thing, inner, say, depth + 1)


def _block(things: list[Thing], say: Callable[[Fact], str]) -> Paper:
    paper = Paper(["# Values", ""])
    for thing in things:
        paper.write(f"## {thing.name}")
        paper.write("")
        paper.write("```yaml")
        _write_nested(paper, thing, _nested(thing.facts), say)
        paper.write("```")
        paper.write("")
    return paper


def _scalar(text: str) -> str:
    """A value in YAML: a number or a truth value as such, any other text in quotes."""
    return text if text.isdecimal() or text in ("true", "false") else json.dumps(text)


def values_block(things: list[Thing]) -> Paper:
    """A code block with values, nested."""
    return _block(things, lambda fact: _scalar(fact.value))


def typed_block(things: list[Thing]) -> Paper:
    """A code block with the types of values, and their defaults in comments."""
    return _block(things, lambda fact: f"{_type_of(fact.value)}  # default: {_scalar(fact.value)}")


def _type_of(text: str) -> str:
    if text in ("true", "false"):
        return "boolean"
    return "integer" if text.isdecimal() else "string"


def values_bullets(things: list[Thing]) -> Paper:
    """A bullet for each file of values, its keys below."""
    paper = Paper(["# The app", ""])
    for thing in things:
        paper.write(f"- **{thing.name}**")
        for fact in thing.facts:
            paper.write(f"  - {fact.attribute}: `{fact.value}`", thing, fact)
    return paper


def values_table(things: list[Thing]) -> Paper:
    """A table for each file of values."""
    paper = Paper()
    for thing in things:
        paper.write(f"## {thing.name}")
        paper.write("")
        paper.write("| Key | Value |")
        paper.write("|---|---|")
        for fact in thing.facts:
            paper.write(f"| `{fact.attribute}` | `{fact.value}` |", thing, fact)
        paper.write("")
    return paper


def values_of_plain_yaml(things: list[Thing]) -> Paper:
    """The plain format, without the names of the files, which it does not state."""
    paper = plain_yaml(things)
    paper.stated = [stated for stated in paper.stated if stated[3] != "name"]
    return paper


VALUES_PRINTERS: dict[str, Callable[[list[Thing]], Paper]] = {
    "values block": values_block, "typed block": typed_block, "bullets": values_bullets, "table": values_table,
    "plain.yaml": values_of_plain_yaml,
}  # fmt: skip
"""The dialects in which values are written. A typed block states defaults."""
PRINTERS: dict[str, Callable[[list[Thing]], Paper]] = {
    "seed bullets": seed_bullets, "labelled bullets": labelled_bullets, "attribute tables": attribute_tables,
    "entity tables": entity_tables, "manifests": manifests, "plain.yaml": plain_yaml,
}  # fmt: skip
