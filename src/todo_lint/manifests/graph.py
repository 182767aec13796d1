"""The resources of one profile and who refers to whom, found through indexes.

Everything is worked out when it is first asked for, once, and in time linear in the size of the manifests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.addresses import Address, ServiceName, addresses_in, service_of
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.mentions import Mentions, makes_others
from todo_lint.manifests.outside import Outside
from todo_lint.manifests.pod_templates import PodTemplate, pod_template
from todo_lint.manifests.reference import Reference
from todo_lint.manifests.references import references_of
from todo_lint.manifests.resources import Resource, mapping_at
from todo_lint.manifests.selectors import LabelIndex, Selector, by_labels
from todo_lint.manifests.similar import SimilarNames
from todo_lint.manifests.strings import texts_of
from todo_lint.records import dataclass

CLUSTER_SCOPED = frozenset(
    ("ClusterRole", "ClusterRoleBinding", "Namespace", "PersistentVolume", "StorageClass", "PriorityClass",
     "CustomResourceDefinition", "APIService", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration",
     "IngressClass", "Node", "RuntimeClass", "CSIDriver", "ClusterIssuer")
)  # fmt: skip


def selector_of(resource: Resource) -> Selector | None:
    """The selector with which a resource selects pods; None for one that selects none."""
    value = dict(resource.value)
    if resource.ref.kind == "Service":
        labels = mapping_at(value, ("spec", "selector"))
        return by_labels(labels) if labels else None
    if resource.ref.kind == "NetworkPolicy" and resource.ref.api_version.startswith(("networking.k8s.io/", "extens")):
        return mapping_at(value, ("spec", "podSelector"))
    if resource.ref.kind == "PodDisruptionBudget" and resource.get("spec", "selector") is not None:
        return mapping_at(value, ("spec", "selector"))
    return None


Place = tuple[str, str, int]
"""Where a resource stands in a chart: its file, its kind, and its number among those of this kind in the file."""


@dataclass(frozen=True, slots=True)
class UsedAddress:
    """An address inside a resource, and the Service that it means. ``route`` leads to the string that holds it."""

    source: Resource
    route: Route
    address: Address
    service: ServiceName


class Graph:
    """The resources of a profile, by name, label and reference.

    ``namespace`` is the release's. ``other`` is the same profile rendered under another release name, where there
    is one; ``release`` is the name of this one. ``complete`` is False for manifest files, beside which there may be
    others.
    """

    def __init__(
        self,
        resources: Iterable[Resource],
        namespace: str = "default",
        outside: Outside | None = None,
        release: str = "",
        *,
        complete: bool = True,
    ) -> None:
        self.resources = tuple(resources)
        self.namespace = namespace
        self.outside = outside or Outside()
        self.release = release
        self.complete = complete
        self.other: Graph | None = None
        self._similar: dict[str, SimilarNames] = {}
        self._selected_by: dict[str, Mapping[int, tuple[Resource, ...]]] = {}

    @cached_property
    def _by_kind(self) -> Mapping[str, tuple[Resource, ...]]:
        found: dict[str, list[Resource]] = {}
        for resource in self.resources:
            found.setdefault(resource.ref.kind, []).append(resource)
        return {kind: tuple(resources) for kind, resources in found.items()}

    def of_kind(self, *kinds: str) -> tuple[Resource, ...]:
        """The resources of these kinds, whatever their API version, in the order in which they were rendered."""
        return tuple(resource for kind in kinds for resource in self._by_kind.get(kind, ()))

    def namespace_of(self, resource: Resource) -> str:
        """The namespace a resource is created in; empty for kinds that have none."""
        if resource.ref.kind in CLUSTER_SCOPED:
            return ""
        return resource.ref.namespace or self.namespace

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, str], Resource]:
        return {
            (resource.ref.kind, self.namespace_of(resource), resource.ref.name): resource
            for resource in reversed(self.resources)
        }

    def find(self, kind: str, name: str, namespace: str) -> Resource | None:
        """The resource of a kind and name in a namespace (empty for kinds that have none)."""
        return self._by_name.get((kind, "" if kind in CLUSTER_SCOPED else namespace, name))

    @cached_property
    def _twice(self) -> frozenset[tuple[str, str, str]]:
        seen: set[tuple[str, str, str]] = set()
        twice: set[tuple[str, str, str]] = set()
        for resource in self.resources:
            identity = (resource.ref.kind, self.namespace_of(resource), resource.ref.name)
            (twice if identity in seen else seen).add(identity)
        return frozenset(twice)

    def is_twice(self, resource: Resource) -> bool:
        """Whether another resource has the same identity: which of the two is there nobody knows."""
        return (resource.ref.kind, self.namespace_of(resource), resource.ref.name) in self._twice

    def may_lack(self, kind: str) -> bool:
        """Whether resources of a kind may well be in manifests that were not given: none is among those that were."""
        return not self.complete and kind not in self._by_kind

    def target(self, reference: Reference) -> Resource | None:
        """The resource that a reference leads to, or None where it is not rendered."""
        return self.find(reference.kind, reference.name, reference.namespace)

    @cached_property
    def pods(self) -> tuple[PodTemplate, ...]:
        """The pods of all workloads."""
        return tuple(pods for resource in self.resources if (pods := pod_template(resource)) is not None)

    @cached_property
    def _pods_by_resource(self) -> Mapping[int, PodTemplate]:
        return {id(pods.resource): pods for pods in self.pods}

    def pods_of(self, workload: Resource) -> PodTemplate | None:
        """The pods that a workload makes; None for what makes none."""
        return self._pods_by_resource.get(id(workload))

    @cached_property
    def _pods_by_label(self) -> LabelIndex[PodTemplate]:
        return LabelIndex(
            (self.namespace_of(pods.resource), labels, pods) for pods in self.pods for labels in pods.labels_meant
        )

    def select_pods(self, selector: Mapping[str, Json], namespace: str) -> tuple[PodTemplate, ...]:
        """The pods in a namespace that a LabelSelector selects."""
        return self._pods_by_label.select(selector, namespace)

    @property
    def policies(self) -> Mapping[int, tuple[Resource, ...]]:
        """The NetworkPolicies that select the pods of a workload, by the ``id()`` of its PodTemplate."""
        return self.selected_by("NetworkPolicy")

    def selected_by(self, kind: str) -> Mapping[int, tuple[Resource, ...]]:
        """The resources of a kind that select pods, by the ``id()`` of the PodTemplate."""
        if kind not in self._selected_by:
            found: dict[int, list[Resource]] = {}
            for resource in self.of_kind(kind):
                for pods in self.selected(resource):
                    found.setdefault(id(pods), []).append(resource)
            self._selected_by[kind] = {key: tuple(resources) for key, resources in found.items()}
        return self._selected_by[kind]

    def selected(self, resource: Resource) -> tuple[PodTemplate, ...]:
        """The pods that a Service, NetworkPolicy or PodDisruptionBudget selects.

        Those of hooks and tests come and go, and are none that a Service or a budget is for, whatever their labels.
        """
        selector = selector_of(resource)
        found = self.select_pods(selector, self.namespace_of(resource)) if selector is not None else ()
        if resource.ref.kind == "NetworkPolicy":
            return found
        return tuple(pods for pods in found if not hook_events(pods.resource))

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All references, in the order of the resources."""
        return tuple(
            reference
            for resource in self.resources
            for reference in references_of(resource, resource.ref.namespace or self.namespace)
        )

    @cached_property
    def references_to(self) -> Mapping[tuple[str, str, str], tuple[Reference, ...]]:
        """The references by the kind, namespace and name they lead to."""
        found: dict[tuple[str, str, str], list[Reference]] = {}
        for reference in self.references:
            where = "" if reference.kind in CLUSTER_SCOPED else reference.namespace
            found.setdefault((reference.kind, where, reference.name), []).append(reference)
        return {key: tuple(references) for key, references in found.items()}

    @cached_property
    def addresses(self) -> tuple[UsedAddress, ...]:
        """The addresses in values that mean a Service of the resource's own namespace."""
        return tuple(self._addresses())

    def _addresses(self) -> Iterator[UsedAddress]:
        by_id = {id(resource): resource for resource in self.resources}
        for (holder, route), addresses in self._addresses_by_text.items():
            resource = by_id[holder]
            namespace = resource.ref.namespace or self.namespace
            for address in addresses:
                service = service_of(address, namespace)
                if service is not None and service.namespace == namespace:
                    yield UsedAddress(resource, route, address, service)

    @cached_property
    def _addresses_by_text(self) -> Mapping[tuple[int, Route], tuple[Address, ...]]:
        return {
            (id(resource), route): found
            for resource in self.resources
            for route, text in texts_of(resource)
            if (found := tuple(addresses_in(text)))
        }

    def addresses_at(self, resource: Resource, route: Route) -> tuple[Address, ...]:
        """All addresses in the text at a route of a resource."""
        return self._addresses_by_text.get((id(resource), route), ())

    def is_pod_host(self, service: ServiceName) -> bool:
        """Whether a host names a single pod: one of a StatefulSet, or one with a hostname of its own."""
        name, _, number = service.name.rpartition("-")
        return number.isdigit() and self.find("StatefulSet", name, service.namespace) is not None

    @cached_property
    def has_makers(self) -> bool:
        """Whether some custom resource is among them for which an operator may make others, pods above all."""
        return any(map(makes_others, self.resources))

    @cached_property
    def mentions(self) -> Mentions:
        """The names that occur in places other than references."""
        return Mentions(self.resources)

    @property
    def releases(self) -> tuple[str, ...]:
        """The names of the release in this graph and in the other."""
        return (self.release, self.other.release) if self.other is not None else (self.release,)

    def similar(self, kind: str) -> SimilarNames:
        """The names of the resources of a kind, to ask for one like another."""
        if kind not in self._similar:
            names = dict.fromkeys(resource.ref.name for resource in self.of_kind(kind))
            self._similar[kind] = SimilarNames(names, self.releases)
        return self._similar[kind]

    @cached_property
    def _places(self) -> Mapping[int, Place]:
        return {id(resource): place for place, resource in places(self.resources)}

    @cached_property
    def _by_place(self) -> Mapping[Place, Resource]:
        return dict(places(self.resources))

    def place_of(self, resource: Resource) -> Place | None:
        """The place of a resource of this graph in the chart, which is the same under every release name."""
        return self._places.get(id(resource))

    def twin(self, resource: Resource) -> Resource | None:
        """The same resource under the other release name; None where there is no other, or none in it."""
        place = self.place_of(resource)
        return self.other._by_place.get(place) if self.other is not None and place is not None else None

    def follows_release(self, resource: Resource, route: Route) -> bool:
        """Whether the text at a route changes with the release's name."""
        twin = self.twin(resource)
        return twin is not None and twin.get(*route) != resource.get(*route)


def places(resources: Iterable[Resource]) -> Iterator[tuple[Place, Resource]]:
    """Each resource with its place: file, kind, and its number among those of this kind in the file."""
    counted: dict[tuple[str, str], int] = {}
    for resource in resources:
        key = (resource.source.file, resource.ref.kind)
        counted[key] = counted.get(key, -1) + 1
        yield (*key, counted[key]), resource
