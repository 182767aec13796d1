"""Two resources have one identity.

What it finds
    Two resources of the same API group, kind, namespace and name. Hooks are left out: Helm makes and removes them
    one after the other. In separate manifest files it is a warning, for they may be meant for different clusters.

Why it matters
    Helm refuses the install ("already exists"), and of two manifests that are applied one after the other only the
    last stays.
    Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
      namespace: other
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.resources import Resource
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "identity twice"
SEVERITY = Severity.ERROR


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each resource whose identity another one has before it."""
    first: dict[tuple[str, str, str, str], Resource] = {}
    for resource in graph.resources:
        if not resource.ref.name or hook_events(resource):
            continue
        group = resource.ref.api_version.rpartition("/")[0]
        identity = (group, resource.ref.kind, graph.namespace_of(resource), resource.ref.name)
        known = first.setdefault(identity, resource)
        if known is not resource:
            apart = context.chart is None and known.source.file != resource.source.file
            yield Defect(
                f"{resource.ref} is rendered twice in the namespace {identity[2]}"
                if identity[2]
                else f"{resource.ref} is rendered twice",
                Target(("metadata", "name"), resource),
                "remove one of the two, or give it another name",
                severity=Severity.WARNING if apart else None,
                related=(("the first stands here", Target(("metadata", "name"), known)),),
            )
