"""An AppArmor profile is none that may be set.

What it finds
    Profiles of AppArmor other than RuntimeDefault and Localhost (`appArmorProfile.type`), and annotations
    container.apparmor.security.beta.kubernetes.io/NAME other than runtime/default and localhost/PROFILE, where the
    level baseline or restricted holds.

Why it matters
    Without a profile a container may do more to its node than it needs. The server refuses the pod.
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
        appArmorProfile:
          type: Unconfined  # <-- here
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
        appArmorProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import contexts_with, forbidden, shown

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_PREFIX = "container.apparmor.security.beta.kubernetes.io/"
_HINT = "use RuntimeDefault or Localhost"


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each profile that may not be set."""
    for route, profile in contexts_with(pod, "appArmorProfile"):
        kind = profile.get("type") if isinstance(profile, dict) else None
        if isinstance(profile, dict) and kind not in ("RuntimeDefault", "Localhost"):
            what = f"the AppArmor profile of {shown(route)} is {kind or 'of no type'}"
            yield forbidden(pod, (*route, "type"), what, _HINT)
    for name, value in pod.annotations().items():
        if name.startswith(_PREFIX) and isinstance(value, str) and _is_wrong(value):
            route = ("metadata", "annotations", name)
            yield forbidden(pod, route, f"an annotation sets the AppArmor profile {value}", _HINT)


def _is_wrong(profile: str) -> bool:
    return bool(profile) and profile != "runtime/default" and not profile.startswith("localhost/")
