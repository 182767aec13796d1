"""Types, ports and selectors of the documented Services."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers, pod_labels
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at
from todo_lint.model.evidence import Evidence, entity_missing, field, holds, missing, show, violated
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Statement


def service_type(statement: Statement, evidence: Evidence) -> Outcome:
    """``spec.type``; Kubernetes fills in ClusterIP where it is left out (v1 ServiceSpec)."""
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    actual = resource.get("spec", "type") or "ClusterIP"
    if actual == statement.value:
        return holds(statement)
    message = f"{resource.ref} has the type {show(actual)}; the document says {statement.value}"
    return violated(statement, message, actual, field(resource, "spec", "type"))


def port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port on which the Service listens."""
    return _port(statement, evidence, "port", "listens on port")


def node_port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port on every node."""
    return _port(statement, evidence, "nodePort", "has the node port")


def _port(statement: Statement, evidence: Evidence, key: str, verb: str) -> Outcome:
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    written = [(number, at(entry, (key,))) for number, entry in enumerate(_ports(resource))]
    found = [(number, value) for number, value in written if value is not None]
    if statement.value in [show(value) for _, value in found]:
        return holds(statement)
    if not found:
        message = f"{resource.ref} sets no {key}; the document says {statement.value}"
        return missing(statement, message, field(resource, "spec", "ports", 0, key))
    actual: list[Json] = [value for _, value in found]
    message = f"{resource.ref} {verb} {', '.join(map(show, actual))}; the document says {statement.value}"
    return violated(statement, message, actual, field(resource, "spec", "ports", found[0][0], key))


def target_port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port of the pods; a name is looked up among the ports of the pods that the Service selects.

    A targetPort that is left out is the port itself (v1 ServicePort).
    """
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    found: list[Json] = []
    numbers = _entries_for(statement, evidence, _ports(resource))
    for number in numbers:
        written = resource.get("spec", "ports", number, "targetPort")
        actual = resource.get("spec", "ports", number, "port") if written is None else written
        if statement.value in {show(actual), *_numbers(resource, actual, evidence)}:
            return holds(statement)
        found.append(actual)
    target = field(resource, "spec", "ports", numbers[0] if numbers else 0, "targetPort")
    message = f"{resource.ref} sends traffic to port {', '.join(map(show, found)) or 'nothing'}"
    return violated(statement, f"{message}; the document says {statement.value}", found, target)


def _entries_for(statement: Statement, evidence: Evidence, entries: list[Json]) -> list[int]:
    """Which port entries the statement's own line speaks of: those with the port it states, else all."""
    stated = {
        s.value
        for s in evidence.model.stated(statement.kind, Attribute.PORT, statement.name)
        if s.line == statement.line
    }
    matching = [number for number, entry in enumerate(entries) if show(at(entry, ("port",))) in stated]
    return matching or list(range(len(entries)))


def _ports(resource: Resource) -> list[Json]:
    return items_at(dict(resource.value), ("spec", "ports"))


def _numbers(service: Resource, name: Json, evidence: Evidence) -> Iterator[str]:
    """The numbers that a named port has in the pods selected by a Service."""
    if not isinstance(name, str):
        return
    for workload in selected(service, evidence):
        for _, container in containers(workload):
            for declared in items_at(container, ("ports",)):
                if at(declared, ("name",)) == name:
                    yield show(at(declared, ("containerPort",)))


def selected(service: Resource, evidence: Evidence) -> Iterator[Resource]:
    """The workloads whose pods carry every label of a Service's selector."""
    wanted = mapping_at(dict(service.value), ("spec", "selector"))
    for resource in evidence.resources.resources:
        labels = pod_labels(resource)
        if wanted and labels and wanted.items() <= labels.items():
            yield resource


def selector(statement: Statement, evidence: Evidence) -> Outcome:
    """The Service selects by the stated labels; further labels only narrow it and are no contradiction."""
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    actual = mapping_at(dict(resource.value), ("spec", "selector"))
    for pair in statement.value.split(","):
        key, _, value = pair.partition("=")
        if show(actual.get(key)) != value:
            found = ",".join(f"{label}={show(actual[label])}" for label in sorted(actual)) or "nothing"
            message = f"{resource.ref} selects {found}; the document says {statement.value}"
            return violated(statement, message, actual, field(resource, "spec", "selector", key))
    return holds(statement)
