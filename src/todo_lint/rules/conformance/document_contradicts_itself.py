"""Two lines of the document cannot both be true.

What it finds
    Two values for one attribute of an entity; an address with a port that its Service does not have; a target port or
    an image's port that the container does not have; a default of values.yaml that is another than its entity's; a
    request above the limit of the same container. Where the chart differs from one of the lines, that finding has the
    contradiction among its related places instead.

Why it matters
    Whichever line somebody goes by, the other one misleads. No chart can agree with both.

Bad
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Selector: app=web
      - Port: 80
    ## Helm Chart Structure
    - **values.yaml**
      - web.service.port: 8080 <!-- here -->
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    web:
      service:
        port: 8080
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
      annotations:
        example.com/port: {{ .Values.web.service.port | quote }}
    spec:
      selector:
        app: web
      ports:
        - port: 80

Good
    -- data-model.md --
    ### Kubernetes Services
    - **web-service**
      - Selector: app=web
      - Port: 8080
    ## Helm Chart Structure
    - **values.yaml**
      - web.service.port: 8080
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    web:
      service:
        port: 8080
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: web
      ports:
        - port: {{ int .Values.web.service.port }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.model.contradictions import Contradiction, Topic
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.divergences import contradiction_defect

SUBJECT = Subject.CONTRADICTION
SEVERITY = Severity.WARNING


def check(contradiction: Contradiction, context: Context) -> Iterator[Defect]:
    """Yield a contradiction of two lines."""
    if contradiction.topic is not Topic.SELECTOR:
        yield contradiction_defect(contradiction, context, "make the lines agree")
