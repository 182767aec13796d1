"""A volume is of a type that is not for everybody.

What it finds
    Volumes that are no configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or
    secret, where the level restricted holds.

Why it matters
    Other types reach storage or the node past the claims that an administrator controls. The server refuses the
    pod.
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
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
      volumes:
        - name: share
          nfs:  # <-- here
            server: files.example.com
            path: /share

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
      volumes:
        - name: share
          persistentVolumeClaim:
            claimName: share
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import forbidden

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR

_ALLOWED = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    }
)


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each volume of another type; one of no type is an emptyDir."""
    for route, volume in pod.items("spec", "volumes") if pod.is_restricted else ():
        kinds = [kind for kind, value in volume.items() if value is not None] if isinstance(volume, dict) else []
        other = [kind for kind in kinds if kind not in _ALLOWED and kind != "name"]
        if other and len(other) == len(kinds) - ("name" in kinds):
            yield forbidden(pod, (*route, other[0]), f"a volume is of the type {other[0]}", "use a volume claim")
