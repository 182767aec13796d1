"""How the rules about what Kubernetes accepts turn its objections into defects."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.resources import Resource
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect


def defects_of(rule: str, resource: Resource, context: Context) -> Iterator[Defect]:
    """The objections of one rule to a resource, each at its field; a warning where a create takes the object."""
    for problem in context.problems_of(resource):
        if problem.rule == rule:
            severity = None if problem.refused else Severity.WARNING
            place = Target(problem.route, resource, on_key=problem.on_key)
            yield Defect(problem.message, place, problem.hint, severity=severity, kubernetes=problem.kubernetes)
