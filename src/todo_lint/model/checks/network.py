"""What the document says of networking as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.manifests.pods import pod_route
from todo_lint.manifests.resources import Resource
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
    """The documented workloads resolve names through the cluster's DNS.

    A pod does so with the dnsPolicy ClusterFirst, the default, unless it is on the host's network, where
    ClusterFirstWithHostNet is needed:
    https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy
    """
    for resource in _documented(evidence, *WORKLOADS):
        route = pod_route(resource)
        if route is None:
            continue
        spec: Route = (*route, "spec")
        policy = resource.get(*spec, "dnsPolicy") or "ClusterFirst"
        host_network = resource.get(*spec, "hostNetwork") is True
        wanted = "ClusterFirstWithHostNet" if host_network else "ClusterFirst"
        if policy != wanted and (host_network or policy != "ClusterFirstWithHostNet"):
            message = f"{resource.ref} has the dnsPolicy {show(policy)}, which passes the cluster's DNS by"
            return violated(statement, message, policy, field(resource, *spec, "dnsPolicy"))
    return holds(statement)


def load_balancing(statement: Statement, evidence: Evidence) -> Outcome:
    """The documented Services have a cluster IP: a headless Service balances nothing.

    https://kubernetes.io/docs/concepts/services-networking/service/#headless-services
    """
    for resource in _documented(evidence, Kind.SERVICE):
        if resource.get("spec", "clusterIP") == "None":
            message = f"{resource.ref} is headless, so Kubernetes does not balance its load"
            return violated(statement, message, "None", field(resource, "spec", "clusterIP"))
    return holds(statement)


def _documented(evidence: Evidence, *kinds: Kind) -> Iterator[Resource]:
    for (kind, _), resource in evidence.pairing.resources.items():
        if kind in kinds:
            yield resource
