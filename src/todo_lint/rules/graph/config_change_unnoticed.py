"""A workload does not notice that its ConfigMap changed.

What it finds
    The pods of a Deployment, StatefulSet or DaemonSet read a ConfigMap of the chart as variables (or as a file by
    `subPath`), and nothing in their template changes with it: there is no annotation with a checksum, or it is that
    of another file (the chart is rendered with the ConfigMap changed, to see whether the pods change with it), and no
    annotation of a controller that restarts them (`reloader.stakater.com/...` and the like). What only a new version
    of the chart changes is no finding where the pods have a label with that version. A ConfigMap that is
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
from todo_lint.kubernetes_yaml.document import Json
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
_AT_START = (Use.ENV, Use.ENV_FROM, Use.SUB_PATH)
_HASH = pattern(r"[0-9a-f]{32,}|[0-9a-f]{8}")
_CHECKSUM = ("checksum", "config-hash", "confighash", "sha256")
_RESTARTED = ("reloader", "stakater.com", "wave.pusher.com")
_OF_CHART = ("helm.sh/chart", "chart")
"""Labels by which pods change with each version of the chart."""
_AT_EACH_UPGRADE = ("rollme", "revision", "timestamp", "redeploy", "restart")
"""Annotations that Helm charts change with every upgrade."""


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each workload that does not notice, once, with the first ConfigMap that it reads so."""
    told: set[int] = set()
    for reference in graph.references:
        source = reference.source
        if id(source) in told or reference.kind != "ConfigMap" or source.ref.kind not in _ROLLED_OUT:
            continue
        defect = _unnoticed(reference, graph, context) if reference.use in _AT_START else None
        if defect is not None:
            told.add(id(source))
            yield defect


def _unnoticed(reference: Reference, graph: Graph, context: Context) -> Defect | None:
    """The defect of pods that would not notice a change of the ConfigMap; None where they do, or it is not known."""
    target, pods = graph.target(reference), graph.pods_of(reference.source)
    if target is None or pods is None or target.get("immutable") is True or hook_events(target):
        return None
    if _is_restarted(pods, reference.source) or _HASH.search(target.ref.name.rpartition("-")[2]):
        return None
    checksums = [key for key, text in pods.annotations.items() if _is_checksum(key, text)]
    with_chart = any(key in pods.labels for key in _OF_CHART)
    known = not checksums and not with_chart
    if not known and (context.notices is None or context.notices(reference, target, with_chart) is not False):
        return None
    if not checksums:
        return _defect(reference, "its pod template has no checksum of it")
    place = Target((*pods.route, "metadata", "annotations", checksums[0]), reference.source)
    return _defect(reference, "the checksum in its pod template does not change with it", ("the checksum", place))


def _defect(reference: Reference, why: str, *related: tuple[str, Target]) -> Defect:
    return Defect(
        f"{reference.source.ref} reads {reference} when it starts, and {why}",
        Target(reference.route, reference.source),
        "give the pods an annotation that changes with it: "
        'checksum/config: {{ include (print $.Template.BasePath "/configmap.yaml") . | sha256sum }}',
        related=related,
    )


def _is_restarted(pods: PodTemplate, workload: Resource) -> bool:
    """Whether each upgrade, or a controller that is told to, rolls the pods out again."""
    own = mapping_at(dict(workload.value), ("metadata", "annotations"))
    if any(word in key.lower() for key in (*pods.annotations, *own) for word in _RESTARTED):
        return True
    return any(word in key.lower() for key in pods.annotations for word in _AT_EACH_UPGRADE)


def _is_checksum(key: str, text: Json) -> bool:
    return bool(_HASH.fullmatch(str(text))) or any(word in key.lower() for word in _CHECKSUM)
