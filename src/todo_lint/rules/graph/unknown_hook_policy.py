"""Helm does not know when to delete a hook.

What it finds
    The annotation `helm.sh/hook-delete-policy` of a hook holds a word that is none of Helm's policies:
    `before-hook-creation`, `hook-succeeded` and `hook-failed`.

Why it matters
    Helm passes over the word without an error. Where it is the only one, the resource is never deleted, and the next
    upgrade or test fails, since a resource of that name exists; else it stays behind when it should be gone.
    Source: https://helm.sh/docs/topics/charts_hooks/#hook-deletion-policies

Bad
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-test
      annotations:
        helm.sh/hook: test
        helm.sh/hook-delete-policy: before-hook-creation,hook-success  # <-- here
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
        helm.sh/hook: test
        helm.sh/hook-delete-policy: before-hook-creation, Hook-Succeeded
    spec:
      containers:
        - name: test
          image: busybox:1.36
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import DELETE_POLICY, KNOWN_POLICIES, unknown_policies
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "unknown hook policy"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each hook with a policy that Helm does not know."""
    for resource in graph.resources:
        unknown = unknown_policies(resource)
        if unknown and (context.chart is None or resource.source.layer is Layer.RENDERED):
            import difflib

            near = difflib.get_close_matches(unknown[0], KNOWN_POLICIES, n=1)
            yield Defect(
                f"{resource.ref} has the hook-delete-policy {unknown[0]}, which Helm does not know and passes over",
                Target(("metadata", "annotations", DELETE_POLICY), resource),
                f"was {near[0]} meant?" if near else f"Helm knows {', '.join(KNOWN_POLICIES)}",
            )
