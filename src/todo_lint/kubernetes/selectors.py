"""Label selectors, wherever they stand, and what they must match.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.metadata import check_labels
from todo_lint.kubernetes.names import wrong_label_value, wrong_qualified_name
from todo_lint.kubernetes.report import Report

OPERATORS = ("In", "NotIn", "Exists", "DoesNotExist")


@check("meta.LabelSelector")
def check_selector(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the labels and expressions of a selector."""
    if "matchLabels" in value:
        check_labels(value["matchLabels"], (*route, "matchLabels"), report)
    for number, expression in enumerate(value.get("matchExpressions", ())):
        check_requirement(expression, (*route, "matchExpressions", number), report, OPERATORS)


def check_requirement(value: dict[str, Any], route: Route, report: Report, operators: tuple[str, ...]) -> None:
    """Check one expression of a selector: its key, operator and values."""
    operator, values = value.get("operator", ""), value.get("values") or []
    if operator in ("In", "NotIn"):
        if not values:
            report.missing((*route, "values"), f"{operator} needs at least one value")
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            report.forbidden((*route, "values"), f"{operator} takes no values")
    elif operator not in operators:
        report.unsupported((*route, "operator"), operator, operators)
    wrong = wrong_qualified_name(value.get("key", ""))
    if wrong:
        report.name((*route, "key"), value.get("key", ""), wrong)
    for number, item in enumerate(values):
        wrong = wrong_label_value(item)
        if wrong:
            report.name((*route, "values", number), item, wrong)


def is_valid_selector(value: dict[str, Any]) -> bool:
    """Say whether a selector is free of problems."""
    probe = Report({}, 0)
    check_selector(value, (), probe)
    return not probe.problems


def selects(selector: dict[str, Any], labels: dict[str, str]) -> bool:
    """Say whether a selector of any kind (empty ones select everything) selects these labels."""
    for key, wanted in (selector.get("matchLabels") or {}).items():
        if labels.get(key) != wanted:
            return False
    return all(_meets(expression, labels) for expression in selector.get("matchExpressions") or ())


def _meets(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    key, operator, values = expression.get("key", ""), expression.get("operator"), expression.get("values") or ()
    if operator == "In":
        return labels.get(key) in values
    if operator == "NotIn":
        return labels.get(key) not in values
    return (key in labels) == (operator == "Exists")
