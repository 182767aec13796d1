"""PodDisruptionBudgets.

Source: https://kubernetes.io/docs/tasks/run-application/configure-pdb/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.percentages import check_int_or_percent
from todo_lint.kubernetes.report import Report


@check("policy.PodDisruptionBudgetSpec")
def check_budget(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the two bounds of a budget, of which one may be given."""
    if "minAvailable" in value and "maxUnavailable" in value:
        report.exclusive(route, ("minAvailable", "maxUnavailable"))
    for name in ("minAvailable", "maxUnavailable"):
        check_int_or_percent(value.get(name), (*route, name), report, limited=True)
