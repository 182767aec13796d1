"""A claim, a volume or a mount is not what the document states.

What it finds
    The size, access mode or storage class of a documented claim, the source of a documented volume or the path
    at which it is mounted differs. Sizes are compared as quantities; a claim may be a template in a
    StatefulSet.

Why it matters
    A size cannot be lowered and an access mode not be changed once the claim is bound; data that is written
    elsewhere than on the volume is gone with the pod.

Bad
    -- data-model.md --
    ### Persistent Volume Claims
    - **web-data**
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
    - **web-data**
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
from todo_lint.model.statements import Attribute, Prefix
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import defect_of, is_plain

_OWN = (Attribute.SIZE, Attribute.ACCESS_MODE, Attribute.STORAGE_CLASS)

SUBJECT = Subject.DIVERGENCE
SEVERITY = Severity.ERROR


def check(divergence: Divergence, context: Context) -> Iterator[Defect]:
    """Yield the divergence if this rule is the one that speaks of it."""
    statement = divergence.primary.statement
    own = statement.attribute in _OWN or statement.attribute.startswith((Prefix.VOLUME, Prefix.MOUNT))
    if own and is_plain(divergence):
        yield defect_of(divergence, context, "set it as stated, or change the document")
