"""A pod shares namespaces of its node.

What it finds
    `hostNetwork`, `hostPID` and `hostIPC` that are true, where the level baseline or restricted holds. The level is
    that of `pod-security:` in the configuration, or of the label pod-security.kubernetes.io/enforce of a rendered
    Namespace.

Why it matters
    The pod sees the traffic, the processes or the shared memory of all that runs on the node. The server refuses
    the pod; a Deployment is taken, and then makes no pods.
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
      hostNetwork: true  # <-- here
      containers:
        - name: web
          image: web:1.0

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
      hostNetwork: false
      containers:
        - name: web
          image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import forbidden

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_FIELDS = ("hostNetwork", "hostPID", "hostIPC")


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each namespace of the node that the pod shares."""
    for name in _FIELDS:
        if pod.get("spec", name) is True:
            yield forbidden(pod, ("spec", name), f"{name} is true", f"remove {name}")
