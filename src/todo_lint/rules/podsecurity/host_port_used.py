"""A container takes a port of its node.

What it finds
    `hostPort` other than 0 in the ports of any container, where the level baseline or restricted holds.

Why it matters
    The port of the node leads past network policies, and two such pods cannot share a node. The server refuses the
    pod.
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
          ports:
            - containerPort: 80
              hostPort: 8080  # <-- here

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
          ports:
            - containerPort: 80
              hostPort: 0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import forbidden, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each port of the node that is taken."""
    for container in pod.containers():
        for route, port in pod.items(*container, "ports"):
            number = port.get("hostPort") if isinstance(port, dict) else None
            if number:
                what = f"{shown(container)} takes the port {number} of the node"
                yield forbidden(pod, (*route, "hostPort"), what, "use a Service")
