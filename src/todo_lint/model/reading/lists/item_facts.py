"""What an item below an entity states: of it, of others, of each of its probes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from todo_lint.model.images import repository
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import later_of, modality_of
from todo_lint.model.reading.lists.lines import DATA_KINDS, PROBES
from todo_lint.model.reading.lists.related import read_related
from todo_lint.model.reading.lists.shared import read_consumers, read_shared
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place
from todo_lint.model.reading.scope import describes_resource
from todo_lint.model.reading.text import (
    is_name,
    plain,
    without_remarks,
    words_of,
)
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.statements import Attribute, Kind, Modality
from todo_lint.patterns import pattern


def each_probe(page: Page, entity: Entity, key: str, value: str, path: tuple[str, ...]) -> tuple[Fact, ...]:
    """What a line below *Probes* says of all of them: of each that the lines above it state."""
    if not path or words_of(path[-1]) not in PROBES:
        return ()
    stated = itertools.takewhile(lambda draft: draft[0] is entity, reversed(page.drafts))
    return of_probes(entity, [s.attribute for _, s in stated], key, value)


def of_probes(entity: Entity, attributes: Iterable[str], key: str, value: str) -> tuple[Fact, ...]:
    """What a key and a value say of each probe that some attributes are about, if they say it of all."""
    words = {attribute.partition("Probe.")[0] for attribute in attributes if "Probe." in attribute}
    read = [read_pair(entity.kind, f"{word} {key}", value).facts for word in sorted(words)]
    return tuple(fact for facts in read for fact in facts) if all(read) else ()


def of_others(
    page: Page, entity: Entity, key: str, value: str, path: tuple[str, ...]
) -> list[tuple[Entity, tuple[Fact, ...]]]:
    """What a line says of others than the entity around it, or of several of its kind."""
    if not entity.known_as and describes_resource(entity.kind) and entity.kind not in DATA_KINDS:
        return read_shared(entity.kind, plain(key), value, page.names)
    if path:
        return []
    found = _base(page, entity, key, value) or read_related(entity, key, value, page.names)
    return found or read_consumers(entity, plain(key), value, page.names)


def _base(page: Page, entity: Entity, key: str, value: str) -> list[tuple[Entity, tuple[Fact, ...]]]:
    """``Base Image: python:3.13-slim`` below a workload: what the image is built on that a line above names."""
    if entity.kind not in WORKLOAD_KINDS or words_of(plain(key)) not in _BASES:
        return []
    images = [s.value for owner, s in page.drafts if owner is entity and s.attribute in _IMAGES]
    facts = read_pair(Kind.IMAGE, "base image", value).facts
    if len(set(images)) != 1 or not facts or not is_name(name := repository(images[0])):
        return []
    return [
        (
            page.names.named((Kind.IMAGE,), name)
            or Entity(Kind.IMAGE, name, section=entity.section, announced=False),
            facts,
        )
    ]


_BASES = ("base image", "base docker image", "docker base image")
_IMAGES = (Attribute.IMAGE, Attribute.IMAGE_REPOSITORY)


def keep_members(page: Page, entity: Entity, related: list[tuple[Entity, tuple[Fact, ...]]]) -> None:
    """Keep the names that a line lists of a description without one: the lines below are about each."""
    names = [other for other, facts in related if other.kind == entity.kind and facts[0].attribute == Attribute.NAME]
    if not entity.known_as and len(names) == len(related):
        entity.members.extend(names)


def _put_off_by(entity: Entity, key: str, value: str) -> None:
    """``Description: routes traffic (optional, out of scope)`` says it of all that is described."""
    if words_of(plain(key)) in _ABOUT and entity.modality is Modality.REQUIRED:
        entity.modality = later_of(modality_of(value))


def note(page: Page, entity: Entity, reading: Reading, place: Place, key: str = "", value: str = "") -> None:
    """Put what was read of a line on the page: facts, the reason why it is prose, or what would be read."""
    if reading.facts:
        page.state(entity, reading.facts, place)
    elif reading.prose:
        _put_off_by(entity, key, value)
        page.about[place.line] = entity.kind
        page.prose(place.line, place.line, reading.prose)
    elif _says_again(page, entity, value):
        page.prose(place.line, place.line, "it says again what is stated")
    else:
        page.unclear(entity, place, reading.hint)


_NUMBER = pattern(r"(?<![\w.])\d{2,}(?:\.\d+)?(?:m|[KMGT]i)?(?![\w.])")
_FEWEST_WORDS = 5


def _says_again(page: Page, entity: Entity, value: str) -> bool:
    """Whether a value is words whose numbers are stated of the entity above: ``Exposes port 3000 for HTTP traffic``.

    A number of one digit may be that of anything.
    """
    numbers = _NUMBER.findall(value)
    if not numbers or len(value.split()) < _FEWEST_WORDS or len(numbers) != len(re.findall(r"\d+(?:\.\d+)?", value)):
        return False
    stated = {part for of, s in page.drafts if of is entity and s.understood for part in re.split(r"[,|]", s.value)}
    return stated.issuperset(numbers)


def is_data_key(entity: Entity, key: str) -> bool:
    """Whether a key with lines below it is a key of a ConfigMap or Secret all the same, which they explain."""
    words, bare = words_of(without_remarks(key)), plain(key)
    if entity.kind not in (Kind.CONFIG_MAP, Kind.SECRET) or words in DATA_GROUPS or words in _METADATA:
        return False
    return " " not in bare and (bare.isupper() or not bare[:1].isupper())


_METADATA = ("metadata", "labels", "annotations", "spec")
DATA_GROUPS = (
    *("data", "keys", "string data", "stringdata", "data keys", "key value pairs", "required keys"),
    *("attributes", "properties", "fields", "entries", "variables"),
)
_ABOUT = ("description", "purpose", "definition", "status", "note")
"""Keys whose words are about all that is described."""
