"""A pod mounts a PersistentVolumeClaim that is not rendered.

What it finds
    A volume names a claim that the chart does not render. Where the name neither follows the release's name nor is
    like that of a claim that is rendered, it may be made outside, and the finding is a note.

Why it matters
    The pods stay Pending until the claim exists.
    Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes

Bad
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: web-data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 1Gi
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: data  # <-- here

Good
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata:
      name: web-data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 1Gi
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          persistentVolumeClaim:
            claimName: web-data
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.reference import Use
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import not_rendered, of_use

SUBJECT = Subject.GRAPH
SIGN = "claim not rendered"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each claim that is not there."""
    yield from not_rendered(graph, of_use(graph, "PersistentVolumeClaim", Use.CLAIM), "the pods stay Pending")
