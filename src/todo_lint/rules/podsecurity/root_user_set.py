"""A container runs as the user 0.

What it finds
    `runAsUser: 0` in the pod or any container, where the level restricted holds, since version 1.23 of the
    standard. Since 1.35 pods with `hostUsers: false` are exempt.

Why it matters
    The user 0 is root. The server refuses the pod.
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
        runAsUser: 0  # <-- here
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]

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
        runAsUser: 1000
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
from todo_lint.rules.pods import contexts_with, forbidden, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each runAsUser that is 0."""
    if not pod.is_restricted or not pod.since(23) or pod.has_user_namespace:
        return
    for route, value in contexts_with(pod, "runAsUser"):
        if value == 0 and not isinstance(value, bool):
            yield forbidden(pod, route, f"runAsUser of {shown(route)} is 0", "use another user")
