"""A container may run as root.

What it finds
    Containers without `runAsNonRoot: true`, of their own or of the pod, and every `runAsNonRoot: false`, where the
    level restricted holds. Since version 1.35 pods with `hostUsers: false` are exempt.

Why it matters
    Whoever breaks out of a container that runs as root is root on the node. The server refuses the pod.
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
        runAsNonRoot: false  # <-- here
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
          securityContext:
            runAsNonRoot: true
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
from todo_lint.rules.pods import contexts_with, forbidden, missing, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each runAsNonRoot that is false, and each container without one."""
    if not pod.is_restricted or pod.has_user_namespace:
        return
    for route, value in contexts_with(pod, "runAsNonRoot"):
        if value is False:
            yield forbidden(pod, route, f"runAsNonRoot of {shown(route)} is false", "set it to true")
    if pod.get("spec", "securityContext", "runAsNonRoot") is not None:
        return  # right for all containers, or wrong and told so
    for container in pod.containers():
        route = (*container, "securityContext", "runAsNonRoot")
        if pod.get(*route) is None:
            hint = "set runAsNonRoot: true in the securityContext of the pod"
            yield missing(pod, route, f"{shown(container)} lacks runAsNonRoot: true", hint)
