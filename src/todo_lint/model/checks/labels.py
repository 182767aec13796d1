"""Labels and annotations of resources and of pods."""

from __future__ import annotations

from todo_lint.model.checks.common import Field, Inside, check_field, pod_of, resource_of
from todo_lint.model.evidence import Evidence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Prefix, Statement


def label(statement: Statement, evidence: Evidence) -> Outcome:
    """A label in a resource's metadata."""
    return _metadata(statement, evidence, Prefix.LABEL, "label")


def annotation(statement: Statement, evidence: Evidence) -> Outcome:
    """An annotation in a resource's metadata, or of its pods."""
    return _metadata(statement, evidence, Prefix.ANNOTATION, "annotation")


def _metadata(statement: Statement, evidence: Evidence, prefix: str, word: str) -> Outcome:
    resource = resource_of(statement, evidence)
    pod = pod_of(statement, evidence)
    key = statement.attribute.removeprefix(prefix)
    wanted = Field(("metadata", f"{word}s", key), f"has the {word} {key}={{}}", f"has no {word} {key}")
    own = check_field(statement, evidence, Inside(resource) if resource else None, wanted)
    if own.diverges and pod is not None and pod.route:
        of_pods = check_field(statement, evidence, pod, wanted)
        return own if of_pods.diverges else of_pods
    return own


def pod_label(statement: Statement, evidence: Evidence) -> Outcome:
    """A label of a workload's pods."""
    key = statement.attribute.removeprefix(Prefix.POD_LABEL)
    wanted = Field(
        ("metadata", "labels", key), f"gives its pods the label {key}={{}}", f"gives its pods no label {key}"
    )
    return check_field(statement, evidence, pod_of(statement, evidence), wanted)
