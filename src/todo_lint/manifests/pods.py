"""The pod inside the kinds that carry one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, items_at, mapping_at

_TEMPLATE: Route = ("spec", "template")
_POD_ROUTES: Mapping[str, Route] = {
    "Pod": (),
    "Deployment": _TEMPLATE,
    "ReplicaSet": _TEMPLATE,
    "StatefulSet": _TEMPLATE,
    "DaemonSet": _TEMPLATE,
    "Job": _TEMPLATE,
    "ReplicationController": _TEMPLATE,
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}

WORKLOAD_KINDS = tuple(_POD_ROUTES)
"""The built-in kinds whose objects are pods or make pods."""


def pod_route(resource: Resource) -> Route | None:
    """The route to the pod (what holds its metadata and spec), or None for a kind that carries none."""
    return pod_route_of(resource.ref.kind)


def pod_route_of(kind: str) -> Route | None:
    """The route to the pod in resources of a kind, or None for a kind that carries none."""
    return _POD_ROUTES.get(kind)


def pod_labels(resource: Resource) -> dict[str, Json]:
    """The labels of the pods that a workload makes; empty where it makes none."""
    route = pod_route(resource)
    return {} if route is None else mapping_at(dict(resource.value), (*route, "metadata", "labels"))


def containers(resource: Resource) -> Iterator[tuple[Route, dict[str, Json]]]:
    """Each container of a workload's pods, with its route; init containers come last."""
    route = pod_route(resource)
    if route is None:
        return
    for group in ("containers", "initContainers"):
        place: Route = (*route, "spec", group)
        for number, container in enumerate(items_at(dict(resource.value), place)):
            if isinstance(container, dict):
                yield (*place, number), container
