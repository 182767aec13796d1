"""Questions to the server about who somebody is and what they may do, which are answered and not stored.

Source: https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.report import Report

_KINDS = ("resourceAttributes", "nonResourceAttributes")


@check("authorization.SubjectAccessReviewSpec", "authorization.SelfSubjectAccessReviewSpec")
def check_question(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a question is about a resource or about a path, and names somebody."""
    if sum(name in value for name in _KINDS) != 1:
        report.add("not-one-of", route, "exactly one of resourceAttributes and nonResourceAttributes is needed")
    if report.kind != "SelfSubjectAccessReview" and not value.get("user") and not value.get("groups"):
        report.missing((*route, "user"), "a user or a group is needed")


@check("authorization.LocalSubjectAccessReview")
def check_local_question(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a local question is about a resource in its own namespace."""
    spec = value.get("spec") or {}
    if "nonResourceAttributes" in spec:
        report.invalid(("spec", "nonResourceAttributes"), "a local question is about resources only")
        return
    space = (value.get("metadata") or {}).get("namespace") or "default"
    if "resourceAttributes" in spec and (spec["resourceAttributes"] or {}).get("namespace", "") != space:
        report.invalid(
            ("spec", "resourceAttributes", "namespace"), "it differs from the namespace of the question itself"
        )


@check("authorization.SelfSubjectRulesReviewSpec")
def check_rules_question(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a question for rules names a namespace."""
    if not value.get("namespace"):
        report.missing((*route, "namespace"))


@check("authentication.TokenReviewSpec")
def check_token_question(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that there is a token."""
    if not value.get("token"):
        report.missing((*route, "token"))
