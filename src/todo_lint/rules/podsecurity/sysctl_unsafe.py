"""A sysctl is none of the safe ones.

What it finds
    Names in `securityContext.sysctls` beyond the list of the standard, which grew in 1.27, 1.29, 1.32 and 1.37,
    where the level baseline or restricted holds.

Why it matters
    Other sysctls act on the whole node. The server refuses the pod.
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
      securityContext:
        sysctls:
          - name: kernel.msgmax  # <-- here
            value: "65536"
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
      securityContext:
        sysctls:
          - name: net.ipv4.ip_unprivileged_port_start
            value: "0"
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

_ALLOWED: tuple[tuple[int, tuple[str, ...]], ...] = (
    (
        0,
        (
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_unprivileged_port_start",
        ),
    ),
    (27, ("net.ipv4.ip_local_reserved_ports",)),
    (
        29,
        (
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
        ),
    ),
    (32, ("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")),
    (37, ("net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat")),
)
"""The allowed sysctls, each group with the version of the standard that brought it."""


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each sysctl that is not allowed."""
    allowed = {name for since, names in _ALLOWED if not since or pod.since(since) for name in names}
    for route, item in pod.items("spec", "securityContext", "sysctls"):
        name = item.get("name", "") if isinstance(item, dict) else ""
        if isinstance(item, dict) and name not in allowed:
            yield forbidden(pod, (*route, "name"), f"the sysctl {name} is set", "remove it")
