"""Keys and values of the documented ConfigMaps and Secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.helm.secrets import SECRET_NAME, SHORTEST
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.model.checks.common import absent, resource_of
from todo_lint.model.deciding import expected, matches
from todo_lint.model.equality import normalised_key, same_text
from todo_lint.model.evidence import (
    Evidence,
    belongs_to,
    field,
    holds,
    missing,
    not_checkable,
    renamed,
    show,
    unread_file,
    violated,
)
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Kind, Modality, Prefix, Statement
from todo_lint.model.urls import ServiceUrl, service_urls
from todo_lint.records import replace


def config_map_key(statement: Statement, evidence: Evidence) -> Outcome:
    """A ConfigMap has the key with the stated value."""
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    key = statement.attribute.removeprefix(Prefix.DATA)
    data = mapping_at(dict(resource.value), ("data",))
    if key not in data:
        return _other_key(statement, evidence, resource, key, ("data", "binaryData"))
    actual = show(data[key])
    target = field(resource, "data", key)
    if statement.modality is Modality.EXAMPLE or matches(statement, actual, _same):
        return _reachable(statement, evidence, resource, target)
    service = _renamed_service(statement.value, actual, evidence)
    if service:
        message = f"{key} of {resource.ref} names the Service by its rendered name {service[1]}"
        return renamed(statement, message, actual, target, entity=f"Service {service[0]}")
    message = f"{key} of {resource.ref} is {_quoted(actual)}; the document says {_quoted(expected(statement))}"
    return violated(statement, message, actual, target)


def _same(stated: str, found: Json) -> bool:
    """Letter by letter, but for blanks at the ends of a text of several lines."""
    text = show(found)
    return same_text(stated, text) or ("\n" in text and stated.split() == text.split())


def _reachable(statement: Statement, evidence: Evidence, resource: Resource, target: Target) -> Outcome:
    """A stated URL whose host is a documented Service must lead to it: under that name, on one of its ports."""
    key = statement.attribute.removeprefix(Prefix.DATA)
    for url in service_urls(statement.value):
        if any(s.kind == Kind.SERVICE and s.name == url.name for s in evidence.model.statements):
            outcome = unreached(statement, evidence, url, f"{key} of {resource.ref}", target)
            if outcome is not None:
                return outcome
    return holds(statement, target)


def unreached(statement: Statement, evidence: Evidence, url: ServiceUrl, who: str, target: Target) -> Outcome | None:
    """What keeps an address with the name of a documented Service from reaching it; None where nothing does."""
    subject = f"Service {url.name}"
    service = evidence.pairing.of(Kind.SERVICE, url.name)
    if service is None and (belongs_to(url.name, evidence) or unread_file(Kind.SERVICE, url.name, evidence)):
        return None  # a chart beside this one renders it, or a template that cannot be read
    if service is None:
        return missing(statement, f"{who} names {subject}, which is not rendered", entity=subject)
    if service.ref.name != url.name and evidence.resources.find("Service", url.name) is None:
        message = f"{who} names {subject}, which is rendered under the name {service.ref.name}"
        return replace(violated(statement, message, service.ref.name, target), unreachable=True)
    ports = [show(at(port, ("port",))) for port in items_at(dict(service.value), ("spec", "ports"))]
    if url.port and url.port not in ports:
        message = f"{who} names port {url.port}; {service.ref} listens on {', '.join(ports) or 'no port'}"
        place = field(service, "spec", "ports", 0, "port")
        return replace(violated(statement, message, ", ".join(ports), place), unreachable=True)
    return None


def _quoted(text: str) -> str:
    return text if text == '""' else f"'{text}'"


def _renamed_service(stated: str, actual: str, evidence: Evidence) -> tuple[str, str] | None:
    """The documented Service and its rendered name, if a value differs from the stated one by that name only."""
    for name, rendered in evidence.pairing.renamed(Kind.SERVICE).items():
        parts = re.split(rf"(?<![\w-]){re.escape(name)}(?![\w-])", stated)
        if len(parts) > 1 and rendered.join(parts) == actual:
            return name, rendered
    return None


def secret_key(statement: Statement, evidence: Evidence) -> Outcome:
    """A Secret has the key; its value is nobody's business."""
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    key = statement.attribute.removeprefix(Prefix.DATA)
    for place in ("data", "stringData"):
        if key in mapping_at(dict(resource.value), (place,)):
            return holds(statement, field(resource, place, key, on_key=True))
    return _other_key(statement, evidence, resource, key, ("data", "stringData"))


