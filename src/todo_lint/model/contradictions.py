"""Where a document contradicts itself: nobody has to render anything to see that.

Only what is stated firmly is compared. Whoever writes "1 or 2", "e.g. 3", a placeholder or a plan contradicts nobody.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping

from todo_lint.kubernetes.quantities import parse_quantity
from todo_lint.model.equality import same_quantity, same_value
from todo_lint.model.images import repository, same_image, tag
from todo_lint.model.naming import akin, stem, words
from todo_lint.model.statements import (
    WORKLOADS,
    Attribute,
    DataModel,
    Kind,
    Modality,
    Prefix,
    Statement,
)
from todo_lint.model.urls import addressed_services, service_urls
from todo_lint.records import dataclass


class Topic(enum.Enum):
    """What sort of contradiction it is; a rule speaks of each."""

    VALUES = "two lines state different values"
    SELECTOR = "a Service selects nothing that the document names"
    BUDGET = "a request is above its limit"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that cannot all be true. ``statements`` are in the order of their lines; the last is pointed at."""

    topic: Topic
    message: str
    statements: tuple[Statement, ...]


_FIRM = (Modality.REQUIRED, Modality.CONFIGURABLE, Modality.DEFAULT)

_SEVERAL = frozenset(
    (
        Attribute.NAME, Attribute.EXISTS, Attribute.PORT, Attribute.TARGET_PORT, Attribute.NODE_PORT,
        Attribute.CONTAINER_PORT, Attribute.PROTOCOL, Attribute.HOST, Attribute.PATH, Attribute.PATH_TYPE,
        Attribute.BACKEND_SERVICE, Attribute.BACKEND_PORT, Attribute.ACCESS_MODE, Attribute.ENV_FROM, Attribute.TLS,
        Attribute.COMMAND, Attribute.SELECTOR, Attribute.DEPENDENCIES, Attribute.RUNTIME, Attribute.BASE,
        Attribute.UNKNOWN, Attribute.DESCRIPTION, Attribute.NAMESPACE,
    )
)  # fmt: skip
"""Attributes of which a subject can have several, or that are told in words."""
_SEVERAL_BY_PREFIX = (Prefix.MOUNT, Prefix.VOLUME, Prefix.ENV_SOURCE, Prefix.SPEC, Prefix.PROBE)


def contradictions(model: DataModel) -> tuple[Contradiction, ...]:
    """The contradictions among the firm statements of a document, in the order of the lines that they point at."""
    firm = [s for s in model.statements if s.understood and s.modality in _FIRM]
    found = [
        *_twice(firm),
        *_addresses(firm),
        *_targets(firm),
        *_values(firm),
        *_requests(firm),
        *_selectors(model),
    ]
    return tuple(sorted(found, key=lambda c: (c.statements[-1].line, c.message)))


def _contradiction(one: Statement, other: Statement, what: str, topic: Topic = Topic.VALUES) -> Contradiction:
    first, second = sorted((one, other), key=lambda s: s.line)
    message = f"{what}; line {first.line} says {_said(first)}, line {second.line} says {_said(second)}"
    return Contradiction(topic, message, (first, second))


def _said(statement: Statement) -> str:
    return statement.value or "nothing"


def _twice(firm: list[Statement]) -> Iterator[Contradiction]:
    """Two values for the same attribute of the same subject."""
    first: dict[tuple[str, ...], Statement] = {}
    for statement in firm:
        if statement.attribute in _SEVERAL or statement.attribute.startswith(_SEVERAL_BY_PREFIX):
            continue
        if not statement.value or statement.kind == Kind.SECRET:
            continue
        key = (statement.kind, statement.name, statement.attribute, statement.part, statement.environment)
        known = first.setdefault(key, statement)
        if known.line != statement.line and not _agree(known, statement):
            what = f"the document states two values for {statement.attribute} of {statement.subject}"
            yield _contradiction(known, statement, what)


def _agree(one: Statement, other: Statement) -> bool:
    if one.attribute == Attribute.IMAGE:
        return same_image(one.value, other.value) or same_image(other.value, one.value)
    return same_value(one.value, other.value) or same_quantity(one.value, other.value)


