"""A container does not drop all capabilities.

What it finds
    Containers in which `capabilities.drop` does not hold ALL, where the level restricted holds, since version 1.22
    of the standard. Since 1.25 pods for Windows are exempt.

Why it matters
    The default capabilities are more than nearly all programs need. The server refuses the pod.
    Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/

Bad
    apiVersion: v1
    kind: Namespace
    metadata:
      name: default
      labels:
        pod-security.kubernetes.io/enforce: restricted
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [NET_RAW]  # <-- here

Good
    apiVersion: v1
    kind: Namespace
    metadata:
      name: default
      labels:
        pod-security.kubernetes.io/enforce: restricted
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import missing, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each container that keeps capabilities."""
    if not pod.is_restricted or not pod.since(22) or pod.is_windows:
        return
    for container in pod.containers():
        route = (*container, "securityContext", "capabilities", "drop")
        if not any(name == "ALL" for _, name in pod.items(*route)):
            hint = "set capabilities.drop: [ALL]"
            yield missing(pod, route, f"{shown(container)} does not drop ALL capabilities", hint)
