"""Volumes of pods and persistent volumes: exactly one source, and what each source demands.

Source: Volume in https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.containers import check_field_ref, check_resource_ref
from todo_lint.kubernetes.metadata import check_annotations, check_labels
from todo_lint.kubernetes.names import length, wrong_dns_label, wrong_dns_subdomain
from todo_lint.kubernetes.quantities import quantity_of
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.unions import check_union
from todo_lint.kubernetes.words import choice, described, quoted

_SOURCES = (
    "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi",
    "glusterfs",
    "persistentVolumeClaim", "rbd", "cinder", "cephfs", "flocker", "downwardAPI", "fc", "configMap", "azureFile",
    "azureDisk", "vsphereVolume", "flexVolume", "quobyte", "photonPersistentDisk", "projected", "portworxVolume",
    "scaleIO", "storageos", "csi", "ephemeral", "image",
)  # fmt: skip
_PROJECTIONS = ("secret", "downwardAPI", "configMap", "serviceAccountToken", "clusterTrustBundle", "podCertificate")
_DRIVER_LENGTH = 63
_SECRETS = (
    "controllerPublishSecretRef",
    "nodePublishSecretRef",
    "controllerExpandSecretRef",
    "nodeExpandSecretRef",
)


@check("core.Volume")
def check_volume(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a volume has one source (none stands for emptyDir)."""
    if any(name in value for name in _SOURCES):
        check_union(value, _SOURCES, "volume type", route, report)
    if "emptyDir" in value:
        _empty_dir(value["emptyDir"], (*route, "emptyDir"), report)
    if "image" in value and not value["image"].get("reference"):
        report.missing((*route, "image", "reference"))
    if "ephemeral" in value:
        _ephemeral_name(value, route, report)


def _empty_dir(value: dict[str, Any], route: Route, report: Report) -> None:
    size = value.get("sizeLimit")
    if size is not None and quantity_of(size) < 0:
        report.forbidden((*route, "sizeLimit"), "it may not be negative")


def _ephemeral_name(value: dict[str, Any], route: Route, report: Report) -> None:
    """A pod's name and that of the volume make the name of the claim, which a server checks for pods."""
    if report.kind != "Pod":
        return
    name = (report.root.get("metadata") or {}).get("name", "")
    wrong = wrong_dns_subdomain(f"{name}-{value.get('name', '')}") if name else None
    if wrong and not wrong_dns_subdomain(name) and not wrong_dns_label(value.get("name", "")):
        report.invalid((*route, "name"), f"the claim's name {quoted(name + '-' + value['name'])}: {wrong}")


