"""ResourceClaims, their templates and DeviceClasses (dynamic resource allocation).

Source: https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.expressions import compile_expression
from todo_lint.kubernetes.formats import wrong_c_identifier
from todo_lint.kubernetes.names import wrong_dns_label, wrong_dns_subdomain
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import quoted


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
    domain, slash, identifier = name.partition("/")
    if not slash:
        report.name(route, name, "a domain and a name like example.com/model are expected")
        return
    wrong = wrong_dns_subdomain(domain.lower()) or wrong_c_identifier(identifier)
    if wrong:
        report.name(route, name, wrong)


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
    driver = opaque.get("driver", "")
    wrong = wrong_dns_subdomain(driver.lower()) if driver else "it is empty"
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
