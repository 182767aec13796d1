"""A ServiceAccount is referred to and not rendered.

What it finds
    A pod's `serviceAccountName`, or a subject of a RoleBinding or ClusterRoleBinding, names a ServiceAccount of the
    same namespace that the chart does not render. Where the name neither follows the release's name nor is like
    that of a ServiceAccount that is rendered, it may be made outside, and the finding is a note; a pod's is a warning
    nevertheless where a ServiceAccount is rendered that no pod uses. A subject in another namespace is looked at
    where its name is that of a ServiceAccount which is rendered in the binding's own.

Why it matters
    No pod is created without its ServiceAccount ("serviceaccount not found"), and a binding without its subject gives
    the rights to nobody.
    Source: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/

Bad
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: shop-web
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      serviceAccountName: web  # <-- here
      containers:
        - name: web
          image: web:1.0

Good
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: shop-web
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      serviceAccountName: shop-web
      containers:
        - name: web
          image: web:1.0
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: worker
    spec:
      serviceAccountName: default
      containers:
        - name: worker
          image: worker:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.reference import Reference, Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered, of_use

SUBJECT = Subject.GRAPH
SIGN = "ServiceAccount not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each ServiceAccount that is not there."""
    pods = tuple(of_use(graph, "ServiceAccount", Use.SERVICE_ACCOUNT))
    otherwise = Severity.WARNING if _unused(graph, pods) else Severity.NOTE
    yield from not_rendered(graph, pods, "no pod is created", otherwise=otherwise)
    subjects = of_use(graph, "ServiceAccount", Use.SUBJECT)
    yield from not_rendered(graph, subjects, "the rights go to nobody")


def _unused(graph: Graph, references: tuple[Reference, ...]) -> bool:
    """Whether some ServiceAccount is rendered that no pod uses: probably one is misspelt."""
    used = {id(graph.target(reference)) for reference in references}
    return any(id(account) not in used for account in graph.of_kind("ServiceAccount") if not hook_events(account))
