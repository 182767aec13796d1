"""A probe or a lifecycle hook names a port that its container does not have.

What it finds
    The `port` of an `httpGet` or `tcpSocket` of a probe or a lifecycle hook is a name, and the container gives that
    name to none of its ports.

Why it matters
    The kubelet cannot resolve the name: a startup or readiness probe never succeeds, and a liveness probe restarts
    the container again and again. An API server accepts it.
    Source: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/

Bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /
              port: htp  # <-- here

Good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          ports:
            - name: http
              containerPort: 8080
          readinessProbe:
            httpGet:
              path: /
              port: http
          livenessProbe:
            tcpSocket:
              port: 8081
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.probes import named_ports, port_names
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import place

SUBJECT = Subject.GRAPH
SIGN = "probe port unknown"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each port that probes and lifecycle hooks name and that their container lacks."""
    for pods in graph.pods:
        for route, container in pods.containers():
            known = port_names(container)
            users: dict[str, list[Route]] = {}
            for inner, name in named_ports(container):
                users.setdefault(name, []).append(inner)
            for name, (first, *others) in users.items():
                if name not in known:
                    declares = f"declares {', '.join(known)}" if known else "names no port"
                    yield Defect(
                        f"{pods.resource.ref}: {first[0]} uses the port {name}; the container "
                        f"{container.get('name')} {declares}",
                        place(pods.resource, *route, *first),
                        "name a port of the container, or give its number",
                        related=tuple(
                            (f"{inner[0]} uses it as well", place(pods.resource, *route, *inner)) for inner in others
                        ),
                    )
