"""What leads to nothing that is rendered: references, their keys and ports, addresses and theirs.

What the rules report and what the drawing marks is told here, and in unselected.py and target_ports.py beside it.
Not everything that a chart refers to is its own: Secrets above all are often made outside. So each name that leads
nowhere comes with what speaks for it being meant as the chart's own.
"""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.manifests.addresses import Address, service_of
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource, mapping_at, text_at
from todo_lint.manifests.service_ports import has_port, ports_of
from todo_lint.records import dataclass

_MADE_BY_PROGRAMS = ("ConfigMap", "Secret")
"""What a program makes whose name it is told; other kinds are made by operators only."""
_NEEDED_BY_HOOKS = frozenset(
    (Use.ENV, Use.ENV_FROM, Use.VOLUME, Use.PARTIAL_VOLUME, Use.SUB_PATH, Use.CLAIM, Use.SERVICE_ACCOUNT, Use.ROLE,
     Use.SUBJECT)
)  # fmt: skip
_MADE_LATER = frozenset((Use.TLS, Use.IMAGE_PULL, Use.OTHER))
"""What Secrets are for that others make, or may be missing: only one that is nearly the name of another is told."""
_BY_ANNOTATION = "use-annotation"
"""The port of a backend by which AWS' load balancer controller is told that an annotation says what is done."""
_CONFUSED = {
    Use.ROLE: ("Role", "ClusterRole"),
    Use.SCALE_TARGET: ("Deployment", "StatefulSet", "ReplicaSet", "DaemonSet"),
}
"""The kinds that are easily taken for each other where a reference names its kind."""
_WITH_KEYS = ("ConfigMap", "Secret")
_FILLED_TYPES = ("kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token")
_FILLING_MARKS = ("inject-trusted-cabundle", "inject-cabundle", "replicate-from", "reflects", "serving-cert")


@dataclass(frozen=True, slots=True)
class Missing:
    """Why a name that leads nowhere is thought to be the chart's own; all empty: it may be made outside.

    ``follows``: it changes with the release's name. ``renamed``: under the other release name it fits, and what it
    leads to there is rendered here under this name. ``like``: something like it is rendered. ``otherwise``: what has
    this very name, and is of another kind or in another namespace; ``wrong`` leads to the field that differs then.
    """

    follows: bool = False
    renamed: str = ""
    like: str = ""
    otherwise: str = ""
    wrong: Route = ()

    @property
    def own(self) -> bool:
        """Whether the name is probably meant as the chart's own."""
        return bool(self.follows or self.renamed or self.like or self.otherwise)


def missing(reference: Reference, graph: Graph) -> Missing | None:
    """What is known of a reference that leads nowhere; None where it leads somewhere, or may do without."""
    if not is_needed(reference) or graph.target(reference) is not None:
        return None
    if graph.outside.has(reference.kind, reference.name):
        return None
    namesake = _namesake(reference, graph)
    if namesake is not None:
        return namesake
    source = graph.namespace_of(reference.source) or graph.namespace
    if reference.namespace not in ("", source) or graph.may_lack(reference.kind):
        return None
    made = graph.mentions.of if reference.kind in _MADE_BY_PROGRAMS else graph.mentions.made_by
    if made(reference.name):
        return None
    if reference.use in _MADE_LATER:
        near = Missing(
            renamed=_renamed(reference, graph), like=graph.similar("Secret").misspelt(reference.name) or ""
        )
        return near if near.own else None
    return Missing(
        graph.follows_release(reference.source, reference.route),
        _renamed(reference, graph),
        graph.similar(reference.kind).like(reference.name) or "",
    )


def _namesake(reference: Reference, graph: Graph) -> Missing | None:
    """What is known of a reference to the very name of something that is of another kind or in another namespace."""
    namespace = graph.namespace_of(reference.source) or graph.namespace
    if reference.use is Use.SUBJECT and reference.namespace != namespace:
        found = graph.find(reference.kind, reference.name, namespace)
        there = f"{found.ref} in the namespace {namespace}" if found is not None else ""
        return Missing(otherwise=there, wrong=(*reference.route[:-1], "namespace")) if there else None
    for kind in _CONFUSED.get(reference.use, ()):
        found = graph.find(kind, reference.name, namespace) if kind != reference.kind else None
        if found is not None:
            return Missing(otherwise=str(found.ref), wrong=(*reference.route[:-1], "kind"))
    return None