@check("core.DownwardAPIVolumeFile")
def check_downward_file(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a file of the downward API has one source."""
    field, resource = value.get("fieldRef"), value.get("resourceFieldRef")
    if field is not None:
        check_field_ref(field, (*route, "fieldRef"), report)
        if resource is not None:
            report.add("not-one-of", route, "fieldRef and resourceFieldRef are both given, one is expected")
    elif resource is not None:
        check_resource_ref(resource, (*route, "resourceFieldRef"), report, needs_container=True)
    else:
        report.missing(route, "one of fieldRef or resourceFieldRef is expected")


@check("core.ProjectedVolumeSource")
def check_projected(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that each source of a projected volume is of one kind and no path is taken twice."""
    paths: set[str] = set()
    for number, source in enumerate(value.get("sources", ())):
        at = (*route, "sources", number)
        if source:
            check_union(source, _PROJECTIONS, "projection", at, report)
        for kind in _PROJECTIONS:
            if kind in source:
                _paths(source[kind], (*at, kind), paths, report)


def _paths(source: dict[str, Any], route: Route, paths: set[str], report: Report) -> None:
    named = [(item["path"], route) for item in source.get("items", ()) if item.get("path")]
    for path, at in named:
        if path in paths:
            report.add("duplicate-value", at, f"the path {quoted(path)} is taken by another source")
        paths.add(path)


@check("core.CSIVolumeSource", "core.CSIPersistentVolumeSource")
def check_csi(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the name of a CSI driver and its references to secrets."""
    check_driver(value.get("driver", ""), (*route, "driver"), report)
    reference = value.get("nodePublishSecretRef")
    if reference is not None and "volumeHandle" not in value:
        name = reference.get("name", "")
        wrong = wrong_dns_subdomain(name) if name else None
        if not name:
            report.missing((*route, "nodePublishSecretRef", "name"))
        elif wrong:
            report.name((*route, "nodePublishSecretRef", "name"), name, wrong)
            report.blame(len(report.problems) - 1, route, "name")
    for kind in _SECRETS if "volumeHandle" in value else ():
        if kind in value:
            _secret_reference(value[kind], (*route, kind), report)


def _secret_reference(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check a reference to a Secret by name and namespace."""
    for name, form in (("name", wrong_dns_subdomain), ("namespace", wrong_dns_label)):
        text = value.get(name, "")
        wrong = form(text) if text else None
        if not text:
            report.missing((*route, name))
        elif wrong:
            report.name((*route, name), text, wrong)


def check_driver(name: str, route: Route, report: Report) -> None:
    """Check the name of a storage driver: a DNS subdomain of at most 63 characters, upper case overlooked."""
    if not name:
        report.missing(route)
        return
    if length(name) > _DRIVER_LENGTH:
        report.invalid(route, f"driver has {length(name)} characters, at most {_DRIVER_LENGTH} are allowed")
    wrong = wrong_dns_subdomain(name.lower())
    if wrong:
        report.name(route, name, wrong)


@check("core.ISCSIVolumeSource", "core.ISCSIPersistentVolumeSource")
def check_iscsi(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the qualified name of an iSCSI target."""
    for field, blamed in (("iqn", "iqn"), ("initiatorName", "initiatorname")):
        name = value.get(field)
        if name and not name.startswith(("iqn", "eui", "naa")):
            message = (
                f"{field} is {described(name)}, a name that begins with {choice(('iqn', 'eui', 'naa'))} is expected"
            )
            report.invalid((*route, field), message)
            report.blame(len(report.problems) - 1, route, blamed)


@check("core.FCVolumeSource")
def check_fibre_channel(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a fibre channel volume is named by one of two ways."""
    names, identifiers = value.get("targetWWNs"), value.get("wwids")
    if bool(names) == bool(identifiers):
        report.missing((*route, "targetWWNs"), "either targetWWNs or wwids is needed")
    elif names and "lun" not in value:
        report.missing((*route, "lun"), "targetWWNs need it")
    elif names and not 0 <= value["lun"] <= 255:
        report.add("out-of-range", (*route, "lun"), f"lun is {value['lun']}, 0 to 255 is allowed")


@check("core.ClusterTrustBundleProjection")
def check_trust_bundle(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a trust bundle is chosen by its name or by its signer."""
    name, signer = value.get("name"), value.get("signerName")
    if name is None and signer is None:
        report.missing(route, "one of name and signerName is needed")
    elif name is not None and signer is not None:
        report.invalid(route, "name and signerName exclude each other")
    elif name == "":
        report.missing((*route, "name"))
    elif name is not None and wrong_dns_subdomain(name.rpartition(":")[2]):
        report.name((*route, "name"), name, "the name of a ClusterTrustBundle is expected")
    elif signer == "":
        report.missing((*route, "signerName"))


@check("core.PersistentVolumeClaimTemplate")
def check_claim_template(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check labels and annotations of the claim of an ephemeral volume."""
    metadata = value.get("metadata") or {}
    if "labels" in metadata:
        check_labels(metadata["labels"], (*route, "metadata", "labels"), report)
    if "annotations" in metadata:
        check_annotations(metadata["annotations"], (*route, "metadata", "annotations"), report)
