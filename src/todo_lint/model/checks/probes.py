"""Liveness, readiness and startup probes of the documented workloads."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import at
from todo_lint.model.checks.common import Inside, absent, container_of
from todo_lint.model.checks.containers import ports_of
from todo_lint.model.deciding import Found, Spot, decide
from todo_lint.model.equality import same_value, same_words
from todo_lint.model.evidence import Evidence, field, holds, missing, show
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Statement

_ROUTES: Mapping[str, tuple[Route, ...]] = {
    "path": (("httpGet", "path"),),
    "port": (("httpGet", "port"), ("tcpSocket", "port"), ("grpc", "port")),
    "command": (("exec", "command"),),
    "scheme": (("httpGet", "scheme"),),
}

_DEFAULTS: Mapping[str, Json] = {
    "initialDelaySeconds": 0,
    "timeoutSeconds": 1,
    "periodSeconds": 10,
    "successThreshold": 1,
    "failureThreshold": 3,
    "path": "/",
    "scheme": "HTTP",
}
"""What Kubernetes fills in (v1 Probe, HTTPGetAction)."""


def probe(statement: Statement, evidence: Evidence) -> Outcome:
    """A field of a probe; a named port is the number that the container gives to it."""
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    name, _, what = statement.attribute.partition(".")
    written = at(inside.value, (name,))
    place = field(inside.resource, *inside.route, name)
    if not written:
        return missing(statement, f"{inside.name} has no {name}; the document says it has one", place)
    if what in ("exists", ""):
        return holds(statement, place)
    if what == "type":
        return _type(statement, inside, name, written)
    return _field(statement, evidence, inside, (name, what))


def any_probe(statement: Statement, evidence: Evidence) -> Outcome:
    """A field of some probe, whichever it is; of several that differ the first is told."""
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    what = statement.attribute.partition(".")[2]
    names = [name for name in _PROBES if at(inside.value, (name,))]
    if not names:
        message = f"{inside.name} has no probe; the document says it has one"
        return missing(statement, message, field(inside.resource, *inside.route))
    if what == "type":
        found = [_type(statement, inside, name, at(inside.value, (name,))) for name in names]
    else:
        found = [_field(statement, evidence, inside, (name, what)) for name in names]
    return next((outcome for outcome in found if not outcome.diverges), found[0])


_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_WORDS = {"http": "httpGet", "httpget": "httpGet", "tcp": "tcpSocket", "tcpsocket": "tcpSocket", "command": "exec"}


def _type(statement: Statement, inside: Inside, name: str, written: Json) -> Outcome:
    """What a probe does: ``httpGet``, ``tcpSocket``, ``exec`` or ``grpc``."""
    found = [
        Spot(key, field(inside.resource, *inside.route, name, key))
        for key in ("httpGet", "tcpSocket", "exec", "grpc")
        if at(written, (key,)) is not None
    ]

    def same(stated: str, key: Json) -> bool:
        return _WORDS.get("".join(stated.lower().split()), stated) == key

    says, lacks = f"the {name} of {inside.name} is of the type {{}}", f"the {name} of {inside.name} asks nothing"
    place = field(inside.resource, *inside.route, name)
    return decide(statement, Found(tuple(found), says, lacks, place), same)


def _field(statement: Statement, evidence: Evidence, inside: Inside, names: tuple[str, str]) -> Outcome:
    name, what = names
    spots = [spot for route in _ROUTES.get(what, ((what,),)) if (spot := inside.spot(name, *route))]
    place = field(inside.resource, *inside.route, name)
    if not spots and what in _DEFAULTS and (what not in _ROUTES or inside.spot(name, "httpGet")):
        spots = [Spot(_DEFAULTS[what], place)]
    numbers = dict(ports_of(inside))

    def same(stated: str, found: Json) -> bool:
        if what == "command":
            return same_words(stated, found)
        if what == "port" and isinstance(found, str):
            return stated in (found, show(numbers.get(found)))
        return same_value(stated.removesuffix("s") if stated[:-1].isdigit() else stated, found)

    says = f"the {name} of {inside.name} has the {what} {{}}"
    return decide(statement, Found(tuple(spots), says, f"the {name} of {inside.name} sets no {what}", place), same)
