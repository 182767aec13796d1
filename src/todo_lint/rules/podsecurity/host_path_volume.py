"""A volume is a folder of the node.

What it finds
    `hostPath` volumes, where the level baseline holds; under restricted the rule volume-type-restricted finds them.

Why it matters
    The pod reads, and mostly writes, files of the node. The server refuses the pod.
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
      volumes:
        - name: logs
          hostPath:  # <-- here
            path: /var/log

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
      volumes:
        - name: logs
          emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.pods import forbidden

SUBJECT = Subject.POD
SEVERITY = Severity.ERROR


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each volume that is a path of the node."""
    for route, volume in () if pod.is_restricted else pod.items("spec", "volumes"):
        if isinstance(volume, dict) and volume.get("hostPath") is not None:
            what = f"the volume {volume.get('name', '')} is a path of the node"
            yield forbidden(pod, (*route, "hostPath"), what, "use emptyDir, or a volume claim")
