"""Fields that documents call by Kubernetes' own names (``backoffLimit``, *Backoff Limit*), and where kinds have them.

Source: the API reference of Kubernetes, PodSpec, Container, JobSpec, CronJobSpec, DeploymentSpec and ServiceSpec.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from todo_lint.findings import Route, format_route
from todo_lint.manifests.pods import pod_route_of
from todo_lint.model.reading.text import words_of
from todo_lint.model.reading.vocabulary import phrases as p
from todo_lint.model.reading.vocabulary.phrases import Phrase
from todo_lint.model.statements import WORKLOADS, Kind

_TRUTHS = frozenset(
    ("automountServiceAccountToken", "hostNetwork", "hostPID", "hostIPC", "enableServiceLinks", "suspend",
     "shareProcessNamespace", "publishNotReadyAddresses")
)  # fmt: skip
_WORDS = frozenset(
    ("priorityClassName", "runtimeClassName", "schedulerName", "podManagementPolicy",
     "concurrencyPolicy", "timeZone", "completionMode",
     "externalTrafficPolicy", "internalTrafficPolicy", "ipFamilyPolicy", "volumeMode", "volumeName",
     "persistentVolumeReclaimPolicy")
)  # fmt: skip
"""Fields whose values are words; the values of all others are numbers."""
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "dnsPolicy": ("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"),
    "sessionAffinity": ("ClientIP", "None"),
}
"""Fields of which ``None`` is a value as others are, and all their values."""

_OF_POD = (
    "automountServiceAccountToken", "dnsPolicy", "priorityClassName", "runtimeClassName", "schedulerName",
    "hostNetwork", "hostPID", "hostIPC", "enableServiceLinks", "shareProcessNamespace",
    "terminationGracePeriodSeconds",
)  # fmt: skip
_OF_JOB = (
    "backoffLimit", "completions", "parallelism", "activeDeadlineSeconds", "ttlSecondsAfterFinished",
    "completionMode",
)  # fmt: skip
_OF_SPEC: Mapping[str, tuple[str, ...]] = {
    Kind.DEPLOYMENT: ("revisionHistoryLimit", "minReadySeconds", "progressDeadlineSeconds"),
    Kind.STATEFUL_SET: ("revisionHistoryLimit", "minReadySeconds", "podManagementPolicy"),
    Kind.DAEMON_SET: ("revisionHistoryLimit", "minReadySeconds"),
    Kind.JOB: (*_OF_JOB, "suspend"),
    Kind.CRON_JOB: ("concurrencyPolicy", "suspend", "successfulJobsHistoryLimit", "failedJobsHistoryLimit",
                    "startingDeadlineSeconds", "timeZone"),
    Kind.SERVICE: ("sessionAffinity", "externalTrafficPolicy", "internalTrafficPolicy", "publishNotReadyAddresses",
                   "ipFamilyPolicy"),
    Kind.PERSISTENT_VOLUME_CLAIM: ("volumeMode", "volumeName"),
    Kind.PERSISTENT_VOLUME: ("volumeMode", "persistentVolumeReclaimPolicy"),
}  # fmt: skip


_ALSO: Mapping[str, tuple[str, ...]] = {
    "terminationGracePeriodSeconds": (
        *("grace period", "termination grace period", "shutdown grace period", "graceful shutdown"),
        "graceful shutdown period",
    ),
    "automountServiceAccountToken": ("service account token mounted", "service account token"),
}
"""What else documents call some of them."""


def own_fields(kind: str) -> dict[str, Phrase]:
    """The keys by which a document states such fields of a kind, in the spelling of ``words_of``."""
    return {
        key: _phrase(route[-1], route)
        for route in _routes(kind)
        for key in (words_of(route[-1]), *_ALSO.get(route[-1], ()))
    }


def _routes(kind: str) -> Iterator[tuple[str, ...]]:
    yield from _below(("spec",), _OF_SPEC.get(kind, ()))
    if kind == Kind.CRON_JOB:
        yield from _below(("spec", "jobTemplate", "spec"), _OF_JOB)
    if kind in WORKLOADS:
        pod = tuple(str(step) for step in pod_route_of(kind) or ())
        yield from _below((*pod, "spec"), _OF_POD)


def _below(above: tuple[str, ...], fields: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return ((*above, field) for field in fields)


def _phrase(field: str, route: Route) -> Phrase:
    attribute = format_route(route)
    if field in _CHOICES:
        return p.chosen(attribute, *_CHOICES[field])
    if field in _TRUTHS:
        return p.truth(attribute)
    return p.single(attribute, r"[A-Za-z][\w./-]*") if field in _WORDS else p.seconds(attribute)
