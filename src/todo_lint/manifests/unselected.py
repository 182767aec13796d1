"""Selectors that select no pods, and whether that is a mistake.

It is not where the pods are made by an operator, or carry a label that a program gives them while they run, or belong
to a part of the chart that is switched off. It is one where pods come near that nothing else of the kind selects.
"""

from __future__ import annotations

from todo_lint.findings import Severity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph, selector_of
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.resources import Resource, items_at, mapping_at
from todo_lint.manifests.selectors import Selector, selector_keys
from todo_lint.manifests.similar import SimilarNames
from todo_lint.records import dataclass

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
class Near:
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


@dataclass(frozen=True, slots=True)
class Unselected:
    """A selector that selects no pods that are rendered. ``near`` are those that it nearly selects, if there are any.

    ``selector`` is without the labels that Kubernetes' controllers give to pods.
    """

    selector: Selector
    near: Near | None

    @property
    def severity(self) -> Severity:
        """How sure it is that other pods were meant."""
        return self.near.severity if self.near is not None else Severity.NOTE


def unselected(resource: Resource, graph: Graph) -> Unselected | None:
    """What a Service, NetworkPolicy or PodDisruptionBudget asks for in vain; None where that is, or may be, right."""
    written = selector_of(resource)
    if not written or not selector_keys(written) or graph.selected(resource):
        return None
    selector = _without_given(written)
    selected = graph.select_pods(selector, graph.namespace_of(resource))
    if any(not hook_events(pods.resource) for pods in selected) or graph.has_makers:
        return None
    near = _nearest(graph, resource, selector)
    if near is None and not graph.pods:
        return None
    return None if near is not None and _may_be_given(near, selector) else Unselected(selector, near)


def _without_given(selector: Selector) -> Selector:
    """A selector without the labels that Kubernetes' controllers give to pods."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    kept = {key: value for key, value in wanted.items() if not key.startswith(_GIVEN_BY_CONTROLLERS)}
    return {**selector, "matchLabels": kept} if len(kept) < len(wanted) else selector


def _may_be_given(near: Near, selector: Selector) -> bool:
    """Whether the pods lack only labels that a program may give them while they run, such as that of a leader."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    return near.equal > 0 and all(
        key not in near.pods.labels and any(word in f"{key} {wanted[key]}" for word in _GIVEN_WHILE_RUNNING)
        for key in near.differing
    )


def _nearest(graph: Graph, resource: Resource, selector: Selector) -> Near | None:
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


def _near(graph: Graph, resource: Resource, selector: Selector, pods: PodTemplate, *, taken: bool) -> Near | None:
    wanted = mapping_at(dict(selector), ("matchLabels",))
    labels = pods.labels
    shared = [key for key in wanted if key in labels]
    namesake = pods.resource.ref.name == resource.ref.name and not taken
    if not shared and not namesake and not items_at(dict(selector), ("matchExpressions",)):
        return None
    differing = tuple(key for key, value in wanted.items() if labels.get(key) != value)
    like = SimilarNames((pods.resource.ref.name,), graph.releases)
    alike = like.like(resource.ref.name) is not None or pods.resource.ref.name == resource.ref.name
    alike = alike or all(_values_alike(wanted[key], labels.get(key), graph) for key in differing)
    return Near(pods, len(wanted) - len(differing), differing, alike, taken)


def _values_alike(one: Json, other: Json, graph: Graph) -> bool:
    return SimilarNames((str(other),), graph.releases).like(str(one)) is not None
