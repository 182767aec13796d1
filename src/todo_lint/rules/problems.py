"""How the rules about what Kubernetes accepts turn its objections into defects."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.manifests.resources import Resource
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect


def defects_of(rule: str, resource: Resource, context: Context) -> Iterator[Defect]:
    """The objections of one rule to a resource, each at its field."""
    for problem in context.problems_of(resource):
        if problem.rule == rule:
            yield Defect(problem.message, Target(problem.route, resource, on_key=problem.on_key), problem.hint)
