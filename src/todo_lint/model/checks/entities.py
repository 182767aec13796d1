"""Does the chart render the entity that the document names, under that name?"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.model.checks.common import absent, resource_of
from todo_lint.model.evidence import Evidence, field, holds, missing, not_checkable, renamed, unread_with, violated
from todo_lint.model.naming import fits
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Attribute, Kind, Modality, Statement
from todo_lint.model.urls import service_urls


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
    short = (statement.kind, statement.name) in evidence.pairing.short
    if short or fits(statement.name, resource.ref.name) or statement.modality is Modality.EXAMPLE:
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
    if not statement.name and not statement.environment and evidence.makes(statement.kind):
        return not_checkable(
            statement, f"a template can make the kind {statement.kind}, and does not with these values"
        )
    unread = unread_with(statement, evidence)
    return unread or missing(statement, f"the chart renders no {statement.subject}", entity=statement.subject)


def namespace(statement: Statement, evidence: Evidence) -> Outcome:
    """The resource is rendered into that namespace (its own, else the release's).

    Where nobody has named the release's namespace, a document that speaks of another one may mean where it will be
    installed. An address with a namespace that nothing else in the document speaks of is more likely wrong.
    """
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    actual = resource.ref.namespace or evidence.namespace
    target = field(resource, "metadata", "namespace")
    if fits(statement.value, actual):
        return holds(statement, target)
    if actual == evidence.namespace and not evidence.namespace_given:
        if _is_only_in_an_address(statement, evidence):
            message = f"{resource.ref} is rendered for the namespace {actual}; the address here has {statement.value}"
            return violated(statement, message, actual, None)
        return not_checkable(statement, "the namespace is chosen when the chart is installed (--namespace names it)")
    message = f"{resource.ref} is in the namespace {actual}; the document says {statement.value}"
    return violated(statement, message, actual, target)


def _is_only_in_an_address(statement: Statement, evidence: Evidence) -> bool:
    """Whether a namespace is stated as part of an address, and on no other line of the document."""
    if not any(url.namespace == statement.value for url in service_urls(statement.text)):
        return False
    return not any(other.line != statement.line and _speaks_of(other, statement.value) for other in _stated(evidence))


def _stated(evidence: Evidence) -> Iterator[Statement]:
    return (statement for statement in evidence.model.statements if statement.understood)


def _speaks_of(statement: Statement, namespace: str) -> bool:
    """Whether a statement names a namespace: as an entity, of a resource, in the values or in an address."""
    if statement.kind == Kind.NAMESPACE:
        return namespace in (statement.name, statement.value)
    if namespace == statement.value:
        key = statement.attribute.rpartition(".")[2] if statement.kind == Kind.VALUES else statement.attribute
        return key.lower() == Attribute.NAMESPACE
    return any(url.namespace == namespace for url in service_urls(statement.value))
