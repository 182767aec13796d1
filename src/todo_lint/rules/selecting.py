"""What the rules about selectors share: whether a selector that selects nothing is a mistake.

It is not where its pods are made by an operator, or carry a label that a program gives them while they run, or belong
to a part of the chart that is switched off. It is one where pods come near that nothing else of the kind selects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.findings import Route, Severity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.mentions import makes_others
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.resources import Resource, items_at, mapping_at
from todo_lint.manifests.selectors import Selector, show_selector
from todo_lint.manifests.similar import SimilarNames
from todo_lint.model.outcomes import Target
from todo_lint.records import dataclass
from todo_lint.rules.api import Defect

MOST_COMPARED = 40
_GIVEN_BY_CONTROLLERS = (
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
    "pod-template-hash",
    "job-name",
    "batch.kubernetes.io/",
)
_GIVEN_WHILE_RUNNING = ("leader", "active", "master", "primary", "replica", "standby", "role")


@dataclass(frozen=True, slots=True)
class _Near:
    """Pods that a selector nearly selects. ``alike``: their labels or names look like those that were meant."""

    pods: PodTemplate
    equal: int
    differing: tuple[str, ...]
    alike: bool
    taken: bool

    @property
    def severity(self) -> Severity:
        """How sure it is that these pods were meant."""
        if not self.taken and self.alike:
            return Severity.ERROR
        if self.alike or (not self.taken and len(self.differing) == 1):
            return Severity.WARNING
        return Severity.NOTE


def selects_nothing(
    graph: Graph, resource: Resource, route: Route, selector: Selector, most: Severity = Severity.ERROR
) -> Iterator[Defect]:
    """The defect of a selector that selects no pods, at most of severity ``most``; none where that may be right."""
    selector = _without_given(selector)
    namespace = graph.namespace_of(resource)
    selected = [pods for pods in graph.select_pods(selector, namespace) if not hook_events(pods.resource)]
    if selected or any(makes_others(known) for known in graph.resources):
        return
    near = _nearest(graph, resource, selector)
    message = f"{resource.ref} selects {show_selector(selector)}, which are the labels of no pod that is rendered"
    if near is None:
        if graph.pods:
            hint = "where the pods are made outside, all is well; otherwise select labels of a pod of this chart"
            yield Defect(message, Target(route, resource), hint, severity=Severity.NOTE)
        return
    if _may_be_given(near, selector):
        return
    workload = near.pods.resource
    labels = Target((*near.pods.route, "metadata", "labels"), workload)
    yield Defect(
        f"{message}; the pods of {workload.ref} {_difference(selector, near.pods.labels)}",
        Target(_differing_at(resource, route, near), resource),
        "make the selector and the labels of the pods equal",
        severity=min(near.severity, most),
        related=((f"the labels of the pods of {workload.ref}", labels),),
    )


def _differing_at(resource: Resource, route: Route, near: _Near) -> Route:
    """The one label for which a selector does not select the pods; the selector where there are several."""
    if len(near.differing) != 1:
        return route
    label = (*route, *(() if resource.ref.kind == "Service" else ("matchLabels",)), near.differing[0])
    return label if resource.get(*label) is not None else route


def _without_given(selector: Selector) -> Selector:
    """A selector without the labels that Kubernetes' controllers give to pods."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    kept = {key: value for key, value in wanted.items() if not key.startswith(_GIVEN_BY_CONTROLLERS)}
    return {**selector, "matchLabels": kept} if len(kept) < len(wanted) else selector


def _may_be_given(near: _Near, selector: Selector) -> bool:
    """Whether the pods lack only labels that a program may give them while they run, such as that of a leader."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    return near.equal > 0 and all(
        key not in near.pods.labels and any(word in f"{key} {wanted[key]}" for word in _GIVEN_WHILE_RUNNING)
        for key in near.differing
    )


def _nearest(graph: Graph, resource: Resource, selector: Selector) -> _Near | None:
    """The pods that have most of what is asked for, if any has something of it."""
    namespace = graph.namespace_of(resource)
    taken = graph.selected_by(resource.ref.kind)
    candidates = (pods for pods in graph.pods if pods.serves and graph.namespace_of(pods.resource) == namespace)
    found = [
        near
        for _, pods in zip(range(MOST_COMPARED), candidates, strict=False)
        if not hook_events(pods.resource)
        and (near := _near(graph, resource, selector, pods, taken=id(pods) in taken)) is not None
    ]
    return max(found, key=lambda near: (near.severity, near.equal), default=None)


def _near(graph: Graph, resource: Resource, selector: Selector, pods: PodTemplate, *, taken: bool) -> _Near | None:
    wanted = mapping_at(dict(selector), ("matchLabels",))
    labels = pods.labels
    shared = [key for key in wanted if key in labels]
    if not shared and not items_at(dict(selector), ("matchExpressions",)):
        return None
    differing = tuple(key for key, value in wanted.items() if labels.get(key) != value)
    like = SimilarNames((pods.resource.ref.name,), graph.releases)
    alike = like.like(resource.ref.name) is not None or pods.resource.ref.name == resource.ref.name
    alike = alike or all(_values_alike(wanted[key], labels.get(key), graph) for key in differing)
    return _Near(pods, len(wanted) - len(differing), differing, alike, taken)


def _values_alike(one: Json, other: Json, graph: Graph) -> bool:
    return SimilarNames((str(other),), graph.releases).like(str(one)) is not None


def _difference(selector: Selector, labels: Mapping[str, Json]) -> str:
    """How the labels of pods differ from a selector: ``have app=web``."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    other = [f"{key}={labels[key]}" for key, value in wanted.items() if key in labels and labels[key] != value]
    lacking = [key for key in wanted if key not in labels]
    parts = ([f"have {', '.join(other)}"] if other else []) + ([f"lack {', '.join(lacking)}"] if lacking else [])
    return " and ".join(parts) or "do not meet its expressions"
