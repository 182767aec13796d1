"""What the document puts off is rendered already, and is not as stated.

What it finds
    A part that the document marks as *Future* or *Optional*, that some profile renders, and that has another value
    there than the document states. The statement stays *later*: a chart need not render the part. What a profile's
    own values set is left alone.

Why it matters
    The document is what the part is planned by. Once it is switched on, a claim of another size, or another access
    mode, can no longer be made smaller or changed.

Bad
    -- data-model.md --
    ### Persistent Volume Claims
    - **web-data** (Optional)
      - Size: 1Gi
      - Access Mode: ReadWriteOnce
    -- manifest.yaml --
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: web-data
    spec:
      accessModes:
        - ReadWriteOnce
      resources:
        requests:
          storage: 2Gi  # <-- here

Good
    -- data-model.md --
    ### Persistent Volume Claims
    - **web-data** (Optional)
      - Size: 1Gi
      - Access Mode: ReadWriteOnce
    -- manifest.yaml --
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: web-data
    spec:
      accessModes:
        - ReadWriteOnce
      resources:
        requests:
          storage: 1024Mi
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.divergence import Divergence
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of

SUBJECT = Subject.AHEAD
SEVERITY = Severity.NOTE


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield what is ahead of the document and differs from it."""
    yield defect_of(divergence, context, "render the part as it is stated, or change the document")
