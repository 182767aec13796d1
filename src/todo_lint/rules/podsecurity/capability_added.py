"""A container is given capabilities.

What it finds
    Capabilities that are added beyond what the level allows: baseline the default set of container runtimes without
    NET_RAW, restricted NET_BIND_SERVICE alone (since version 1.22 of the standard).

Why it matters
    Capabilities are parts of the power of root. The server refuses the pod.
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
            capabilities:
              add:
                - CHOWN
                - NET_ADMIN  # <-- here

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
            capabilities:
              add:
                - CHOWN
                - NET_BIND_SERVICE
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import forbidden, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_DEFAULT = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)
_RESTRICTED = frozenset({"NET_BIND_SERVICE"})


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each capability that may not be added."""
    allowed = _RESTRICTED if pod.is_restricted and pod.since(22) else _DEFAULT
    if allowed is _RESTRICTED and pod.is_windows:
        return
    for container in pod.containers():
        for route, name in pod.items(*container, "securityContext", "capabilities", "add"):
            if isinstance(name, str) and name not in allowed:
                hint = "remove it" if allowed is _DEFAULT else "only NET_BIND_SERVICE may be added"
                yield forbidden(pod, route, f"{shown(route)} adds the capability {name}", hint)
