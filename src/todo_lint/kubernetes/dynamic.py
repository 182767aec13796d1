"""ResourceClaims, their templates and DeviceClasses (dynamic resource allocation).

Source: https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.expressions import compile_expression
from todo_lint.kubernetes.formats import wrong_c_identifier, wrong_driver
from todo_lint.kubernetes.metadata import check_annotations, check_labels
from todo_lint.kubernetes.names import length, wrong_dns_label, wrong_dns_subdomain, wrong_label_value
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.words import quoted

_DOMAIN_LENGTH = 63
_IDENTIFIER_LENGTH = 32
_PLACES = ("nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection")
_DEVICE_PLACES = ("nodeName", "nodeSelector", "allNodes")
_VALUES = ("int", "bool", "string", "version", "ints", "bools", "strings", "versions")


@check("resource.DeviceClaim")
def check_device_claim(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the requests of a claim and the constraints that refer to them."""
    requests = value.get("requests", [])
    names = {request.get("name", "") for request in requests}
    names |= {
        f"{request.get('name', '')}/{inner.get('name', '')}"
        for request in requests
        for inner in request.get("firstAvailable", ())
    }
    for number, request in enumerate(requests):
        if "deviceClassName" in request:  # the form of the older versions
            continue
        count = ("exactly" in request) + bool(request.get("firstAvailable"))
        if count != 1:
            report.missing((*route, "requests", number), "exactly one of exactly and firstAvailable is needed")
    for kind in ("constraints", "config"):
        for number, item in enumerate(value.get(kind, ())):
            _references(item.get("requests", []), names, (*route, kind, number, "requests"), report)
    for number, item in enumerate(value.get("constraints", ())):
        at = (*route, "constraints", number)
        attribute = item.get("matchAttribute", item.get("distinctAttribute"))
        if attribute is None:
            report.missing(at, "one of matchAttribute and distinctAttribute is needed")
        else:
            _attribute(
                attribute, (*at, "matchAttribute" if "matchAttribute" in item else "distinctAttribute"), report
            )


def _references(requests: list[str], names: set[str], route: Route, report: Report) -> None:
    for number, name in enumerate(requests):
        at = (*route, number)
        if name in requests[:number]:
            report.duplicate(at, name)
        elif name not in names:
            report.add("unknown-reference", at, f"the claim has no request {quoted(name)}")


def _attribute(name: str, route: Route, report: Report) -> None:
    """Check the qualified name of an attribute: a domain and a name; a server overlooks more than one slash."""
    parts = name.split("/")
    if len(parts) == 1:
        report.name(route, name, "a domain and a name like example.com/model are expected")
    wrong = _wrong_qualified(parts)
    if wrong:
        report.name(route, name, wrong)


def _wrong_qualified(parts: list[str]) -> str | None:
    """Say what is wrong with the parts of a name that may have a domain before a slash."""
    if len(parts) > 2:
        return None
    *domains, identifier = parts
    for domain in domains:
        wrong = wrong_dns_subdomain(domain) if domain else "the domain is empty"
        if not wrong and length(domain) > _DOMAIN_LENGTH:
            wrong = f"the domain has {length(domain)} characters, at most {_DOMAIN_LENGTH} are allowed"
        if wrong:
            return wrong
    if length(identifier) > _IDENTIFIER_LENGTH:
        return f"the name has {length(identifier)} characters, at most {_IDENTIFIER_LENGTH} are allowed"
    return wrong_c_identifier(identifier)


