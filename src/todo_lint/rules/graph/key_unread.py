"""A ConfigMap or Secret has keys that nobody reads.

What it finds
    The workloads of the chart read single keys of a ConfigMap or Secret (by `env`, `items` or `subPath`), and this
    one is not among them. One that some workload takes as a whole (`envFrom`, a mounted folder) is no finding, nor
    one whose name stands in an argument or in the rights of a Role.

Why it matters
    The key is left over, or is misspelt on one side: the value that was meant does not arrive.

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: info
      format: json  # <-- here
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: level

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      level: info
      format: json
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: web:1.0
          envFrom:
            - configMapRef:
                name: web
          env:
            - name: LOG_LEVEL
              valueFrom:
                configMapKeyRef:
                  name: web
                  key: level
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "keys read one by one"
SEVERITY = Severity.NOTE
_KINDS = ("ConfigMap", "Secret")


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each ConfigMap or Secret of which some keys are read and others are not."""
    sought = {  # what is read of something that is not rendered: that is the defect, and it has a rule of its own
        (reference.kind, reference.key) for reference in graph.references if graph.target(reference) is None
    }
    for resource in graph.of_kind(*_KINDS):
        namespace = graph.namespace_of(resource)
        readers = graph.references_to.get((resource.ref.kind, namespace, resource.ref.name), ())
        unread = sorted(key for key in _unread(resource, readers) if (resource.ref.kind, key) not in sought)
        if not unread or hook_events(resource) or graph.mentions.of(resource.ref.name):
            continue
        shown = ", ".join(unread[:6]) + (", ..." if len(unread) > 6 else "")
        keys = "the key" if len(unread) == 1 else "the keys"
        yield Defect(
            f"nobody in the chart reads {keys} {shown} of {resource.ref}",
            _place(resource, unread[0]),
            "remove what is left over, or read it",
            excerpt=False,
        )


def _unread(resource: Resource, readers: tuple[Reference, ...]) -> frozenset[str]:
    """The keys that no reader names; none where one takes the whole, or nobody reads any.

    Where a reader names a key that is not there, that is the defect, and it has a rule of its own.
    """
    reading = [reader for reader in readers if reader.use in _READS]
    if not reading or any(reader.key is None and reader.use is not Use.PARTIAL_VOLUME for reader in reading):
        return frozenset()
    known, read = keys_of(resource), {reader.key for reader in reading if reader.key is not None}
    return known - read if read <= known else frozenset()


_READS = (Use.ENV, Use.ENV_FROM, Use.VOLUME, Use.PARTIAL_VOLUME, Use.SUB_PATH)


def _place(resource: Resource, key: str) -> Target:
    for where in ("data", "stringData", "binaryData"):
        found = resource.get(where)
        if isinstance(found, dict) and key in found:
            return Target((where, key), resource, on_key=True)
    return Target((), resource)
