"""A hook or test refers to something that is not rendered.

What it finds
    A hook (such as a `pre-install` Job or a pod of `helm test`) that names a ConfigMap, Secret, claim,
    ServiceAccount or Role which the chart does not render, not even for certain values of the release's name.

Why it matters
    The hook does not end, and the install, upgrade or test that waits for it fails at its deadline.
    Source: https://helm.sh/docs/topics/charts_hooks/

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-checks
    data:
      check.sh: exit 0
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-test
      annotations:
        helm.sh/hook: test
    spec:
      restartPolicy: Never
      containers:
        - name: test
          image: busybox:1.37
          command: [sh, /checks/check.sh]
          volumeMounts:
            - name: checks
              mountPath: /checks
      volumes:
        - name: checks
          configMap:
            name: checks  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web-checks
    data:
      check.sh: exit 0
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-test
      annotations:
        helm.sh/hook: test
    spec:
      restartPolicy: Never
      containers:
        - name: test
          image: busybox:1.37
          command: [sh, /checks/check.sh]
          volumeMounts:
            - name: checks
              mountPath: /checks
      volumes:
        - name: checks
          configMap:
            name: web-checks
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.dangling import missing
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import defect_of

SUBJECT = Subject.GRAPH
SIGN = "hook refers to nothing"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield what hooks and tests refer to in vain, once for each name."""
    seen: set[tuple[int, str, str]] = set()
    for reference in graph.references:
        key = (id(reference.source), reference.kind, reference.name)
        if key in seen or not hook_events(reference.source):
            continue
        found = missing(reference, graph)
        if found is not None:
            seen.add(key)
            severity = SEVERITY if found.own else Severity.NOTE
            yield defect_of(reference, found, "the hook does not end", severity)
