"""Leases.

Source: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.report import Report


@check("coordination.LeaseSpec")
def check_lease(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a lease with a strategy or a preferred holder has what these need."""
    if value.get("preferredHolder") and not value.get("strategy"):
        report.forbidden((*route, "preferredHolder"), "it needs a strategy")
