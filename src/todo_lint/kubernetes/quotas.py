"""ResourceQuotas and LimitRanges.

Source: https://kubernetes.io/docs/concepts/policy/resource-quotas/ and
https://kubernetes.io/docs/concepts/policy/limit-range/.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_qualified_name
from todo_lint.kubernetes.quantities import quantity_of
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.words import quoted

_COMPUTE = ("cpu", "memory", "ephemeral-storage")
_SCOPES = (
    "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
)  # fmt: skip
_QUOTA_NAMES = frozenset(
    {
        *_COMPUTE, "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps",
        "persistentvolumeclaims", "services.nodeports", "services.loadbalancers", "requests.storage",
        *(f"{side}.{name}" for side in ("requests", "limits") for name in _COMPUTE),
    }
)  # fmt: skip
_COUNTED = frozenset(
    {
        "pods",
        "resourcequotas",
        "services",
        "replicationcontrollers",
        "secrets",
        "configmaps",
        "persistentvolumeclaims",
        "services.nodeports",
        "services.loadbalancers",
    }
)
_POD_NAMES = frozenset(
    {"pods", *_COMPUTE, *(f"{side}.{name}" for side in ("requests", "limits") for name in _COMPUTE)}
)
_LIMIT_TYPES = frozenset({"Pod", "Container", "PersistentVolumeClaim"})
_LISTS = ("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")


@check("core.ResourceQuotaSpec")
def check_quota(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the amounts and the scopes of a quota."""
    for name, amount in value.get("hard", {}).items():
        _quota_amount(name, amount, (*route, "hard", MapKey(name)), report)
    _scopes(value, route, report)
    for number, item in enumerate((value.get("scopeSelector") or {}).get("matchExpressions", ())):
        _scope_expression(item, number, value, (*route, "scopeSelector", "matchExpressions"), report)


def _quota_amount(name: str, amount: Any, route: Route, report: Report) -> None:
    wrong = wrong_qualified_name(name)
    if (
        not wrong
        and "/" not in name
        and name not in _QUOTA_NAMES
        and not name.startswith(("requests.hugepages-", "hugepages-"))
    ):
        wrong = "it is no standard resource of quotas, and other resources have a prefix"
    if wrong:
        report.add("invalid-name", route, f"the resource {quoted(name)}: {wrong}")
    number = quantity_of(amount)
    if number < 0:
        report.outside(route, amount, 0)
    elif number.denominator != 1 and (name in _COUNTED or ("/" in name and not name.startswith("requests."))):
        report.invalid(route, f"{name} is {quoted(amount)}, a whole number is expected")


def _scopes(value: dict[str, Any], route: Route, report: Report) -> None:
    scopes = value.get("scopes", [])
    at = (*route, "scopes")
    for scope in scopes:
        if scope not in _SCOPES:
            report.add("unsupported-value", at, f"scopes holds {quoted(scope)}, which is no scope")
        else:
            _scope_fits(scope, value, at, report)
    for left, right in (("Terminating", "NotTerminating"), ("BestEffort", "NotBestEffort")):
        if left in scopes and right in scopes:
            report.invalid(at, f"the scopes {left} and {right} exclude each other")