def _other_key(
    statement: Statement, evidence: Evidence, resource: Resource, key: str, places: tuple[str, ...]
) -> Outcome:
    """The key is not there: under a near spelling it is renamed, else missing."""
    there = [(place, found) for place in places for found in mapping_at(dict(resource.value), (place,))]
    for place, found in there:
        if normalised_key(found) == normalised_key(key):
            message = f"{resource.ref} spells the key {key} as {found}"
            return renamed(statement, message, found, field(resource, place, found, on_key=True))
    used = next((found for found in _keys_of_variable(key, resource, evidence)), "")
    place = next((place for place, found in there if found == used), "")
    if used and place:
        message = f"{resource.ref} has the variable {key} under the key {used}"
        return renamed(statement, message, used, field(resource, place, used, on_key=True))
    if statement.modality is Modality.EXAMPLE:
        return not_checkable(statement, f"an example, of a key that {resource.ref} does not have")
    unstated = [found for _, found in there if not _stated(found, statement, evidence)]
    others = f"; it has {', '.join(unstated)}, which the document does not state" if 0 < len(unstated) <= 5 else ""
    message = f"{resource.ref} lacks the key {key}{others}"
    return missing(statement, message, field(resource, places[0], on_key=True))


def _keys_of_variable(name: str, holder: Resource, evidence: Evidence) -> Iterator[str]:
    """The keys of a ConfigMap or Secret that pods take as the variable of a name."""
    of = "secretKeyRef" if holder.ref.kind == Kind.SECRET else "configMapKeyRef"
    for resource in evidence.resources.resources:
        for _, container in containers(resource):
            for variable in items_at(container, ("env",)):
                reference = mapping_at(variable, ("valueFrom", of))
                if text_at(variable, ("name",)) == name and reference.get("name") == holder.ref.name:
                    yield str(reference.get("key"))


def _stated(key: str, statement: Statement, evidence: Evidence) -> bool:
    return evidence.model.has(statement.kind, statement.name, f"{Prefix.DATA}{key}")


def sensitive_data(statement: Statement, evidence: Evidence) -> Outcome:
    """Secrets stand in no ConfigMap and in no literal env value: the keys that the document keeps in Secrets, and
    what is named like a secret beyond doubt, unless the document itself states that it stands there."""
    keys = [
        (s.kind == Kind.SECRET, normalised_key(s.attribute.removeprefix(prefix)))
        for s in evidence.model.statements
        for prefix in (Prefix.DATA, Prefix.ENV)
        if s.attribute.startswith(prefix)
    ]
    kept = {key for secret, key in keys if secret}
    open_ = {key for secret, key in keys if not secret} - kept
    for resource in evidence.resources.resources:
        for name, value, route in _in_clear(resource):
            if normalised_key(name) in kept:
                message = f"{resource.ref} holds {name} in the clear; the document keeps it in a Secret"
            elif SECRET_NAME.search(name) and normalised_key(name) not in open_ and _may_be_secret(value):
                message = f"{resource.ref} holds {name} in the clear; the document keeps sensitive data in Secrets"
            else:
                continue
            return violated(statement, message, name, field(resource, *route, on_key=True))
    return holds(statement)


def _may_be_secret(value: str | None) -> bool:
    """Whether a value may be a secret itself: no other variable's (``$(NAME)``), no path of a file that holds it, and
    more than that there is none. None is one that stands in a ConfigMap."""
    told = ("true", "false", "none", "null")
    return value is None or (
        len(value) >= SHORTEST and value.lower() not in told and not value.startswith(("$(", "/"))
    )


def _in_clear(resource: Resource) -> Iterator[tuple[str, str | None, Route]]:
    """The keys of a ConfigMap and the variables that come from no Secret: name, value and where it stands."""
    if resource.ref.kind == "ConfigMap":
        for place in ("data", "binaryData"):
            for key, value in mapping_at(dict(resource.value), (place,)).items():
                yield key, value if isinstance(value, str) else "", (place, key)
    for route, container in containers(resource):
        for number, variable in enumerate(items_at(container, ("env",))):
            if not _from_secret(variable):
                source = mapping_at(variable, ("valueFrom",))
                value = None if source else text_at(variable, ("value",)) or ""
                yield text_at(variable, ("name",)) or "", value, (*route, "env", number, "name")


def _from_secret(variable: Json) -> bool:
    source = mapping_at(variable, ("valueFrom",))
    return bool(source) and "configMapKeyRef" not in source and not at(variable, ("value",))
