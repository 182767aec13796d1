"""A probe or a lifecycle hook goes to another host.

What it finds
    `host` in the httpGet or tcpSocket of probes and lifecycle hooks, where the level baseline or restricted holds,
    since version 1.34 of the standard.

Why it matters
    The kubelet would send requests to where the pod itself may not reach. The server refuses the pod.
    Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/

Bad
    apiVersion: v1
    kind: Namespace
    metadata:
      name: default
      labels:
        pod-security.kubernetes.io/enforce: baseline
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          livenessProbe:
            httpGet:
              port: 80
              host: 10.0.0.1  # <-- here

Good
    apiVersion: v1
    kind: Namespace
    metadata:
      name: default
      labels:
        pod-security.kubernetes.io/enforce: baseline
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          livenessProbe:
            httpGet:
              port: 80
              host: ""
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import forbidden

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_HANDLERS = (
    ("livenessProbe",),
    ("readinessProbe",),
    ("startupProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each host that a probe or a hook names."""
    for container in pod.containers() if pod.since(34) else ():
        for handler in _HANDLERS:
            for action in ("httpGet", "tcpSocket"):
                route = (*container, *handler, action, "host")
                host = pod.get(*route)
                if host:
                    yield forbidden(pod, route, f"{handler[-1]} goes to the host {host}", "remove host")
