"""A webhook or APIService calls a Service, or a port of it, that is not rendered.

What it finds
    The `clientConfig.service` of an admission or conversion webhook, or the `service` of an APIService, names a
    Service of the release's namespace that the chart does not render, or a port (443 where none is written) that
    the Service does not have.

Why it matters
    The API server cannot call it: with `failurePolicy: Fail` it refuses every object that the webhook is about.
    Source: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: guard
      namespace: default
    spec:
      ports:
        - port: 8443
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: guard
    webhooks:
      - name: guard.example.com
        admissionReviewVersions: [v1]
        sideEffects: None
        clientConfig:
          service:
            name: guard  # <-- here
            namespace: default

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: guard
      namespace: default
    spec:
      ports:
        - port: 443
          targetPort: 8443
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: ValidatingWebhookConfiguration
    metadata:
      name: guard
    webhooks:
      - name: guard.example.com
        admissionReviewVersions: [v1]
        sideEffects: None
        clientConfig:
          service:
            name: guard
            namespace: default
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered, of_use
from todo_lint.rules.service_ports import wrong_port

SUBJECT = Subject.GRAPH
SIGN = "webhook leads nowhere"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each Service that a server is told to call and cannot."""
    references = tuple(of_use(graph, "Service", Use.WEBHOOK))
    yield from not_rendered(graph, references, "the API server cannot call it", otherwise=Severity.NOTE)
    for reference in references:
        yield from wrong_port(reference, graph)
