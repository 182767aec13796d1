"""Which profile is which environment: ``ci/prod-values.yaml`` is what a document calls production."""

from __future__ import annotations

from todo_lint.model.naming import words

_SAME = (
    frozenset({"production", "prod", "prd", "live"}),
    frozenset({"staging", "stage", "stg", "preprod", "preproduction", "uat"}),
    frozenset({"development", "dev", "develop", "local"}),
    frozenset({"testing", "test", "qa"}),
)


def is_environment(environment: str, *names: str) -> bool:
    """Whether one of the names (of a profile, of its values files) speaks of an environment."""
    wanted = set(words(environment))
    for group in _SAME:
        if wanted & group:
            wanted |= group
    return any(wanted & set(words(name)) for name in names)
