"""A key and a value below an entity, with the keys of the bullets in which they are nested."""

from __future__ import annotations

import itertools
import re

from todo_lint.kubernetes_yaml.document import Json, YamlDocument
from todo_lint.kubernetes_yaml.reader import read_document
from todo_lint.model.reading.code.manifests import read_fields
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import read_firmness
from todo_lint.model.reading.lists import nesting
from todo_lint.model.reading.lists.dependencies import read_dependency
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.text import EMPTY, last_remark, plain, without_remarks, words_of
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.paired import paired
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.values.typed_keys import as_default, as_firm_as, default_in, untyped
from todo_lint.model.reading.values.value_words import is_description, is_type
from todo_lint.model.reading.values.worded import value_in_words
from todo_lint.model.reading.values.written_values import written
from todo_lint.model.reading.vocabulary import phrases, volumes
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.sources import source_of, value_and_source
from todo_lint.model.statements import NO_RESOURCES, Kind, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import replace

DATA_KINDS = (Kind.CONFIG_MAP, Kind.SECRET, Kind.VALUES)
_MANIFEST = ("metadata", "spec", "template", "data", "stringData")


def read_line(entity: Entity, key: str, value: str, path: tuple[str, ...]) -> Reading:
    """Read a key and a value below an entity; ``path`` are the keys of the bullets in which it is nested."""
    if entity.kind in WORKLOAD_KINDS and (both := paired(key, value)):
        readings = [_read_line(entity, one, of, path) for one, of in both]
        return _joined(readings)
    default = default_in(key)
    key, modality = untyped(key)
    reading = _read_line(entity, key, value, path)
    if default and (not reading.facts or is_description(value) or not value):
        return as_default(_read_line(entity, key, default, path))  # what nobody need give has its default
    return as_firm_as(reading, modality)


def _joined(readings: list[Reading]) -> Reading:
    """Several readings of one line as one: the facts of all, unless one of them has none."""
    missed = next((reading for reading in readings if not reading.facts), None)
    return missed or Reading(tuple(fact for reading in readings for fact in reading.facts))


def _read_line(entity: Entity, key: str, value: str, path: tuple[str, ...]) -> Reading:
    kind = entity.kind
    named = bool(entity.name or entity.stated or entity.members or (entity.role and kind not in DATA_KINDS))
    if listed := _listed_below(kind, key, value, path):
        return listed
    route = ".".join(plain(part).strip(":") for part in (*path, key))
    routed = path or (plain(key).startswith("spec.") and phrase_for(kind, key) is None)
    if routed and (facts := _route_facts(kind, route, value)) is not None:
        return Reading(facts, prose="" if facts else "it states nothing that is compared")
    if path and plain(key) == "name" and "[" in route:
        return Reading(prose="it names an item of a list")
    if path and words_of(path[-1]) in _CONTAINERS and words_of(key) == "name" and kind in WORKLOAD_KINDS:
        return Reading(prose="it names a container")
    if not path and nesting.names_kind(key, value) == kind and not entity.name:
        return read_value(phrases.name, value)
    if path and kind not in DATA_KINDS:
        reading = read_pair(kind, " ".join((*path, key)), value, named=named)
        if reading.facts or phrase_for(kind, " ".join((*path, key))):
            return reading
    if kind == Kind.VALUES and path:
        return read_pair(kind, route.replace(" ", ""), value)
    return read_pair(kind, key, value, named=named)


PROBES = ("probes", "health checks", "health probes", "probe")
_CONTAINERS = ("container", "containers", "main container", "app container", "pod", "pods")
ENV_WORDS = ("environment variables", "environment", "env", "env vars", "env variables", "variables")


def _listed_below(kind: str, key: str, value: str, path: tuple[str, ...]) -> Reading | None:
    """A line of a list whose keys are names: of dependencies, of variables, of volumes; None for any other line."""
    if kind == Kind.CHART:
        return read_dependency(key, value, path)
    if not path or kind not in WORKLOAD_KINDS:
        return None
    if environment := _variable(path, key, value):
        return environment
    held = volumes.nested(path, key, value)
    if held is None:
        return None
    return Reading(tuple(Fact(a, said) for a, said in held), hint="" if held else volumes.FORM)


def _variable(path: tuple[str, ...], key: str, value: str) -> Reading | None:
    """A line below ``Environment Variables``: a variable with its value or its source."""
    name = plain(without_remarks(key))
    if words_of(path[-1]) not in ENV_WORDS or not re.fullmatch(r"[A-Za-z_]\w*", name):
        return None
    if is_type(value) and not value_in_words(value):
        return Reading(prose="it describes a type")
    said, source = value_and_source(value)
    if not source:
        return written(Prefix.ENV + name, value)
    facts = written(Prefix.ENV + name, said).facts if said else (Fact(Prefix.ENV + name, ""),)
    return Reading((*facts, Fact(Prefix.ENV_SOURCE + name, source)))


