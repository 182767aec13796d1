"""Roles and their bindings.

Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_dns_subdomain
from todo_lint.kubernetes.report import Report

_GROUP = "rbac.authorization.k8s.io"
_ACCOUNTS = ("ServiceAccount", "User", "Group")


@check("rbac.Role", "rbac.ClusterRole")
def check_role(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the rules of a role: each names verbs, and either resources or URLs."""
    namespaced = report.kind == "Role"
    for number, rule in enumerate(value.get("rules", ())):
        at = ("rules", number)
        if not rule.get("verbs"):
            report.missing((*at, "verbs"), "a rule needs at least one verb")
        if rule.get("nonResourceURLs"):
            if namespaced:
                report.invalid((*at, "nonResourceURLs"), "a Role is for one namespace and cannot speak of URLs")
            if any(rule.get(name) for name in ("apiGroups", "resources", "resourceNames")):
                report.invalid((*at, "nonResourceURLs"), "a rule is for resources or for URLs, not for both")
            continue
        for name in ("apiGroups", "resources"):
            if not rule.get(name):
                hint = 'the core group is written ""' if name == "apiGroups" else ""
                report.missing((*at, name), "a rule for resources needs it", hint)


@check("rbac.RoleBinding", "rbac.ClusterRoleBinding")
def check_binding(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the role and the subjects of a binding."""
    role = value.get("roleRef") or {}
    group, kind = role.get("apiGroup") or _GROUP, role.get("kind", "")
    if group != _GROUP:
        report.unsupported(("roleRef", "apiGroup"), group, (_GROUP,))
    allowed = ("ClusterRole",) if report.kind == "ClusterRoleBinding" else ("Role", "ClusterRole")
    if kind not in allowed:
        report.unsupported(("roleRef", "kind"), kind, allowed)
    for number, subject in enumerate(value.get("subjects", ())):
        _subject(subject, ("subjects", number), report)


def _subject(value: dict[str, Any], route: Route, report: Report) -> None:
    kind, group, name = value.get("kind", ""), value.get("apiGroup", ""), value.get("name", "")
    if kind not in _ACCOUNTS:
        report.unsupported((*route, "kind"), kind, _ACCOUNTS)
        return
    if kind != "ServiceAccount":
        if group and group != _GROUP:
            report.unsupported((*route, "apiGroup"), group, (_GROUP,))
        return
    if group:
        report.unsupported((*route, "apiGroup"), group, ("",))
    wrong = wrong_dns_subdomain(name) if name else None
    if wrong:
        report.name((*route, "name"), name, wrong)
    if report.kind == "ClusterRoleBinding" and not value.get("namespace"):
        report.missing((*route, "namespace"), "a service account lives in one")
