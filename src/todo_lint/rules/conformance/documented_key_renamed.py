"""A ConfigMap or Secret spells a documented key otherwise.

What it finds
    A documented ConfigMap or Secret has a key that differs from the stated one only in case or separators.

Why it matters
    Environment variables and mounted files bear the name of the key: database-url is not database_url.

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
    data:
      JWT-SECRET: ZHVtbXk=  # <-- here
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
SEVERITY = Severity.WARNING


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    if divergence.primary.verdict is Verdict.RENAMED and not divergence.primary.entity:
        yield defect_of(divergence, context, "spell the key as the document does, or change the document")
