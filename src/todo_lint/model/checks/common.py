"""What several checks share: the resource, container or claim that a statement is about."""

from __future__ import annotations

from todo_lint.findings import Route, Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers, pod_route
from todo_lint.manifests.resources import Resource, at, items_at, text_at
from todo_lint.model.deciding import Found, Same, Spot, decide
from todo_lint.model.equality import normalised_key, same_value
from todo_lint.model.evidence import Evidence, entity_missing, field, not_checkable, unread_with
from todo_lint.model.images import repository
from todo_lint.model.naming import akin
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Kind, Modality, Statement
from todo_lint.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Inside:
    """A part of a resource: a container, the pod, or the resource itself where ``route`` is empty."""

    resource: Resource
    route: Route = ()

    @property
    def value(self) -> Json:
        """The part itself."""
        return at(dict(self.resource.value), self.route)

    @property
    def name(self) -> str:
        """How messages call the resource."""
        return str(self.resource.ref)

    def spot(self, *steps: str | int) -> Spot | None:
        """The value at a route below the part, with its place; None where nothing stands there."""
        value = at(self.value, steps)
        return None if value is None else Spot(value, field(self.resource, *self.route, *steps))


def absent(statement: Statement, evidence: Evidence) -> Outcome:
    """The outcome for what a statement says of an entity that is not rendered.

    What the document says is made outside is nothing that the chart lacks, and a Secret that rendered workloads
    refer to by the stated name is made outside as well: nothing here shows either.
    """
    unread = unread_with(statement, evidence)
    if unread is not None:
        return unread
    if statement.modality is Modality.OUTSIDE:
        reason = f"{statement.subject} is made outside the chart, as the document says"
        return not_checkable(statement, reason, statement.subject)
    if statement.kind == Kind.SECRET and statement.name in _secrets_used(evidence):
        return not_checkable(
            statement,
            f"{statement.subject} is used and not rendered: it is made outside the chart",
            statement.subject,
        )
    if statement.kind == Kind.NAMESPACE and (not evidence.namespace_given or statement.name == evidence.namespace):
        reason = "the namespace is chosen when the chart is installed (--namespace names it)"
        return not_checkable(statement, reason, statement.subject)
    if not statement.name and statement.kind in _ON_DEMAND and evidence.makes(statement.kind):
        reason = f"a template can make the kind {statement.kind}, and does not with these values"
        return not_checkable(statement, reason, statement.subject)
    if not statement.name and (statement.kind == Kind.SECRET or evidence.resources.of_kind(statement.kind)):
        return _ambiguous(statement, evidence)
    if statement.modality is Modality.EXAMPLE:
        return not_checkable(
            statement, f"{statement.subject} is an example, and the chart renders another", statement.subject
        )
    return entity_missing(statement, evidence)


_ON_DEMAND = (
    Kind.INGRESS,
    Kind.HORIZONTAL_POD_AUTOSCALER,
    Kind.POD_DISRUPTION_BUDGET,
    Kind.NETWORK_POLICY,
)
"""Kinds that charts make on demand: what is said of one without a name need not be there by default."""


def _ambiguous(statement: Statement, evidence: Evidence) -> Outcome:
    """The outcome for what is said of an entity without a name that could be several resources: told once."""
    first = next(s for s in evidence.model.statements if s.kind == statement.kind and not s.name and s.understood)
    names = [resource.ref.name for resource in evidence.resources.of_kind(statement.kind)]
    if statement is not first or statement.later or not names:
        return not_checkable(statement, f"the document does not say which {statement.kind} this is about")
    rendered = ", ".join(names[:_NAMES_SHOWN]) + (", ..." if len(names) > _NAMES_SHOWN else "")
    hint = f"the chart renders {rendered}: say which {statement.kind} is meant: 'Name: ...', or in the heading"
    return Outcome(replace(statement, hint=hint), Verdict.NOT_UNDERSTOOD)


_NAMES_SHOWN = 4


def _secrets_used(evidence: Evidence) -> set[str]:
    """The names of the Secrets from which rendered pods take variables or files."""
    used: set[str] = set()
    for resource in evidence.resources.resources:
        for _, container in containers(resource):
            for source in items_at(container, ("envFrom",)):
                used.add(text_at(source, ("secretRef", "name")) or "")
            for variable in items_at(container, ("env",)):
                used.add(text_at(variable, ("valueFrom", "secretKeyRef", "name")) or "")
        route = pod_route(resource)
        if route is not None:
            for volume in items_at(dict(resource.value), (*route, "spec", "volumes")):
                used.add(text_at(volume, ("secret", "secretName")) or "")
    return used - {""}


def resource_of(statement: Statement, evidence: Evidence) -> Resource | None:
    """The resource that plays the part of a statement's subject.

    A statement without a name is about the only resource of its kind, or the only one that fits what else is stated.
    """
    return evidence.pairing.of(statement.kind, statement.name)


def container_of(statement: Statement, evidence: Evidence) -> Inside | None:
    """The container that a workload's statement describes.

    The one that the statement names, else the one with the image stated for the workload, else one whose name is
    akin to the workload's, else the first. A workload without any is described itself.
    """
    resource = resource_of(statement, evidence)
    if resource is None:
        return None
    found = list(containers(resource))
    if not found:
        return Inside(resource, ("spec",))
    part = normalised_key(statement.part)
    by_name = [route for route, c in found if part and normalised_key(text_at(c, ("name",)) or "") == part]
    wanted = {
        repository(s.value)
        for s in evidence.model.statements
        if (s.kind, s.name) == (statement.kind, statement.name)
        and s.attribute in (Attribute.IMAGE, Attribute.IMAGE_REPOSITORY)
        and (not statement.part or s.part in ("", statement.part))
    }
    by_image = [route for route, c in found if repository(text_at(c, ("image",)) or "") in wanted]
    by_words = [route for route, c in found if akin(text_at(c, ("name",)) or "", statement.name)]
    return Inside(resource, (*by_name, *by_image, *by_words, found[0][0])[0])


def pod_of(statement: Statement, evidence: Evidence) -> Inside | None:
    """What holds the pod's metadata and spec in a workload; None where the entity is not rendered."""
    resource = resource_of(statement, evidence)
    if resource is None:
        return None
    route = pod_route(resource)
    return Inside(resource, route if route is not None else ())


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a statement fixes, and how messages speak of it.

    ``says`` holds ``{}`` for the value; ``default`` is what Kubernetes fills in where the field is left out.
    """

    route: Route
    says: str
    lacks: str
    default: Json = None
    same: Same = same_value


def check_field(statement: Statement, evidence: Evidence, inside: Inside | None, wanted: Field) -> Outcome:
    """Hold a statement against one field of a part of its entity."""
    if inside is None:
        return absent(statement, evidence)
    spot = inside.spot(*wanted.route)
    place = field(inside.resource, *inside.route, *wanted.route)
    if spot is None and wanted.default is not None:
        spot = Spot(wanted.default, place)
    found = Found((spot,) if spot else (), f"{inside.name} {wanted.says}", f"{inside.name} {wanted.lacks}", place)
    return decide(statement, found, wanted.same, evidence)
