"""Types and ports of the documented Services."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers, pod_labels
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at
from todo_lint.model.checks.common import Field, Inside, absent, check_field, resource_of
from todo_lint.model.deciding import Found, Spot, decide, spots
from todo_lint.model.equality import same_shown
from todo_lint.model.evidence import Evidence, field, show
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Statement


def service_type(statement: Statement, evidence: Evidence) -> Outcome:
    """``spec.type``; Kubernetes fills in ClusterIP where it is left out (v1 ServiceSpec). A document may call a
    Service without a cluster IP Headless."""
    resource = resource_of(statement, evidence)
    default: Json = "ClusterIP"
    if resource is not None and statement.value.lower() == "headless" and _is_headless(resource):
        default = statement.value
    wanted = Field(("spec", "type"), "has the type {}", "sets no type", default)
    if default != "ClusterIP":
        wanted = Field(("spec", "clusterIP"), "has the clusterIP {}", "has a cluster IP", None, lambda _, found: True)
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def _is_headless(service: Resource) -> bool:
    return service.get("spec", "clusterIP") == "None"


def cluster_ip(statement: Statement, evidence: Evidence) -> Outcome:
    """``spec.clusterIP``: ``None`` for a headless Service."""
    resource = resource_of(statement, evidence)
    wanted = Field(("spec", "clusterIP"), "has the clusterIP {}", "sets no clusterIP")
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port on which the Service listens."""
    return _port(statement, evidence, "port", "listens on port {}")


def node_port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port on every node."""
    return _port(statement, evidence, "nodePort", "has the node port {}")


def protocol(statement: Statement, evidence: Evidence) -> Outcome:
    """The protocol of the ports; TCP where it is left out (v1 ServicePort)."""
    return _port(statement, evidence, "protocol", "has the protocol {}", "TCP")


def _port(statement: Statement, evidence: Evidence, key: str, says: str, default: Json = None) -> Outcome:
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    numbers = _entries_for(statement, evidence, resource) if key != "port" else range(len(_ports(resource)))
    written = spots(
        (default if value is None else value, field(resource, "spec", "ports", number, key))
        for number in numbers
        for value in (at(_ports(resource)[number], (key,)),)
    )
    place = field(resource, "spec", "ports", 0, key)
    return decide(statement, Found(written, f"{resource.ref} {says}", f"{resource.ref} sets no {key}", place))


def target_port(statement: Statement, evidence: Evidence) -> Outcome:
    """The port of the pods; a name is looked up among the ports of the pods that the Service selects.

    A targetPort that is left out is the port itself (v1 ServicePort).
    """
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    found: list[Spot] = []
    for number in _entries_for(statement, evidence, resource):
        written = resource.get("spec", "ports", number, "targetPort")
        actual = resource.get("spec", "ports", number, "port") if written is None else written
        found.append(Spot(actual, field(resource, "spec", "ports", number, "targetPort")))
    says = f"{resource.ref} sends traffic to port {{}}"
    place = field(resource, "spec", "ports", 0, "targetPort")

    def same(stated: str, value: Json) -> bool:
        numbers = set(_numbers(resource, value, evidence)) or {show(value)}
        return same_shown(stated, value) or bool(numbers & {stated, *_numbers(resource, stated, evidence)})

    answer = Found(tuple(found), says, f"{resource.ref} sends traffic to no port", place)
    return decide(statement, answer, same, evidence)


def _entries_for(statement: Statement, evidence: Evidence, resource: Resource) -> list[int]:
    """Which port entries a statement speaks of: the named one, or those with the port of its own line, else all."""
    entries = _ports(resource)
    if statement.part:
        named = [number for number, entry in enumerate(entries) if at(entry, ("name",)) == statement.part]
        named += [number for number, entry in enumerate(entries) if show(at(entry, ("port",))) == statement.part]
        if named:
            return named
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
