"""A statement of the data model is not understood.

What it finds
    A line of the document that looks like a statement (``Key: value`` below an entity, a table, a code block) and
    that todo-lint cannot read. The hint names the nearest thing that it would read.

Why it matters
    What is not understood is not checked; that must not pass for conformance.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Portt: 81  <!-- here -->
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      ports:
        - port: 80

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Purpose: internal access
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      ports:
        - port: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, StatementRef, Verdict
from todo_lint.model.statements import Statement
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import statement_place

SUBJECT = Subject.STATEMENT
SEVERITY = Severity.WARNING


def check(statement: Statement, context: Context) -> Iterator[Defect]:
    """Yield a statement that was not understood."""
    ref = StatementRef(context.data_model, statement.line, statement.text, Verdict.NOT_UNDERSTOOD)
    yield Defect(
        f"this statement is not understood, and not checked: {statement.text.removeprefix('- ')}",
        statement_place(statement, context),
        statement.hint,
        statements=(ref,),
    )