def _ports_by_service(firm: list[Statement]) -> Mapping[str, list[Statement]]:
    """The ports that a Service's own lines state, rather than an address that names it."""
    found: dict[str, list[Statement]] = {}
    for s in firm:
        if s.kind != Kind.SERVICE or s.attribute != Attribute.PORT:
            continue
        if not any(url.name == s.name for url in addressed_services(s.text)):
            found.setdefault(s.name, []).append(s)
    return found


def _addresses(firm: list[Statement]) -> Iterator[Contradiction]:
    """An address (a URL, a line ``NAME.NAMESPACE.svc:PORT``, the backend of an Ingress) with a port that the Service
    does not have."""
    seen: set[tuple[int, str]] = set()
    ports_of = _ports_by_service(firm)
    for statement in firm:
        for name, port, by in _addressed(statement, firm):
            own = ports_of.get(name, [])
            if own and port not in [s.value for s in own] and (statement.line, name) not in seen:
                seen.add((statement.line, name))
                ports = ", ".join(dict.fromkeys(s.value for s in own))
                message = (
                    f"line {statement.line} names port {port} of Service {name}; line {own[0].line} gives it {ports}"
                )
                ordered = sorted((own[0], *by, statement), key=lambda s: s.line)
                yield Contradiction(Topic.VALUES, message, tuple(ordered))


def _addressed(statement: Statement, firm: list[Statement]) -> Iterator[tuple[str, str, tuple[Statement, ...]]]:
    """The Services and ports that a statement sends somebody to, and the statement that names the Service for it."""
    if statement.attribute == Attribute.BACKEND_PORT and statement.value.isdigit():
        services = [
            s
            for s in firm
            if s.attribute == Attribute.BACKEND_SERVICE
            and (s.kind, s.name, s.part) == (statement.kind, statement.name, statement.part)
        ]
        if len(services) == 1:
            yield services[0].value, statement.value, tuple(services)
    elif statement.kind == Kind.SERVICE and statement.attribute == Attribute.PORT:
        for url in addressed_services(statement.text):
            if url.port == statement.value:
                yield url.name, url.port, ()
    elif statement.attribute.startswith((Prefix.DATA, Prefix.ENV)) or statement.kind == Kind.VALUES:
        yield from ((url.name, url.port, ()) for url in service_urls(statement.value) if url.port)


def _targets(firm: list[Statement]) -> Iterator[Contradiction]:
    """A Service's target port, or an image's port, that the container of the same words does not have."""
    containers = _ports_by_workload(firm)
    for statement in firm:
        to_pods = statement.kind == Kind.SERVICE and statement.attribute == Attribute.TARGET_PORT
        of_image = statement.kind == Kind.IMAGE and statement.attribute == Attribute.CONTAINER_PORT
        if not (to_pods or of_image) or not statement.value.isdigit():
            continue
        subjects = [w for w in containers if _runs(w, statement, firm)] if of_image else _akin(statement, containers)
        if len(subjects) == 1:
            ports = containers[subjects[0]]
            if all(port.value.isdigit() and port.value != statement.value for port in ports):
                where = f"{statement.subject} and {' '.join(subjects[0])} do not agree on the port of the container"
                yield _contradiction(ports[0], statement, where)


def _ports_by_workload(firm: list[Statement]) -> Mapping[tuple[str, str], list[Statement]]:
    found: dict[tuple[str, str], list[Statement]] = {}
    for statement in firm:
        if statement.kind in WORKLOADS and statement.attribute == Attribute.CONTAINER_PORT:
            found.setdefault((statement.kind, statement.name), []).append(statement)
    return found


def _akin(statement: Statement, workloads: Mapping[tuple[str, str], object]) -> list[tuple[str, str]]:
    return [workload for workload in workloads if set(stem(workload[1])) == set(stem(statement.name))]


def _runs(workload: tuple[str, str], statement: Statement, firm: list[Statement]) -> bool:
    return any(
        (s.kind, s.name) == workload
        and s.attribute in (Attribute.IMAGE, Attribute.IMAGE_REPOSITORY)
        and repository(s.value) == repository(statement.name)
        for s in firm
    )


