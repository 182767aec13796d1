"""Ingresses, IngressClasses, NetworkPolicies, IPAddresses and ServiceCIDRs.

Source: https://kubernetes.io/docs/concepts/services-networking/ingress/ and
https://kubernetes.io/docs/concepts/services-networking/network-policies/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.containers import check_port
from todo_lint.kubernetes.formats import (
    is_domain_path,
    wrong_cidr,
    wrong_ip,
    wrong_port_name,
    wrong_wildcard_subdomain,
)
from todo_lint.kubernetes.metadata import wrong_service_name
from todo_lint.kubernetes.names import wrong_dns_label, wrong_dns_subdomain
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import described, quoted

_BAD_IN_PATH = ("//", "/./", "/../", "%2f", "%2F")
_BAD_AT_END = ("/..", "/.")


@check("networking.IngressSpec")
def check_ingress(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the rules, backends and hosts of an Ingress."""
    if not value.get("rules") and "defaultBackend" not in value:
        report.invalid(route, "an Ingress needs a defaultBackend or rules")
    if "defaultBackend" in value:
        _backend(value["defaultBackend"], (*route, "defaultBackend"), report)
    for number, rule in enumerate(value.get("rules", ())):
        _rule(rule, (*route, "rules", number), report)
    for number, tls in enumerate(value.get("tls", ())):
        for index, host in enumerate(tls.get("hosts", ())):
            wrong = wrong_wildcard_subdomain(host) if "*" in host else wrong_dns_subdomain(host)
            if wrong:
                report.name((*route, "tls", number, "hosts", index), host, wrong)
        secret = tls.get("secretName")
        wrong = wrong_dns_subdomain(secret) if secret else None
        if wrong:
            report.name((*route, "tls", number, "secretName"), secret, wrong)
    name = value.get("ingressClassName")
    if name is not None:
        report.check_name((*route, "ingressClassName"), name, wrong_dns_subdomain)


def _rule(rule: dict[str, Any], route: Route, report: Report) -> None:
    host = rule.get("host")
    if host:
        if wrong_ip(host) is None:
            report.invalid((*route, "host"), f"host is {described(host)}, a DNS name is expected and no IP address")
        wrong = wrong_wildcard_subdomain(host) if "*" in host else wrong_dns_subdomain(host)
        if wrong:
            report.name((*route, "host"), host, wrong)
    for number, path in enumerate((rule.get("http") or {}).get("paths", ())):
        at = (*route, "http", "paths", number)
        _path(path, at, report)
        _backend(path.get("backend") or {}, (*at, "backend"), report)


def _path(value: dict[str, Any], route: Route, report: Report) -> None:
    path, kind = value.get("path", ""), value.get("pathType")
    at = (*route, "path")
    if kind in ("Exact", "Prefix"):
        if not path.startswith("/"):
            report.add("invalid-path", at, f"path is {described(path)}, it must begin with /")
        for part in _BAD_IN_PATH:
            if part in path:
                report.add("invalid-path", at, f"path is {described(path)}, it may not hold {part}")
        for part in _BAD_AT_END:
            if path.endswith(part):
                report.add("invalid-path", at, f"path is {described(path)}, it may not end with {part}")
    elif kind == "ImplementationSpecific" and path and not path.startswith("/"):
        report.add("invalid-path", at, f"path is {described(path)}, it must begin with /")


def _backend(value: dict[str, Any], route: Route, report: Report) -> None:
    service, resource = value.get("service"), value.get("resource")
    if service is not None and resource is not None:
        report.exclusive(route, ("service", "resource"))
    elif resource is not None:
        check_reference(resource, (*route, "resource"), report)
    elif service is not None:
        _service(service, (*route, "service"), report)
    else:
        report.add("not-one-of", route, "the backend is empty, one of service and resource is needed")