def is_needed(reference: Reference) -> bool:
    """Whether something does not work while a reference leads nowhere."""
    if reference.optional:
        return False
    if hook_events(reference.source):
        return reference.use in _NEEDED_BY_HOOKS
    if reference.use is Use.BACKEND:
        return reference.key != _BY_ANNOTATION
    return True


def lacks_key(reference: Reference, graph: Graph) -> bool:
    """Whether a reference leads to a ConfigMap or Secret that is rendered and lacks the key."""
    if reference.kind not in _WITH_KEYS or reference.key is None or reference.optional:
        return False
    target = graph.target(reference)
    if target is None or reference.key in keys_of(target) or graph.is_twice(target):
        return False
    return not is_filled_by_others(target)


def is_filled_by_others(target: Resource) -> bool:
    """Whether the keys are put in later, by Kubernetes, a controller or a program: then they are not known."""
    if not keys_of(target) or text_at(dict(target.value), ("type",)) in _FILLED_TYPES:
        return True
    value = dict(target.value)
    marks = (*mapping_at(value, ("metadata", "annotations")), *mapping_at(value, ("metadata", "labels")))
    return any(mark in key for key in marks for mark in _FILLING_MARKS)


def lacks_port(reference: Reference, graph: Graph) -> bool:
    """Whether a reference leads to a Service that is rendered and lacks the port."""
    if reference.kind != "Service" or reference.key is None:
        return False
    service = graph.target(reference)
    return service is not None and not has_port(service, reference.key) and not graph.is_twice(service)


def closed_service(used: UsedAddress, graph: Graph) -> Resource | None:
    """The Service that an address means, where it is rendered and lacks the port; else None.

    Headless Services lead to any port of the pods.
    """
    service, port = graph.find("Service", used.service.name, used.service.namespace), used.address.port
    if service is None or port is None or service.get("spec", "clusterIP") == "None" or not ports_of(service):
        return None
    open_ = has_port(service, str(port)) or graph.is_twice(service)
    return None if open_ or not is_meant(used, graph) else service


def _renamed(reference: Reference, graph: Graph) -> str:
    """What the reference leads to under the other release name, by its name in this graph."""
    twin = graph.twin(reference.source)
    if twin is None or graph.other is None:
        return ""
    name = twin.get(*reference.route)
    target = graph.other.find(reference.kind, str(name), reference.namespace)
    found = graph.other.twin(target) if target is not None else None
    return found.ref.name if found is not None else ""


def missing_host(used: UsedAddress, graph: Graph) -> Missing | None:
    """What is known of a host that is no Service of the profile; None where it is one, or somebody makes it."""
    name = used.service.name
    if graph.may_lack("Service"):
        return None
    if graph.find("Service", name, used.service.namespace) is not None or graph.outside.has("Service", name):
        return None
    if graph.is_pod_host(used.service) or graph.mentions.made_by(name):
        return None
    return Missing(_follows(used, graph), _renamed_host(used, graph), graph.similar("Service").like(name) or "")


def is_meant(used: UsedAddress, graph: Graph) -> bool:
    """Whether an address leads to a Service under the other release name as well, and not here by chance."""
    address = _twin(used, graph)
    if address is None or graph.other is None:
        return True
    meant = service_of(address, used.service.namespace)
    return meant is None or graph.other.find("Service", meant.name, meant.namespace) is not None


def _follows(used: UsedAddress, graph: Graph) -> bool:
    """Whether the host changes with the release's name."""
    twin = _twin(used, graph)
    return twin is not None and twin.host != used.address.host


def _twin(used: UsedAddress, graph: Graph) -> Address | None:
    """The address at the same place under the other release name."""
    twin = graph.twin(used.source)
    if twin is None or graph.other is None:
        return None
    own, theirs = (graph.addresses_at(used.source, used.route), graph.other.addresses_at(twin, used.route))
    if len(own) != len(theirs):
        return None
    return next((other for mine, other in zip(own, theirs, strict=True) if mine.start == used.address.start), None)


def _renamed_host(used: UsedAddress, graph: Graph) -> str:
    """The name of the Service here that the address means under the other release name."""
    address = _twin(used, graph)
    if address is None or graph.other is None:
        return ""
    meant = service_of(address, used.service.namespace)
    target = graph.other.find("Service", meant.name, meant.namespace) if meant is not None else None
    found = graph.other.twin(target) if target is not None else None
    return found.ref.name if found is not None else ""
