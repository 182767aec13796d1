"""What the document says of networking as a whole."""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.manifests.pods import pod_route
from todo_lint.manifests.resources import Resource, items_at, text_at
from todo_lint.model.evidence import (
    Evidence,
    field,
    holds,
    missing,
    not_checkable,
    show,
    unread_file,
    violated,
)
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import WORKLOADS, Attribute, Kind, Statement
from todo_lint.model.urls import service_urls


def external_access(statement: Statement, evidence: Evidence) -> Outcome:
    """Some Service has the type that opens it to the outside."""
    for service in evidence.resources.of_kind("Service"):
        if service.get("spec", "type") in (statement.value, *statement.alternatives):
            return holds(statement, field(service, "spec", "type"))
    for stated in evidence.model.stated(Kind.SERVICE, Attribute.TYPE):
        either = statement.value in (stated.value, *stated.alternatives)
        if either and (unread := unread_file(Kind.SERVICE, stated.name, evidence)):
            return not_checkable(statement, f"{stated.subject} is not checked, since {unread} cannot be read")
        resource = evidence.pairing.of(Kind.SERVICE, stated.name)
        if either and resource is not None:
            actual = show(resource.get("spec", "type") or "ClusterIP")
            message = f"no Service has the type {statement.value}: {resource.ref} has the type {actual}"
            return violated(statement, message, actual, field(resource, "spec", "type"))
    return missing(statement, f"the chart renders no Service of type {statement.value}")


def cluster_dns(statement: Statement, evidence: Evidence) -> Outcome:
    """The documented workloads resolve names through the cluster's DNS; all Deployments and StatefulSets where the
    document names none.

    A pod does so with the dnsPolicy ClusterFirst, the default, unless it is on the host's network, where
    ClusterFirstWithHostNet is needed:
    https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy

    A name with at least ``ndots`` dots (5, unless dnsConfig says otherwise) is asked for as it is, and not below the
    cluster's domains first (resolv.conf(5)): some resolvers do not find ``web`` or ``web.shop.svc`` then.
    """
    meant = _documented(evidence, *WORKLOADS) or _rendered(evidence, Kind.DEPLOYMENT, Kind.STATEFUL_SET)
    pods = [(resource, route) for resource in meant if (route := pod_route(resource)) is not None]
    for resource, route in pods:
        spec: Route = (*route, "spec")
        policy = resource.get(*spec, "dnsPolicy") or "ClusterFirst"
        host_network = resource.get(*spec, "hostNetwork") is True
        wanted = "ClusterFirstWithHostNet" if host_network else "ClusterFirst"
        if policy != wanted and (host_network or policy != "ClusterFirstWithHostNet"):
            message = f"{resource.ref} has the dnsPolicy {show(policy)}, which passes the cluster's DNS by"
            return violated(statement, message, policy, field(resource, *spec, "dnsPolicy"))
        for number, option in enumerate(items_at(dict(resource.value), (*spec, "dnsConfig", "options"))):
            ndots = text_at(option, ("value",)) or ""
            if text_at(option, ("name",)) != "ndots" or not ndots.isdigit():
                continue
            dots = max([0, *map(_dots, evidence.model.statements)])
            if int(ndots) <= dots:
                message = f"{resource.ref} sets ndots to {ndots}: names of Services with {dots} dots may not be found"
                target = field(resource, *spec, "dnsConfig", "options", number, "value")
                return violated(statement, message, ndots, target)
    return (
        holds(statement)
        if pods
        else not_checkable(
            statement, "the document names no workload, and the chart renders none that it could be about"
        )
    )


def _dots(statement: Statement) -> int:
    """The most dots in a name of a Service in a statement that is not written out to the cluster's domain."""
    hosts = [url.host for url in service_urls(statement.text)]
    return max((host.count(".") for host in hosts if not host.endswith(".cluster.local")), default=0)


def load_balancing(statement: Statement, evidence: Evidence) -> Outcome:
    """The documented Services have a cluster IP: a headless Service balances nothing.

    Where the document names none, one with a cluster IP is enough: a headless one beside it serves a StatefulSet.
    One that the document itself makes headless is none of those that are meant.

    https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
    """
    named = _documented(evidence, Kind.SERVICE)
    services = named or _rendered(evidence, Kind.SERVICE)
    headless = [service for service in services if service.get("spec", "clusterIP") == "None"]
    told = _stated_headless(evidence) if headless else []
    meant = [service for service in headless if service not in told]
    if meant and (named or headless == services):
        message = f"{meant[0].ref} is headless, so Kubernetes does not balance its load"
        return violated(statement, message, "None", field(meant[0], "spec", "clusterIP"))
    return holds(statement) if services else not_checkable(statement, "the chart renders no Service")


def _stated_headless(evidence: Evidence) -> list[Resource]:
    """The Services of which the document states a cluster IP: whether they are headless is said there."""
    return [
        resource
        for (kind, name), resource in evidence.pairing.resources.items()
        if kind == Kind.SERVICE and evidence.model.stated(kind, Attribute.CLUSTER_IP, name)
    ]


def _rendered(evidence: Evidence, *kinds: Kind) -> list[Resource]:
    return [one for kind in kinds for one in evidence.resources.of_kind(kind)]


def _documented(evidence: Evidence, *kinds: Kind) -> list[Resource]:
    return [resource for (kind, _), resource in evidence.pairing.resources.items() if kind in kinds]