def _scope_fits(scope: str, value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a quota of a scope counts only what can have it."""
    if scope == "BestEffort":
        allowed: frozenset[str] = frozenset({"pods"})
    elif scope == "VolumeAttributesClass":
        allowed = frozenset({"persistentvolumeclaims", "requests.storage"})
    else:
        allowed = _POD_NAMES
    for name in value.get("hard", {}):
        if name not in allowed and (name in _QUOTA_NAMES or name.startswith("requests.hugepages-")):
            report.invalid(route, f"the scope {scope} does not apply to {name}")


def _scope_expression(item: dict[str, Any], number: int, spec: dict[str, Any], route: Route, report: Report) -> None:
    scope, operator, values = item.get("scopeName", ""), item.get("operator", ""), item.get("values") or []
    count = len(report.problems)
    at = (*route, number)
    if scope not in _SCOPES:
        report.unsupported((*at, "scopeName"), scope, _SCOPES)
    else:
        _scope_fits(scope, spec, at, report)
        if scope not in ("PriorityClass", "VolumeAttributesClass") and operator != "Exists":
            report.invalid((*at, "operator"), f"the scope {scope} knows the operator Exists only")
    if operator in ("In", "NotIn"):
        if not values:
            report.missing((*at, "values"), f"{operator} needs at least one value")
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            report.invalid((*at, "values"), f"{operator} takes no values")
    else:
        report.unsupported((*at, "operator"), operator, ("In", "NotIn", "Exists", "DoesNotExist"))
    for index in range(count, len(report.problems)):
        last = report.problems[index].route[-1]
        report.blame_one(index, (*route, last) if isinstance(last, str) else route)


@check("core.LimitRangeSpec")
def check_limit_range(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the limits of each type and their order: min, default request, default, max."""
    types: set[str] = set()
    for number, item in enumerate(value.get("limits", ())):
        at = (*route, "limits", number)
        kind = item.get("type", "")
        _limit_type(kind, (*at, "type"), report)
        if kind in types:
            report.duplicate((*at, "type"), kind)
        types.add(kind)
        _limit_lists(item, kind, at, report)


def _limit_type(kind: str, route: Route, report: Report) -> None:
    wrong = wrong_qualified_name(kind)
    if not wrong and "/" not in kind and kind not in _LIMIT_TYPES:
        wrong = "Pod, Container, PersistentVolumeClaim or a name with a prefix is expected"
    if wrong:
        report.name(route, kind, wrong)


def _limit_lists(item: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    if kind == "Pod":
        for name in ("default", "defaultRequest"):
            if item.get(name):
                report.forbidden((*route, name), "limits of the type Pod have none")
    if (
        kind == "PersistentVolumeClaim"
        and "storage" not in item.get("min", {})
        and "storage" not in item.get("max", {})
    ):
        report.missing((*route, "limits"), "limits of the type PersistentVolumeClaim need min.storage or max.storage")
    lists = {name: item.get(name, {}) for name in _LISTS}
    names = dict.fromkeys(name for amounts in lists.values() for name in amounts)
    for name in names:
        wrong = wrong_qualified_name(name)
        known = _COMPUTE if kind in ("Pod", "Container") else (*_COMPUTE, "storage", *_QUOTA_NAMES)
        if not wrong and "/" not in name and name not in known and not name.startswith("hugepages-"):
            wrong = "it is no standard resource here, and other resources have a prefix"
        if wrong:
            where = next(kind_of for kind_of, amounts in lists.items() if name in amounts)
            report.add("invalid-name", (*route, where, MapKey(name)), f"the resource {quoted(name)}: {wrong}")
        _order(
            name,
            {key: quantity_of(amounts[name]) for key, amounts in lists.items() if name in amounts},
            lists,
            route,
            report,
        )


def _order(name: str, amounts: dict[str, Fraction], lists: dict[str, Any], route: Route, report: Report) -> None:
    pairs = (
        ("min", "max", "min"),
        ("min", "defaultRequest", "defaultRequest"),
        ("defaultRequest", "max", "defaultRequest"),
        ("defaultRequest", "default", "defaultRequest"),
        ("min", "default", "default"),
        ("default", "max", "default"),
    )
    for low, high, blamed in pairs:
        if low in amounts and high in amounts and amounts[low] > amounts[high]:
            message = (
                f"{low} of {name} ({quoted(lists[low][name])}) is more than {high} ({quoted(lists[high][name])})"
            )
            report.invalid((*route, blamed, MapKey(name)), message)
    ratio = amounts.get("maxLimitRequestRatio")
    if ratio is None:
        return
    at = (*route, "maxLimitRequestRatio", MapKey(name))
    if ratio < 1:
        report.invalid(at, f"maxLimitRequestRatio of {name} is less than 1")
    elif amounts.get("min") and "max" in amounts and ratio > amounts["max"] / amounts["min"]:
        report.invalid(at, f"maxLimitRequestRatio of {name} is more than max divided by min")
