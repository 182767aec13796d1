"""The chart renders something that the document does not state.

What it finds
    A workload, Service, Ingress, ConfigMap, Secret or claim that the document does not name, a key of a documented
    ConfigMap or Secret that it does not list, or a port that it gives nowhere. By default there is one note for each
    kind of these; with `undocumented: forbid` in the configuration each is an error, and so is each key of
    values.yaml that the document does not state. Hooks, such as the pods of `helm test`, do not count.

Why it matters
    A document that leaves things out is read as if they were not there: by whoever reviews what is exposed, and by
    whoever has to rebuild it.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Selector: app=web
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
        - name: metrics
          port: 9090  # <-- here

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Selector: app=web
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - name: http
          port: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.undocumented import Undocumented
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.UNDOCUMENTED
SEVERITY = Severity.NOTE

_HINT = "state it in the document, or mark it there as optional"
_MOST = 10


def check(found: Undocumented, context: Context) -> Iterator[Defect]:
    """Yield one note for a kind; an error for each thing where the configuration forbids it."""
    document = context.data_model
    if found.forbidden:
        for item in found.items:
            message = f"{document} does not state the {found.kind} {item.name}"
            yield Defect(message, item.target, _HINT, severity=Severity.ERROR, profiles=found.profiles, excerpt=False)
        return
    first, *others = found.items
    names = ", ".join(item.name for item in found.items[:_MOST])
    more = f" and {len(found.items) - _MOST} more" if len(found.items) > _MOST else ""
    what = found.kind if len(found.items) == 1 else found.several
    message = f"{document} does not state the {what} {names}{more}"
    related = tuple((item.name, item.target) for item in others[: _MOST - 1])
    yield Defect(message, first.target, _HINT, related=related, profiles=found.profiles, excerpt=False)