def check_reference(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check a reference to an object by group, kind and name."""
    group = value.get("apiGroup")
    if group is not None:
        report.check_name((*route, "apiGroup"), group, wrong_dns_subdomain)
    for name in ("kind", "name"):
        if not value.get(name):
            report.missing((*route, name))
        elif "/" in value[name] or "%" in value[name]:
            report.name((*route, name), value[name], "it may hold neither / nor %")


def _service(value: dict[str, Any], route: Route, report: Report) -> None:
    service = value.get("name", "")
    wrong = wrong_service_name(service, report.minor) if service else None
    if wrong:
        report.name((*route, "name"), service, wrong)
    port = value.get("port") or {}
    at = (*route, "port")
    name, number = port.get("name"), port.get("number", 0)
    if name:
        if number:
            report.invalid(at, "name and number exclude each other")
            report.blame(len(report.problems) - 1, route[:-1])
        wrong = wrong_port_name(name)
        if wrong:
            report.name((*at, "name"), name, wrong)
    elif number:
        check_port(number, (*at, "number"), report)
    else:
        report.missing(at, "the port needs a name or a number")
        report.blame(len(report.problems) - 1, route[:-1])


@check("networking.IngressClassSpec")
def check_ingress_class(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the controller and the parameters of an IngressClass."""
    controller = value.get("controller", "")
    at = (*route, "controller")
    if not controller:
        report.missing(at)
    elif not is_domain_path(controller):
        report.invalid(
            at, f"controller is {described(controller)}, a domain and a path like example.com/ingress are expected"
        )
    parameters = value.get("parameters")
    if parameters is None:
        return
    scope, namespace = parameters.get("scope", "Cluster"), parameters.get("namespace")
    at = (*route, "parameters")
    if scope not in ("Cluster", "Namespace"):
        report.unsupported((*at, "scope"), scope, ("Cluster", "Namespace"))
    elif scope == "Namespace" and not namespace:
        report.missing((*at, "namespace"), "the scope Namespace needs it")
    elif scope == "Cluster" and namespace is not None:
        report.forbidden((*at, "namespace"), "the scope is Cluster")
    elif namespace and wrong_dns_label(namespace):
        report.name((*at, "namespace"), namespace, wrong_dns_label(namespace) or "")


@check("networking.NetworkPolicySpec")
def check_network_policy(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the peers and ports of a NetworkPolicy."""
    for direction, peers in (("ingress", "from"), ("egress", "to")):
        for number, rule in enumerate(value.get(direction, ())):
            at = (*route, direction, number)
            for index, port in enumerate(rule.get("ports", ())):
                _policy_port(port, (*at, "ports", index), report)
            for index, peer in enumerate(rule.get(peers, ())):
                _peer(peer, (*at, peers, index), report)


def _policy_port(value: dict[str, Any], route: Route, report: Report) -> None:
    port, end = value.get("port"), value.get("endPort")
    if port is not None:
        check_port(port, (*route, "port"), report)
    if end is None:
        return
    at = (*route, "endPort")
    if port is None or isinstance(port, str):
        report.invalid(at, "endPort needs a numeric port beside it")
    elif not 1 <= end <= 65535 or end < port:
        report.outside(at, end, port, 65535)


def _peer(value: dict[str, Any], route: Route, report: Report) -> None:
    given = [name for name in ("podSelector", "namespaceSelector", "ipBlock") if name in value]
    if not given:
        report.missing(route, "one of podSelector, namespaceSelector and ipBlock is needed")
    elif len(given) > 1 and "ipBlock" in given:
        report.forbidden(route, "ipBlock stands alone")
    if "ipBlock" in value:
        _ip_block(value["ipBlock"], (*route, "ipBlock"), report)


def _ip_block(value: dict[str, Any], route: Route, report: Report) -> None:
    cidr = value.get("cidr", "")
    at = (*route, "cidr")
    if not cidr:
        report.missing(at)
        return
    wrong = wrong_cidr(cidr, strict=report.strict_addresses)
    if wrong:
        report.invalid(at, f"cidr is {described(cidr)}: {wrong}")
    elif "except" in value:
        _excepted(cidr, value["except"], route, report)


def _excepted(cidr: str, items: list[str], route: Route, report: Report) -> None:
    """Check the parts that are taken out of a block."""
    import ipaddress

    outer = ipaddress.ip_network(cidr, strict=False)
    for number, item in enumerate(items):
        at = (*route, "except", number)
        if wrong_cidr(item, strict=report.strict_addresses):
            report.invalid(at, f"{quoted(item)}: {wrong_cidr(item, strict=report.strict_addresses)}")
            continue
        inner = ipaddress.ip_network(item, strict=False)
        inside = inner.version == outer.version and ipaddress.ip_address(item.partition("/")[0]) in outer
        if not inside or inner.prefixlen <= outer.prefixlen:
            report.invalid(at, f"{item} is no smaller part of {cidr}")


@check("networking.IPAddress")
def check_ip_address(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the name of an IPAddress is an address in its usual form."""
    import ipaddress

    name = (value.get("metadata") or {}).get("name", "")
    if name and (wrong_ip(name, strict=True) or str(ipaddress.ip_address(name)) != name):
        report.name(("metadata", "name"), name, "an IP address in its usual form is expected")


def _unusual_form(cidr: str) -> str | None:
    """Say that a block of addresses is not written in the one form that a ServiceCIDR may have, or None."""
    import ipaddress

    try:
        usual = str(ipaddress.ip_network(cidr, strict=False))
    except ValueError:  # zeros in front, which older servers overlook elsewhere
        return "a block without zeros in front of its numbers is expected"
    return None if cidr == usual else f"its usual form {usual} is expected"


@check("networking.ServiceCIDRSpec")
def check_service_cidr(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the blocks of addresses of a ServiceCIDR."""
    cidrs = value.get("cidrs", [])
    for number, cidr in enumerate(cidrs):
        wrong = wrong_cidr(cidr, strict=report.strict_addresses) or _unusual_form(cidr)
        if wrong:
            report.invalid((*route, "cidrs", number), f"{quoted(cidr)}: {wrong}")
    if len(cidrs) == 2 and (":" in cidrs[0]) == (":" in cidrs[1]):
        report.invalid((*route, "cidrs"), "two blocks must be one of IPv4 and one of IPv6")