_VALUES: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("replicaCount",), WORKLOADS, Attribute.REPLICAS),
    (("replicas",), WORKLOADS, Attribute.REPLICAS),
    (("image", "repository"), WORKLOADS, Attribute.IMAGE),
    (("image", "tag"), WORKLOADS, Attribute.IMAGE),
    (("containerPort",), WORKLOADS, Attribute.CONTAINER_PORT),
    (("service", "type"), (Kind.SERVICE,), Attribute.TYPE),
    (("service", "port"), (Kind.SERVICE,), Attribute.PORT),
    (("service", "targetPort"), (Kind.SERVICE,), Attribute.TARGET_PORT),
    (("service", "nodePort"), (Kind.SERVICE,), Attribute.NODE_PORT),
    *(
        (("resources", budget, resource), WORKLOADS, f"resources.{budget}.{resource}")
        for budget in ("requests", "limits")
        for resource in ("cpu", "memory")
    ),
)
"""The end of a values key, the kinds whose entity it is about, and the attribute that it sets."""


def _values(firm: list[Statement]) -> Iterator[Contradiction]:
    """A default of values.yaml that is another than what the entity of the same words has."""
    for statement in firm:
        steps = tuple(statement.attribute.split("."))
        for end, kinds, attribute in _VALUES if statement.kind == Kind.VALUES else ():
            before = steps[: -len(end)]
            if steps[-len(end) :] != end or not before or not statement.value or statement.environment:
                continue
            stated = [
                s
                for s in firm
                if s.kind in kinds
                and s.attribute == attribute
                and not s.environment
                and not any(service_urls(s.text))
                and akin(s.name, before[-1])
                and set(stem(before[-1])) <= set(words(s.name))
            ]
            owners = {(s.kind, s.name) for s in stated}
            if len(owners) == 1 and not any(_same_default(end, statement, s) for s in stated):
                what = f"{statement.attribute} and {stated[0].subject} do not agree"
                yield _contradiction(stated[0], statement, what)


def _same_default(end: tuple[str, ...], key: Statement, entity: Statement) -> bool:
    if end == ("image", "repository"):
        return repository(entity.value) == repository(key.value)
    if end == ("image", "tag"):
        return ":" not in entity.value.rpartition("/")[2] or tag(entity.value) == key.value
    return same_value(key.value, entity.value) or same_quantity(key.value, entity.value)


def _requests(firm: list[Statement]) -> Iterator[Contradiction]:
    """A container that asks for more than it may use, which no API server accepts."""
    for resource in ("cpu", "memory"):
        limits = {
            (s.kind, s.name, s.part, s.environment): s for s in firm if s.attribute == f"resources.limits.{resource}"
        }
        for request in firm:
            limit = limits.get((request.kind, request.name, request.part, request.environment))
            if request.attribute == f"resources.requests.{resource}" and limit and _above(request.value, limit.value):
                what = f"{request.subject} requests more {resource} than its limit"
                message = f"{what}: {request.value} of {limit.value}"
                ordered = sorted((request, limit), key=lambda s: s.line)
                yield Contradiction(Topic.BUDGET, message, tuple(ordered))


def _above(request: str, limit: str) -> bool:
    try:
        return parse_quantity(request) > parse_quantity(limit)
    except ValueError:
        return False


def _selectors(model: DataModel) -> Iterator[Contradiction]:
    """A Service whose selector shares no word with any workload, image, label or chart of the document."""
    stated = [s for s in model.statements if s.understood]
    workloads = [s for s in stated if s.kind in (*WORKLOADS, Kind.IMAGE)]
    if not workloads:
        return
    named = {word for s in workloads for word in words(s.name)}
    named |= {word for s in workloads if s.attribute.startswith(Attribute.IMAGE) for word in words(s.value)}
    named |= {
        word for s in stated if s.attribute.startswith((Prefix.POD_LABEL, Prefix.LABEL)) for word in words(s.value)
    }
    named |= {word for s in workloads if s.attribute == Attribute.SELECTOR for word in words(s.value)}
    named |= {word for s in stated if s.part for word in words(s.part)}
    named |= {
        word for s in stated if s.kind == Kind.CHART and s.attribute == Attribute.NAME for word in words(s.value)
    }
    for statement in stated:
        if statement.kind != Kind.SERVICE or statement.attribute != Attribute.SELECTOR:
            continue
        values = [pair.partition("=")[2] for pair in statement.value.split(",")]
        if statement.modality in _FIRM and not any(set(words(value)) & named for value in values):
            message = (
                f"{statement.subject} selects {statement.value}; the document names no workload or image like it"
            )
            yield Contradiction(Topic.SELECTOR, message, (statement,))
