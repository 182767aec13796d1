"""Events, in the core group and in events.k8s.io.

Source: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import length, wrong_qualified_name
from todo_lint.kubernetes.report import Report

_LONGEST = {"reportingInstance": 128, "action": 128, "reason": 128, "note": 1024, "message": 1024}
_FORMER = ("deprecatedFirstTimestamp", "deprecatedLastTimestamp", "deprecatedCount", "deprecatedSource")
_BLAMED = {
    "deprecatedFirstTimestamp": "firstTimestamp",
    "deprecatedLastTimestamp": "lastTimestamp",
    "deprecatedCount": "count",
    "deprecatedSource": "source",
}


@check("core.Event")
def check_event(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check an event of the core group, which says by whom and why if it has an eventTime."""
    if "eventTime" in value:
        _namespace(value, "involvedObject", report, kept=("default", "kube-system"), must_match=False)
        _reporter(value, "reportingComponent", report)
    else:
        _namespace(value, "involvedObject", report, kept=("default",), must_match=True)


@check("events.Event")
def check_new_event(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that an event of events.k8s.io says when, what, why and by whom."""
    if "eventTime" not in value:
        report.missing(("eventTime",))
        _namespace(value, "regarding", report, kept=("default",), must_match=True)
        report.replace_start(len(report.problems) - 1, ("regarding",), ("involvedObject",))
    else:
        _namespace(value, "regarding", report, kept=("default", "kube-system"), must_match=False)
        _reporter(value, "reportingController", report)
    kind = value.get("type", "")
    if kind not in ("Normal", "Warning"):
        report.unsupported(("type",), kind, ("Normal", "Warning"))
    for name in _FORMER:
        if value.get(name):
            report.forbidden((name,), "it is for events of the core group")
            report.blame(len(report.problems) - 1, _BLAMED[name])
    _series(value.get("series"), report)


def _namespace(value: dict[str, Any], name: str, report: Report, *, kept: tuple[str, ...], must_match: bool) -> None:
    """Check the namespace of the object that an event is about against that of the event."""
    space = (value.get("metadata") or {}).get("namespace") or "default"
    other = (value.get(name) or {}).get("namespace", "")
    if (not other and space not in kept) or (other and must_match and other != space):
        report.invalid((name, "namespace"), "it differs from the namespace of the event")
        report.blame(len(report.problems) - 1, "involvedObject", "namespace")


def _reporter(value: dict[str, Any], controller: str, report: Report) -> None:
    for name in (controller, "reportingInstance", "action", "reason"):
        if not value.get(name):
            report.missing((name,))
    if value.get(controller):
        report.check_name((controller,), value[controller], wrong_qualified_name)
    for name, longest in _LONGEST.items():
        if length(value.get(name) or "") > longest:
            report.invalid((name,), f"{name} has {length(value[name])} characters, at most {longest} are allowed")


def _series(series: dict[str, Any] | None, report: Report) -> None:
    if series is None:
        return
    if series.get("count", 0) < 2:
        report.outside(("series", "count"), series.get("count", 0), 2)
    if not series.get("lastObservedTime"):
        report.missing(("series", "lastObservedTime"))
