"""Containers: environment, ports, probes, handlers, mounts, security.

Source: Container in https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#Container.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.formats import wrong_env_name, wrong_port_name
from todo_lint.kubernetes.names import length, wrong_dns_subdomain, wrong_qualified_name
from todo_lint.kubernetes.quantities import quantity_of
from todo_lint.kubernetes.report import Report, label
from todo_lint.kubernetes.resources import check_requirements
from todo_lint.kubernetes.unions import check_union
from todo_lint.kubernetes.words import choice, described, quoted

_RECURSIVE_READ_ONLY = 31
"""The first version that has it switched on (feature gate RecursiveReadOnlyMounts); older ones drop it."""
_LONGEST_PROFILE = 4095
_LONGEST_CREDENTIALS = 64 * 1024
_RELAXED_ENV_NAMES = 32
_GRACE = 30
_RESIZE_POLICIES = 33
_LINUX_ONLY = (
    "seLinuxOptions",
    "seccompProfile",
    "appArmorProfile",
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
    "runAsUser",
    "runAsGroup",
)
_SOURCES = ("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef", "fileKeyRef")
_HANDLERS = ("exec", "httpGet", "tcpSocket", "grpc")
_LIFECYCLE_HANDLERS = ("exec", "httpGet", "tcpSocket", "sleep")
_POD_FIELDS = ("metadata.name", "metadata.namespace", "metadata.uid")
_ENV_FIELDS = (
    *_POD_FIELDS,
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
)
_FILE_FIELDS = (*_POD_FIELDS, "metadata.labels", "metadata.annotations")
_RESOURCES = (
    "limits.cpu",
    "limits.memory",
    "limits.ephemeral-storage",
    "requests.cpu",
    "requests.memory",
    "requests.ephemeral-storage",
)
_DIVISORS = {
    "cpu": ("1m", "1"),
    "memory": ("1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"),
}


def check_container(
    value: dict[str, Any],
    route: Route,
    report: Report,
    volumes: dict[str, dict[str, Any]],
    pod: dict[str, Any],
    *,
    is_init: bool,
) -> None:
    """Check a container of a pod with these volumes."""
    _environment(value, route, report)
    _ports(value.get("ports", ()), route, report)
    _mounts(value, volumes, route, report)
    _devices(value, volumes, route, report)
    _restart(value, pod, route, report, is_init=is_init)
    _probes(value, pod.get("terminationGracePeriodSeconds", _GRACE), route, report)
    if is_init and value.get("restartPolicy") != "Always":
        _without_probes(value, route, report)
    if "resources" in value:
        check_requirements(value["resources"], (*route, "resources"), report)
        _claims(value["resources"], pod, (*route, "resources"), report)
    if "securityContext" in value:
        _security(value["securityContext"], (*route, "securityContext"), report)
        _for_system(value["securityContext"], pod, (*route, "securityContext"), report)
    _resize_policies(value, pod, route, report)
    image = value.get("image", "")
    if report.kind == "Pod" and image != image.strip():
        report.invalid((*route, "image"), f"image is {described(image)}, it may have no blanks around it")


def _without_probes(value: dict[str, Any], route: Route, report: Report) -> None:
    """Report what an init container that ends may not have."""
    for name in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle"):
        given = value.get(name)
        if name == "lifecycle" and given is not None and not {"postStart", "preStop"} & given.keys():
            continue
        if given is not None:
            report.forbidden((*route, name), "an init container has it only with restartPolicy Always")


def _resize_policies(value: dict[str, Any], pod: dict[str, Any], route: Route, report: Report) -> None:
    if pod.get("restartPolicy") == "Never":
        for policy in value.get("resizePolicy", ()):
            if policy.get("restartPolicy") == "RestartContainer" and report.minor >= _RESIZE_POLICIES:
                at = (*route, "resizePolicy")
                report.invalid(at, "resizePolicy RestartContainer does not go with restartPolicy Never of the pod")


def _wrong_env_name(name: str, report: Report) -> str | None:
    wrong = wrong_env_name(name, relaxed=False)
    return wrong_env_name(name, relaxed=True) if wrong and report.minor >= _RELAXED_ENV_NAMES else wrong


def _environment(value: dict[str, Any], route: Route, report: Report) -> None:
    for number, variable in enumerate(value.get("env", ())):
        at = (*route, "env", number)
        name = variable.get("name", "")
        wrong = _wrong_env_name(name, report) if name else None
        if wrong:
            report.name((*at, "name"), name, wrong)
        if "valueFrom" in variable:
            _value_from(variable, (*at, "valueFrom"), report)
    for number, source in enumerate(value.get("envFrom", ())):
        at = (*route, "envFrom")
        prefix = source.get("prefix")
        wrong = _wrong_env_name(prefix, report) if prefix else None
        if wrong:
            report.name((*at, "prefix") if report.minor < 30 else (*at, number, "prefix"), prefix, wrong)
        count = sum(name in source for name in ("configMapRef", "secretRef"))
        if count != 1:
            report.add(
                "not-one-of",
                at,
                f"envFrom[{number}] has {'both' if count else 'neither'} of configMapRef and secretRef, not one",
            )


def _value_from(variable: dict[str, Any], route: Route, report: Report) -> None:
    source = variable["valueFrom"]
    given = [name for name in _SOURCES if name in source]
    if not given:
        report.add("not-one-of", route, f"valueFrom is empty, one of {choice(_SOURCES)} is expected")
    elif variable.get("value"):
        report.exclusive(route, ("value", "valueFrom"))
    elif len(given) > 1:
        report.exclusive(route, given)
    if "fieldRef" in source:
        check_field_ref(source["fieldRef"], (*route, "fieldRef"), report, _ENV_FIELDS)
    if "resourceFieldRef" in source:
        check_resource_ref(source["resourceFieldRef"], (*route, "resourceFieldRef"), report, needs_container=False)


def check_field_ref(
    value: dict[str, Any], route: Route, report: Report, allowed: tuple[str, ...] = _FILE_FIELDS
) -> None:
    """Check a reference to a field of the pod: its path must be known and allowed where it stands."""
    path = value.get("fieldPath", "")
    at = (*route, "fieldPath")
    if value.get("apiVersion") not in (None, "", "v1"):
        report.invalid(at, f"apiVersion is {described(value['apiVersion'])}, v1 is expected")
        return
    if not path:
        return
    base, bracket, rest = path.partition("[")
    if bracket:
        _subscript(base, rest, path, at, report)
    elif path not in allowed:
        report.unsupported(at, path, [*allowed, "metadata.labels['KEY']", "metadata.annotations['KEY']"])


def _subscript(base: str, rest: str, path: str, route: Route, report: Report) -> None:
    """Check a path such as metadata.labels['app']."""
    if base not in ("metadata.labels", "metadata.annotations") or not (rest.startswith("'") and rest.endswith("']")):
        report.invalid(route, f"fieldPath is {quoted(path)}, a path like metadata.labels['app'] is expected")
        return
    key = rest[1:-2]
    wrong = wrong_qualified_name(key.lower() if base.endswith("annotations") else key)
    if wrong:
        report.invalid(route, f"the key {quoted(key)} in fieldPath: {wrong}")
        report.blame(len(report.problems) - 1, route[:-1])


def check_resource_ref(value: dict[str, Any], route: Route, report: Report, *, needs_container: bool) -> None:
    """Check a reference to a resource of a container and its divisor."""
    resource = value.get("resource", "")
    if needs_container and not value.get("containerName"):
        report.missing((*route, "containerName"))
    elif (
        resource
        and resource not in _RESOURCES
        and not resource.startswith(("limits.hugepages-", "requests.hugepages-"))
    ):
        report.unsupported((*route, "resource"), resource, _RESOURCES)
    elif resource and "divisor" in value:
        divisor = quantity_of(value["divisor"])
        allowed = _DIVISORS["cpu" if resource.endswith(".cpu") else "memory"]
        if divisor and divisor not in [quantity_of(text) for text in allowed]:
            report.invalid(
                (*route, "divisor"), f"divisor is {described(value['divisor'])}, {choice(allowed)} is expected"
            )


def _ports(ports: Any, route: Route, report: Report) -> None:
    names = set()
    for number, port in enumerate(ports):
        name = port.get("name")
        if name and wrong_port_name(name) is None:
            if name in names:
                report.duplicate((*route, "ports", number, "name"), name)
            names.add(name)


def _mounts(value: dict[str, Any], volumes: dict[str, Any], route: Route, report: Report) -> None:
    devices = {device.get("name") for device in value.get("volumeDevices", ())}
    paths = {device.get("devicePath") for device in value.get("volumeDevices", ())}
    seen = set()
    for number, mount in enumerate(value.get("volumeMounts", ())):
        at = (*route, "volumeMounts", number)
        name, path = mount.get("name"), mount.get("mountPath")
        if name and name not in volumes:
            report.add(
                "unknown-volume", (*at, "name"), f"the pod has no volume {quoted(name)}", _volumes_hint(name, volumes)
            )
        if path and path in seen:
            report.add(
                "duplicate-value", (*at, "mountPath"), f"mountPath {quoted(path)} is used twice in this container"
            )
        seen.add(path)
        if name and name in devices:
            report.invalid((*at, "name"), f"the volume {quoted(name)} is a device of this container, too")
        if path and path in paths:
            report.invalid((*at, "mountPath"), f"{quoted(path)} is the path of a device, too")
        if mount.get("subPath") and mount.get("subPathExpr"):
            report.invalid((*at, "subPathExpr"), "subPathExpr and subPath exclude each other")
        _propagation(mount, value, at, report)


def _propagation(mount: dict[str, Any], container: dict[str, Any], route: Route, report: Report) -> None:
    propagation = mount.get("mountPropagation")
    if propagation == "Bidirectional" and not (container.get("securityContext") or {}).get("privileged"):
        report.forbidden((*route, "mountPropagation"), "Bidirectional needs a privileged container")
    mode = mount.get("recursiveReadOnly")
    if mode is None or mode == "Disabled" or report.minor < _RECURSIVE_READ_ONLY:
        return
    at = (*route, "recursiveReadOnly")
    if mode not in ("IfPossible", "Enabled"):
        report.unsupported(at, mode, ("Disabled", "IfPossible", "Enabled"))
        return
    if not mount.get("readOnly"):
        report.forbidden(at, "it needs readOnly: true")
    if propagation not in (None, "None"):
        report.forbidden(at, "it needs mountPropagation None")


def _volumes_hint(name: str, volumes: dict[str, Any]) -> str:
    from todo_lint.kubernetes.words import nearest

    meant = nearest(name, volumes)
    if meant:
        return f"did you mean {meant}?"
    return f"its volumes are {', '.join(map(quoted, volumes))}" if volumes else "add it under volumes"


def _devices(value: dict[str, Any], volumes: dict[str, Any], route: Route, report: Report) -> None:
    names: set[str] = set()
    paths: set[str] = set()
    for number, device in enumerate(value.get("volumeDevices", ())):
        at = (*route, "volumeDevices", number)
        name, path = device.get("name", ""), device.get("devicePath", "")
        if name in names and name:
            report.invalid((*at, "name"), f"the device {quoted(name)} is there twice")
        elif name and name not in volumes:
            report.add(
                "unknown-volume", (*at, "name"), f"the pod has no volume {quoted(name)}", _volumes_hint(name, volumes)
            )
        elif name and not ({"persistentVolumeClaim", "ephemeral"} & volumes[name].keys()):
            report.invalid(
                (*at, "name"),
                f"the volume {quoted(name)} is no persistent volume claim, and only that can be a device",
            )
        if path in paths and path:
            report.invalid((*at, "devicePath"), f"devicePath {quoted(path)} is there twice")
        names.add(name)
        paths.add(path)


def _restart(value: dict[str, Any], pod: dict[str, Any], route: Route, report: Report, *, is_init: bool) -> None:
    policy = value.get("restartPolicy")
    rules = value.get("restartPolicyRules")
    if policy is not None:
        allowed = ("Always", "Never", "OnFailure") if report.minor >= 35 else ("Always",)
        if policy not in allowed:
            report.unsupported((*route, "restartPolicy"), policy, allowed)
        elif report.minor < 35 and not is_init:
            report.forbidden((*route, "restartPolicy"), "only an init container has its own")
    if rules and policy is None:
        report.missing((*route, "restartPolicy"), "restartPolicyRules need it")
    for number, rule in enumerate(rules or ()):
        _restart_rule(rule, (*route, "restartPolicyRules", number), report)


def _restart_rule(rule: dict[str, Any], route: Route, report: Report) -> None:
    if rule.get("action", "") not in ("Restart", "RestartAllContainers"):
        report.unsupported((*route, "action"), rule.get("action", ""), ("Restart", "RestartAllContainers"))
    codes = rule.get("exitCodes")
    if codes is None:
        report.missing((*route, "exitCodes"))
        return
    if codes.get("operator", "") not in ("In", "NotIn"):
        report.unsupported((*route, "exitCodes", "operator"), codes.get("operator", ""), ("In", "NotIn"))


def _probes(value: dict[str, Any], grace: int, route: Route, report: Report) -> None:
    for name in ("livenessProbe", "readinessProbe", "startupProbe"):
        if name in value:
            _probe(value[name], name, (*route, name), report)
    lifecycle = value.get("lifecycle") or {}
    for name in ("postStart", "preStop"):
        if name in lifecycle:
            at = (*route, "lifecycle", name)
            _handler(lifecycle[name], _LIFECYCLE_HANDLERS, at, report)
            if "sleep" in lifecycle[name]:
                _sleep(lifecycle[name]["sleep"].get("seconds", 0), grace, at, report)


def _probe(value: dict[str, Any], name: str, route: Route, report: Report) -> None:
    _handler(value, _HANDLERS, route, report)
    if name == "readinessProbe":
        if "terminationGracePeriodSeconds" in value:
            report.invalid(
                (*route, "terminationGracePeriodSeconds"),
                "a readinessProbe ends no pod and has no terminationGracePeriodSeconds",
            )
    elif value.get("successThreshold", 1) not in (0, 1):
        report.invalid(
            (*route, "successThreshold"), f"successThreshold is {value['successThreshold']}, a {name} needs 1"
        )


def _handler(value: dict[str, Any], kinds: tuple[str, ...], route: Route, report: Report) -> None:
    check_union(value, kinds, "handler", route, report)
    if "httpGet" in value:
        _http_get(value["httpGet"], (*route, "httpGet"), report)
    if "tcpSocket" in value:
        check_port(value["tcpSocket"].get("port", 0), (*route, "tcpSocket", "port"), report)


def _sleep(seconds: int, grace: int, route: Route, report: Report) -> None:
    if 1 <= seconds <= grace:
        return
    least = 0 if report.minor >= 33 else 1
    if not least <= seconds <= grace:
        at = (*route, "sleep", "seconds")
        report.outside(at, seconds, least, grace, "(terminationGracePeriodSeconds)")
        report.blame(len(report.problems) - 1, route, "sleep")


def _http_get(value: dict[str, Any], route: Route, report: Report) -> None:
    check_port(value.get("port", 0), (*route, "port"), report)


def check_port(value: Any, route: Route, report: Report) -> None:
    """Check a port by number or by name."""
    if isinstance(value, str):
        wrong = wrong_port_name(value)
        if wrong:
            hint = "remove the quotes" if value.isascii() and value.isdigit() else ""
            report.add("invalid-name", route, f"{label(route)} is {described(value)}: {wrong}", hint)
    elif not 1 <= value <= 65535:
        report.outside(route, value, 1, 65535)


def _claims(value: dict[str, Any], pod: dict[str, Any], route: Route, report: Report) -> None:
    known = {claim.get("name") for claim in pod.get("resourceClaims", ())}
    seen = set()
    for number, claim in enumerate(value.get("claims", ())):
        key = f"{claim.get('name', '')}/{claim['request']}" if claim.get("request") else claim.get("name", "")
        if key in seen:
            report.duplicate((*route, "claims", number), key)
        seen.add(key)
        if claim.get("name") and claim["name"] not in known:
            report.add(
                "unknown-reference",
                (*route, "claims", number),
                f"the pod has no resource claim {quoted(claim['name'])}",
            )


def _security(value: dict[str, Any], route: Route, report: Report) -> None:
    if value.get("allowPrivilegeEscalation") is False:
        if value.get("privileged"):
            report.invalid(route, "allowPrivilegeEscalation cannot be false in a privileged container")
        if "CAP_SYS_ADMIN" in _added(value):  # a server looks for this form of the name only
            report.invalid(route, "allowPrivilegeEscalation cannot be false with the capability SYS_ADMIN")


def _for_system(value: dict[str, Any], pod: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a container asks for nothing that its operating system does not know."""
    check_system(value, pod, _LINUX_ONLY, route, report)
    if value.get("procMount") == "Unmasked" and pod.get("hostUsers") is not False:
        report.invalid((*route, "procMount"), "procMount Unmasked needs hostUsers: false")


