"""A Service of the document selects pods that the document does not describe.

What it finds
    The selector that is stated for a Service shares no word with the name, image, labels or containers of any
    workload in the document, nor with the chart's name.

Why it matters
    By its own words, the document describes a Service that leads nowhere: most often a workload was renamed and the
    selector forgotten.

Bad
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
    ### Kubernetes Services
    - **web-service**
      - Port: 80
      - Selector: app=storefront <!-- here -->
    -- manifest.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web-service
    spec:
      selector:
        app: storefront
      ports:
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
    spec:
      selector:
        matchLabels:
          app: storefront
      template:
        metadata:
          labels:
            app: storefront
        spec:
          containers:
            - name: web
              image: web:1.0

Good
    -- data-model.md --
    ### Kubernetes Deployments
    - **web-deployment**
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
        - port: 80
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-deployment
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0
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
    """Yield a selector that fits nothing in the document."""
    if contradiction.topic is Topic.SELECTOR:
        yield contradiction_defect(contradiction, context, "select what the document calls the workload's pods")
