"""A key and a value below an entity, with the keys of the bullets in which they are nested."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.lists import nesting
from todo_lint.model.reading.lists.dependencies import read_dependency
from todo_lint.model.reading.lists.manifest_lines import is_mapping, read_manifest_line, route_of
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.text import plain, without_remarks, words_of
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
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Kind, Prefix
from todo_lint.patterns import pattern

DATA_KINDS = (Kind.CONFIG_MAP, Kind.SECRET, Kind.VALUES)


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
    route = route_of(path, key)
    routed = path or (plain(key).startswith("spec.") and ("[" in key or phrase_for(kind, key) is None))
    if routed and (reading := read_manifest_line(kind, route, value)) is not None:
        return reading
    if path and plain(key) == "name" and "[" in route:
        return Reading(prose="it names an item of a list")
    below_container = bool(path) and words_of(path[-1]) in _CONTAINERS and words_of(key) == "name"
    if kind in WORKLOAD_KINDS and (below_container or words_of(key) == "container name"):
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
    if labelled := _label(kind, path, key, value):
        return labelled
    if not path or kind not in WORKLOAD_KINDS:
        return None
    if environment := _variable(path, key, value):
        return environment
    held = volumes.nested(path, key, value)
    if held is None:
        return None
    return Reading(tuple(Fact(a, said) for a, said in held), hint="" if held else volumes.FORM)


_LABELS = {"labels": Prefix.LABEL, "pod labels": Prefix.POD_LABEL, "template labels": Prefix.POD_LABEL}
_LABEL_KEY = pattern(r"(?:[\w.-]+/)?[A-Za-z0-9][\w.-]*")


def _label(kind: str, path: tuple[str, ...], key: str, value: str) -> Reading | None:
    """A line below *Labels*: a label with its value, of the pods where a template of them is described."""
    prefix = _LABELS.get(words_of(path[-1])) if path and kind not in NO_RESOURCES and value else None
    if prefix is None or kind in DATA_KINDS or not _LABEL_KEY.fullmatch(plain(key)):
        return None
    if kind in WORKLOADS and any("template" in words_of(step).split() for step in path):
        prefix = Prefix.POD_LABEL
    return read_value(phrases.single(prefix + plain(key), r"[\w.-]*|\S*[{<]\S.*[>}]\S*"), value)


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
    if is_mapping(text) and (reading := read_manifest_line(entity.kind, route_of(path, "[0]"), text)) is not None:
        return reading
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
