"""Lines of the document name what the chart renders, and nothing of them is read.

What it finds
    Lines without a statement that hold a value nothing else in the document states, and name a resource of the chart,
    a key of a ConfigMap or Secret, an image or a values key, or an amount of memory. One note lists them all.
    Headings, code in other languages, what is planned or an example, and lines that repeat what is stated do not
    count.

Why it matters
    Whoever wrote such a line takes it for checked. Nothing compares it with the chart.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Selector: app=web

    While a campaign runs, svc/web-service is a LoadBalancer.  <!-- here -->
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - port: 80

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Selector: app=web

    While a campaign runs, svc/web-service still has port 80.
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - port: 80
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity
from todo_lint.model.unread import Unread
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.UNREAD
SEVERITY = Severity.NOTE

_MOST = 12


def check(found: Unread, context: Context) -> Iterator[Defect]:
    """Yield one note for all lines, at the first of them."""
    document = context.data_model
    numbers = [str(line) for line, _ in found.lines]
    shown = ", ".join(numbers[:_MOST]) + (f" and {len(numbers) - _MOST} more" if len(numbers) > _MOST else "")
    what = f"line {shown} of {document} speaks" if len(numbers) == 1 else f"lines {shown} of {document} speak"
    names = list(dict.fromkeys(name for _, name in found.lines))
    more = ", ..." if len(names) > _SHOWN else ""
    message = f"{what} of what is rendered ({', '.join(names[:_SHOWN])}{more}), and nothing of it is read or checked"
    place = Location(document, found.lines[0][0], 1, Layer.DOCUMENT)
    yield Defect(
        message, place, "write '- Key: value' below the name of the resource; `todo-lint model --all` says why"
    )


_SHOWN = 3