@check("resource.DeviceSelector")
def check_selector(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the expression by which devices are chosen."""
    cel = value.get("cel")
    if cel is None:
        report.missing((*route, "cel"))
        return
    text = cel.get("expression", "")
    at = (*route, "cel", "expression")
    if not text:
        report.missing(at)
        return
    outcome = compile_expression(text, {"device": "dyn"})
    if outcome.wrong is not None:
        report.add("invalid-expression", at, f"expression is no valid CEL: {outcome.wrong}")
    elif outcome.type_name not in (None, "bool", "dyn"):
        report.add("invalid-expression", at, f"expression yields {outcome.type_name}, bool is expected")


@check("resource.DeviceClassConfiguration", "resource.DeviceClaimConfiguration")
def check_configuration(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the driver of a configuration."""
    opaque = value.get("opaque")
    if opaque is None:
        report.missing((*route, "opaque"))
        return
    parameters = opaque.get("parameters")
    if parameters is not None and not isinstance(parameters, dict):
        report.invalid((*route, "opaque", "parameters"), "parameters must be a mapping")
    driver = opaque.get("driver", "")
    wrong = wrong_driver(driver) if driver else "it is empty"
    if wrong:
        report.name((*route, "opaque", "driver"), driver, wrong)


@check("resource.DeviceRequest", "resource.DeviceSubRequest")
def check_request(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the name of a request."""
    name = value.get("name", "")
    wrong = wrong_dns_label(name) if name else None
    if not name:
        report.missing((*route, "name"))
    elif wrong:
        report.name((*route, "name"), name, wrong)


@check("resource.ExactDeviceRequest", "resource.DeviceSubRequest")
def check_count(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check how many devices are asked for against the way of choosing them."""
    count, mode = value.get("count", 0), value.get("allocationMode") or "ExactCount"
    at = (*route, "count")
    if mode == "All" and count:
        report.invalid(at, f"count is {count}, with allocationMode All there is none")
    elif mode == "ExactCount" and count < 0:
        report.outside(at, count, 1)


@check("resource.DeviceToleration")
def check_toleration(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the value of a toleration against its operator."""
    text, operator = value.get("value", ""), value.get("operator") or "Equal"
    at = (*route, "value")
    if operator == "Exists" and text:
        report.invalid(at, "the operator Exists takes no value")
    elif operator == "Equal":
        report.check_name(at, text, wrong_label_value)


@check("resource.ResourceClaimTemplateSpec")
def check_template(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check labels and annotations of the claims that a template makes."""
    metadata = value.get("metadata") or {}
    if "labels" in metadata:
        check_labels(metadata["labels"], (*route, "metadata", "labels"), report)
    if "annotations" in metadata:
        check_annotations(metadata["annotations"], (*route, "metadata", "annotations"), report)


@check("resource.ResourceSliceSpec")
def check_slice(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a slice says in one way where its devices are."""
    given = [name for name in _PLACES if value.get(name)]
    for name in ("allNodes", "perDeviceNodeSelection"):
        if value.get(name) is False:
            report.invalid((*route, name), f"{name} is false, it is true or not there")
    if not given:
        report.missing(route, "exactly one of nodeName, nodeSelector, allNodes and perDeviceNodeSelection is needed")
    elif len(given) > 1:
        report.exclusive(route, given)
    if "devices" in value and "sharedCounters" in value:
        report.invalid(route, "devices and sharedCounters exclude each other")
    own = bool(value.get("perDeviceNodeSelection"))
    for number, device in enumerate(value.get("devices", ())):
        _device_place(device, (*route, "devices", number), report, own=own)


def _device_place(device: dict[str, Any], route: Route, report: Report, *, own: bool) -> None:
    given = [name for name in _DEVICE_PLACES if name in device]
    if given and not own:
        report.invalid(route, f"{' and '.join(given)} need perDeviceNodeSelection: true of the slice")
    elif own and not given:
        report.missing(route, "with perDeviceNodeSelection each device says on which node it is")
    elif len(given) > 1:
        report.exclusive(route, given)


@check("resource.Device")
def check_device(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the names of the attributes and capacities of a device."""
    for kind in ("attributes", "capacity"):
        for name in value.get(kind, ()):
            wrong = _wrong_qualified(name.split("/"))
            if wrong:
                report.name((*route, kind, MapKey(name)), name, wrong)
                report.blame(len(report.problems) - 1, (*route, kind))


@check("resource.DeviceAttribute")
def check_attribute(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that an attribute has one value."""
    given = [name for name in _VALUES if name in value]
    if not given:
        report.add("not-one-of", route, "the attribute has no value: one of int, bool, string and version is needed")
    elif len(given) > 1:
        report.exclusive(route, given)
