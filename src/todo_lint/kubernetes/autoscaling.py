"""HorizontalPodAutoscalers.

Source: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ and the reference of
HorizontalPodAutoscalerSpec (autoscaling/v2).
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_dns_label, wrong_qualified_name
from todo_lint.kubernetes.quantities import quantity_of
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.resources import STANDARD
from todo_lint.kubernetes.words import described, quoted

_SOURCES = {
    "Resource": "resource",
    "ContainerResource": "containerResource",
    "Pods": "pods",
    "Object": "object",
    "External": "external",
}
_VERSIONS_CHECKED = 35
_TARGETS = ("Utilization", "Value", "AverageValue")


@check("autoscaling.HorizontalPodAutoscalerSpec")
def check_autoscaler(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the bounds, the target, the metrics and the behaviour of an autoscaler."""
    least, most = value.get("minReplicas", 1), value.get("maxReplicas", 0)
    lowest = 0 if least < 1 and report.minor >= 36 else 1
    if least < lowest:
        report.outside((*route, "minReplicas"), least, lowest)
    if most < least and most > 0:
        report.invalid((*route, "maxReplicas"), f"maxReplicas is {most}, less than minReplicas ({least})")
    _target_version(value.get("scaleTargetRef") or {}, (*route, "scaleTargetRef"), report)
    metrics = value.get("metrics", [])
    if least == 0 and lowest == 0 and not any(metric.get("type") in ("Object", "External") for metric in metrics):
        report.forbidden((*route, "metrics"), "scaling to 0 needs at least one Object or External metric")
    for number, metric in enumerate(metrics):
        _metric(metric, (*route, "metrics", number), report)
    percent = value.get("targetCPUUtilizationPercentage")
    if percent is not None and percent < 1:
        at = (*route, "targetCPUUtilizationPercentage")
        report.outside(at, percent, 1)
        report.blame(len(report.problems) - 1, route, "metrics", 0, "resource", "target", "averageUtilization")
    for direction in ("scaleUp", "scaleDown"):
        rules = (value.get("behavior") or {}).get(direction)
        if rules is not None:
            _rules(rules, direction, (*route, "behavior", direction), report)


def _target_version(value: dict[str, Any], route: Route, report: Report) -> None:
    version, kind = value.get("apiVersion", ""), value.get("kind")
    group = version.partition("/")[0] if "/" in version else ""
    wrong = version.count("/") > 1 or (not group and kind != "ReplicationController")
    if wrong and report.minor >= _VERSIONS_CHECKED:
        at = (*route, "apiVersion")
        report.invalid(at, f"apiVersion is {described(version)}, a group and version like apps/v1 is expected")


def _metric(value: dict[str, Any], route: Route, report: Report) -> None:
    kind = value.get("type", "")
    if kind and kind not in _SOURCES:
        report.unsupported((*route, "type"), kind, tuple(_SOURCES))
    given = [name for name in _SOURCES.values() if name in value]
    for name in given[1:]:
        report.forbidden((*route, name), "a metric has one source only")
    wanted = _SOURCES.get(kind)
    if wanted is not None and wanted not in given:
        report.missing((*route, wanted), f"a metric of the type {kind} needs it")
    for name in given:
        _source(value[name], name, (*route, name), report)


def _source(value: dict[str, Any], name: str, route: Route, report: Report) -> None:
    target = value.get("target") or {}
    at = (*route, "target")
    _target(target, at, report)
    if name in ("resource", "containerResource"):
        _resource_source(value, target, name, route, report)
        return
    described_object = value.get("describedObject")
    if (
        described_object is not None
        and described_object.get("apiVersion", "").count("/") > 1
        and report.minor >= _VERSIONS_CHECKED
    ):
        report.invalid((*route, "describedObject", "apiVersion"), "apiVersion is no group and version like apps/v1")
    if name == "pods":
        if "averageValue" not in target or quantity_of(target["averageValue"]) <= 0:
            report.missing((*at, "averageValue"), "a Pods metric needs a positive one")
    elif "value" not in target and "averageValue" not in target:
        report.missing((*at, "averageValue"), "one of value and averageValue is needed")
    elif name == "external" and "value" in target and "averageValue" in target:
        report.forbidden((*at, "value"), "value and averageValue exclude each other")


def _resource_source(value: dict[str, Any], target: dict[str, Any], name: str, route: Route, report: Report) -> None:
    resource = value.get("name", "")
    if resource and name == "containerResource":
        wrong = wrong_qualified_name(resource)
        if not wrong and "/" not in resource and resource not in STANDARD and not resource.startswith("hugepages-"):
            wrong = "it is no standard resource and has no prefix"
        if wrong:
            report.name((*route, "name"), resource, wrong)
    container = value.get("container", "")
    wrong = wrong_dns_label(container) if container else None
    if wrong:
        report.name((*route, "container"), container, wrong)
    at = (*route, "target")
    if "averageUtilization" not in target and "averageValue" not in target:
        report.missing((*at, "averageUtilization"), "one of averageUtilization and averageValue is needed")
    elif "averageUtilization" in target and "averageValue" in target:
        report.forbidden((*at, "averageValue"), "averageUtilization and averageValue exclude each other")


def _target(value: dict[str, Any], route: Route, report: Report) -> None:
    kind = value.get("type", "")
    if not kind:
        report.missing((*route, "type"))
    elif kind not in _TARGETS:
        report.unsupported((*route, "type"), kind, _TARGETS)
    for name in ("value", "averageValue"):
        if name in value and quantity_of(value[name]) <= 0:
            report.add("out-of-range", (*route, name), f"{name} is {quoted(value[name])}, more than 0 is needed")
    percent = value.get("averageUtilization")
    if percent is not None and percent < 1:
        report.outside((*route, "averageUtilization"), percent, 1)


def _rules(value: dict[str, Any], direction: str, route: Route, report: Report) -> None:
    if value.get("policies") == []:
        report.missing((*route, "policies"), "at least one policy is needed")
    tolerance = value.get("tolerance")
    if tolerance is not None and quantity_of(tolerance) < 0:
        report.outside((*route, "tolerance"), tolerance, 0)
