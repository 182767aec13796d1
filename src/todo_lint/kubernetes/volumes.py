"""Volumes of pods and persistent volumes: exactly one source, and what each source demands.

Source: Volume in https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/.
"""

from __future__ import annotations

import re
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.containers import check_field_ref, check_resource_ref
from todo_lint.kubernetes.metadata import check_annotations, check_labels
from todo_lint.kubernetes.names import length, wrong_dns_label, wrong_dns_subdomain
from todo_lint.kubernetes.quantities import quantity_of
from todo_lint.kubernetes.report import Report
from todo_lint.kubernetes.unions import check_union
from todo_lint.kubernetes.words import described, quoted
from todo_lint.patterns import pattern

_SOURCES = (
    "emptyDir", "hostPath", "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", "secret", "nfs", "iscsi",
    "glusterfs",
    "persistentVolumeClaim", "rbd", "cinder", "cephfs", "flocker", "downwardAPI", "fc", "configMap", "azureFile",
    "azureDisk", "vsphereVolume", "flexVolume", "quobyte", "photonPersistentDisk", "projected", "portworxVolume",
    "scaleIO", "storageos", "csi", "ephemeral", "image",
)  # fmt: skip
_PROJECTIONS = ("secret", "downwardAPI", "configMap", "serviceAccountToken", "clusterTrustBundle", "podCertificate")
_DRIVER_LENGTH = 63
_ISCSI_NAME = pattern(
    r".*iqn\.\d{4}-\d{2}\.[-A-Za-z0-9.]+:[^,;*&$|\s]+|eui.[A-Za-z0-9]{16}|naa.[A-Za-z0-9]{32}", re.ASCII
)
_WITH_PATHS = ("clusterTrustBundle", "podCertificate")
_CERTIFICATE_PATHS = ("credentialBundlePath", "keyPath", "certificateChainPath")
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
            report.exclusive(route, ("fieldRef", "resourceFieldRef"))
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
            count = len(report.problems)
            check_union(source, _PROJECTIONS, "projection", at, report)
            report.blame(count, at)
        for kind in _PROJECTIONS:
            if kind in source:
                _paths(source[kind], (*at, kind), paths, report)


def _paths(source: dict[str, Any], route: Route, paths: set[str], report: Report) -> None:
    named = [(item["path"], (*route, "items", number, "path")) for number, item in _with_path(source)]
    own = ("path",) if route[-1] == "clusterTrustBundle" else _CERTIFICATE_PATHS
    named += [(source[name], (*route, name)) for name in own if route[-1] in _WITH_PATHS and source.get(name)]
    for path, at in named:
        if path in paths:
            report.add("duplicate-value", at, f"the path {quoted(path)} is taken by another source")
            report.blame(len(report.problems) - 1, route[:-3])
        paths.add(path)


def _with_path(source: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return [(number, item) for number, item in enumerate(source.get("items", ())) if item.get("path")]


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
        if name and not _ISCSI_NAME.fullmatch(name):
            example = "a name like iqn.2001-04.com.example:storage is expected, or one that begins with eui. or naa."
            report.invalid((*route, field), f"{field} is {described(name)}, {example}")
            report.blame(len(report.problems) - 1, route, blamed)
    secret = value.get("secretRef")
    if secret is None and (value.get("chapAuthDiscovery") or value.get("chapAuthSession")):
        report.missing((*route, "secretRef"), "authentication by CHAP needs it")
    elif secret is not None and report.kind == "PersistentVolume" and not secret.get("name"):
        report.missing((*route, "secretRef", "name"))


@check("core.AzureDiskVolumeSource")
def check_azure_disk(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the address of a disk is one of its kind."""
    uri, managed = value.get("diskURI", ""), value.get("kind") == "Managed"
    if not uri:
        return
    if managed and not uri.startswith("/subscriptions/"):
        report.unsupported((*route, "diskURI"), uri, ["/subscriptions/ID/resourceGroups/GROUP/... of a managed disk"])
    elif not managed and not uri.startswith("https://"):
        report.unsupported((*route, "diskURI"), uri, ["https://ACCOUNT.blob.core.windows.net/CONTAINER/DISK.vhd"])


@check("core.QuobyteVolumeSource")
def check_quobyte(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the registry of a Quobyte volume: pairs of a host and a port."""
    registry = value.get("registry", "")
    if registry and any(not _is_host_and_port(pair) for pair in registry.split(",")):
        report.invalid((*route, "registry"), f"registry is {described(registry)}, HOST:PORT,... is expected")


def _is_host_and_port(text: str) -> bool:
    host, colon, port = text.rpartition(":")
    inside = host.removeprefix("[").removesuffix("]") if host.startswith("[") and host.endswith("]") else host
    return bool(colon) and (":" not in host or inside != host) and "[" not in port and "]" not in port


@check("core.FlockerVolumeSource")
def check_flocker(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a dataset is named or numbered."""
    name, identifier = value.get("datasetName", ""), value.get("datasetUUID", "")
    if not name and not identifier:
        report.missing(route, "one of datasetName and datasetUUID is needed")
    elif name and identifier:
        report.invalid(route, "datasetName and datasetUUID exclude each other")
    if "/" in name:
        report.invalid((*route, "datasetName"), f"datasetName is {described(name)}, it may not hold /")


@check("core.FCVolumeSource")
def check_fibre_channel(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a fibre channel volume is named by one of two ways."""
    names, identifiers = value.get("targetWWNs"), value.get("wwids")
    if bool(names) == bool(identifiers):
        report.missing((*route, "targetWWNs"), "either targetWWNs or wwids is needed")
    elif names and "lun" not in value:
        report.missing((*route, "lun"), "targetWWNs need it")
    elif names and not 0 <= value["lun"] <= 255:
        report.outside((*route, "lun"), value["lun"], 0, 255)


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
    elif name is not None and _wrong_bundle_name(name):
        report.name((*route, "name"), name, "the name of a ClusterTrustBundle is expected")
    elif signer == "":
        report.missing((*route, "signerName"))


def _wrong_bundle_name(name: str) -> bool:
    """Say whether a name is none of a bundle: a DNS subdomain, behind its signer where it has one."""
    signer, _, last = name.rpartition(":")
    return "/" in signer or wrong_dns_subdomain(last) is not None


@check("core.PersistentVolumeClaimTemplate")
def check_claim_template(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check labels and annotations of the claim of an ephemeral volume."""
    metadata = value.get("metadata") or {}
    if "labels" in metadata:
        check_labels(metadata["labels"], (*route, "metadata", "labels"), report)
    if "annotations" in metadata:
        check_annotations(metadata["annotations"], (*route, "metadata", "annotations"), report)
