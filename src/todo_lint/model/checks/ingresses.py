"""Hosts, paths, backends and certificates of the documented Ingresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.model.checks.common import absent, resource_of
from todo_lint.model.deciding import Found, Same, Spot, decide
from todo_lint.model.equality import same_shown
from todo_lint.model.evidence import Evidence, field, holds, show, violated
from todo_lint.model.naming import contains
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Statement
from todo_lint.patterns import pattern
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class _Path:
    """A path of an Ingress, with the rule's host."""

    route: Route
    host: str
    value: Json


def _paths(ingress: Resource) -> Iterator[_Path]:
    for number, rule in enumerate(items_at(dict(ingress.value), ("spec", "rules"))):
        for place, entry in enumerate(items_at(rule, ("http", "paths"))):
            route: Route = ("spec", "rules", number, "http", "paths", place)
            yield _Path(route, text_at(rule, ("host",)) or "", entry)


def _meant(statement: Statement, ingress: Resource) -> list[_Path]:
    """The paths that a statement is about: those of the path or host that it names, else all."""
    every = list(_paths(ingress))
    part = statement.part
    named = [p for p in every if part == p.host or _same_path(part, at(p.value, ("path",)))] if part else []
    return named or every


_REST = pattern(r"(?:/?\((?:/\|\$|\.\*)\))*(?:/?\*|/)?$")
"""What stands for the rest of a path: a star, a slash at the end, ``(/|$)(.*)`` as rewriting controllers have it."""


def _same_path(stated: str, found: Json) -> bool:
    """Whether two paths are one prefix: ``/api``, ``/api/``, ``/api/*`` and ``/api(/|$)(.*)``."""
    text = show(found)
    return text == stated or (stated.startswith("/") and _REST.sub("", text, 1) == _REST.sub("", stated, 1))


def _decide(
    statement: Statement, ingress: Resource, found: Sequence[Spot], words: tuple[str, str], same: Same = same_shown
) -> Outcome:
    says, lacks = words
    place = found[0].target if found else field(ingress, "spec")
    return decide(statement, Found(tuple(found), f"{ingress.ref} {says}", f"{ingress.ref} {lacks}", place), same)


def host(statement: Statement, evidence: Evidence) -> Outcome:
    """A host of the rules."""
    ingress = resource_of(statement, evidence)
    if ingress is None:
        return absent(statement, evidence)
    found = [
        Spot(name, field(ingress, "spec", "rules", number, "host"))
        for number, rule in enumerate(items_at(dict(ingress.value), ("spec", "rules")))
        if (name := text_at(rule, ("host",)))
    ]
    return _decide(statement, ingress, found, ("serves the host {}", "names no host"))


def path(statement: Statement, evidence: Evidence) -> Outcome:
    """A path of the rules."""
    return _of_paths(statement, evidence, ("path",), ("serves the path {}", "names no path"), _same_path)


def path_type(statement: Statement, evidence: Evidence) -> Outcome:
    """The type of a path."""
    return _of_paths(statement, evidence, ("pathType",), ("has the pathType {}", "sets no pathType"))


def _of_paths(
    statement: Statement, evidence: Evidence, steps: Route, words: tuple[str, str], same: Same = same_shown
) -> Outcome:
    ingress = resource_of(statement, evidence)
    if ingress is None:
        return absent(statement, evidence)
    found = [
        Spot(value, field(ingress, *entry.route, *steps))
        for entry in _meant(statement, ingress)
        if (value := at(entry.value, steps)) is not None
    ]
    return _decide(statement, ingress, found, words, same)


def backend_service(statement: Statement, evidence: Evidence) -> Outcome:
    """The Service behind a path, under the name that the chart gives to it.

    Where the document has no Service of that name, ``web`` may be no more than a part of one: ``shop-web``.
    """

    def same(stated: str, found: Json) -> bool:
        part = not evidence.model.about(Kind.SERVICE, stated) and contains(show(found), stated)
        return part or evidence.pairing.same_name(Kind.SERVICE, stated, show(found))

    steps = ("backend", "service", "name")
    outcome = _of_paths(statement, evidence, steps, ("sends traffic to the Service {}", "names no Service"), same)
    return _broken(statement, evidence, outcome) or outcome


