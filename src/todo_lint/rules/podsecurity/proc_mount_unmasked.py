"""The masks over /proc are taken away.

What it finds
    `procMount` other than Default in any container, where the level baseline or restricted holds. Since version
    1.35 baseline allows it for pods with `hostUsers: false`; restricted does not.

Why it matters
    Files below /proc show and change things of the node. The server refuses the pod.
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
      hostUsers: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
          securityContext:
            procMount: Unmasked  # <-- here
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
      hostUsers: false
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
          securityContext:
            procMount: Default
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
    """Yield each container with another /proc."""
    if pod.has_user_namespace and not pod.is_restricted:
        return
    for route, value in contexts_with(pod, "procMount", at_pod=False):
        if value != "Default":
            yield forbidden(pod, route, f"procMount of {shown(route)} is {value}", "remove procMount")
