"""A seccomp profile is none that may be set.

What it finds
    `seccompProfile.type` other than RuntimeDefault and Localhost in the pod or any container, where the level
    baseline or restricted holds. Up to version 1.18 of the standard it is the annotations
    seccomp.security.alpha.kubernetes.io/pod and container.seccomp.security.alpha.kubernetes.io/NAME instead.

Why it matters
    Without a profile a container may make every system call. The server refuses the pod.
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
            seccompProfile:
              type: Unconfined  # <-- here

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
            seccompProfile:
              type: RuntimeDefault
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import contexts_with, forbidden, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_ALLOWED = ("RuntimeDefault", "Localhost")
_POD = "seccomp.security.alpha.kubernetes.io/pod"
_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/"


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each profile that may not be set."""
    if not pod.since(19):
        yield from _annotations(pod)
        return
    if pod.is_restricted and pod.is_windows:
        return
    for route, profile in contexts_with(pod, "seccompProfile"):
        kind = profile.get("type") if isinstance(profile, dict) else None
        if isinstance(profile, dict) and kind not in _ALLOWED:
            what = f"the seccomp profile of {shown(route)} is {kind or 'of no type'}"
            yield forbidden(pod, (*route, "type"), what, "use RuntimeDefault or Localhost")


def _annotations(pod: SecuredPod) -> Iterator[Defect]:
    names = {_POD, *(f"{_CONTAINER}{pod.get(*container, 'name')}" for container in pod.containers())}
    for name, value in pod.annotations().items():
        if name in names and isinstance(value, str) and not _is_allowed(value):
            route = ("metadata", "annotations", name)
            yield forbidden(pod, route, f"an annotation sets the seccomp profile {value}", "use runtime/default")


def _is_allowed(profile: str) -> bool:
    return profile in ("runtime/default", "docker/default") or profile.startswith("localhost/")
