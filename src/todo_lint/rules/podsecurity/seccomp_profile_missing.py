"""A container has no seccomp profile.

What it finds
    Containers without a `seccompProfile`, in a pod without an allowed one, where the level restricted holds, since
    version 1.19 of the standard.

Why it matters
    Without a profile a container may make every system call. The server refuses the pod.
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
      containers:
        - name: web
          image: web:1.0
          securityContext:  # <-- here
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
    """Yield each container that has no profile, of its own or of the pod."""
    if not pod.is_restricted or not pod.since(19) or pod.is_windows:
        return
    if pod.get("spec", "securityContext", "seccompProfile") is not None:
        return  # right for all containers, or wrong and told so
    for container in pod.containers():
        route = (*container, "securityContext", "seccompProfile")
        if pod.get(*route) is None:
            hint = "set seccompProfile.type: RuntimeDefault in the securityContext of the pod"
            yield missing(pod, route, f"{shown(container)} has no seccomp profile", hint)
