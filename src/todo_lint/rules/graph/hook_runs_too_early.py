"""A hook runs before what it refers to exists.

What it finds
    A hook that runs before the install (`pre-install`) refers to a ConfigMap, Secret, claim or ServiceAccount that
    the chart renders as an ordinary resource, which Helm creates only after that hook has ended, or to one that is
    a hook itself and comes later by its weight.

Why it matters
    The first install fails: the hook's pod is not created, or does not start, until the deadline. An upgrade works,
    since the resource is there from before, so this is seen late.
    Source: https://helm.sh/docs/topics/charts_hooks/#hooks-and-the-release-lifecycle

Bad
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      url: example
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-migrate
      annotations:
        helm.sh/hook: pre-install,pre-upgrade
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: web:1.0
          envFrom:
            - secretRef:
                name: web  # <-- here

Good
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      url: example
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web-migrate
      annotations:
        helm.sh/hook: post-install,pre-upgrade
    spec:
      restartPolicy: Never
      containers:
        - name: migrate
          image: web:1.0
          envFrom:
            - secretRef:
                name: web
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events, hook_weight
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.resources import Resource
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "hook before the install"
SEVERITY = Severity.ERROR
_NEEDED = (Use.ENV, Use.ENV_FROM, Use.VOLUME, Use.PARTIAL_VOLUME, Use.CLAIM, Use.SERVICE_ACCOUNT)
_EARLY = "pre-install"


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield what hooks refer to and cannot have yet, once for each name."""
    seen: set[tuple[int, str, str]] = set()
    for reference in graph.references:
        key = (id(reference.source), reference.kind, reference.name)
        if key in seen or reference.use not in _NEEDED or reference.optional:
            continue
        seen.add(key)
        target = graph.target(reference)
        if target is not None and _EARLY in hook_events(reference.source) and (why := _too_late(reference, target)):
            yield Defect(
                f"{reference.source.ref} runs before the install and refers to {target.ref}, which {why}",
                Target(reference.route, reference.source),
                "make the hook a post-install one, or what it refers to a hook of a lower weight",
                related=((f"{target.ref} stands here", Target(("metadata", "name"), target)),),
            )


def _too_late(reference: Reference, target: Resource) -> str:
    """Why the target does not exist yet when the hook runs; empty where it does."""
    events = hook_events(target)
    if not events:
        return "Helm creates only afterwards"
    if _EARLY not in events:
        return f"is a hook of {', '.join(sorted(events))}"
    if hook_weight(target) > hook_weight(reference.source):
        return f"is a hook of the weight {hook_weight(target)}, after {hook_weight(reference.source)}"
    return ""
