"""Sizes, access modes and classes of the documented claims and volumes."""

from __future__ import annotations

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import items_at
from todo_lint.model.checks.common import Field, Inside, check_field, resource_of
from todo_lint.model.equality import same_list, same_quantity
from todo_lint.model.evidence import Evidence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Statement

_SHORT = {"RWO": "ReadWriteOnce", "ROX": "ReadOnlyMany", "RWX": "ReadWriteMany", "RWOP": "ReadWriteOncePod"}


def _claim(statement: Statement, evidence: Evidence) -> Inside | None:
    """The claim or volume, or the template of claims inside a StatefulSet."""
    template = evidence.pairing.claims.get((statement.kind, statement.name))
    if template:
        return Inside(*template)
    resource = resource_of(statement, evidence)
    if resource is None:
        return None
    templates = items_at(dict(resource.value), ("spec", "volumeClaimTemplates"))
    return Inside(resource, ("spec", "volumeClaimTemplates", 0)) if templates else Inside(resource)


def size(statement: Statement, evidence: Evidence) -> Outcome:
    """The storage that a claim asks for, or that a volume has."""
    volume = statement.kind == Kind.PERSISTENT_VOLUME
    steps = ("spec", "capacity", "storage") if volume else ("spec", "resources", "requests", "storage")
    says = "has {} of storage" if volume else "asks for {} of storage"
    wanted = Field(steps, says, "sets no size", None, same_quantity)
    return check_field(statement, evidence, _claim(statement, evidence), wanted)


def access_mode(statement: Statement, evidence: Evidence) -> Outcome:
    """One of the access modes; ``RWO`` is ReadWriteOnce."""

    def same(stated: str, found: Json) -> bool:
        modes = found if isinstance(found, list) else [found]
        return _SHORT.get(stated, stated) in modes or same_list(stated, found)

    wanted = Field(("spec", "accessModes"), "has the access modes {}", "sets no access mode", None, same)
    return check_field(statement, evidence, _claim(statement, evidence), wanted)


def storage_class(statement: Statement, evidence: Evidence) -> Outcome:
    """The storage class; the cluster's default where none is set, which a document calls ``default`` or standard."""
    default = statement.value if statement.value.lower() in ("default", "cluster default", "standard") else None
    wanted = Field(("spec", "storageClassName"), "has the storage class {}", "sets no storage class", default)
    return check_field(statement, evidence, _claim(statement, evidence), wanted)


def claim_type(statement: Statement, evidence: Evidence) -> Outcome:
    """``Type: PersistentVolumeClaim``: what the section says already."""
    from todo_lint.model.checks.entities import name

    return name(statement, evidence)
