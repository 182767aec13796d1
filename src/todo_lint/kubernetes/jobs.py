"""Jobs and CronJobs.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/job/ and
https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.cron import ScheduleError, check_schedule
from todo_lint.kubernetes.formats import is_domain_path
from todo_lint.kubernetes.names import length, wrong_dns_label, wrong_label_value
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.selectors import is_valid_selector
from todo_lint.kubernetes.words import described, quoted
from todo_lint.kubernetes.workloads import check_match
from todo_lint.patterns import pattern

_CRON_NAME = 52
_ZONE = pattern(r"[A-Za-z.\-_0-9+]{1,14}(/[A-Za-z.\-_0-9+]{1,14})*")
_SUCCESS_POLICY, _MANAGED_BY = 31, 32
"""The first versions that have these fields switched on; older ones drop them unread.

Source: https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/.
"""
_MANY = 100_000
_FEW = 10_000


@check("batch.JobSpec")
def check_job_spec(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check what the fields of a job must agree upon."""
    _restart_policy(value, route, report)
    _completions(value, route, report)
    if "podFailurePolicy" in value:
        _failure_policy(value, (*route, "podFailurePolicy"), report)
    if "maxFailedIndexes" in value and "backoffLimitPerIndex" not in value:
        report.missing((*route, "backoffLimitPerIndex"), "maxFailedIndexes needs it")
    if "successPolicy" in value and report.minor >= _SUCCESS_POLICY:
        _success_policy(value, (*route, "successPolicy"), report)
    if value.get("podReplacementPolicy") == "TerminatingOrFailed" and "podFailurePolicy" in value:
        report.unsupported((*route, "podReplacementPolicy"), "TerminatingOrFailed", ("Failed",))
    managed = value.get("managedBy")
    wrong = managed is not None and (length(managed) > 63 or not is_domain_path(managed))
    if wrong and report.minor >= _MANAGED_BY:
        report.invalid(
            (*route, "managedBy"),
            f"managedBy is {described(managed)}, a path like example.com/controller is expected",
        )


def _restart_policy(value: dict[str, Any], route: Route, report: Report) -> None:
    spec = (value.get("template") or {}).get("spec") or {}
    policy = spec.get("restartPolicy") or "Always"
    at = (*route, "template", "spec", "restartPolicy")
    if policy == "Always":
        why = "pods of a job end: it must be OnFailure or Never"
        if spec.get("restartPolicy"):
            report.add("missing-field", at, f"restartPolicy is Always, {why.partition(': ')[2]}")
        else:
            report.missing(at, why)
    elif policy == "OnFailure" and "podFailurePolicy" in value:
        report.invalid(at, "with podFailurePolicy restartPolicy must be Never")


def _completions(value: dict[str, Any], route: Route, report: Report) -> None:
    indexed = value.get("completionMode") == "Indexed"
    completions, parallel = value.get("completions"), value.get("parallelism", 1)
    if not indexed:
        if "backoffLimitPerIndex" in value:
            report.invalid((*route, "backoffLimitPerIndex"), "backoffLimitPerIndex needs completionMode Indexed")
        return
    if completions is None and "parallelism" in value:
        report.missing((*route, "completions"), "completionMode Indexed needs it")
    if "backoffLimitPerIndex" in value and (completions or 0) > _MANY:
        _many_indexes(value, route, report)
    most = value.get("maxFailedIndexes")
    if most is not None and completions is not None and most > completions:
        report.invalid(
            (*route, "maxFailedIndexes"), f"maxFailedIndexes is {most}, more than completions ({completions})"
        )
    if parallel > _MANY:
        report.outside((*route, "parallelism"), parallel, most=_MANY, why="(completionMode Indexed)")


