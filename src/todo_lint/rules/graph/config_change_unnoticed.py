"""A workload does not notice that its ConfigMap changed.

What it finds
    The pods of a Deployment, StatefulSet or DaemonSet read a ConfigMap of the chart as variables (or as a file by
    `subPath`), and nothing in their template changes with it: there is no annotation with a checksum, and no
    annotation of a controller that restarts them (`reloader.stakater.com/...` and the like). A ConfigMap that is
    `immutable` is no finding, nor one that is mounted as a folder: Kubernetes updates those files.

Why it matters
    After an upgrade that changes only the ConfigMap, the pods run on with the old values until something else
    restarts them.
    Source: https://helm.sh/docs/howto/charts_tips_and_tricks/#automatically-roll-deployments

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      LOG_LEVEL: info
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          containers:
            - name: web
              image: web:1.0
              envFrom:
                - configMapRef:
                    name: web  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      LOG_LEVEL: info
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
          annotations:
            checksum/config: 4e1243bd22c66e76c2ba9eddc1f91394e57f9f83
        spec:
          containers:
            - name: web
              image: web:1.0
              envFrom:
                - configMapRef:
                    name: web
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.resources import Resource, mapping_at
from todo_lint.model.outcomes import Target
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "ConfigMap read at the start"
SEVERITY = Severity.NOTE
_ROLLED_OUT = ("Deployment", "StatefulSet", "DaemonSet")
_CHECKSUM = pattern(r"[0-9a-f]{32,}|[0-9a-f]{8}")
_RESTARTED = ("reloader", "checksum", "config-hash", "confighash", "sha256", "stakater.com", "wave.pusher.com")


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each workload that does not notice, once, with the first ConfigMap that it reads so."""
    told: set[int] = set()
    for reference in graph.references:
        source = reference.source
        if id(source) in told or reference.kind != "ConfigMap" or source.ref.kind not in _ROLLED_OUT:
            continue
        if reference.use in (Use.ENV, Use.ENV_FROM, Use.SUB_PATH) and _unnoticed(reference, graph):
            told.add(id(source))
            yield Defect(
                f"{source.ref} reads {reference} when it starts, and its pod template has no checksum of it",
                Target(reference.route, source),
                "give the pods an annotation that changes with it: "
                'checksum/config: {{ include (print $.Template.BasePath "/configmap.yaml") . | sha256sum }}',
            )


def _unnoticed(reference: Reference, graph: Graph) -> bool:
    target, pods = graph.target(reference), graph.pods_of(reference.source)
    if target is None or pods is None or target.get("immutable") is True or hook_events(target):
        return False
    return not _is_noticed(pods, reference.source, target)


def _is_noticed(pods: PodTemplate, workload: Resource, target: Resource) -> bool:
    """Whether something rolls the pods out again: a checksum, or a controller that is told to."""
    value = dict(workload.value)
    told = (*pods.annotations.items(), *mapping_at(value, ("metadata", "annotations")).items())
    if any(_CHECKSUM.fullmatch(str(text)) for _, text in pods.annotations.items()):
        return True
    if any(word in key.lower() for key, _ in told for word in _RESTARTED):
        return True
    return bool(_CHECKSUM.search(target.ref.name.rpartition("-")[2]))
