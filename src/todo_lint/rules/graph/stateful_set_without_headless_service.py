"""A StatefulSet has no headless Service.

What it finds
    The `serviceName` of a StatefulSet names no Service that is rendered, or one that is not headless (`clusterIP:
    None`), or there is no `serviceName`.

Why it matters
    The pods get no names of their own in DNS (`web-0.web`), which is what a StatefulSet is mostly used for.
    Source: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      selector:
        app: db
      ports:
        - port: 5432
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db  # <-- here
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: db:1.0

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: db
    spec:
      clusterIP: None
      selector:
        app: db
      ports:
        - port: 5432
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata:
      name: db
    spec:
      serviceName: db
      selector:
        matchLabels:
          app: db
      template:
        metadata:
          labels:
            app: db
        spec:
          containers:
            - name: db
              image: db:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.dangling import missing
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Reference, Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import of_use, place

SUBJECT = Subject.GRAPH
SIGN = "StatefulSet"
SEVERITY = Severity.NOTE


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each StatefulSet whose pods get no names."""
    governing = {id(reference.source): reference for reference in of_use(graph, "Service", Use.GOVERNING_SERVICE)}
    for resource in graph.of_kind("StatefulSet"):
        wrong = _wrong(governing.get(id(resource)), graph)
        if wrong:
            hint = "name a Service with `clusterIP: None` that selects the pods"
            yield Defect(f"{resource.ref} {wrong}", place(resource, "spec", "serviceName"), hint)


def _wrong(reference: Reference | None, graph: Graph) -> str:
    if reference is None:
        return "has no serviceName, so its pods get no names in DNS"
    service = graph.target(reference)
    if service is None:
        lost = missing(reference, graph) is not None
        return f"names {reference}, which is not rendered, so its pods get no names in DNS" if lost else ""
    if service.get("spec", "clusterIP") != "None" and not graph.outside.has("Service", reference.name):
        return f"names {service.ref}, which is not headless, so its pods get no names in DNS"
    return ""
