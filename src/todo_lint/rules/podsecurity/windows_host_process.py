"""A pod for Windows runs as a process of its node.

What it finds
    `windowsOptions.hostProcess: true` in the pod or any container, where the level baseline or restricted holds.

Why it matters
    Such a process has the rights of the node. The server refuses the pod.
    Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/

Bad
    -- .todo-lint.yaml --
    rules:
      host-namespace-shared: off
    -- manifest.yaml --
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
      hostNetwork: true
      securityContext:
        windowsOptions:
          hostProcess: true  # <-- here
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
      hostNetwork: false
      securityContext:
        windowsOptions:
          hostProcess: false
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


def check(pod: SecuredPod, context: Context) -> Iterator[Defect]:
    """Yield each host process."""
    for route, options in contexts_with(pod, "windowsOptions"):
        if isinstance(options, dict) and options.get("hostProcess") is True:
            what = f"{shown(route)} runs as a process of the node"
            yield forbidden(pod, (*route, "hostProcess"), what, "remove hostProcess")
