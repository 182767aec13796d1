"""A ConfigMap holds another value than the document states.

What it finds
    The value of a documented key of a ConfigMap is not the stated one, letter by letter.

Why it matters
    The application runs with another setting than the one that was agreed on.

Bad
    -- data-model.md --
    ### Configurations
    - **web-config ConfigMap**
      - log_level: info
      - api_url: http://api:8000
    -- manifest.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      log_level: debug  # <-- here
      api_url: http://api:8000

Good
    -- data-model.md --
    ### Configurations
    - **web-config ConfigMap**
      - log_level: info
      - api_url: http://api:8000
    -- manifest.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-config
    data:
      log_level: "info"
      api_url: http://api:8000
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, Verdict
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Kind
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if (
        statement.kind == Kind.CONFIG_MAP
        and statement.attribute.startswith("data.")
        and divergence.primary.verdict is Verdict.VIOLATED
        and not divergence.primary.unreachable
    ):
        yield defect_of(divergence, context, "set the stated value, or change the document")
