"""Persistent volumes, their claims, StorageClasses and CSI objects.

Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/ and
https://kubernetes.io/docs/concepts/storage/storage-classes/.
"""

from __future__ import annotations

from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import check
from todo_lint.kubernetes.names import length, wrong_dns_1035_label, wrong_dns_subdomain, wrong_qualified_name
from todo_lint.kubernetes.quantities import quantity_of
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.volumes import check_driver
from todo_lint.kubernetes.words import quoted

_PV_SOURCES = (
    "hostPath", "gcePersistentDisk", "awsElasticBlockStore", "nfs", "iscsi", "glusterfs", "rbd", "cinder", "cephfs",
    "flocker", "fc", "azureFile", "azureDisk", "vsphereVolume", "flexVolume", "quobyte", "photonPersistentDisk",
    "portworxVolume", "scaleIO", "local", "storageos", "csi",
)  # fmt: skip
_KEPT_SOURCES = (("", "PersistentVolumeClaim"), ("snapshot.storage.k8s.io", "VolumeSnapshot"))
_PARAMETERS_SIZE = 256 * 1024
_MOST_PARAMETERS = 512


@check("core.PersistentVolumeClaimSpec")
def check_claim(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check access modes, the requested size and the data source of a claim."""
    modes = value.get("accessModes", [])
    if "ReadWriteOncePod" in modes and len(set(modes)) > 1:
        report.forbidden((*route, "accessModes"), "ReadWriteOncePod stands alone")
    requests = (value.get("resources") or {}).get("requests", {})
    at = (*route, "resources", MapKey("storage"))
    where = (*route, "resources", "requests", "storage")
    if "storage" not in requests:
        report.missing((*route, "resources", "requests", "storage"), "a claim needs a size")
        report.blame(len(report.problems) - 1, at)
    elif quantity_of(requests["storage"]) <= 0:
        report.add("out-of-range", where, f"storage is {quoted(requests['storage'])}, more than 0 is needed")
        report.blame(len(report.problems) - 1, at)
    source, reference = value.get("dataSource"), value.get("dataSourceRef")
    if source and (reference is not None or (source.get("apiGroup") or "", source.get("kind")) in _KEPT_SOURCES):
        for name in ("kind", "name"):  # a dataSource of another kind is dropped
            if not source.get(name):
                report.missing((*route, "dataSource", name))
    if (
        source
        and reference
        and not reference.get("namespace")
        and (source.get("kind"), source.get("name")) != (reference.get("kind"), reference.get("name"))
    ):
        report.invalid(route, "dataSource and dataSourceRef must name the same")
    if reference is not None and not reference.get("namespace"):
        _data_source(reference, (*route, "dataSourceRef"), report)


def _data_source(value: dict[str, Any], route: Route, report: Report) -> None:
    group, kind = value.get("apiGroup") or "", value.get("kind", "")
    for name in ("name", "kind"):
        if not value.get(name):
            report.missing((*route, name))
    if not group and kind and kind != "PersistentVolumeClaim":
        report.invalid(
            route, f"the core group has no kind {quoted(kind)} to take data from, PersistentVolumeClaim is expected"
        )
    wrong = wrong_dns_subdomain(group) if group else None
    if wrong:
        report.name((*route, "apiGroup"), group, wrong)


@check("core.PersistentVolumeSpec")
def check_volume_spec(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check capacity and source of a persistent volume."""
    modes = value.get("accessModes", [])
    if "ReadWriteOncePod" in modes and len(set(modes)) > 1:
        report.forbidden((*route, "accessModes"), "ReadWriteOncePod stands alone")
    capacity = value.get("capacity", {})
    if capacity and ("storage" not in capacity or len(capacity) > 1):
        report.unsupported(
            (*route, "capacity"), next(name for name in (*capacity, "") if name != "storage"), ("storage",)
        )
    for name, amount in capacity.items():
        if quantity_of(amount) <= 0:
            report.add(
                "out-of-range",
                (*route, "capacity", MapKey(name)),
                f"{name} is {quoted(amount)}, more than 0 is needed",
            )
    given = [name for name in _PV_SOURCES if name in value]
    if not given:
        report.missing(route, "a persistent volume needs a volume type such as csi or nfs")
    for name in [name for name in given if name != "flexVolume"][1:]:
        report.forbidden((*route, name), f"{given[0]} is given, and only one volume type is allowed")
    _host_path(value, route, report)


def _host_path(value: dict[str, Any], route: Route, report: Report) -> None:
    path = (value.get("hostPath") or {}).get("path")
    if path == "/" and value.get("persistentVolumeReclaimPolicy") == "Recycle":
        report.forbidden((*route, "persistentVolumeReclaimPolicy"), "the root of a host cannot be recycled")
    if "local" in value and not (value.get("nodeAffinity") or {}).get("required"):
        report.missing((*route, "nodeAffinity"), "a local volume needs the node that it is on")


@check("storage.StorageClass")
def check_storage_class(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check provisioner, parameters and topologies of a StorageClass."""
    provisioner = value.get("provisioner", "")
    wrong = wrong_qualified_name(provisioner.lower()) if provisioner else None
    if wrong:
        report.name(("provisioner",), provisioner, wrong)
    check_parameters(value.get("parameters", {}), ("parameters",), report)
    _topologies(value.get("allowedTopologies", []), report)


def check_parameters(parameters: dict[str, str], route: Route, report: Report, *, required: bool = False) -> None:
    """Check number, names and total size of parameters."""
    if required and not parameters:
        report.missing(route, "at least one parameter is needed")
    if len(parameters) > _MOST_PARAMETERS:
        report.invalid(route, f"parameters has {len(parameters)} entries, at most {_MOST_PARAMETERS} are allowed")
    size = 0
    for key, text in parameters.items():
        if not key:
            report.invalid(route, "the name of a parameter is empty")
        size += length(key) + length(text)
    if size > _PARAMETERS_SIZE:
        report.invalid(route, f"parameters have {size} bytes, at most {_PARAMETERS_SIZE} are allowed")


def _topologies(terms: list[dict[str, Any]], report: Report) -> None:
    seen: list[Any] = []
    for number, term in enumerate(terms):
        at = ("allowedTopologies", number, "matchLabelExpressions")
        expressions = term.get("matchLabelExpressions", [])
        if not expressions:
            report.duplicate(at, "without expressions")  # so a server calls it
        shape = {item.get("key"): sorted(item.get("values", [])) for item in expressions}
        if shape in seen:
            report.duplicate(at, ", ".join(map(str, shape)))
        seen.append(shape)
        keys: set[str] = set()
        for index, item in enumerate(expressions):
            _topology(item, keys, (*at, index), report)


def _topology(item: dict[str, Any], keys: set[str], route: Route, report: Report) -> None:
    key, values = item.get("key", ""), item.get("values", [])
    wrong = wrong_qualified_name(key)
    if wrong:
        report.name((*route, "key"), key, wrong)
    if key in keys:
        report.duplicate((*route, "key"), key)
    keys.add(key)
    if not values:
        report.missing((*route, "values"))
    for number, text in enumerate(values):
        if text in values[:number]:
            report.duplicate((*route, "values", number), text)


@check("storage.CSIDriver")
def check_csi_driver(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the audiences of the tokens that a CSI driver asks for."""
    audiences: set[str] = set()
    for number, token in enumerate((value.get("spec") or {}).get("tokenRequests", ())):
        audience = token.get("audience", "")
        if audience in audiences:
            report.duplicate(("spec", "tokenRequests", number, "audience"), audience)
        audiences.add(audience)


@check("storage.CSINodeSpec")
def check_csi_node(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the drivers of a node."""
    names: set[str] = set()
    for number, driver in enumerate(value.get("drivers", ())):
        at = (*route, "drivers", number)
        name = driver.get("name", "")
        check_driver(name, (*at, "name"), report)
        if name in names:
            report.duplicate((*at, "name"), name)
        names.add(name)
        keys = driver.get("topologyKeys", [])
        for place, key in enumerate(keys):
            wrong = wrong_qualified_name(key)
            if wrong:
                report.add("invalid-name", at, f"the topology key {quoted(key)}: {wrong}")
            elif key in keys[:place]:
                report.add("duplicate-value", at, f"the topology key {quoted(key)} is there twice")


@check("storage.CSIStorageCapacity")
def check_capacity(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the capacity of a storage class is not negative."""
    if "capacity" in value and quantity_of(value["capacity"]) < 0:
        report.outside(("capacity",), value["capacity"], 0)


@check("storagemigration.StorageVersionMigrationSpec")
def check_migration(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the resource that a migration names."""
    resource = value.get("resource") or {}
    at = (*route, "resource")
    if not resource.get("resource"):
        report.missing((*at, "resource"))
    else:
        report.check_name((*at, "resource"), resource["resource"], wrong_dns_1035_label)
    group = resource.get("group", "")
    wrong = wrong_dns_subdomain(group) if group else None
    if wrong:
        report.name((*at, "group"), group, wrong)


@check("storage.VolumeAttachmentSpec")
def check_attachment(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check the source of an attachment."""
    source = value.get("source") or {}
    at = (*route, "source")
    given = [name for name in ("inlineVolumeSpec", "persistentVolumeName") if name in source]
    if not given:
        report.missing(at, "one of inlineVolumeSpec and persistentVolumeName is needed")
    elif source.get("persistentVolumeName") == "":
        report.missing((*at, "persistentVolumeName"))
    elif source.get("persistentVolumeName") and wrong_dns_subdomain(source["persistentVolumeName"]):
        name = source["persistentVolumeName"]
        report.name((*at, "persistentVolumeName"), name, wrong_dns_subdomain(name) or "")
    if value.get("attacher"):
        check_driver(value["attacher"], (*route, "attacher"), report)
    if len(given) > 1:
        report.invalid(at, "inlineVolumeSpec and persistentVolumeName exclude each other")


@check("storage.VolumeAttributesClass")
def check_attributes_class(value: dict[str, Any], route: Route, report: Report) -> None:
    """Check driver and parameters of a VolumeAttributesClass."""
    driver = value.get("driverName", "")
    wrong = wrong_qualified_name(driver.lower()) if driver else None
    if wrong:
        report.name(("driverName",), driver, wrong)
    check_parameters(value.get("parameters", {}), ("parameters",), report, required=True)
