"""Where pods may run: tolerations, affinity, topology spread; and priority classes.

Source: https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/ and
https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_dns_subdomain, wrong_label_value, wrong_qualified_name
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import quoted

_NODE_OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")
_VALUES_CHECKED = 34
_HIGHEST_USER_PRIORITY = 1_000_000_000


@check("core.Toleration")
def check_toleration(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that key, operator, value and effect of a toleration go together."""
    key, operator = value.get("key", ""), value.get("operator") or "Equal"
    at = (*route, "operator")
    if key:
        wrong = wrong_qualified_name(key)
        if wrong:
            report.name((*route, "key"), key, wrong)
    elif operator != "Exists":
        report.invalid(at, "without a key only the operator Exists is allowed")
    if "tolerationSeconds" in value and value.get("effect") != "NoExecute":
        report.invalid((*route, "effect"), "with tolerationSeconds the effect must be NoExecute")
    _toleration_value(value.get("value", ""), operator, at, report)


def _toleration_value(value: str, operator: str, route: Route, report: Report) -> None:
    if operator == "Equal":
        wrong = wrong_label_value(value)
        if wrong:
            report.invalid(route, f"the value {quoted(value)}: {wrong}")
    elif operator == "Exists":
        if value:
            report.invalid(route, "the operator Exists takes no value")
    else:
        report.unsupported(route, operator, ("Equal", "Exists"))


@check("core.NodeAffinity")
def check_node_affinity(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the terms of a node affinity; a server looks at values of required terms only."""
    name = "requiredDuringSchedulingIgnoredDuringExecution"
    if name in value:
        check_node_selector(value[name], (*route, name), report)
    name = "preferredDuringSchedulingIgnoredDuringExecution"
    for number, term in enumerate(value.get(name, ())):
        _node_term(term.get("preference") or {}, (*route, name, number, "preference"), report, strict=False)


@check("core.VolumeNodeAffinity")
def check_volume_affinity(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the terms that bind a volume to nodes."""
    if "required" in value:
        check_node_selector(value["required"], (*route, "required"), report)


def check_node_selector(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the terms of a node selector."""
    for number, term in enumerate(value.get("nodeSelectorTerms", ())):
        _node_term(term, (*route, "nodeSelectorTerms", number), report, strict=True)


def _node_term(value: dict[str, Any], route: Route, report: Report, *, strict: bool) -> None:
    for number, expression in enumerate(value.get("matchExpressions", ())):
        _node_requirement(expression, (*route, "matchExpressions", number), report, strict=strict)
    for number, expression in enumerate(value.get("matchFields", ())):
        _field_requirement(expression, (*route, "matchFields", number), report)


def _node_requirement(value: dict[str, Any], route: Route, report: Report, *, strict: bool) -> None:
    operator, values = value.get("operator", ""), value.get("values") or []
    wrong = _wrong_values(operator, values)
    if operator not in _NODE_OPERATORS:
        report.unsupported((*route, "operator"), operator, _NODE_OPERATORS)
    elif wrong and operator in ("Exists", "DoesNotExist"):
        report.forbidden((*route, "values"), wrong)
    elif wrong:
        report.missing((*route, "values"), wrong)
    report.check_name((*route, "key"), value.get("key", ""), wrong_qualified_name)
    for number, item in enumerate(values if strict else ()):
        wrong = wrong_label_value(item)
        if wrong and report.minor >= _VALUES_CHECKED:
            report.name((*route, "values", number), item, wrong)


def _wrong_values(operator: str, values: list[str]) -> str | None:
    """Say what is wrong with the number of values for an operator, or None."""
    if operator in ("In", "NotIn"):
        return None if values else f"{operator} needs at least one value"
    if operator in ("Gt", "Lt"):
        return None if len(values) == 1 else f"{operator} needs exactly one value"
    return f"{operator} takes no values" if values else None


def _field_requirement(value: dict[str, Any], route: Route, report: Report) -> None:
    operator, values = value.get("operator", ""), value.get("values") or []
    if operator not in ("In", "NotIn"):
        report.unsupported((*route, "operator"), operator, ("In", "NotIn"))
    elif len(values) != 1:
        report.missing((*route, "values"), "a field needs exactly one value")
    if value.get("key", "") != "metadata.name":
        report.unsupported((*route, "key"), value.get("key", ""), ("metadata.name",))
        return
    for number, item in enumerate(values):
        wrong = wrong_dns_subdomain(item)
        if wrong:
            report.name((*route, "values", number), item, wrong)


@check("core.PodAffinityTerm")
def check_affinity_term(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the label keys that a term takes over from the pod."""
    _label_keys(value, route, report)


def _label_keys(value: dict[str, Any], route: Route, report: Report) -> None:
    for name in ("matchLabelKeys", "mismatchLabelKeys"):
        keys = value.get(name, ())
        if keys and "labelSelector" not in value:
            report.forbidden((*route, name), "it needs a labelSelector")
        for number, key in enumerate(keys):
            wrong = wrong_qualified_name(key)
            if wrong:
                report.name((*route, name, number), key, wrong)
    for number, key in enumerate(value.get("matchLabelKeys", ())):
        if key in value.get("mismatchLabelKeys", ()):
            report.invalid((*route, "matchLabelKeys", number), f"{quoted(key)} is in mismatchLabelKeys, too")


@check("core.TopologySpreadConstraint")
def check_spread(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check one topology spread constraint."""
    if "minDomains" in value and value.get("whenUnsatisfiable") != "DoNotSchedule":
        report.invalid((*route, "minDomains"), "minDomains is for whenUnsatisfiable DoNotSchedule only")
    _label_keys(value, route, report)


@check("core.PodSpec")
def check_spreads(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that no two spread constraints are for the same topology key and action."""
    seen: dict[tuple[Any, Any], int] = {}
    for number, item in enumerate(value.get("topologySpreadConstraints", ())):
        key = (item.get("topologyKey"), item.get("whenUnsatisfiable"))
        first = seen.setdefault(key, number)
        if first != number:
            at = (*route, "topologySpreadConstraints")
            report.duplicate((*at, number), f"{key[0]}, {key[1]}")
            report.blame(len(report.problems) - 1, at, first, "{topologyKey, whenUnsatisfiable}")


@check("scheduling.PriorityClass")
def check_priority_class(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a class of users stays below the priorities and names of the system."""
    name = (value.get("metadata") or {}).get("name", "")
    if name.startswith("system-"):
        if name not in ("system-node-critical", "system-cluster-critical"):
            report.forbidden(("metadata", "name"), "names that begin with system- are the system's own")
    elif value.get("value", 0) > _HIGHEST_USER_PRIORITY:
        report.forbidden(("value",), f"the highest priority for users is {_HIGHEST_USER_PRIORITY}")
