"""A container may gain privileges.

What it finds
    Containers in which `allowPrivilegeEscalation` is not false, where the level restricted holds. Since version
    1.25 pods for Windows (`os.name: windows`) are exempt.

Why it matters
    A program with the set-user-ID bit makes root of any user. The server refuses the pod.
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
            allowPrivilegeEscalation: true  # <-- here
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
from todo_lint.rules.pods import forbidden, missing, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each container that may gain privileges."""
    if not pod.is_restricted or not pod.since(8) or pod.is_windows:
        return
    hint = "set allowPrivilegeEscalation: false"
    for container in pod.containers():
        route = (*container, "securityContext", "allowPrivilegeEscalation")
        value = pod.get(*route)
        if value is True:
            yield forbidden(pod, route, f"allowPrivilegeEscalation of {shown(container)} is true", hint)
        elif value is not False:
            yield missing(pod, route, f"{shown(container)} lacks allowPrivilegeEscalation: false", hint)
