"""Services, Endpoints and EndpointSlices.

Source: https://kubernetes.io/docs/concepts/services-networking/service/ and ServiceSpec in
https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.containers import check_port
from todo_lint.kubernetes.formats import wrong_cidr, wrong_ip
from todo_lint.kubernetes.metadata import check_labels
from todo_lint.kubernetes.names import length, wrong_dns_subdomain, wrong_qualified_name
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import described, quoted

NODE_PORTS = (30000, 32767)
_LONGEST_AFFINITY = 86400
_TRAFFIC_DISTRIBUTION = 31
"""The first version that has it switched on (feature gate ServiceTrafficDistribution); older ones drop it."""


@check("core.ServiceSpec")
def check_service(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check what type, ports, addresses and policies of a Service must agree upon."""
    kind = value.get("type") or "ClusterIP"
    _ports(value, kind, route, report)
    _addresses(value, kind, route, report)
    _external_addresses(value, route, report)
    _by_type(value, kind, route, report)
    _affinity(value, kind, route, report)
    _families(value, kind, route, report)
    if "selector" in value:
        check_labels(value["selector"], (*route, "selector"), report)


def _ports(value: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    ports = value.get("ports", [])
    headless = value.get("clusterIP") == "None" or value.get("clusterIPs", [None])[:1] == ["None"]
    if not ports and not headless and kind != "ExternalName":
        report.missing((*route, "ports"), "a Service needs at least one port")
    names: set[str] = set()
    pairs: set[tuple[Any, ...]] = set()
    nodes: set[tuple[Any, ...]] = set()
    for number, port in enumerate(ports):
        at = (*route, "ports", number)
        _port_name(port, len(ports), names, at, report)
        if port.get("targetPort", 0) not in (0, ""):
            check_port(port["targetPort"], (*at, "targetPort"), report)
        _node_port(port, kind, nodes, at, report)
        pair = (port.get("protocol") or "TCP", port.get("port", 0))
        if pair in pairs:
            report.duplicate(at, f"{pair[0]} {pair[1]}")
        pairs.add(pair)


def _port_name(port: dict[str, Any], count: int, names: set[str], route: Route, report: Report) -> None:
    name = port.get("name", "")
    if not name:
        if count > 1:
            report.missing((*route, "name"), "each of several ports needs a name")
    elif name in names:
        report.duplicate((*route, "name"), name)
    names.add(name)


def _node_port(port: dict[str, Any], kind: str, nodes: set[tuple[Any, ...]], route: Route, report: Report) -> None:
    number = port.get("nodePort", 0)
    at = (*route, "nodePort")
    if not number:
        return
    if kind in ("ClusterIP", "ExternalName"):
        report.forbidden(at, f"the type is {kind}", "use the type NodePort or LoadBalancer")
        return
    low, high = NODE_PORTS
    if not low <= number <= high:
        report.advise("node-port-range", at, f"nodePort is {number}, {low} to {high} is allowed by default")
    key = (number, port.get("protocol") or "TCP")
    if key in nodes:
        report.duplicate(at, number)
    nodes.add(key)


def _addresses(value: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    address = value.get("clusterIP", "")
    at = (*route, "clusterIPs")
    if kind == "ExternalName":
        if address:
            report.forbidden(at, "the type is ExternalName")
        if value.get("clusterIPs"):
            report.forbidden(at, "the type is ExternalName")
    elif address == "None" and kind in ("NodePort", "LoadBalancer"):
        report.invalid((*at, 0), f"a Service of the type {kind} cannot be headless (clusterIP None)")
    elif address and address != "None" and wrong_ip(address, strict=report.strict_addresses):
        report.invalid((*at, 0), f"clusterIP is {described(address)}, None or an IP address is expected")
    several = value.get("clusterIPs")
    if several and not address and kind != "ExternalName":
        report.invalid(at, "clusterIPs must be empty where clusterIP is")
    if several and "None" in several[1:]:
        report.invalid(at, "None must be the only one of clusterIPs")
    if several and several[0] != address and kind != "ExternalName" and address:
        report.invalid(at, "the first of clusterIPs must be the clusterIP")


def _external_addresses(value: dict[str, Any], route: Route, report: Report) -> None:
    for number, external in enumerate(value.get("externalIPs", ())):
        if wrong_ip(external, strict=report.strict_addresses):
            report.invalid((*route, "externalIPs", number), f"{quoted(external)} is no IP address")
        elif _is_special(external):
            report.invalid(
                (*route, "externalIPs", number), f"{external} is an address of the machine itself or of no one"
            )


def _is_special(text: str) -> bool:
    import ipaddress

    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    multicast = address.is_multicast and (
        int(address) >> 8 == 0xE00000 if address.version == 4 else str(address).startswith("ff02")
    )
    return address.is_unspecified or address.is_loopback or address.is_link_local or multicast


def _by_type(value: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    if kind == "ExternalName":
        _external_name(value, route, report)
    balanced = kind == "LoadBalancer"
    ranges = value.get("loadBalancerSourceRanges", [])
    if ranges and not balanced:
        report.forbidden((*route, "loadBalancerSourceRanges"), f"the type is {kind}")
        report.blame(len(report.problems) - 1, route, "LoadBalancerSourceRanges")
    for number, item in enumerate(ranges if balanced else ()):
        wrong = wrong_cidr(item.strip(), strict=report.strict_addresses)
        if wrong:
            report.invalid((*route, "loadBalancerSourceRanges", number), f"{quoted(item)}: {wrong}")
            report.blame(len(report.problems) - 1, route, "LoadBalancerSourceRanges", number)
    for name in ("allocateLoadBalancerNodePorts", "loadBalancerClass"):
        if name in value and not balanced:
            report.forbidden((*route, name), f"the type is {kind}")
    balancer = value.get("loadBalancerClass")
    if balanced and balancer is not None and wrong_qualified_name(balancer):
        report.name((*route, "loadBalancerClass"), balancer, wrong_qualified_name(balancer) or "")
    _traffic(value, kind, route, report)


def _external_name(value: dict[str, Any], route: Route, report: Report) -> None:
    name = value.get("externalName", "").removesuffix(".")
    at = (*route, "externalName")
    if not name:
        report.missing(at, "the type ExternalName needs it")
        return
    wrong = wrong_dns_subdomain(name)
    if wrong:
        report.name(at, value["externalName"], wrong)


def _traffic(value: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    policy = value.get("externalTrafficPolicy", "")
    at = (*route, "externalTrafficPolicy")
    exposed = kind in ("NodePort", "LoadBalancer") or bool(value.get("externalIPs"))
    if policy and not exposed:
        message = f"externalTrafficPolicy is {described(policy)}, which is for the types NodePort and LoadBalancer"
        report.invalid(at, f"{message}; the type is {described(kind)}", "remove externalTrafficPolicy")
    elif policy not in ("", "Cluster", "Local"):
        report.unsupported(at, policy, ("Cluster", "Local"))
    health = value.get("healthCheckNodePort", 0)
    if health and not 1 <= health <= 65535:
        report.outside((*route, "healthCheckNodePort"), health, 1, 65535)
    elif health and not (kind == "LoadBalancer" and policy == "Local"):
        report.invalid(
            (*route, "healthCheckNodePort"),
            "healthCheckNodePort is for the type LoadBalancer with externalTrafficPolicy Local only",
        )


@check("core.ServiceSpec")
def check_distribution(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check where traffic is sent by preference."""
    wanted = value.get("trafficDistribution")
    if wanted is None or wanted == "PreferClose" or report.minor < _TRAFFIC_DISTRIBUTION:
        return
    allowed = ("PreferClose", "PreferSameZone", "PreferSameNode") if report.minor >= 33 else ("PreferClose",)
    if wanted not in allowed:
        report.unsupported((*route, "trafficDistribution"), wanted, allowed)


def _affinity(value: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    config = value.get("sessionAffinityConfig")
    at = (*route, "sessionAffinityConfig")
    if value.get("sessionAffinity") != "ClientIP":
        return  # a server drops the configuration
    if config is None:
        return
    seconds = (config.get("clientIP") or {}).get("timeoutSeconds")
    if seconds is not None and not 1 <= seconds <= _LONGEST_AFFINITY:
        report.outside((*at, "clientIP", "timeoutSeconds"), seconds, 1, _LONGEST_AFFINITY)


def _families(value: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    families = value.get("ipFamilies", [])
    at = (*route, "ipFamilies")
    if kind == "ExternalName":
        for name in ("ipFamilies", "ipFamilyPolicy"):
            if value.get(name):
                report.forbidden((*route, name), "the type is ExternalName")
        return
    seen = set()
    for number, family in enumerate(families):
        if family not in ("IPv4", "IPv6"):
            report.unsupported((*at, number), family, ("IPv4", "IPv6"))
        elif family in seen:
            report.duplicate((*at, number), family)
        seen.add(family)
    if len(families) > 1 and value.get("ipFamilyPolicy") == "SingleStack":
        report.invalid((*route, "ipFamilyPolicy"), "ipFamilyPolicy SingleStack allows one of ipFamilies")


@check("core.Endpoints")
def check_endpoints(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the subsets of an Endpoints object."""
    for number, subset in enumerate(value.get("subsets", ())):
        at = ("subsets", number)
        if not subset.get("addresses") and not subset.get("notReadyAddresses"):
            report.missing(at, "one of addresses and notReadyAddresses is needed")
        for kind in ("addresses", "notReadyAddresses"):
            for index, address in enumerate(subset.get(kind, ())):
                _endpoint_ip(address.get("ip", ""), (*at, kind, index, "ip"), report)
        ports = subset.get("ports", [])
        for index, port in enumerate(ports):
            if len(ports) > 1 and not port.get("name"):
                report.missing((*at, "ports", index, "name"), "each of several ports needs a name")


def _endpoint_ip(text: str, route: Route, report: Report) -> None:
    if wrong_ip(text, strict=report.strict_addresses):
        report.invalid(route, f"{route[-1]} is {described(text)}, an IP address is expected")
    elif _is_special(text):
        report.invalid(route, f"{text} is an address of the machine itself or of no one")


@check("discovery.EndpointSlice")
def check_slice(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the addresses of a slice are of its type."""
    kind = value.get("addressType")
    for number, endpoint in enumerate(value.get("endpoints", ())):
        for index, address in enumerate(endpoint.get("addresses", ())):
            _slice_address(address, kind, ("endpoints", number, "addresses", index), report)
        for name in ("forZones", "forNodes"):
            zones = [zone.get("name") for zone in (endpoint.get("hints") or {}).get(name, ())]
            for index, zone in enumerate(zones):
                if zone and zone in zones[:index]:
                    report.duplicate(("endpoints", number, "hints", name, index, "name"), zone)


def _is_canonical(text: str) -> bool:
    import ipaddress

    return str(ipaddress.ip_address(text)) == text


def _slice_address(text: str, kind: str | None, route: Route, report: Report) -> None:
    if kind == "FQDN":
        wrong = wrong_dns_subdomain(text) if length(text) <= 253 else "it is too long"
        if wrong or "." not in text:
            report.name(route, text, wrong or "a name of at least two parts is expected")
        return
    version = {"IPv4": False, "IPv6": True}.get(kind or "")
    if version is None:
        return
    if wrong_ip(text, strict=report.strict_addresses):
        report.invalid(route, f"{quoted(text)} is no {kind} address")
    elif (":" in text) != version:
        report.invalid(route, f"{quoted(text)} is no {kind} address")
        report.blame(len(report.problems) - 1, route[:-1])
    elif report.strict_addresses and not _is_canonical(text):
        report.invalid(route, f"{quoted(text)} is not written in the usual form of an address")
    elif _is_special(text):
        report.invalid(route, f"{text} is an address of the machine itself or of no one")
