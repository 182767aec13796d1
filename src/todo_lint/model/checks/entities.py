"""Does the chart render the entity that the document names, under that name?"""

from __future__ import annotations

from todo_lint.model.checks.common import absent, resource_of
from todo_lint.model.evidence import Evidence, field, holds, missing, not_checkable, renamed, unread_with, violated
from todo_lint.model.naming import fits
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Kind, Modality, Statement


def name(statement: Statement, evidence: Evidence) -> Outcome:
    """A resource of that kind and name is rendered."""
    claim = evidence.pairing.claims.get((statement.kind, statement.name))
    if claim:
        return holds(statement, field(claim[0], *claim[1], "metadata", "name"))
    resource = evidence.pairing.of(statement.kind, statement.name)
    if resource is None:
        return _elsewhere(statement, evidence) or absent(statement, evidence)
    target = field(resource, "metadata", "name")
    if resource.ref.kind != statement.kind:
        message = f"{statement.subject} is rendered as {resource.ref}"
        return violated(statement, message, resource.ref.kind, field(resource, "kind"), entity=statement.subject)
    if fits(statement.name, resource.ref.name) or statement.modality is Modality.EXAMPLE:
        return holds(statement, target)
    message = f"{statement.subject} is rendered under the name {resource.ref.name}"
    return renamed(statement, message, resource.ref.name, target, entity=statement.subject)


def _elsewhere(statement: Statement, evidence: Evidence) -> Outcome | None:
    """What is there though the chart does not render it: the namespace of the release, or a namespace of a resource.

    Helm makes no namespace by itself; whoever installs names it.
    """
    if statement.kind != Kind.NAMESPACE:
        return None
    if statement.name == evidence.namespace:
        return holds(statement)
    for resource in evidence.resources.resources:
        if resource.ref.namespace == statement.name:
            return holds(statement, field(resource, "metadata", "namespace"))
    if evidence.namespace_given:
        return None
    return not_checkable(statement, "the namespace is chosen when the chart is installed (--namespace names it)")


def exists(statement: Statement, evidence: Evidence) -> Outcome:
    """Something of that kind, and of that name if one is stated, is rendered."""
    if statement.name and (resource_of(statement, evidence) or _elsewhere(statement, evidence)):
        return name(statement, evidence)
    every = evidence.resources.of_kind(statement.kind)
    if every and (not statement.name or len(statement.name.split()) > 1):
        return holds(statement, Target((), every[0]))
    if every or statement.kind == Kind.SECRET:
        return absent(statement, evidence)
    unread = unread_with(statement, evidence)
    return unread or missing(statement, f"the chart renders no {statement.subject}", entity=statement.subject)


def namespace(statement: Statement, evidence: Evidence) -> Outcome:
    """The resource is rendered into that namespace (its own, else the release's)."""
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    actual = resource.ref.namespace or evidence.namespace
    target = field(resource, "metadata", "namespace")
    if fits(statement.value, actual):
        return holds(statement, target)
    if actual == evidence.namespace and not evidence.namespace_given:
        return not_checkable(statement, "the namespace is chosen when the chart is installed (--namespace names it)")
    message = f"{resource.ref} is in the namespace {actual}; the document says {statement.value}"
    return violated(statement, message, actual, target)
