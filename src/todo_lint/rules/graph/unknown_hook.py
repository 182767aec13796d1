"""Helm does not know a hook, and leaves the resource out.

What it finds
    The annotation `helm.sh/hook` holds a word that is none of Helm's hooks: `pre-install`, `post-install`,
    `pre-delete`, `post-delete`, `pre-upgrade`, `post-upgrade`, `pre-rollback`, `post-rollback` and `test` (and
    `test-success`, its older name). The files of crds/ are left out: Helm installs them as they are.

Why it matters
    Helm drops a manifest with an unknown hook without an error: it is neither installed nor run. `crd-install` and
    `test-failure` of Helm 2 are such words now.
    Source: https://helm.sh/docs/topics/charts_hooks/

Bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-test
      annotations:
        helm.sh/hook: tests  # <-- here
    spec:
      containers:
        - name: test
          image: busybox:1.36

Good
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-test
      annotations:
        helm.sh/hook: pre-install, Test
    spec:
      containers:
        - name: test
          image: busybox:1.36
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import HOOK, KNOWN_EVENTS, unknown_events
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "unknown hook"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each resource that Helm drops for a hook it does not know."""
    for resource in graph.resources:
        unknown = unknown_events(resource)
        if unknown and (context.chart is None or resource.source.layer is Layer.RENDERED):
            import difflib

            near = difflib.get_close_matches(unknown[0], KNOWN_EVENTS, n=1)
            yield Defect(
                f"{resource.ref} has the hook {unknown[0]}, which Helm does not know: it leaves the resource out",
                Target(("metadata", "annotations", HOOK), resource),
                f"was {near[0]} meant?" if near else f"Helm knows {', '.join(KNOWN_EVENTS)}",
            )
