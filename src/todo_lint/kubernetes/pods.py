"""Pod specs: references inside a pod, names that must be unique, and fields that go together.

Source: PodSpec and PodTemplateSpec in https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.containers import check_container, check_system
from todo_lint.kubernetes.formats import wrong_ip
from todo_lint.kubernetes.metadata import check_annotations, check_labels
from todo_lint.kubernetes.names import wrong_dns_label, wrong_dns_subdomain, wrong_qualified_name
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.resources import check_requirements, check_resources, check_whole, wrong_resource_name
from todo_lint.kubernetes.words import quoted

_LINUX_ONLY = ("hostPID", "hostIPC", "hostUsers", "shareProcessNamespace")
_LINUX_CONTEXT = (
    "seLinuxOptions",
    "seccompProfile",
    "appArmorProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "sysctls",
    "runAsUser",
    "runAsGroup",
    "supplementalGroups",
    "supplementalGroupsPolicy",
)
_SYSCTL_LENGTH = 253
_POD_RESOURCES = 34


@check("core.PodTemplateSpec")
def check_template(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check labels and annotations of a template; a server leaves "metadata" out of their path."""
    metadata = value.get("metadata") or {}
    if "labels" in metadata:
        _template_part(value, route, "labels", check_labels, report)
    if "annotations" in metadata:
        _template_part(value, route, "annotations", check_annotations, report)
    if (value.get("spec") or {}).get("ephemeralContainers"):
        report.forbidden((*route, "spec", "ephemeralContainers"), "a template may not have ephemeral containers")


def _template_part(value: dict[str, Any], route: Route, name: str, function: Any, report: Report) -> None:
    count = len(report.problems)
    function(value["metadata"][name], (*route, "metadata", name), report)
    if len(report.problems) > count:
        report.blame(count, route, name)