def _broken(statement: Statement, evidence: Evidence, outcome: Outcome) -> Outcome | None:
    """A backend that uses the document's name of a Service that is rendered under another one leads nowhere."""
    renamed = evidence.pairing.renamed(Kind.SERVICE).get(statement.value)
    target = outcome.target
    if outcome.diverges or renamed is None or target is None or target.resource is None:
        return None
    if target.resource.get(*target.route) != statement.value or evidence.resources.find("Service", statement.value):
        return None
    message = f"{target.resource.ref} names Service {statement.value}, which is rendered under the name {renamed}"
    return Outcome(
        statement, violated(statement, message, renamed, target).verdict, message, renamed, target, "", True
    )


def backend_port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port of the Service behind a path, by its number or by the name that the Service gives to it."""
    ingress = resource_of(statement, evidence)
    if ingress is None:
        return absent(statement, evidence)
    found = []
    for entry in _meant(statement, ingress):
        service = text_at(entry.value, ("backend", "service", "name")) or ""
        for key in ("number", "name"):
            value = at(entry.value, ("backend", "service", "port", key))
            if value is not None:
                spot_place = field(ingress, *entry.route, "backend", "service", "port", key)
                found.append(Spot(_number(service, value, statement, evidence), spot_place))
    return _decide(statement, ingress, found, ("sends traffic to port {}", "names no port"))


def _number(service: str, value: Json, statement: Statement, evidence: Evidence) -> Json:
    """A port of a Service as the statement has it: by its number, or by the name that the Service gives to it."""
    resource = evidence.resources.find("Service", service)
    by_name, stated_number = isinstance(value, str), statement.value.isdigit()
    if by_name == stated_number and resource is not None:
        for port in items_at(dict(resource.value), ("spec", "ports")):
            if at(port, ("name" if by_name else "port",)) == value:
                return at(port, ("port" if by_name else "name",)) or value
    return value


def ingress_class(statement: Statement, evidence: Evidence) -> Outcome:
    """``ingressClassName``, or the annotation that stood for it before Kubernetes 1.18."""
    ingress = resource_of(statement, evidence)
    if ingress is None:
        return absent(statement, evidence)
    routes: tuple[Route, ...] = (
        ("spec", "ingressClassName"),
        ("metadata", "annotations", "kubernetes.io/ingress.class"),
    )
    found = [Spot(value, field(ingress, *route)) for route in routes if (value := ingress.get(*route)) is not None]
    return _decide(statement, ingress, found, ("has the class {}", "sets no class"))


def tls(statement: Statement, evidence: Evidence) -> Outcome:
    """Whether connections are encrypted, or the Secret that holds the certificate."""
    ingress = resource_of(statement, evidence)
    if ingress is None:
        return absent(statement, evidence)
    entries = items_at(dict(ingress.value), ("spec", "tls"))
    stated = statement.value.lower()
    if stated in ("true", "false", "yes", "no", "enabled", "disabled", ""):
        wanted = stated in ("true", "yes", "enabled", "")
        if wanted == bool(entries):
            return holds(statement, field(ingress, "spec", "tls"))
        message = (
            f"{ingress.ref} has {'a' if entries else 'no'} certificate; the document says {stated or 'it has one'}"
        )
        return violated(statement, message, bool(entries), field(ingress, "spec", "tls"))
    found = [
        Spot(name, field(ingress, "spec", "tls", number, "secretName"))
        for number, entry in enumerate(entries)
        if (name := mapping_at(entry).get("secretName")) is not None
    ]
    return _decide(statement, ingress, found, ("takes its certificate from the Secret {}", "has no certificate"))
