"""Replicas, images, ports, resource budgets and environment of the documented Deployments."""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.model.equality import same_quantity
from todo_lint.model.evidence import Evidence, entity_missing, field, holds, missing, show, violated
from todo_lint.model.images import repository, same_image
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Kind, Statement


def replicas(statement: Statement, evidence: Evidence) -> Outcome:
    """``spec.replicas``; Kubernetes fills in 1 where it is left out (apps/v1 DeploymentSpec)."""
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    written = resource.get("spec", "replicas")
    actual = 1 if written is None else written
    if show(actual) == statement.value:
        return holds(statement)
    number = f"{show(actual)} replica{'' if actual == 1 else 's'}{' by default' if written is None else ''}"
    message = f"{resource.ref} has {number}; the document says {statement.value}"
    return violated(statement, message, actual, field(resource, "spec", "replicas"))


def image(statement: Statement, evidence: Evidence) -> Outcome:
    """The main container's image, with ``latest`` for a tag that is left out."""
    found = _main_container(statement, evidence)
    if found is None:
        return entity_missing(statement)
    resource, route, container = found
    actual = text_at(container, ("image",)) or ""
    if same_image(statement.value, actual):
        return holds(statement)
    message = f"{resource.ref} runs the image {actual or 'nothing'}; the document says {statement.value}"
    return violated(statement, message, actual, field(resource, *route, "image"))


def container_port(statement: Statement, evidence: Evidence) -> Outcome:
    """A container port of the main container."""
    found = _main_container(statement, evidence)
    return container_port_of(statement, *found) if found else entity_missing(statement)


def container_port_of(statement: Statement, resource: Resource, route: Route, container: dict[str, Json]) -> Outcome:
    """Whether a container declares the stated port."""
    declared = [at(port, ("containerPort",)) for port in items_at(container, ("ports",))]
    if statement.value in [show(port) for port in declared]:
        return holds(statement)
    who = f"container {text_at(container, ('name',)) or route[-1]} of {resource.ref}"
    if not declared:
        message = f"{who} declares no port; the document says {statement.value}"
        return missing(statement, message, field(resource, *route, "ports"))
    message = f"{who} listens on port {', '.join(map(show, declared))}; the document says {statement.value}"
    return violated(statement, message, declared, field(resource, *route, "ports", 0, "containerPort"))


def budget(statement: Statement, evidence: Evidence) -> Outcome:
    """A resource request or limit of the main container, compared as a quantity: 0.5 is 500m, 1Gi is 1024Mi."""
    found = _main_container(statement, evidence)
    if found is None:
        return entity_missing(statement)
    resource, route, container = found
    steps = tuple(statement.attribute.split("."))
    actual = at(container, steps)
    what = f"{steps[2]} {steps[1].removesuffix('s')}"
    if actual is None:
        message = f"{resource.ref} sets no {what}; the document says {statement.value}"
        return missing(statement, message, field(resource, *route, *steps))
    if same_quantity(statement.value, actual):
        return holds(statement)
    message = f"{resource.ref} sets the {what} to {show(actual)}; the document says {statement.value}"
    return violated(statement, message, actual, field(resource, *route, *steps))


_SOURCES = {"ConfigMap": ("configMapRef", "configMapKeyRef"), "Secret": ("secretRef", "secretKeyRef")}


def env_sources(statement: Statement, evidence: Evidence) -> Outcome:
    """The main container takes its environment from each kind that the document names (envFrom or valueFrom)."""
    found = _main_container(statement, evidence)
    if found is None:
        return entity_missing(statement)
    resource, route, container = found
    for kind in statement.value.split(","):
        whole, single = _SOURCES[kind]
        taken = any(mapping_at(source, (whole,)) for source in items_at(container, ("envFrom",)))
        taken = taken or any(mapping_at(var, ("valueFrom", single)) for var in items_at(container, ("env",)))
        if not taken:
            message = f"{resource.ref} takes no environment from a {kind}; the document says it does"
            return missing(statement, message, field(resource, *route, "envFrom"))
    return holds(statement)


def _main_container(statement: Statement, evidence: Evidence) -> tuple[Resource, Route, dict[str, Json]] | None:
    """The container that a Deployment's statements describe: the one with the stated image, else the first."""
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return None
    stated = evidence.model.stated(Kind.DEPLOYMENT, Attribute.IMAGE, statement.name)
    wanted = {repository(s.value) for s in stated}
    found = list(containers(resource))
    for route, container in found:
        if repository(text_at(container, ("image",)) or "") in wanted:
            return resource, route, container
    return (resource, *found[0]) if found else (resource, ("spec",), {})