@check("core.PodSpec")
def check_pod_spec(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check what the parts of a pod spec must agree upon."""
    volumes = {volume.get("name", ""): volume for volume in value.get("volumes", ())}
    volumes.update(claim_templates(report))
    _containers(value, volumes, route, report)
    if value.get("ephemeralContainers") and report.kind == "Pod":
        report.forbidden((*route, "ephemeralContainers"), "they are added to a running pod only")
    _host_ports(value, route, report)
    _dns(value, route, report)
    _host_aliases(value, route, report)
    if "nodeSelector" in value:
        check_labels(value["nodeSelector"], (*route, "nodeSelector"), report)
    _security(value, route, report)
    _identity(value, route, report)
    _whole_pod(value, route, report)
    _miscellaneous(value, route, report)


def claim_templates(report: Report) -> dict[str, dict[str, Any]]:
    """Return the volumes that the claim templates of a StatefulSet give to its pods, by name."""
    if report.kind != "StatefulSet":
        return {}
    spec = report.root.get("spec") or {}
    names = ((claim.get("metadata") or {}).get("name", "") for claim in spec.get("volumeClaimTemplates", ()))
    return {name: {"name": name, "persistentVolumeClaim": {"claimName": name}} for name in names}


def all_containers(value: dict[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Yield (list, number, container) of all containers of a pod spec, the ordinary ones first."""
    for name in ("containers", "initContainers"):
        for number, container in enumerate(value.get(name, ())):
            yield name, number, container


def _containers(value: dict[str, Any], volumes: dict[str, Any], route: Route, report: Report) -> None:
    names: set[str] = set()
    for kind, number, container in all_containers(value):
        at = (*route, kind, number)
        name = container.get("name")
        if name in names and name:
            report.duplicate((*at, "name"), name)
        elif name:
            names.add(name)
        check_container(container, at, report, volumes, value, is_init=kind == "initContainers")


def _host_ports(value: dict[str, Any], route: Route, report: Report) -> None:
    for kind in ("containers", "initContainers"):
        used: set[tuple[Any, ...]] = set()
        for number, container in enumerate(value.get(kind, ())):
            for index, port in enumerate(container.get("ports", ())):
                _host_port(port, (*route, kind, number, "ports", index), used, value, report)


def _host_port(
    port: dict[str, Any], route: Route, used: set[tuple[Any, ...]], spec: dict[str, Any], report: Report
) -> None:
    host = port.get("hostPort", 0)
    if not host:
        return
    if spec.get("hostNetwork") and host != port.get("containerPort"):
        report.invalid(
            (*route, "hostPort"),
            f"hostPort is {host}, with hostNetwork it must be the containerPort ({port.get('containerPort')})",
        )
    key = (host, port.get("protocol") or "TCP", port.get("hostIP", ""))
    if key in used:
        report.duplicate((*route, "hostPort"), host)
    used.add(key)


def _dns(value: dict[str, Any], route: Route, report: Report) -> None:
    config = value.get("dnsConfig") or {}
    at = (*route, "dnsConfig")
    servers = config.get("nameservers", [])
    if value.get("dnsPolicy") == "None" and not servers:
        where = (*at, "nameservers") if "dnsConfig" in value else at
        report.missing(where, "dnsPolicy None needs at least one name server")
    if len(servers) > 3:
        report.invalid((*at, "nameservers"), f"nameservers has {len(servers)} items, at most 3 are allowed")
    for number, server in enumerate(servers):
        if wrong_ip(server, strict=report.strict_addresses):
            report.invalid((*at, "nameservers", number), f"{quoted(server)} is no IP address")
    searches = config.get("searches", [])
    if len(searches) > 32:
        report.invalid((*at, "searches"), f"searches has {len(searches)} items, at most 32 are allowed")
    for number, search in enumerate(searches):
        plain = search.removesuffix(".").replace("_", "-")
        wrong = None if search == "." else wrong_dns_subdomain(plain)
        if wrong:
            report.name((*at, "searches", number), search, wrong)


def _host_aliases(value: dict[str, Any], route: Route, report: Report) -> None:
    for number, alias in enumerate(value.get("hostAliases", ())):
        address = alias.get("ip", "")
        if wrong_ip(address, strict=report.strict_addresses):
            report.invalid(
                (*route, "hostAliases", number, "ip"), f"ip is {quoted(address)}, an IP address is expected"
            )


def _security(value: dict[str, Any], route: Route, report: Report) -> None:
    context = value.get("securityContext") or {}
    at = (*route, "securityContext")
    check_system(context, value, _LINUX_CONTEXT, at, report)
    if value.get("hostUsers") is False:
        for name, blamed in (("hostNetwork", "hostNetwork"), ("hostPID", "HostPID"), ("hostIPC", "HostIPC")):
            if value.get(name):
                report.forbidden((*route, name), "hostUsers is false")
                report.blame(len(report.problems) - 1, route, blamed)
    names = set()
    for number, sysctl in enumerate(context.get("sysctls", ())):
        name = sysctl.get("name", "")
        where = (*at, "sysctls", number, "name")
        if name and (len(name) > _SYSCTL_LENGTH or not is_sysctl(name)):
            report.invalid(
                where, f"name is {quoted(name)}, the name of a sysctl like kernel.shm_rmid_forced is expected"
            )
        elif name in names:
            report.duplicate(where, name)
        names.add(name)
        _namespaced_sysctl(name, value, where, report)


def _namespaced_sysctl(name: str, spec: dict[str, Any], where: Route, report: Report) -> None:
    plain = name.replace("/", ".")
    if spec.get("hostNetwork") and plain.startswith("net."):
        report.invalid(where, f"{name} cannot be set with hostNetwork")
    if spec.get("hostIPC") and (
        plain.startswith(("kernel.shm", "kernel.msg", "fs.mqueue.")) or plain == "kernel.sem"
    ):
        report.invalid(where, f"{name} cannot be set with hostIPC")


def _host_process(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that either all containers of a Windows pod are host processes, with the host's network, or none is."""
    whole = _windows(value).get("hostProcess")
    own = [(kind, number, _windows(item).get("hostProcess")) for kind, number, item in all_containers(value)]
    for kind, number, wanted in own:
        if whole is not None and wanted is not None and wanted != whole:
            at = (*route, kind, number, "securityContext", "windowsOptions", "hostProcess")
            report.invalid(at, f"hostProcess is {str(wanted).lower()}, the pod says {str(whole).lower()}")
    processes = [whole if wanted is None else wanted for _, _, wanted in own]
    if not any(processes):
        return
    if not all(processes):
        report.invalid(route, "if one container is a host process, all must be")
    if not value.get("hostNetwork"):
        report.invalid((*route, "hostNetwork"), "hostNetwork must be true for host processes")


def _windows(value: dict[str, Any]) -> dict[str, Any]:
    """The windowsOptions of a pod or container; empty where there are none."""
    found: dict[str, Any] = (value.get("securityContext") or {}).get("windowsOptions") or {}
    return found


def is_sysctl(name: str) -> bool:
    """Say whether a text has the form of a sysctl's name, with dots or slashes between its parts."""
    import re

    part = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?"
    return re.fullmatch(rf"({part}[./])*{part}", name) is not None


def _pod_resources(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the resources of a pod as a whole, which may be cpu, memory and huge pages."""
    check_requirements(value, route, report)
    for kind in ("limits", "requests"):
        for name in value.get(kind, ()):
            if name not in ("cpu", "memory") and not name.startswith("hugepages-") and not wrong_resource_name(name):
                report.unsupported((*route, kind, MapKey(name)), name, ("cpu", "memory"))


def _identity(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check host names and the service account of a pod."""
    if report.kind != "StatefulSet":  # whose pods get host names of their own
        for name in ("hostname", "subdomain"):
            if value.get(name):
                report.check_name((*route, name), value[name], wrong_dns_label)
    override = value.get("hostnameOverride")
    if override is not None and value.get("hostNetwork"):
        report.forbidden((*route, "hostnameOverride"), "hostNetwork is true")
    elif override is not None:
        report.check_name((*route, "hostnameOverride"), override, wrong_dns_subdomain)
    account = value.get("serviceAccount")  # the former name of serviceAccountName
    if account and not value.get("serviceAccountName"):
        count = len(report.problems)
        report.check_name((*route, "serviceAccount"), account, wrong_dns_subdomain)
        report.blame(count, route, "serviceAccountName")


def _whole_pod(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check resources and claims of the pod as a whole."""
    if "resources" in value and report.minor >= _POD_RESOURCES:
        _pod_resources(value["resources"], (*route, "resources"), report)
        check_whole(value, (*route, "resources"), report)
    for number, claim in enumerate(value.get("resourceClaims", ())):
        at = (*route, "resourceClaims", number)
        if "resourceClaimName" in claim and "resourceClaimTemplateName" in claim:
            report.exclusive(at, ("resourceClaimName", "resourceClaimTemplateName"))
        elif "resourceClaimName" not in claim and "resourceClaimTemplateName" not in claim:
            report.add("not-one-of", at, "one of resourceClaimName and resourceClaimTemplateName is needed")
    if "overhead" in value:
        count = len(report.problems)
        check_resources(value["overhead"], (*route, "overhead"), report)
        report.blame_inside(count, (*route, "overhead"), "limits")


def _miscellaneous(value: dict[str, Any], route: Route, report: Report) -> None:
    if value.get("hostPID") and value.get("shareProcessNamespace"):
        report.invalid((*route, "shareProcessNamespace"), "shareProcessNamespace and hostPID exclude each other")
    if (value.get("os") or {}).get("name") == "windows":
        for name in (*_LINUX_ONLY, "resources"):
            if value.get(name):
                report.forbidden((*route, name), "Windows pods do not know it")
    _host_process(value, route, report)
    for number, gate in enumerate(value.get("readinessGates", ())):
        wrong = wrong_qualified_name(gate.get("conditionType", ""))
        if wrong:
            report.name((*route, "readinessGates", number, "conditionType"), gate.get("conditionType", ""), wrong)
    if report.kind == "Pod" and value.get("schedulingGates") and value.get("nodeName"):
        report.forbidden((*route, "nodeName"), "schedulingGates keep the pod from any node")
