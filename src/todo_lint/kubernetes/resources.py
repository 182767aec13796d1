"""Requests and limits of resources.

Source: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ and ResourceRequirements in
https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#resources.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.names import wrong_qualified_name
from todo_lint.kubernetes.quantities import is_quantity, parse_quantity, quantity_of
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.words import quoted

STANDARD = frozenset({"cpu", "memory", "ephemeral-storage"})
_HUGEPAGES = "hugepages-"
_REMEMBERED = 4096
_fine: set[tuple[Any, ...]] = set()
"""Limits and requests in which nothing was found; the containers of many applications have the same ones."""


def check_requirements(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check requests against limits, and each of both."""
    limits, requests = value.get("limits") or {}, value.get("requests") or {}
    both = (tuple(limits.items()), tuple(requests.items()))
    if both in _fine:
        return
    count = len(report.problems)
    _check_both(limits, requests, route, report)
    if len(report.problems) == count and len(_fine) < _REMEMBERED:
        _fine.add(both)


def _check_both(limits: dict[str, Any], requests: dict[str, Any], route: Route, report: Report) -> None:
    check_resources(limits, (*route, "limits"), report)
    check_resources(requests, (*route, "requests"), report)
    _huge_pages(limits, requests, route, report)
    for kind, amounts in (("limits", limits), ("requests", requests)):
        _page_multiples(amounts, (*route, kind), report)
    for name, amount in requests.items():
        if name in limits:
            _within(name, quantity_of(amount), quantity_of(limits[name]), amount, limits[name], route, report)
        elif not overcommits(name):
            report.missing((*route, "limits"), f"{name} is requested and needs an equal limit")


def check_resources(amounts: dict[str, Any], route: Route, report: Report) -> None:
    """Check names and amounts of a list of resources of a container."""
    for name, amount in amounts.items():
        at = (*route, MapKey(name))
        wrong = wrong_resource_name(name)
        if wrong:
            where = at if report.minor >= 28 else route
            report.add(
                "invalid-name",
                where,
                f"the resource {quoted(name)}: {wrong}",
                "use cpu, memory, ephemeral-storage, hugepages-SIZE or a name with a prefix like example.com/",
            )
        check_amount(name, amount, at, report)


def check_amount(name: str, amount: Any, route: Route, report: Report) -> None:
    """Check that an amount is not negative, and whole where parts make no sense."""
    number = quantity_of(amount)
    if number.numerator < 0:
        report.outside(route, amount, 0)
    elif is_whole(name) and number.denominator != 1:
        report.invalid(route, f"{name} is {quoted(amount)}, a whole number is expected")


def wrong_resource_name(name: str) -> str | None:
    """Say what is wrong with the name of a resource of a container, or None."""
    wrong = wrong_qualified_name(name)
    if wrong or "/" in name or name in STANDARD or name.startswith(_HUGEPAGES):
        return wrong
    return "it is no standard resource of a container, and other resources have a prefix"


def check_whole(pod: dict[str, Any], route: Route, report: Report) -> None:
    """Check the resources of a pod as a whole against those of its containers, which must fit into them."""
    whole = pod["resources"]
    for name, amount in (whole.get("requests") or {}).items():
        needed = _needed(pod, name)
        if needed > quantity_of(amount):
            at = (*route, "requests", MapKey(name))
            report.add("request-over-limit", at, f"{name} is {quoted(amount)}, the containers request more in all")
    for name, amount in (whole.get("limits") or {}).items():
        for kind in ("containers", "initContainers"):
            for number, container in enumerate(pod.get(kind, ())):
                limit = ((container.get("resources") or {}).get("limits") or {}).get(name)
                if limit is not None and quantity_of(limit) > quantity_of(amount):
                    at = (*route[:-1], kind, number, "resources", "limits", MapKey(name))
                    message = f"{name} is {quoted(limit)}, more than the limit {quoted(amount)} of the pod"
                    report.add("request-over-limit", at, message)
                    report.blame(len(report.problems) - 1, route, kind, number, MapKey(name), "limits")


def _needed(pod: dict[str, Any], name: str) -> Fraction:
    """How much of a resource the containers of a pod request at most at one time."""
    running = sum((_requested(item, name) for item in pod.get("containers", ())), Fraction(0))
    before, highest = Fraction(0), Fraction(0)
    for item in pod.get("initContainers", ()):
        own = _requested(item, name)
        if item.get("restartPolicy") == "Always":
            before += own
            highest = max(highest, before)
        else:
            highest = max(highest, before + own)
    return max(running + before, highest)


def _requested(container: dict[str, Any], name: str) -> Fraction:
    """What a container requests of a resource: its limit stands for a request that is not there."""
    resources = container.get("resources") or {}
    amounts = {**(resources.get("limits") or {}), **(resources.get("requests") or {})}
    return quantity_of(amounts[name]) if name in amounts else Fraction(0)


def overcommits(name: str) -> bool:
    """Say whether more of a resource may be allowed than is requested."""
    return ("/" not in name and not name.startswith(_HUGEPAGES)) or name.startswith("kubernetes.io/")


def is_whole(name: str) -> bool:
    """Say whether a resource is counted in whole units."""
    return not overcommits(name)


def _within(
    name: str, request: Fraction, limit: Fraction, asked: Any, allowed: Any, route: Route, report: Report
) -> None:
    at = (*route, "requests")
    if asked == allowed:
        return
    if not overcommits(name) and request != limit:
        report.add(
            "request-over-limit",
            at,
            f"{name}: {quoted(asked)} is requested, it must equal the limit {quoted(allowed)}",
        )
    elif request.numerator * limit.denominator > limit.numerator * request.denominator:  # as >, far quicker
        report.add(
            "request-over-limit",
            at,
            f"{name}: {quoted(asked)} is requested, more than the limit {quoted(allowed)}",
            "raise the limit or lower the request",
        )


def _page_multiples(amounts: dict[str, Any], route: Route, report: Report) -> None:
    """Check that huge pages are asked for in whole pages."""
    for name, amount in amounts.items():
        if name.startswith(_HUGEPAGES) and is_quantity(name.removeprefix(_HUGEPAGES)):
            page = parse_quantity(name.removeprefix(_HUGEPAGES))
            if page > 0 and (quantity_of(amount) / page).denominator != 1:
                report.invalid(
                    (*route, MapKey(name)), f"{name} is {quoted(amount)}, a multiple of the page size is expected"
                )


def _huge_pages(limits: dict[str, Any], requests: dict[str, Any], route: Route, report: Report) -> None:
    if not any(name.startswith(_HUGEPAGES) for name in (*limits, *requests)):
        return
    if not any(name in amounts for name in ("cpu", "memory") for amounts in (limits, requests)):
        report.forbidden(route, "huge pages need cpu or memory beside them")
