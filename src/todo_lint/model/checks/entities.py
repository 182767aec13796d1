"""Does the chart render the entity that the document names, under that name?"""

from __future__ import annotations

from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import Resource, mapping_at, text_at
from todo_lint.model.evidence import Evidence, entity_missing, field, holds, missing, renamed, violated
from todo_lint.model.images import repository
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Kind, Statement


def name(statement: Statement, evidence: Evidence) -> Outcome:
    """A Deployment, Service, ConfigMap or Secret of that name is rendered."""
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    if resource.ref.name == statement.value:
        return holds(statement)
    message = f"{statement.subject} is rendered under the name {resource.ref.name}"
    target = field(resource, "metadata", "name")
    return renamed(statement, message, resource.ref.name, target, entity=statement.subject)


def namespace(statement: Statement, evidence: Evidence) -> Outcome:
    """The resource is rendered into that namespace (its own, else the release's)."""
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return entity_missing(statement)
    actual = resource.ref.namespace or evidence.namespace
    if actual == statement.value:
        return holds(statement)
    message = f"{resource.ref} is in the namespace {actual}; the document says {statement.value}"
    return violated(statement, message, actual, field(resource, "metadata", "namespace"))


def image_used(statement: Statement, evidence: Evidence) -> Outcome:
    """Some container runs an image of that repository."""
    for resource in evidence.resources.resources:
        for _, container in containers(resource):
            if repository(text_at(container, ("image",)) or "") == repository(statement.value):
                return holds(statement)
    user = _documented_user(statement.name, evidence)
    if user is None:
        return missing(statement, f"no container runs the image {statement.value}", entity=statement.subject)
    for route, container in containers(user):
        actual = text_at(container, ("image",)) or ""
        message = f"{user.ref} runs the image {actual}; the document says {statement.value}"
        return violated(statement, message, actual, field(user, *route, "image"))
    message = f"{user.ref} has no container to run the image {statement.value}"
    return missing(statement, message, field(user, "spec"), entity=statement.subject)


def _documented_user(image: str, evidence: Evidence) -> Resource | None:
    """The resource of the Deployment that, by the document, runs an image."""
    for stated in evidence.model.stated(Kind.DEPLOYMENT, Attribute.IMAGE):
        if repository(stated.value) == repository(image):
            return evidence.pairing.of(Kind.DEPLOYMENT, stated.name)
    return None


def image_port(statement: Statement, evidence: Evidence) -> Outcome:
    """A container that runs the image declares that port."""
    from todo_lint.model.checks.workloads import container_port_of

    for resource in evidence.resources.resources:
        for route, container in containers(resource):
            if repository(text_at(container, ("image",)) or "") == repository(statement.name):
                return container_port_of(statement, resource, route, mapping_at(container))
    user = _documented_user(statement.name, evidence)
    if user is None:
        message = f"no container runs the image {statement.name}"
        return missing(statement, message, entity=statement.subject)
    for route, container in containers(user):
        return container_port_of(statement, user, route, container)
    message = f"{user.ref} has no container that could listen on port {statement.value}"
    return missing(statement, message, entity=statement.subject)
