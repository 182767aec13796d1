"""Prints a data model in each dialect, with the line on which each fact comes to stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field


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


WORDS = {
    "replicas": "Replica Count", "image": "Container Image", "containerPort": "Container Port", "type": "Type",
    "port": "Port", "targetPort": "Target Port", "selector": "Selector", "resources.limits.cpu": "CPU Limit",
    "resources.limits.memory": "Memory Limit", "resources.requests.cpu": "CPU Request", "size": "Size",
    "resources.requests.memory": "Memory Request", "livenessProbe.path": "Liveness Path", "accessMode": "Access Mode",
    "host": "Host", "ingressClassName": "Ingress Class", "minReplicas": "Min Replicas", "maxReplicas": "Max Replicas",
    "serviceName": "Service Name", "schedule": "Schedule",
}  # fmt: skip
REMARKS = {
    "configurable": " (configurable)",
    "optional": " (optional)",
    "future": " (Future)",
    "default": " (default)",
}


def value_in_words(fact: Fact) -> str:
    """A value with what is said of it, as a bullet or cell holds it."""
    if fact.modality == "one-of":
        return " or ".join(fact.value.split("|"))
    value = f"`{fact.value}`" if fact.attribute.startswith("data.") else fact.value
    return value + REMARKS.get(fact.modality, "")


def _bullet(fact: Fact, bold: bool) -> str:
    if fact.attribute.startswith("data."):
        key = f"`{fact.attribute.removeprefix('data.')}`"
    else:
        key = f"**{WORDS[fact.attribute]}**" if bold else WORDS[fact.attribute]
    return f"{key}: {value_in_words(fact)}" if fact.value else key


def seed_bullets(things: list[Thing]) -> Paper:
    """A heading for each kind, a bold bullet for each entity, its facts below."""
    paper = Paper(["# The app", ""])
    for kind in dict.fromkeys(thing.kind for thing in things):
        paper.write(f"## {kind}s")
        for thing in things:
            if thing.kind == kind:
                paper.write(f"- **{thing.name}**", thing, name_of(thing))
                for fact in thing.facts:
                    paper.write(f"  - {_bullet(fact, bold=False)}", thing, fact)
        paper.write("")
    return paper


def labelled_bullets(things: list[Thing]) -> Paper:
    """A heading for each entity, with bullets."""
    paper = Paper(["# The app", ""])
    for thing in things:
        paper.write(f"### {thing.kind}: `{thing.name}`", thing, name_of(thing))
        for fact in thing.facts:
            paper.write(f"- {_bullet(fact, bold=True)}", thing, fact)
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
            key = fact.attribute if fact.attribute.startswith("data.") else WORDS[fact.attribute]
            paper.write(f"| {key} | {value_in_words(fact)} |", thing, fact)
        paper.write("")
    return paper


def entity_tables(things: list[Thing]) -> Paper:
    """A table for each kind; keys of data in rows of their own, with a blank name after the first."""
    paper = Paper()
    for kind in dict.fromkeys(thing.kind for thing in things):
        ours = [thing for thing in things if thing.kind == kind]
        paper.write(f"## {kind}s")
        paper.write("")
        if kind in ("ConfigMap", "Secret"):
            _key_rows(paper, kind, ours)
        else:
            _entity_rows(paper, ours)
        paper.write("")
    return paper


def _key_rows(paper: Paper, kind: str, things: list[Thing]) -> None:
    paper.write(f"| {kind} | Key | Value |")
    paper.write("|---|---|---|")
    for thing in things:
        for number, fact in enumerate(thing.facts):
            name = "" if number else f"`{thing.name}`"
            facts = (fact,) if number else (name_of(thing), fact)
            key, value = fact.attribute.removeprefix("data."), value_in_words(fact) if fact.value else ""
            paper.write(f"| {name} | `{key}` | {value} |", thing, *facts)
        if not thing.facts:
            paper.write(f"| {thing.name} | | |", thing, name_of(thing))


def _entity_rows(paper: Paper, things: list[Thing]) -> None:
    columns = list(dict.fromkeys(fact.attribute for thing in things for fact in thing.facts))
    paper.write("| " + " | ".join(["Name", *(WORDS[column] for column in columns)]) + " |")
    paper.write("|---|" + "---|" * len(columns))
    for thing in things:
        values = {fact.attribute: value_in_words(fact) for fact in thing.facts}
        cells = [values.get(column, "-") for column in columns]
        paper.write("| " + " | ".join([thing.name, *cells]) + " |", thing, name_of(thing), *thing.facts)


ROUTES: dict[str, tuple[str, ...]] = {
    "replicas": ("spec", "replicas"), "type": ("spec", "type"), "size": ("spec", "resources", "requests", "storage"),
    "accessMode": ("spec", "accessModes"), "ingressClassName": ("spec", "ingressClassName"),
    "minReplicas": ("spec", "minReplicas"), "maxReplicas": ("spec", "maxReplicas"),
    "serviceName": ("spec", "serviceName"), "schedule": ("spec", "schedule"),
}  # fmt: skip


def manifests(things: list[Thing]) -> Paper:
    """A manifest in YAML for each entity, its facts in flow style so that each is one line."""
    paper = Paper(["# Manifests", ""])
    for thing in things:
        paper.write("```yaml")
        paper.write(f"kind: {thing.kind}")
        paper.write(f"metadata: {{name: {thing.name}}}", thing, name_of(thing))
        _spec(paper, thing)
        paper.write("```")
        paper.write("")
    return paper


def _spec(paper: Paper, thing: Thing) -> None:
    if thing.kind in ("ConfigMap", "Secret"):
        paper.write("data:" if thing.facts else "data: {}")
        for fact in thing.facts:
            value = json.dumps(fact.value) if thing.kind == "ConfigMap" else "aGVsbG8="
            paper.write(f"  {json.dumps(fact.attribute.removeprefix('data.'))}: {value}", thing, fact)
        return
    paper.write("spec:" if thing.facts else "spec: {}")
    for fact in thing.facts:
        if fact.attribute == "selector":
            paper.write("  selector:")
            labels = dict(pair.split("=") for pair in fact.value.split(","))
            paper.write(f"    {json.dumps(labels)}", thing, fact)
        elif fact.attribute == "host":
            paper.write(f"  rules: [{{host: {fact.value}}}]", thing, fact)
        elif _place(fact.attribute) == "spec":
            paper.write(f"  {_line_of(fact)}", thing, fact)
    if ports := [fact for fact in thing.facts if fact.attribute in ("port", "targetPort")]:
        written = ", ".join(f"{fact.attribute}: {fact.value}" for fact in ports)
        paper.write(f"  ports: [{{{written}}}]", thing, *ports)
    if inside := [fact for fact in thing.facts if _place(fact.attribute) == "container"]:
        _container(paper, thing, inside)


def _container(paper: Paper, thing: Thing, inside: list[Fact]) -> None:
    if thing.kind == "CronJob":
        paper.write("  jobTemplate:")
        paper.write("    spec:")
    pad = "    " if thing.kind == "CronJob" else ""
    for line in ("  template:", "    spec:", "      containers:", "        - name: main"):
        paper.write(pad + line)
    resources = [fact for fact in inside if fact.attribute.startswith("resources.")]
    for fact in inside:
        if fact not in resources:
            paper.write(f"{pad}          {_in_container(fact)}", thing, fact)
    if resources:
        parts = ([*fact.attribute.split(".")[1:], fact.value] for fact in resources)
        written = ", ".join(f"{which}: {{{what}: {amount}}}" for which, what, amount in parts)
        paper.write(f"{pad}          resources: {{{written}}}", thing, *resources)


def _place(attribute: str) -> str:
    if attribute in ("port", "targetPort", "selector", "host"):
        return attribute
    return "spec" if attribute in ROUTES else "container"


def _line_of(fact: Fact) -> str:
    value = f"[{fact.value}]" if fact.attribute == "accessMode" else fact.value
    value = json.dumps(value) if fact.attribute == "schedule" else value
    _, *keys = ROUTES[fact.attribute]
    for key in reversed(keys[1:]):
        value = f"{{{key}: {value}}}"
    return f"{keys[0]}: {value}"


def _in_container(fact: Fact) -> str:
    if fact.attribute == "containerPort":
        return f"ports: [{{containerPort: {fact.value}}}]"
    if fact.attribute == "livenessProbe.path":
        return f"livenessProbe: {{httpGet: {{path: {fact.value}}}}}"
    return f"{fact.attribute}: {fact.value}"


def plain_yaml(things: list[Thing]) -> Paper:
    """The plain format, a fact a line."""
    paper = Paper(["version: 1", "entities:"])
    if not things:
        paper = Paper(["version: 1", "entities: []"])
    for thing in things:
        paper.write(f"- kind: {thing.kind}")
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
