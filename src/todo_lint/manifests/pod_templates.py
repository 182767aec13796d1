"""The pods that the resources of a profile make, as far as their manifests show them."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import pod_route
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.records import dataclass

_PLACES: tuple[Route, ...] = (("spec", "template"), ("spec", "jobTemplate", "spec", "template"), ("template",))
_SERVING = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Pod")


@dataclass(frozen=True, slots=True)
class ContainerPort:
    """A port that a container declares. ``number`` is None where the manifest holds no number."""

    name: str
    number: int | None
    protocol: str


@dataclass(frozen=True, slots=True)
class PodTemplate:
    """The pods of one workload. ``route`` leads from the resource to what holds the pod's metadata and spec."""

    resource: Resource
    route: Route

    @property
    def labels(self) -> dict[str, Json]:
        """The labels of the pods."""
        return mapping_at(dict(self.resource.value), (*self.route, "metadata", "labels"))

    @property
    def labels_meant(self) -> tuple[dict[str, Json], ...]:
        """The labels of the pods and, where the workload's own selector does not select them, those it asks for.

        A server refuses such a workload, and that is said of it; which of the two is wrong nobody knows, so what
        selects by either is taken to select the pods.
        """
        labels = self.labels
        wanted = mapping_at(dict(self.resource.value), ("spec", "selector", "matchLabels"))
        meant = {**labels, **wanted}
        return (labels,) if meant == labels else (labels, meant)

    @property
    def annotations(self) -> dict[str, Json]:
        """The annotations of the pods."""
        return mapping_at(dict(self.resource.value), (*self.route, "metadata", "annotations"))

    @property
    def spec(self) -> dict[str, Json]:
        """The spec of the pods."""
        return mapping_at(dict(self.resource.value), (*self.route, "spec"))

    @property
    def serves(self) -> bool:
        """Whether the pods stay up, as those that a Service is for do; a Job's end."""
        return self.resource.ref.kind in _SERVING or pod_route(self.resource) is None

    def containers(self) -> Iterator[tuple[Route, dict[str, Json]]]:
        """Each container with its route in the resource; init containers come last."""
        for group in ("containers", "initContainers"):
            for number, container in enumerate(items_at(self.spec, (group,))):
                if isinstance(container, dict):
                    yield (*self.route, "spec", group, number), container

    def ports(self) -> tuple[ContainerPort, ...]:
        """The ports that stay open: those of containers, and of init containers that are sidecars."""
        return tuple(
            _port(port)
            for route, container in self.containers()
            if route[-2] == "containers" or container.get("restartPolicy") == "Always"
            for port in items_at(container, ("ports",))
        )


def _port(value: Json) -> ContainerPort:
    number = at(value, ("containerPort",))
    known = number if isinstance(number, int) and not isinstance(number, bool) else None
    return ContainerPort(text_at(value, ("name",)) or "", known, text_at(value, ("protocol",)) or "TCP")


def pod_template(resource: Resource) -> PodTemplate | None:
    """The pods of a workload: of a built-in kind, or of a custom one that holds a pod template in the usual place."""
    route = pod_route(resource)
    if route is None:
        value = dict(resource.value)
        route = next((place for place in _PLACES if items_at(value, (*place, "spec", "containers"))), None)
    return None if route is None else PodTemplate(resource, route)
