"""A line about one entity that names another: ``**PVC**: data (5Gi, ReadWriteOnce)`` below a Deployment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import kind_of_words
from todo_lint.model.reading.names import Names
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.text import is_name, last_remark, plain
from todo_lint.model.reading.values.summaries import Summary, read_summary, typed_port
from todo_lint.model.reading.vocabulary import phrases
from todo_lint.model.statements import Attribute, Kind, Prefix
from todo_lint.patterns import pattern

Stated = list[tuple[Entity, tuple[Fact, ...]]]

_SOURCES = {Kind.CONFIG_MAP: "ConfigMap", Kind.SECRET: "Secret"}


_MOUNTED = pattern(r",?\s+(?:is )?(?:mounted )?(?:at|on|to|->) (?P<path>/\S*)$")


def read_related(entity: Entity, key: str, value: str, known: Names) -> Stated:
    """What a line below a workload says of a Service, ConfigMap, Secret or PersistentVolumeClaim of its.

    ``known`` are the entities of the document so far. An empty list where the line is none of these.
    """
    found = kind_of_words(plain(key))
    if entity.kind not in WORKLOAD_KINDS or found is None or found[0] == entity.kind:
        return []
    if found[0] == Kind.SERVICE:
        return _service(entity, value) or _named_service(value, known)
    if found[0] not in (*_SOURCES, Kind.PERSISTENT_VOLUME_CLAIM):
        return []
    mounted = _MOUNTED.search(plain(value)) if found[0] == Kind.PERSISTENT_VOLUME_CLAIM else None
    value = plain(value)[: mounted.start()] if mounted else value
    remark = last_remark(value)
    name = plain(remark[0] if remark else value)
    if not is_name(name) or not re.search(r"[a-z]", name) or kind_of_words(name):
        return []
    other = known.named((found[0],), name) or Entity(found[0], name)
    facts = tuple(_within(found[0], remark[1])) if remark else ()
    stated: Stated = [(other, (Fact(Attribute.NAME, name), *facts))]
    if mounted:
        held = Fact(Prefix.VOLUME, f"PersistentVolumeClaim/{name}")
        stated.append((entity, (held, Fact(Prefix.MOUNT, mounted["path"]))))
    if found[0] in _SOURCES:
        stated.append((entity, (Fact(Attribute.ENV_FROM, f"{_SOURCES[Kind(found[0])]}/{name}"),)))
    return stated


def _service(entity: Entity, value: str) -> Stated:
    facts = typed_port(value)
    return [(Entity(Kind.SERVICE, role=entity.role or entity.known_as), facts)] if facts else []


_NAMED_SERVICE = pattern(r"(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?::(?P<port>\d{1,5}))?")


def _named_service(value: str, known: Names) -> Stated:
    """``web (NodePort, 80 -> 3000)``, ``web:8000 (ClusterIP)``: a Service by its name, and what it is."""
    remark = last_remark(value)
    match = _NAMED_SERVICE.fullmatch(plain(remark[0] if remark else value))
    said = read_summary(Kind.SERVICE, remark[1]) if remark else Summary()
    if not match or said.unread or not (said.facts or match["port"]) or kind_of_words(match["name"]):
        return []
    port = (Fact(Attribute.PORT, match["port"]),) if match["port"] else ()
    other = known.named((Kind.SERVICE,), match["name"]) or Entity(Kind.SERVICE, match["name"])
    return [(other, (Fact(Attribute.NAME, match["name"]), *port, *said.facts))]


def _within(kind: str, remark: str) -> Iterator[Fact]:
    """What the remark behind a name says of it."""
    readers = (phrases.keys,) if kind in _SOURCES else (phrases.amount(Attribute.SIZE), phrases.access_mode)
    for part in remark.split(","):
        for reader in readers:
            yield from (Fact(attribute, value) for attribute, value in reader(part.strip()))