def value_of_group(entity: Entity, path: tuple[str, ...], text: str) -> Reading:
    """A bullet without a key below a key: one of its values."""
    if entity.kind == Kind.CHART and (dependency := read_dependency(text, text, path)):
        return dependency
    key = " ".join(path)
    if entity.kind in WORKLOAD_KINDS and words_of(path[-1]) in ENV_WORDS:
        facts = phrases.environment(text) or _listed(text)
        return Reading(
            tuple(Fact(attribute, value) for attribute, value in facts), prose="" if facts else "it explains"
        )
    phrase = phrase_for(entity.kind, key) or phrase_for(entity.kind, path[-1])
    if phrase is None:
        return Reading(prose=f"below '{plain(path[-1])}', which is no key that states a fact")
    return read_value(phrase, text)


_LISTED = pattern(
    r"(?P<names>`[A-Za-z_]\w*`(?:(?:,| and|, and) `[A-Za-z_]\w*`)*)(?:\s+[-\u2013\u2014]\s+(?P<said>.+))?", 16
)


def _listed(text: str) -> tuple[tuple[str, str], ...]:
    """```token`, `dsn` - secret, never commit them``: variables, and the ConfigMap or Secret from which they are."""
    match = _LISTED.fullmatch(text)
    source = source_of(match["said"].replace("**", "")) if match and match["said"] else ""
    facts: list[tuple[str, str]] = []
    for name in re.findall(r"`(\w+)`", match["names"]) if match else ():
        facts.append((Prefix.ENV + name, ""))
        facts += [(Prefix.ENV_SOURCE + name, source)] if source else []
    return tuple(facts)


def _route_facts(kind: str, route: str, value: str) -> tuple[Fact, ...] | None:
    """A line of bullets that are nested as a manifest is: ``spec``, ``template``, ``containers[0]``, ``image``."""
    steps = _steps(route)
    if not steps or steps[0] not in _MANIFEST or kind in NO_RESOURCES or _is_words(steps[-1], kind):
        return None
    last = steps[-1]
    if isinstance(last, str) and last in _IN_WORDS and (said := read_pair(kind, last, value).facts):
        return tuple(replace(fact, part=_container_in(steps) or fact.part) for fact in said)
    firm = read_firmness(value)
    document = read_document(plain(firm.text if last_remark(value) is None else without_remarks(value)))
    content: Json = document.value if isinstance(document, YamlDocument) else plain(value)
    nested: Json = content
    for step in reversed(steps):
        nested = _put(step, nested)
    if not isinstance(nested, dict):
        return None
    if kind == Kind.SECRET:
        nested.pop("immutable", None)
    fields = list(read_fields(kind, {"kind": kind, **nested}))
    return tuple(
        Fact(
            field.attribute,
            field.value or ("" if field.attribute.startswith(Prefix.DATA) else EMPTY),
            firm.modality,
            part=_container_in(steps) or field.part,
        )
        for field in fields
    )


def _container_in(steps: list[str | int]) -> str:
    """The name of the container that a route leads into: ``containers[web]``."""
    pairs = itertools.pairwise(map(str, steps))
    return next((name[1:-1] for step, name in pairs if step in _LISTS and name.startswith("[")), "")


_LISTS = ("containers", "initContainers")
_IN_WORDS = ("readinessProbe", "livenessProbe", "startupProbe")
"""Fields that are said in words in documents, and that hold a mapping in manifests."""


def _is_words(step: str | int, kind: str) -> bool:
    """Whether the last step of a route is no field but a word for one: ``Replicas`` below ``spec``."""
    return isinstance(step, str) and step[:1].isupper() and phrase_for(kind, step) is not None


def _steps(route: str) -> list[str | int]:
    steps: list[str | int] = []
    for part in re.findall(r"[^.\[\]]+|\[[\w-]+\]", route):
        steps.append(0 if re.fullmatch(r"\[\d+\]", part) else part.strip())
    return steps if all(isinstance(s, int) or re.fullmatch(r"[\w/-]+|\[[\w-]+\]", s) for s in steps) else []


def _put(step: str | int, value: Json) -> Json:
    """What a step of a route leads to: a field, an item, or the item of a name (``containers[web]``)."""
    if isinstance(step, int):
        return [value]
    if not step.startswith("["):
        return {step: value}
    return [{"name": step[1:-1], **(value if isinstance(value, dict) else {"value": value})}]
