"""A Service selects pods that do not serve its port.

What it finds
    The selector of a Service matches the pods of several workloads, and some of them do not have the container port
    that the Service sends its traffic to while others do. A `targetPort` that is a name is sought in each pod, and
    pods without it get no traffic: that is no finding.

Why it matters
    A part of all connections is refused, for they reach a program that listens elsewhere.
    Source: https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:  # <-- here
        app: shop
      ports:
        - port: 80
          targetPort: 3000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: shop
        part: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - containerPort: 3000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: api
      labels:
        app: shop
        part: api
    spec:
      containers:
        - name: api
          image: api:1.0
          ports:
            - containerPort: 8000

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      selector:
        app: shop
        part: web
      ports:
        - port: 80
          targetPort: 3000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: shop
        part: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - containerPort: 3000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: api
      labels:
        app: shop
        part: api
    spec:
      containers:
        - name: api
          image: api:1.0
          ports:
            - containerPort: 8000
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.resources import Resource, mapping_at
from todo_lint.manifests.selectors import by_labels, show_selector
from todo_lint.manifests.service_ports import ports_of, target_of
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "Service selects several"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each Service that some of its pods do not serve."""
    for service in graph.of_kind("Service"):
        pods = [pods for pods in graph.selected(service) if pods.serves]
        if len(pods) > 1 and (wrong := _wrong(service, pods)):
            yield _defect(service, *wrong)


def _wrong(service: Resource, pods: list[PodTemplate]) -> tuple[PodTemplate, str] | None:
    """Pods that are selected and should not be, and why."""
    for entry in ports_of(service):
        target = target_of(entry)
        if not isinstance(target, int):
            continue
        declaring = [candidate for candidate in pods if candidate.ports()]
        without = [c for c in declaring if target not in [port.number for port in c.ports()]]
        if without and len(without) < len(declaring):
            return without[0], f"listen on {_numbers(without[0])}, not on {target}"
    return None


def _numbers(pods: PodTemplate) -> str:
    return ", ".join(str(port.number) for port in pods.ports())


def _defect(service: Resource, pods: PodTemplate, why: str) -> Defect:
    selector = show_selector(by_labels(mapping_at(dict(service.value), ("spec", "selector"))))
    return Defect(
        f"{service.ref} selects {selector}, and so the pods of {pods.resource.ref}, which {why}",
        Target(("spec", "selector"), service),
        "select by a label that only the pods have which serve the port",
        related=(("the pods that are selected as well", Target((*pods.route, "metadata", "labels"), pods.resource)),),
    )
