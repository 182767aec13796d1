"""A binding names a Role or ClusterRole that is not rendered.

What it finds
    The `roleRef` of a RoleBinding or ClusterRoleBinding names a Role or ClusterRole that the chart does not render
    and that no cluster brings along (`view`, `edit`, `admin`, `cluster-admin`, `system:...`). Where the name
    neither follows the release's name nor is like that of one that is rendered, it may be made outside: a note.
    Where a Role has the name of the ClusterRole that is named, or the other way round, the kind is pointed at.

Why it matters
    The binding gives no rights, and the program is refused what it needs.
    Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding

Bad
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web-reader
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: reader  # <-- here
    subjects:
      - kind: ServiceAccount
        name: default

Good
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: web-reader
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: web-reader
    subjects:
      - kind: ServiceAccount
        name: default
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: web-view
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: default
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered

SUBJECT = Subject.GRAPH
SIGN = "role not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each role that is not there."""
    references = (reference for reference in graph.references if reference.use is Use.ROLE)
    yield from not_rendered(graph, references, "the binding gives no rights")
