"""A ConfigMap or Secret lacks a key that the document names.

What it finds
    A documented ConfigMap or Secret is rendered without a stated key. Only the keys of a Secret are looked at, never
    its values.

Why it matters
    The application looks for a setting that is not there.

Bad
    -- data-model.md --
    ### Configurations
    - **web-secrets Secret**
      - jwt_secret: [encrypted]
      - api_key: [encrypted]
    -- manifest.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-secrets
    data:  # <-- here
      token: ZHVtbXk=
      api_key: ZHVtbXk=

Good
    -- data-model.md --
    ### Configurations
    - **web-secrets Secret**
      - jwt_secret: [encrypted]
      - api_key: [encrypted]
    -- manifest.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web-secrets
    data:
      jwt_secret: ZHVtbXk=
      api_key: ZHVtbXk=
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, Verdict
from todo_lint.model.divergence import Divergence
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if (
        statement.attribute.startswith("data.")
        and divergence.primary.verdict is Verdict.MISSING
        and not divergence.primary.entity
    ):
        yield defect_of(divergence, context, "add the key, or change the document")
