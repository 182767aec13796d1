"""Whether NetworkPolicies let one pod connect to another.

A pod that no policy selects is open. One that some policy selects is open to what any of these policies allows, for
ingress and egress separately: https://kubernetes.io/docs/concepts/services-networking/network-policies/.

What depends on things that are not in the manifests (addresses, labels of namespaces) counts as allowed.
"""

from __future__ import annotations

from collections.abc import Iterable

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pod_templates import ContainerPort
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.manifests.selectors import Labels, selects
from todo_lint.records import dataclass

_NAME_LABEL = "kubernetes.io/metadata.name"
DNS_PORT = 53


@dataclass(frozen=True, slots=True)
class Peer:
    """A pod at one end of a connection. ``ports`` are those that its containers declare."""

    labels: Labels
    namespace: str
    ports: tuple[ContainerPort, ...] = ()


def restricts(policy: Resource, direction: str) -> bool:
    """Whether a policy is about ``Ingress`` or ``Egress``; without ``policyTypes`` by the rules that it has."""
    types = items_at(dict(policy.value), ("spec", "policyTypes"))
    if types:
        return direction in types
    return direction == "Ingress" or policy.get("spec", "egress") is not None


def lets_in(policies: Iterable[Resource], target: Peer, port: int, source: Peer, protocol: str = "TCP") -> bool:
    """Whether the policies that select ``target`` let ``source`` connect to its port."""
    restricting = [policy for policy in policies if restricts(policy, "Ingress")]
    return not restricting or any(
        _allows(rule, "from", source, target, port, protocol, policy_namespace=target.namespace)
        for policy in restricting
        for rule in items_at(dict(policy.value), ("spec", "ingress"))
    )


def lets_out(policies: Iterable[Resource], source: Peer, target: Peer, port: int, protocol: str = "TCP") -> bool:
    """Whether the policies that select ``source`` let it connect to a port of ``target``."""
    restricting = [policy for policy in policies if restricts(policy, "Egress")]
    return not restricting or any(
        _allows(rule, "to", target, target, port, protocol, policy_namespace=source.namespace)
        for policy in restricting
        for rule in items_at(dict(policy.value), ("spec", "egress"))
    )


def nearest_part(policy: Resource, direction: str, source: Peer, target: Peer, port: int) -> Route:
    """The part of a policy that comes near to a connection it does not allow, such as the ``ports`` of a rule.

    Args:
        policy: one that restricts the pods at one end.
        direction: ``ingress`` or ``egress``.
        source: the pod that connects.
        target: the pod that is connected to.
        port: the target's port.
    """
    side, peer, own = ("from", source, target) if direction == "ingress" else ("to", target, source)
    rules = items_at(dict(policy.value), ("spec", direction))
    for number, rule in enumerate(rules):
        if any(_may_be(_mapping(entry), peer, own.namespace) for entry in items_at(rule, (side,))):
            return _only(rule, ("spec", direction, number), "ports")
    for number, rule in enumerate(rules):
        ports = items_at(rule, ("ports",))
        if not ports or any(_covers(entry, port, "TCP", target.ports) for entry in ports):
            return _only(rule, ("spec", direction, number), side)
    return ("spec", direction)


def _only(rule: Json, route: Route, part: str) -> Route:
    """A list in a rule, or what it holds where that is one thing: of one port its number or name."""
    entries = items_at(rule, (part,))
    if len(entries) != 1:
        return (*route, part)
    return (*route, part, 0, "port") if at(entries[0], ("port",)) is not None else (*route, part, 0)


def lets_ask_dns(policies: Iterable[Resource], namespace: str) -> bool:
    """Whether the policies that select a pod let it ask the cluster's DNS, which is in another namespace."""
    restricting = [policy for policy in policies if restricts(policy, "Egress")]
    return not restricting or any(
        _reaches_dns(rule, namespace)
        for policy in restricting
        for rule in items_at(dict(policy.value), ("spec", "egress"))
    )


def _reaches_dns(rule: Json, namespace: str) -> bool:
    peers = items_at(rule, ("to",))
    leaves = not peers or any(
        "podSelector" not in peer or "namespaceSelector" in peer for peer in map(_mapping, peers)
    )
    ports = items_at(rule, ("ports",))
    # A server of DNS may listen on another port behind its Service; it is never one below 53.
    named = any(isinstance(at(port, ("port",)), str) for port in ports)
    open_ = not ports or named or any(_covers(port, DNS_PORT, "UDP", ()) for port in ports)
    open_ = open_ or any(_covers(port, DNS_PORT, "TCP", ()) for port in ports)
    return ((leaves or namespace == "kube-system") and open_) or (bool(peers) and _other_dns(ports))


def _other_dns(ports: list[Json]) -> bool:
    """Whether a port is one on which DNS servers of some clusters listen; a rule for these says to which pods."""
    return any(at(port, ("port",)) in (5353, 8053, 1053, 9153) for port in ports)


def _mapping(value: Json) -> dict[str, Json]:
    return mapping_at(value)


def _allows(
    rule: Json, side: str, peer: Peer, target: Peer, port: int, protocol: str, *, policy_namespace: str
) -> bool:
    ports = items_at(rule, ("ports",))
    if ports and not any(_covers(entry, port, protocol, target.ports) for entry in ports):
        return False
    peers = items_at(rule, (side,))
    return not peers or any(_may_be(_mapping(entry), peer, policy_namespace) for entry in peers)


def _covers(entry: Json, port: int, protocol: str, declared: tuple[ContainerPort, ...]) -> bool:
    """Whether one entry of ``ports`` covers a port of the target; its names are those of the target's containers."""
    if (text_at(entry, ("protocol",)) or "TCP") != protocol:
        return False
    wanted, end = at(entry, ("port",)), at(entry, ("endPort",))
    if isinstance(wanted, str):
        return any(known.name == wanted and known.number == port for known in declared)
    if isinstance(wanted, int):
        return wanted <= port <= end if isinstance(end, int) else wanted == port
    return True


def _may_be(entry: dict[str, Json], peer: Peer, policy_namespace: str) -> bool:
    """Whether a peer may be meant by an entry of ``from`` or ``to``."""
    if "ipBlock" in entry:
        return True
    if "namespaceSelector" in entry:
        if not _may_be_namespace(mapping_at(entry, ("namespaceSelector",)), peer.namespace):
            return False
    elif peer.namespace != policy_namespace:
        return False
    return selects(mapping_at(entry, ("podSelector",)), peer.labels)


def _may_be_namespace(selector: dict[str, Json], namespace: str) -> bool:
    """Whether a selector may select a namespace, of whose labels only the one with its name is known."""
    wanted = mapping_at(selector, ("matchLabels",)).get(_NAME_LABEL)
    if wanted is not None:
        return wanted == namespace
    for expression in items_at(selector, ("matchExpressions",)):
        if at(expression, ("key",)) == _NAME_LABEL and at(expression, ("operator",)) == "In":
            return namespace in items_at(expression, ("values",))
    return True
