"""Deployments, StatefulSets, DaemonSets, ReplicaSets and ReplicationControllers.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/, the fields of each kind's spec.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.percentages import check_int_or_percent, is_zero
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.selectors import is_valid_selector, selects
from todo_lint.kubernetes.words import quoted

_DEFAULT_DEADLINE = 600
_MAX_UNAVAILABLE = 35
"""The first version that has it switched on for a StatefulSet (feature gate MaxUnavailableStatefulSet)."""


@check("apps.DeploymentSpec", "apps.ReplicaSetSpec", "apps.DaemonSetSpec", "apps.StatefulSetSpec")
def check_workload(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the selector of a workload against the labels of its template, and what its template may not have."""
    selector, template = value.get("selector"), value.get("template") or {}
    at = (*route, "selector")
    if selector is None:
        report.missing(at, hint="it must select the labels of the template")
        if report.kind == "DaemonSet":
            report.blame(len(report.problems) - 1, route, "template", "metadata", "labels")
    elif not selector.get("matchLabels") and not selector.get("matchExpressions"):
        report.invalid(at, "selector is empty, it must select the labels of the template")
    if selector is not None and is_valid_selector(selector):
        check_match(selector, template, route, report)
    check_long_running(template, (*route, "template"), report)


def check_match(selector: dict[str, Any], template: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a selector selects the labels of a template; ``route`` leads to the spec that holds both."""
    labels = (template.get("metadata") or {}).get("labels") or {}
    if selects(selector, labels):
        return
    shown = ", ".join(f"{key}={value}" for key, value in sorted((selector.get("matchLabels") or {}).items()))
    report.add(
        "selector-mismatch",
        (*route, "template", "metadata", "labels"),
        f"the selector{f' ({shown})' if shown else ''} does not select the labels of the template",
        "give selector.matchLabels and template.metadata.labels the same labels",
    )


def check_long_running(template: dict[str, Any], route: Route, report: Report) -> None:
    """Check that pods of a workload that never ends restart always and have no deadline."""
    spec = template.get("spec") or {}
    policy = spec.get("restartPolicy") or "Always"
    if policy != "Always" and policy in ("Never", "OnFailure"):
        report.unsupported((*route, "spec", "restartPolicy"), policy, ("Always",))
    if "activeDeadlineSeconds" in spec:
        report.forbidden((*route, "spec", "activeDeadlineSeconds"), f"pods of a {report.kind} have no deadline")


@check("apps.DeploymentSpec")
def check_deployment(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the strategy and the deadlines of a Deployment."""
    deadline, ready = value.get("progressDeadlineSeconds", _DEFAULT_DEADLINE), value.get("minReadySeconds", 0)
    if deadline <= ready and deadline >= 0:
        report.invalid(
            (*route, "progressDeadlineSeconds"),
            f"progressDeadlineSeconds is {deadline}, more than minReadySeconds ({ready}) is needed",
        )
    strategy = value.get("strategy") or {}
    rolling = strategy.get("rollingUpdate")
    at = (*route, "strategy", "rollingUpdate")
    if strategy.get("type") == "Recreate":
        if rolling is not None:
            report.forbidden(at, "the strategy is Recreate")
    elif rolling is not None and strategy.get("type") in (None, "", "RollingUpdate"):
        check_rolling(rolling, at, report, surge=("25%", "maxSurge"), unavailable="25%")


def check_rolling(
    value: dict[str, Any], route: Route, report: Report, *, surge: tuple[int | str, str], unavailable: int | str
) -> None:
    """Check a rolling update; ``surge`` and ``unavailable`` are what absent fields stand for."""
    most = value.get("maxUnavailable", unavailable)
    more = value.get(surge[1], surge[0])
    check_int_or_percent(most, (*route, "maxUnavailable"), report, limited=True)
    check_int_or_percent(more, (*route, surge[1]), report, limited=surge[0] == 0)
    if is_zero(most) and is_zero(more):
        report.invalid((*route, "maxUnavailable"), "maxUnavailable and maxSurge are both 0: no pod could be replaced")


@check("apps.DaemonSetSpec")
def check_daemon_set(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the update strategy of a DaemonSet."""
    strategy = value.get("updateStrategy") or {}
    rolling = strategy.get("rollingUpdate")
    if rolling is None or strategy.get("type") == "OnDelete":
        return
    at = (*route, "updateStrategy", "rollingUpdate")
    most, more = rolling.get("maxUnavailable", 1), rolling.get("maxSurge", 0)
    check_int_or_percent(most, (*at, "maxUnavailable"), report, limited=True)
    check_int_or_percent(more, (*at, "maxSurge"), report, limited=True)
    if is_zero(most) and is_zero(more):
        report.invalid((*at, "maxUnavailable"), "maxUnavailable and maxSurge are both 0: no pod could be replaced")
    elif not is_zero(most) and not is_zero(more):
        report.invalid((*at, "maxSurge"), "maxSurge and maxUnavailable exclude each other")


@check("apps.StatefulSetSpec")
def check_stateful_set(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the update strategy of a StatefulSet."""
    strategy = value.get("updateStrategy") or {}
    kind, rolling = strategy.get("type") or "RollingUpdate", strategy.get("rollingUpdate")
    at = (*route, "updateStrategy")
    if kind not in ("RollingUpdate", "OnDelete") and not (kind == "Recreate" and report.minor >= 37):
        report.invalid(at, f"type is {quoted(kind)}, RollingUpdate or OnDelete is expected")
    elif kind != "RollingUpdate" and rolling is not None:
        report.invalid((*at, "rollingUpdate"), f"rollingUpdate is not for the strategy {kind}")
    elif rolling is not None and "maxUnavailable" in rolling and report.minor >= _MAX_UNAVAILABLE:
        check_int_or_percent(
            rolling["maxUnavailable"], (*at, "rollingUpdate", "maxUnavailable"), report, limited=True
        )
        if is_zero(rolling["maxUnavailable"]):
            report.invalid((*at, "rollingUpdate", "maxUnavailable"), "maxUnavailable is 0: no pod could be replaced")


@check("core.ReplicationControllerSpec")
def check_controller(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the selector of a ReplicationController, by default the labels of its template."""
    template = value.get("template")
    if template is None:
        report.missing((*route, "template"))
        return
    labels = (template.get("metadata") or {}).get("labels") or {}
    selector = value.get("selector") or labels
    if not selector:
        report.missing((*route, "selector"))
    elif any(labels.get(key) != wanted for key, wanted in selector.items()):
        check_match({"matchLabels": selector}, template, route, report)
    check_long_running(template, (*route, "template"), report)