def _many_indexes(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the further limits of a job with more than 100,000 indexes that are retried one by one."""
    if "maxFailedIndexes" not in value:
        report.missing((*route, "maxFailedIndexes"), f"more than {_MANY} completions need it")
    elif value["maxFailedIndexes"] > _FEW:
        report.outside((*route, "maxFailedIndexes"), value["maxFailedIndexes"], most=_FEW)
    if value.get("parallelism", 1) > _FEW:
        report.outside((*route, "parallelism"), value["parallelism"], most=_FEW)


def _failure_policy(job: dict[str, Any], route: Route, report: Report) -> None:
    spec = (job.get("template") or {}).get("spec") or {}
    names = {c.get("name") for kind in ("containers", "initContainers") for c in spec.get(kind, ())}
    for number, rule in enumerate(job["podFailurePolicy"].get("rules", ())):
        at = (*route, "rules", number)
        codes, conditions = rule.get("onExitCodes"), rule.get("onPodConditions")
        if rule.get("action") == "FailIndex" and "backoffLimitPerIndex" not in job:
            report.invalid((*at, "action"), "FailIndex needs backoffLimitPerIndex")
        if codes is not None:
            if conditions:
                report.invalid(at, "onExitCodes and onPodConditions exclude each other")
            _exit_codes(codes, names, (*at, "onExitCodes"), report)
        elif not conditions:
            report.invalid(at, "one of onExitCodes and onPodConditions is needed")
        for index, condition in enumerate(conditions or ()):
            status = condition.get("status") or "True"
            if status not in ("True", "False", "Unknown"):
                report.unsupported((*at, "onPodConditions", index, "status"), status, ("True", "False", "Unknown"))


def _exit_codes(value: dict[str, Any], names: set[Any], route: Route, report: Report) -> None:
    container = value.get("containerName")
    if container is not None and container not in names:
        report.invalid((*route, "containerName"), f"the pod has no container {quoted(container)}")
    codes = value.get("values", [])
    at = (*route, "values")
    if not codes:
        report.invalid(at, "values is empty, at least one exit code is needed")
    elif len(codes) > 255:
        report.invalid(at, f"values has {len(codes)} items, at most 255 are allowed")
    for number, code in enumerate(codes):
        if code == 0 and value.get("operator") == "In":
            report.invalid((*at, number), "0 is success and cannot be a failure's exit code")
        elif number and code < codes[number - 1]:
            report.invalid(at, "values must be in ascending order")
            break
        elif number and code == codes[number - 1]:
            report.duplicate((*at, number), code)


def _success_policy(job: dict[str, Any], route: Route, report: Report) -> None:
    if job.get("completionMode") != "Indexed":
        report.invalid(route, "successPolicy needs completionMode Indexed")
        return
    for number, rule in enumerate(job["successPolicy"].get("rules", ())):
        at = (*route, "rules", number)
        count, indexes = rule.get("succeededCount"), rule.get("succeededIndexes")
        if count is None and indexes is None:
            report.missing(at, "one of succeededCount and succeededIndexes is needed")
        most = job.get("completions", 0)
        if indexes is not None:
            chosen = _indexes(indexes, most)
            if chosen is None:
                report.invalid(
                    (*at, "succeededIndexes"),
                    f"succeededIndexes is {described(indexes)}, indexes below {most} like 0-2,4 are expected",
                )
            else:
                most = min(most, chosen)
        if count is not None and count < 0:
            report.outside((*at, "succeededCount"), count, 0)
        elif count is not None and count > most:
            report.outside((*at, "succeededCount"), count, most=most)


def _indexes(text: str, completions: int) -> int | None:
    """Return how many indexes a text like ``0-2,4`` names, or None where it cannot be read."""
    count, last = 0, -1
    for part in text.split(",") if text else ():
        low, dash, high = part.partition("-")
        if not (low.isascii() and low.isdigit()) or (dash and not (high.isascii() and high.isdigit())):
            return None
        start, end = int(low), int(high or low)
        if not last < start <= end < completions:
            return None
        count, last = count + end - start + 1, end
    return count


@check("batch.Job")
def check_job(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the name of a job fits into the labels that the server gives its pods."""
    spec = value.get("spec") or {}
    name = (value.get("metadata") or {}).get("name", "")
    if not spec.get("manualSelector"):
        if spec.get("selector"):
            report.invalid(("spec", "selector"), "selector is made by the server unless manualSelector is true")
        wrong = wrong_label_value(name)
        if wrong and name:
            report.invalid(
                ("spec", "template", "labels"), f"the name of the job becomes a label of its pods: {wrong}"
            )
    elif spec.get("selector") is None:
        report.missing(("spec", "selector"), "manualSelector needs it")
    elif is_valid_selector(spec["selector"]):
        check_match(spec["selector"], spec.get("template") or {}, ("spec",), report)
    if spec.get("completionMode") == "Indexed" and name:
        last = f"{name}-{max(spec.get('completions', 1) - 1, 0)}"
        if wrong_dns_label(last) and (spec.get("manualSelector") or not wrong_label_value(name)):
            report.name(
                ("metadata", "name"),
                name,
                "it becomes the host name of pods and must be a DNS label with their number",
            )


@check("batch.CronJobSpec")
def check_cron_job(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the schedule and time zone of a CronJob and the length of its name."""
    _schedule(value, route, report)
    name = (report.root.get("metadata") or {}).get("name", "")
    if length(name) > _CRON_NAME:
        report.name(
            ("metadata", "name"),
            name,
            f"it has {length(name)} characters, at most {_CRON_NAME} leave room for the names of jobs",
        )
    job = (value.get("jobTemplate") or {}).get("spec") or {}
    at = (*route, "jobTemplate", "spec")
    if job.get("manualSelector"):
        report.unsupported((*at, "manualSelector"), True, ("false",))
    if job.get("selector") is not None:
        report.invalid((*at, "selector"), "selector is made by the server")


def _schedule(value: dict[str, Any], route: Route, report: Report) -> None:
    schedule, zone = value.get("schedule", ""), value.get("timeZone")
    at = (*route, "schedule")
    if "TZ" in schedule:
        report.add("invalid-schedule", at, "a time zone does not belong into the schedule", "write it as timeZone")
    elif schedule:
        try:
            check_schedule(schedule)
        except ScheduleError as error:
            report.add(
                "invalid-schedule",
                at,
                f"schedule is {described(schedule)}: {error}",
                "write it like 15 3 * * 1-5 or @daily",
            )
    if zone is not None and not is_time_zone(zone):
        report.invalid(
            (*route, "timeZone"), f"timeZone is {described(zone)}, a name like Etc/UTC or Europe/Berlin is expected"
        )


def is_time_zone(name: str) -> bool:
    """Say whether a text is the name of a time zone (any well-formed one where this machine knows no zones)."""
    import zoneinfo

    if not _ZONE.fullmatch(name) or name.lower() == "local" or name.startswith(("/", ".")) or ".." in name:
        return False
    if name == "UTC":
        return True
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return not _knows_zones()
    return True


def _knows_zones() -> bool:
    import zoneinfo

    try:
        zoneinfo.ZoneInfo("Europe/London")
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
