"""The table of deprecated and removed APIs, held against the bundled schemas."""

from __future__ import annotations

import pytest

from todo_lint.kubernetes.lifecycle import Lifecycle, known_lifecycles, lifecycle
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import LATEST, SUPPORTED, minor_of

TABLE = known_lifecycles()
OLDEST, NEWEST = minor_of(SUPPORTED[0]), minor_of(LATEST)


def _served(api_version: str, kind: str) -> list[int]:
    return [minor_of(version) for version in SUPPORTED if schema_store(version).has(api_version, kind)]


def test_every_api_that_the_bundled_versions_lose_is_in_the_table() -> None:
    everything = {pair for version in SUPPORTED for pair in schema_store(version).kinds()}
    gone = {pair: _served(*pair)[-1] + 1 for pair in everything if NEWEST not in _served(*pair)}
    table = {(end.api_version, end.kind): end.removed for end in TABLE}
    assert len(gone) > 30
    assert {pair: table.get(pair) for pair in gone} == gone


@pytest.mark.parametrize("end", TABLE, ids=lambda end: end.name)
def test_each_entry_agrees_with_the_bundled_versions(end: Lifecycle) -> None:
    served = _served(end.api_version, end.kind)
    if end.removed is None or end.removed > NEWEST:
        assert served[-1] == NEWEST
    elif end.removed > OLDEST:
        assert served[-1] == end.removed - 1
    else:
        assert end.removed >= 16
        assert served == []
    assert end.deprecated is None or end.removed is None or end.deprecated < end.removed


@pytest.mark.parametrize("end", TABLE, ids=lambda end: end.name)
def test_each_entry_says_what_to_use_and_that_is_served(end: Lifecycle) -> None:
    assert end.hint
    if not end.replacement:
        return
    kind = end.hint.partition("use ")[2].partition(" of ")[0] if " of " in end.hint else end.kind
    since = int(end.hint.rpartition("1.")[2])
    served = _served(end.replacement, kind)
    assert served == list(range(max(since, OLDEST), NEWEST + 1))
    assert lifecycle(end.replacement, kind) is None  # no way from one dead end into another


# From https://kubernetes.io/docs/reference/using-api/deprecation-guide/, release by release.
GUIDE = {
    16: [
        ("extensions/v1beta1", "NetworkPolicy PodSecurityPolicy DaemonSet Deployment ReplicaSet"),
        ("apps/v1beta1", "Deployment StatefulSet"),
        ("apps/v1beta2", "DaemonSet Deployment ReplicaSet StatefulSet"),
    ],
    22: [
        ("admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration"),
        ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"),
        ("apiregistration.k8s.io/v1beta1", "APIService"),
        ("authentication.k8s.io/v1beta1", "TokenReview"),
        ("authorization.k8s.io/v1beta1", "LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview"),
        ("certificates.k8s.io/v1beta1", "CertificateSigningRequest"),
        ("coordination.k8s.io/v1beta1", "Lease"),
        ("extensions/v1beta1", "Ingress"),
        ("networking.k8s.io/v1beta1", "Ingress IngressClass"),
        ("rbac.authorization.k8s.io/v1beta1", "ClusterRole ClusterRoleBinding Role RoleBinding"),
        ("scheduling.k8s.io/v1beta1", "PriorityClass"),
        ("storage.k8s.io/v1beta1", "CSIDriver CSINode StorageClass VolumeAttachment"),
    ],
    25: [
        ("batch/v1beta1", "CronJob"),
        ("discovery.k8s.io/v1beta1", "EndpointSlice"),
        ("events.k8s.io/v1beta1", "Event"),
        ("autoscaling/v2beta1", "HorizontalPodAutoscaler"),
        ("policy/v1beta1", "PodDisruptionBudget PodSecurityPolicy"),
        ("node.k8s.io/v1beta1", "RuntimeClass"),
    ],
    26: [
        ("flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema PriorityLevelConfiguration"),
        ("autoscaling/v2beta2", "HorizontalPodAutoscaler"),
    ],
    27: [("storage.k8s.io/v1beta1", "CSIStorageCapacity")],
    29: [("flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema PriorityLevelConfiguration")],
    32: [("flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema PriorityLevelConfiguration")],
}


@pytest.mark.parametrize(
    ("minor", "api_version", "kind"),
    [(minor, api, kind) for minor, apis in GUIDE.items() for api, kinds in apis for kind in kinds.split()],
)
def test_the_table_says_what_the_migration_guide_says(minor: int, api_version: str, kind: str) -> None:
    end = lifecycle(api_version, kind)
    assert end is not None
    assert end.removed == minor
