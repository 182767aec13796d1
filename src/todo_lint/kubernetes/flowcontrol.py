"""FlowSchemas and PriorityLevelConfigurations.

Source: https://kubernetes.io/docs/concepts/cluster-administration/flow-control/.
"""

from __future__ import annotations

import math
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import wrong_dns_label, wrong_dns_subdomain
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import choice, quoted

_ENTROPY_BITS = 60
_SUBJECTS = {"User": "user", "Group": "group", "ServiceAccount": "serviceAccount"}
_VERBS = ("create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch")


@check("flowcontrol.PriorityLevelConfigurationSpec")
def check_priority_level(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a level has the settings of its type and no others."""
    kind = value.get("type", "")
    if not kind:
        report.missing((*route, "type"))
    elif kind not in ("Exempt", "Limited"):
        report.unsupported((*route, "type"), kind, ("Exempt", "Limited"))
    elif kind == "Exempt":
        if "limited" in value:
            report.forbidden((*route, "limited"), "the type is Exempt")
        _exempt(value.get("exempt") or {}, (*route, "exempt"), report)
    else:
        if "exempt" in value:
            report.forbidden((*route, "exempt"), "the type is Limited")
        if "limited" in value:
            _limited(value["limited"], (*route, "limited"), report)
        else:
            report.missing((*route, "limited"), "the type Limited needs it")


def _verbs(verbs: list[str], route: Route, report: Report) -> None:
    """Check the verbs of a rule; a server wants those of resources for URLs as well."""
    if "*" in verbs:
        if len(verbs) > 1:
            report.invalid(route, "verbs holds *, which stands alone")
        return
    for verb in verbs:
        if verb not in _VERBS:
            report.add("unsupported-value", route, f"verbs holds {quoted(verb)}, {choice(_VERBS)} is expected")


def _resource_rule(value: dict[str, Any], route: Route, report: Report) -> None:
    for name in ("apiGroups", "resources", "namespaces"):
        if "*" in value.get(name, ()) and len(value[name]) > 1:
            report.invalid((*route, name), f"{name} holds *, which stands alone")
    if not value.get("namespaces") and not value.get("clusterScope"):
        report.missing((*route, "namespaces"), "resources that are not cluster-scoped need namespaces")
    for number, name in enumerate(value.get("namespaces", ())):
        wrong = wrong_dns_label(name) if name != "*" else None
        if wrong:
            report.name((*route, "namespaces", number), name, wrong)


def _url(url: str, route: Route, report: Report) -> None:
    if url == "*":
        return
    if not url.startswith("/"):
        report.invalid(route, f"{quoted(url)} does not begin with /" if url else "the URL is empty")
    elif "//" in url or " " in url:
        report.invalid(route, f"{quoted(url)} holds // or a blank")
    elif "*" in url and not (url.endswith("/*") and url.count("*") == 1):
        report.invalid(route, f"{quoted(url)} may hold * only as the last step")


def _exempt(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the shares of an exempt level; only the level of that name is exempt."""
    if (report.root.get("metadata") or {}).get("name") != "exempt":
        report.invalid((*route[:-1], "type"), "only the level called exempt has the type Exempt")
    if value.get("nominalConcurrencyShares", 0) < 0:
        report.outside((*route, "nominalConcurrencyShares"), value["nominalConcurrencyShares"], 0)
    percent = value.get("lendablePercent", 0)
    if not 0 <= percent <= 100:
        report.outside((*route, "lendablePercent"), percent, 0, 100)


def _limited(value: dict[str, Any], route: Route, report: Report) -> None:
    shares = value.get("nominalConcurrencyShares", 30)
    if shares < 0:
        report.outside((*route, "nominalConcurrencyShares"), shares, 0)
    percent = value.get("lendablePercent", 0)
    if not 0 <= percent <= 100:
        report.outside((*route, "lendablePercent"), percent, 0, 100)
    if value.get("borrowingLimitPercent", 0) < 0:
        report.outside((*route, "borrowingLimitPercent"), value["borrowingLimitPercent"], 0)
    response = value.get("limitResponse") or {}
    kind, queuing = response.get("type", ""), response.get("queuing")
    at = (*route, "limitResponse")
    if not kind:
        report.missing((*at, "type"))
    elif kind not in ("Reject", "Queue"):
        report.unsupported((*at, "type"), kind, ("Queue", "Reject"))
    elif kind == "Reject" and queuing is not None:
        report.forbidden((*at, "queuing"), "the type is Reject")
    elif kind == "Queue" and queuing is None:
        report.missing((*at, "queuing"), "the type Queue needs it")
    elif queuing is not None:
        _queuing(queuing, (*at, "queuing"), report)


def _queuing(value: dict[str, Any], route: Route, report: Report) -> None:
    queues, hand, limit = (
        value.get(name) or default for name, default in (("queues", 64), ("handSize", 8), ("queueLengthLimit", 50))
    )
    for name, number in (("queues", queues), ("queueLengthLimit", limit), ("handSize", hand)):
        if number < 1:
            report.outside((*route, name), number, 1)
    if queues > 10_000_000:
        report.outside((*route, "queues"), queues, most=10_000_000)
    if hand > queues:
        report.invalid((*route, "handSize"), f"handSize is {hand}, more than the number of queues ({queues})")
    elif hand > 0 and _entropy(queues, hand) > _ENTROPY_BITS:
        report.invalid(
            (*route, "handSize"),
            f"handSize {hand} of {queues} queues needs more than {_ENTROPY_BITS} bits of randomness",
        )


def _entropy(deck: int, hand: int) -> int:
    """Return the bits that it takes to deal a hand from a deck, as the server counts them."""
    return math.ceil(sum(math.log2(deck - number) for number in range(min(hand, 64))))


@check("flowcontrol.FlowSchemaSpec")
def check_flow_schema(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the subjects, resources and URLs of the rules of a schema."""
    if value.get("matchingPrecedence") == 1 and (report.root.get("metadata") or {}).get("name") != "exempt":
        report.invalid((*route, "matchingPrecedence"), "only the schema called exempt has matchingPrecedence 1")
    for number, rule in enumerate(value.get("rules", ())):
        at = (*route, "rules", number)
        for index, subject in enumerate(rule.get("subjects", ())):
            _subject(subject, (*at, "subjects", index), report)
        for index, item in enumerate(rule.get("resourceRules", ())):
            where = (*at, "resourceRules", index)
            _verbs(item.get("verbs", []), (*where, "verbs"), report)
            _resource_rule(item, where, report)
        for index, item in enumerate(rule.get("nonResourceRules", ())):
            where = (*at, "nonResourceRules", index)
            _verbs(item.get("verbs", []), (*where, "verbs"), report)
            urls = item.get("nonResourceURLs", ())
            if "*" in urls and len(urls) > 1:
                report.invalid((*where, "nonResourceURLs"), "nonResourceURLs holds *, which stands alone")
            for place, url in enumerate(urls):
                _url(url, (*where, "nonResourceURLs", place), report)
        if not rule.get("resourceRules") and not rule.get("nonResourceRules"):
            report.missing(at, "one of resourceRules and nonResourceRules is needed")


def _subject(value: dict[str, Any], route: Route, report: Report) -> None:
    kind = value.get("kind", "")
    if kind not in _SUBJECTS:
        report.unsupported((*route, "kind"), kind, tuple(_SUBJECTS))
        return
    for name, key in _SUBJECTS.items():
        if name == kind and key not in value:
            report.missing((*route, key), f"the kind {kind} needs it")
        elif name != kind and key in value:
            report.forbidden((*route, key), f"the kind is {kind}")
    account = (value.get("serviceAccount") or {}).get("name", "") if kind == "ServiceAccount" else ""
    if account and account != "*":
        report.check_name((*route, "serviceAccount", "name"), account, wrong_dns_subdomain)
