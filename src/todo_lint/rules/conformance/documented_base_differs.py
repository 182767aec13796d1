"""A Dockerfile starts from another base, or exposes another port, than the document states.

What it finds
    The last stage of an image's Dockerfile starts from something else than the stated base: `Python 3.11` is
    any tag of python that begins with 3.11, `Node.js LTS` any even version of node. So it is with a runtime that is a
    language with its version, where the image starts from that of a language. The Dockerfile is named in
    the configuration, or found beside the chart by its folder or name.

Why it matters
    What is tested on one runtime runs on another.

Bad
    -- .todo-lint.yaml --
    dockerfiles:
      web: Dockerfile
    -- Dockerfile --
    FROM python:3.12-slim AS build
    FROM build  # <-- here
    EXPOSE 80
    -- data-model.md --
    ### Container Images
    - **web**
      - Base: Python 3.11
    -- manifest.yaml --
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0

Good
    -- .todo-lint.yaml --
    dockerfiles:
      web: Dockerfile
    -- Dockerfile --
    FROM python:3.11-slim
    EXPOSE 80
    -- data-model.md --
    ### Container Images
    - **web**
      - Base: Python 3.11
    -- manifest.yaml --
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.model.statements import Attribute, Kind
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    if (
        is_plain(divergence)
        and statement.kind == Kind.IMAGE
        and statement.attribute in (Attribute.BASE, Attribute.RUNTIME)
    ):
        yield defect_of(divergence, context, "build on the stated base, or change the document")
