"""A NetworkPolicy cuts a connection that a pod's variable needs.

What it finds
    A variable (or argument) of a pod, or a key of a ConfigMap or Secret that becomes one, holds the address of a
    Service of the chart, and the NetworkPolicies of the chart that select the pods at either end do not let the
    connection through: none lets the pod out to them, or into them, at the port of the container; or none lets it
    ask DNS (port 53) for the Service's name. Addresses (`ipBlock`) and labels of namespaces are not known, and count
    as let through. Where the pod takes a ConfigMap or Secret whole (`envFrom`) it may not need each of its keys, and
    the finding is a warning.

Why it matters
    Where the cluster enforces NetworkPolicies, the connection times out.
    Source: https://kubernetes.io/docs/concepts/services-networking/network-policies/

Bad
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector:
        app: api
      ports:
        - port: 80
          targetPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: api
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: api:1.0
          ports:
            - containerPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: API_URL
              value: http://api
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
    spec:
      podSelector:
        matchLabels:
          app: api
      ingress:
        - from:
            - podSelector:  # <-- here
                matchLabels:
                  app: admin

Good
    apiVersion: v1
    kind: Service
    metadata:
      name: api
    spec:
      selector:
        app: api
      ports:
        - port: 80
          targetPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: api
      labels:
        app: api
    spec:
      containers:
        - name: api
          image: api:1.0
          ports:
            - containerPort: 8000
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web:1.0
          env:
            - name: API_URL
              value: http://api
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: api
    spec:
      podSelector:
        matchLabels:
          app: api
      ingress:
        - from:
            - podSelector:
                matchExpressions:
                  - key: app
                    operator: In
                    values: [admin, web]
          ports:
            - port: 8000
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, Severity
from todo_lint.manifests.graph import Graph, UsedAddress
from todo_lint.manifests.network_policies import Peer, lets_ask_dns, lets_in, lets_out, nearest_part, restricts
from todo_lint.manifests.pod_templates import PodTemplate
from todo_lint.manifests.reference import Use
from todo_lint.manifests.resources import Resource, at
from todo_lint.manifests.service_ports import ports_of, target_of
from todo_lint.records import dataclass, replace
from todo_lint.rules.addresses import MOST_RELATED, where
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.references import place

SUBJECT = Subject.GRAPH
SIGN = "policies and addresses"
SEVERITY = Severity.ERROR


@dataclass(frozen=True, slots=True)
class _Cut:
    """A connection that is cut: the policy and direction that do it, and the address that needs it, surely or not."""

    policy: Resource
    direction: str
    message: str
    used: UsedAddress
    route: Route
    sure: bool = True


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each policy that cuts connections, once for each direction, with all the addresses that need them."""
    found: dict[tuple[int, str], list[_Cut]] = {}
    seen: set[tuple[int, int, int | None]] = set()
    needed = sorted(_needed(graph), key=lambda one: not one[2]) if graph.policies else ()
    for used, source, sure in needed:
        service = graph.find("Service", used.service.name, used.service.namespace)
        if service is None or (id(source), id(service), used.address.port) in seen:
            continue
        seen.add((id(source), id(service), used.address.port))
        cut = _cut(graph, used, source, service)
        if cut is not None:
            found.setdefault((id(cut.policy), cut.direction), []).append(replace(cut, sure=sure))
    for every in found.values():
        cuts = [cut for cut in every if cut.sure] or every
        yield Defect(
            f"{cuts[0].policy.ref} {cuts[0].message}",
            place(cuts[0].policy, *cuts[0].route),
            f"allow the connection in a rule of {cuts[0].direction}",
            severity=None if cuts[0].sure else Severity.WARNING,
            related=tuple(("the address that needs it stands here", where(cut.used)) for cut in cuts[:MOST_RELATED]),
        )


def _needed(graph: Graph) -> Iterator[tuple[UsedAddress, PodTemplate, bool]]:
    """The addresses that pods need, with the pods, and whether they need them for certain.

    They stand in the pods' own fields, or in a key that becomes a variable of theirs.
    """
    for used in graph.addresses:
        own = graph.pods_of(used.source)
        if own is not None:
            yield used, own, True
        where = (used.source.ref.kind, graph.namespace_of(used.source), used.source.ref.name)
        for reader in graph.references_to.get(where, ()) if used.source.ref.kind in ("ConfigMap", "Secret") else ():
            pods = graph.pods_of(reader.source)
            read = reader.use is Use.ENV_FROM or (reader.use is Use.ENV and reader.key == used.route[-1])
            if pods is not None and read:
                yield used, pods, reader.use is Use.ENV


def _cut(graph: Graph, used: UsedAddress, source: PodTemplate, service: Resource) -> _Cut | None:
    """What cuts the connection from some pods to a Service; None where nothing does for certain."""
    leaving = _restricting(graph, source, "Egress")
    needed = f"which the address of {service.ref} in its pods needs"
    if leaving and not lets_ask_dns(leaving, graph.namespace_of(source.resource)):
        message = f"does not let {source.resource.ref} ask DNS (port 53), {needed}"
        return _Cut(leaving[0], "egress", message, used, ("spec", "egress"))
    for target in graph.selected(service):
        port = _port(service, used.address.port, target)
        unclear = len(source.labels_meant) > 1 or len(target.labels_meant) > 1  # a server refuses these workloads
        if port is None or target is source or unclear:
            continue
        ends = _peer(graph, source), _peer(graph, target)
        entering = _restricting(graph, target, "Ingress")
        end = f"port {port} of {target.resource.ref}, {needed}"
        if not lets_out(leaving, ends[0], ends[1], port):
            near = nearest_part(leaving[0], "egress", *ends, port)
            return _Cut(leaving[0], "egress", f"does not let {source.resource.ref} out to {end}", used, near)
        if not lets_in(entering, ends[1], port, ends[0]):
            near = nearest_part(entering[0], "ingress", *ends, port)
            return _Cut(entering[0], "ingress", f"does not let {source.resource.ref} in to {end}", used, near)
    return None


def _restricting(graph: Graph, pods: PodTemplate, direction: str) -> list[Resource]:
    return [policy for policy in graph.policies.get(id(pods), ()) if restricts(policy, direction)]


def _peer(graph: Graph, pods: PodTemplate) -> Peer:
    return Peer(pods.labels, graph.namespace_of(pods.resource), pods.ports())


def _port(service: Resource, port: int | None, pods: PodTemplate) -> int | None:
    """The container's port behind a port of the Service; None where it is not known, or no container has it."""
    declared = pods.ports()
    for entry in ports_of(service):
        if at(entry, ("port",)) != port or at(entry, ("protocol",)) not in (None, "TCP"):
            continue
        target = target_of(entry)
        if isinstance(target, int):
            return target if not declared or target in [known.number for known in declared] else None
        return next((known.number for known in declared if known.name == target), None)
    return None