def check_system(
    value: dict[str, Any], pod: dict[str, Any], linux_only: tuple[str, ...], route: Route, report: Report
) -> None:
    """Check a security context against the operating system that the pod names."""
    system = (pod.get("os") or {}).get("name")
    if system == "windows":
        for name in linux_only:
            if name in value:
                report.forbidden((*route, name), "Windows pods do not know it")
    elif system == "linux" and "windowsOptions" in value:
        report.forbidden((*route, "windowsOptions"), "Linux pods do not know it")


def _added(value: dict[str, Any]) -> list[str]:
    return list((value.get("capabilities") or {}).get("add", ()))


@check("core.SeccompProfile", "core.AppArmorProfile")
def check_profile(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a profile on the node is named exactly when the type is Localhost."""
    at = (*route, "localhostProfile")
    name = value.get("localhostProfile")
    if value.get("type") != "Localhost":
        if name is not None:
            report.invalid(at, "localhostProfile is for the type Localhost only")
    elif name is None:
        report.missing(at, "the type Localhost needs it")
    else:
        _local_profile(name, at, report)


def _local_profile(name: str, route: Route, report: Report) -> None:
    """Check the name of a profile on the node: a path for seccomp, any word for AppArmor."""
    if route[-2] == "appArmorProfile":
        if not name.strip():
            report.missing(route, "the type Localhost needs it")
        elif name != name.strip():
            report.invalid(route, f"localhostProfile is {described(name)}, it may have no blanks around it")
        elif length(name) > _LONGEST_PROFILE:
            at_most = f"at most {_LONGEST_PROFILE} are allowed"
            report.invalid(route, f"localhostProfile has {length(name)} characters, {at_most}")
    elif name.startswith("/"):
        report.invalid(route, "localhostProfile is an absolute path, a relative one is expected")
    elif ".." in name.split("/"):
        report.invalid(route, "localhostProfile holds ..")


@check("core.WindowsSecurityContextOptions")
def check_windows(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the options for containers of Windows: names of credentials and of users."""
    credentials = value.get("gmsaCredentialSpecName")
    if credentials is not None:
        report.check_name((*route, "gmsaCredentialSpecName"), credentials, wrong_dns_subdomain)
    text = value.get("gmsaCredentialSpec")
    if text is not None and not 0 < length(text) <= _LONGEST_CREDENTIALS:
        report.invalid((*route, "gmsaCredentialSpec"), "gmsaCredentialSpec must have 1 byte to 64 KiB")
    user = value.get("runAsUserName")
    wrong = _wrong_windows_user(user) if user is not None else None
    if wrong:
        report.invalid((*route, "runAsUserName"), f"runAsUserName is {described(user)}: {wrong}")


def _wrong_windows_user(name: str) -> str | None:
    r"""Say what is wrong with a user of Windows, DOMAIN\USER or USER, or None."""
    import re

    domain, backslash, user = name.rpartition("\\")
    if not user or re.search(r"[\x00-\x1f\x7f]", name) or "\\" in domain:
        return "a user, or a domain, one backslash and a user are expected"
    netbios = re.fullmatch(r'[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}', domain)
    if backslash and not netbios and (length(domain) >= 256 or not _is_windows_domain(domain)):
        return "the domain is neither a NetBIOS nor a DNS name"
    if length(user) > 104:
        return f"the user has {length(user)} characters, at most 104 are allowed"
    if not user.strip(". "):
        return "the user consists of blanks and dots only"
    return 'the user may hold none of "/\\:;|=,+*?<>@[]' if re.search(r'["/\\:;|=,+*?<>@\[\]]', user) else None


def _is_windows_domain(text: str) -> bool:
    import re

    part = "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?"
    return re.fullmatch(rf"({part}\.)*{part}", text) is not None
