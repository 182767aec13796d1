"""An option of SELinux may not be set.

What it finds
    `seLinuxOptions` with a user, a role, or a type other than container_t, container_init_t, container_kvm_t and
    (since version 1.31 of the standard) container_engine_t, where the level baseline or restricted holds.

Why it matters
    Another type or user can mean no confinement at all. The server refuses the pod.
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
          securityContext:
            seLinuxOptions:
              type: spc_t  # <-- here

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
          securityContext:
            seLinuxOptions:
              type: container_t
              level: s0:c123,c456
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import contexts_with, forbidden, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_TYPES = ("", "container_t", "container_init_t", "container_kvm_t")


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each option that may not be set."""
    types = (*_TYPES, "container_engine_t") if pod.since(31) else _TYPES
    for route, options in contexts_with(pod, "seLinuxOptions"):
        for name in ("type", "user", "role"):
            value = options.get(name) if isinstance(options, dict) else None
            if value and (name != "type" or value not in types):
                what = f"the SELinux {name} of {shown(route)} is {value}"
                yield forbidden(pod, (*route, name), what, f"remove {name}")
