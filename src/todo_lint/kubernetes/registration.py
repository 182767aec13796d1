"""APIServices, which add an API served elsewhere.

Source: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/api-service-v1/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_dns_subdomain
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import quoted


@check("apiregistration.APIService")
def check_api_service(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the name of an APIService, which is made of version and group, and how it is reached."""
    spec = value.get("spec") or {}
    group, version = spec.get("group", ""), spec.get("version", "")
    name = (value.get("metadata") or {}).get("name", "")
    wanted = f"{version}.{group}"
    if name and name != wanted and not (not group and name == f"{version}."):
        report.name(("metadata", "name"), name, f"version and group make it {quoted(wanted)}")
    wrong = wrong_dns_subdomain(group) if group else None
    if wrong:
        report.name(("spec", "group"), group, wrong)
    if "service" not in spec:
        if spec.get("caBundle"):
            report.invalid(("spec", "caBundle"), "an APIService that is served locally has no caBundle")
        if spec.get("insecureSkipTLSVerify"):
            report.invalid(
                ("spec", "insecureSkipTLSVerify"), "an APIService that is served locally has no insecureSkipTLSVerify"
            )
    elif spec.get("insecureSkipTLSVerify") and spec.get("caBundle"):
        report.invalid(("spec", "insecureSkipTLSVerify"), "insecureSkipTLSVerify and caBundle exclude each other")
