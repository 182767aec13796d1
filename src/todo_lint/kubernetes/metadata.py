"""The metadata of an object: name, namespace, labels, annotations, owners, finalizers.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ and the fields of ObjectMeta in
https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.formats import wrong_path_segment
from todo_lint.kubernetes.names import (
    length,
    wrong_dns_1035_label,
    wrong_dns_label,
    wrong_dns_subdomain,
    wrong_label_value,
    wrong_qualified_name,
)
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.words import described, quoted

ANNOTATIONS_SIZE = 256 * 1024
RELAXED_SERVICE_NAMES = 35


def _anything(_: str) -> str | None:
    return None


_FORMS: dict[tuple[str, str], Callable[[str], str | None]] = {
    ("", "Namespace"): wrong_dns_label,
    ("apps", "StatefulSet"): wrong_dns_label,
    **{
        ("rbac.authorization.k8s.io", kind): wrong_path_segment
        for kind in ("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
    },
    ("certificates.k8s.io", "CertificateSigningRequest"): wrong_path_segment,
    ("networking.k8s.io", "IPAddress"): _anything,
    ("certificates.k8s.io", "ClusterTrustBundle"): _anything,
    ("", "Event"): wrong_path_segment,
    ("policy", "PodDisruptionBudget"): wrong_path_segment,
    ("apiextensions.k8s.io", "CustomResourceDefinition"): _anything,
    ("apiregistration.k8s.io", "APIService"): _anything,
}
CLUSTER_SCOPED = frozenset(
    (group, kind)
    for group, kinds in {
        "": ("Namespace", "Node", "PersistentVolume"),
        "admissionregistration.k8s.io": (
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingWebhookConfiguration",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
        ),
        "apiextensions.k8s.io": ("CustomResourceDefinition",),
        "apiregistration.k8s.io": ("APIService",),
        "certificates.k8s.io": ("CertificateSigningRequest", "ClusterTrustBundle"),
        "flowcontrol.apiserver.k8s.io": ("FlowSchema", "PriorityLevelConfiguration"),
        "internal.apiserver.k8s.io": ("StorageVersion",),
        "networking.k8s.io": ("ClusterCIDR", "IPAddress", "IngressClass", "ServiceCIDR"),
        "node.k8s.io": ("RuntimeClass",),
        "rbac.authorization.k8s.io": ("ClusterRole", "ClusterRoleBinding"),
        "resource.k8s.io": ("DeviceClass", "DeviceTaintRule", "ResourceSlice"),
        "scheduling.k8s.io": ("PriorityClass",),
        "storage.k8s.io": ("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass"),
        "storagemigration.k8s.io": ("StorageVersionMigration",),
    }.items()
    for kind in kinds
)
"""The kinds of Kubernetes that live in no namespace: a server drops one that is given."""

_FINALIZERS = frozenset({"kubernetes", "orphan", "foregroundDeletion"})
_STRICT_GROUPS = frozenset(
    {
        "",
        "apps",
        "autoscaling",
        "batch",
        "certificates.k8s.io",
        "discovery.k8s.io",
        "flowcontrol.apiserver.k8s.io",
        "networking.k8s.io",
        "rbac.authorization.k8s.io",
        "resource.k8s.io",
        "scheduling.k8s.io",
        "storage.k8s.io",
    }
)
_PREFIX_UNCHECKED = frozenset({"DeviceClass", "ReplicationController"})
_NO_NAME = frozenset(
    {
        "TokenReview",
        "SubjectAccessReview",
        "SelfSubjectAccessReview",
        "LocalSubjectAccessReview",
        "SelfSubjectRulesReview",
        "SelfSubjectReview",
        "TokenRequest",
        "Binding",
        "Eviction",
    }
)


def group_of(value: dict[str, Any]) -> str:
    """Return the API group of an object, empty for the core group."""
    return str(value["apiVersion"]).rpartition("/")[0]


def check_metadata(value: dict[str, Any], report: Report) -> None:
    """Check the metadata of a whole object."""
    if report.kind in _NO_NAME:
        return
    metadata = value.get("metadata") or {}
    at = ("metadata",)
    _name(value, metadata, at, report)
    namespace = metadata.get("namespace")
    if namespace and (group_of(value), report.kind) not in CLUSTER_SCOPED:
        wrong = wrong_dns_label(namespace)
        if wrong:
            report.name((*at, "namespace"), namespace, wrong)
    if "labels" in metadata:
        check_labels(metadata["labels"], (*at, "labels"), report)
    if "annotations" in metadata:
        check_annotations(metadata["annotations"], (*at, "annotations"), report)
    if "ownerReferences" in metadata:
        _owners(metadata["ownerReferences"], (*at, "ownerReferences"), report)
    for number, finalizer in enumerate(metadata.get("finalizers", ())):
        wrong = wrong_qualified_name(finalizer)
        if wrong:
            report.add("invalid-name", (*at, "finalizers"), f"finalizers[{number}] is {quoted(finalizer)}: {wrong}")
        elif _is_bare(finalizer) and report.kind != "Event" and group_of(value) in _STRICT_GROUPS:
            wrong = "it is neither a standard finalizer nor has it a prefix"
            report.add(
                "invalid-name", (*at, "finalizers", number), f"finalizers[{number}] is {quoted(finalizer)}: {wrong}"
            )


def check_labels(labels: dict[str, str], route: Route, report: Report) -> None:
    """Check keys and values of labels; a server blames the whole mapping."""
    first = len(report.problems)
    for key, value in labels.items():
        wrong = wrong_qualified_name(key)
        if wrong:
            message = f"the key {quoted(key)} in {route[-1]}: {wrong}"
            report.add("invalid-label", (*route, key), message, _hint(key, wrong, wrong_qualified_name), on_key=True)
        wrong = wrong_label_value(value)
        if wrong:
            message = f"{quoted(key)} in {route[-1]} is {described(value)}: {wrong}"
            report.add("invalid-label", (*route, key), message, _hint(value, wrong, wrong_label_value))
    if len(report.problems) > first:
        report.blame(first, route)


def _hint(text: str, wrong: str, form: Callable[[str], str | None]) -> str:
    from todo_lint.kubernetes.proposals import name_hint

    return name_hint(text, wrong, form)


def check_annotations(annotations: dict[str, str], route: Route, report: Report) -> None:
    """Check the keys of annotations, in which upper case is overlooked, and their total size."""
    size = 0
    for key, value in annotations.items():
        wrong = wrong_qualified_name(key.lower())
        if wrong:
            report.add("invalid-label", route, f"the key {quoted(key)} in {route[-1]}: {wrong}")
        size += length(key) + length(value)
    if size > ANNOTATIONS_SIZE:
        report.invalid(route, f"{route[-1]} have {size} bytes, at most {ANNOTATIONS_SIZE} are allowed")


def wrong_service_name(name: str, minor: int) -> str | None:
    """Say what is wrong with the name of a Service in a minor version: it may begin with a digit from 1.35 on."""
    wrong = wrong_dns_1035_label(name)
    return wrong_dns_label(name) if wrong and minor >= RELAXED_SERVICE_NAMES else wrong


def name_form(group: str, kind: str, minor: int) -> Callable[[str], str | None]:
    """Return the function that says what is wrong with the name of an object of this kind.

    ``minor`` takes down what it is compared with, so that this may not be remembered from one object to the next.
    """
    if (group, kind) == ("", "Service"):
        return functools.partial(wrong_service_name, minor=minor)
    return _FORMS.get((group, kind), wrong_dns_subdomain)


def _name(value: dict[str, Any], metadata: dict[str, Any], route: Route, report: Report) -> None:
    form = name_form(group_of(value), report.kind, report.minor)
    name, prefix = metadata.get("name"), metadata.get("generateName")
    if prefix and report.kind not in _PREFIX_UNCHECKED:
        stem = prefix[:-1] + "a" if prefix.endswith("-") and len(prefix) > 1 else prefix
        wrong = form(stem)
        if wrong:
            report.name((*route, "generateName"), prefix, wrong)
    if name:
        wrong = form(name)
        if wrong:
            report.name((*route, "name"), name, wrong)
    elif not prefix and report.kind != "LimitRange":  # which a server gives a name
        report.missing((*route, "name"), "the object needs a name or a generateName")


def _is_bare(finalizer: str) -> bool:
    return "/" not in finalizer and finalizer not in _FINALIZERS


def _owners(owners: list[dict[str, Any]], route: Route, report: Report) -> None:
    controllers = {(owner.get("kind"), owner.get("name")) for owner in owners if owner.get("controller")}
    for number, owner in enumerate(owners):
        for name in ("apiVersion", "kind", "name", "uid"):
            if not owner.get(name):
                report.missing((*route, number, name))
        version = owner.get("apiVersion", "")
        if version.count("/") > 1 or version.endswith("/"):
            at = (*route, number, "apiVersion")
            report.invalid(
                at, f"apiVersion is {described(owner['apiVersion'])}, GROUP/VERSION or VERSION is expected"
            )
    if len(controllers) > 1:
        report.invalid(route, "only one owner may be the controller")
