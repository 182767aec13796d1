"""The functions that check what a schema cannot say, found by the type they check.

A module declares its functions with :func:`check`; it is imported when a value of such a type is first looked at.
A function gets a decoded value without null, the route to it and the report to which it adds problems.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.report import Report

Check = Callable[[dict[str, Any], Route, Report], None]

_MODULES: dict[str, tuple[str, ...]] = {
    "admissionregistration.MutatingAdmissionPolicyBindingSpec": ("admission",),
    "admissionregistration.MutatingAdmissionPolicySpec": ("admission",),
    "admissionregistration.MutatingWebhookConfiguration": ("admission",),
    "admissionregistration.ValidatingAdmissionPolicyBindingSpec": ("admission",),
    "admissionregistration.ValidatingAdmissionPolicySpec": ("admission",),
    "admissionregistration.ValidatingWebhookConfiguration": ("admission",),
    "apiextensions.CustomResourceDefinition": ("crds",),
    "apiextensions.CustomResourceDefinitionSpec": ("crds",),
    "apiregistration.APIService": ("registration",),
    "apps.ControllerRevision": ("core",),
    "apps.DaemonSetSpec": ("workloads",),
    "apps.DeploymentSpec": ("workloads",),
    "apps.ReplicaSetSpec": ("workloads",),
    "apps.StatefulSetSpec": ("workloads",),
    "authentication.TokenReviewSpec": ("reviews",),
    "authorization.LocalSubjectAccessReview": ("reviews",),
    "authorization.SelfSubjectAccessReviewSpec": ("reviews",),
    "authorization.SelfSubjectRulesReviewSpec": ("reviews",),
    "authorization.SubjectAccessReviewSpec": ("reviews",),
    "autoscaling.HorizontalPodAutoscalerSpec": ("autoscaling",),
    "batch.CronJobSpec": ("jobs",),
    "batch.Job": ("jobs",),
    "batch.JobSpec": ("jobs",),
    "certificates.CertificateSigningRequestSpec": ("certificates",),
    "certificates.ClusterTrustBundle": ("certificates",),
    "core.AppArmorProfile": ("containers",),
    "core.AzureDiskVolumeSource": ("volumes",),
    "core.CSIPersistentVolumeSource": ("volumes",),
    "core.CSIVolumeSource": ("volumes",),
    "core.ClusterTrustBundleProjection": ("volumes",),
    "core.ConfigMap": ("core",),
    "core.DownwardAPIVolumeFile": ("volumes",),
    "core.Endpoints": ("services",),
    "core.Event": ("events",),
    "core.FCVolumeSource": ("volumes",),
    "core.FlockerVolumeSource": ("volumes",),
    "core.ISCSIPersistentVolumeSource": ("volumes",),
    "core.ISCSIVolumeSource": ("volumes",),
    "core.LimitRangeSpec": ("quotas",),
    "core.NamespaceSpec": ("core",),
    "core.NodeAffinity": ("scheduling",),
    "core.NodeSpec": ("core",),
    "core.PersistentVolumeClaimSpec": ("storage",),
    "core.PersistentVolumeClaimTemplate": ("volumes",),
    "core.PersistentVolumeSpec": ("storage",),
    "core.PodAffinityTerm": ("scheduling",),
    "core.PodSpec": ("pods", "scheduling"),
    "core.PodTemplateSpec": ("pods",),
    "core.ProjectedVolumeSource": ("volumes",),
    "core.QuobyteVolumeSource": ("volumes",),
    "core.ReplicationControllerSpec": ("workloads",),
    "core.ResourceQuotaSpec": ("quotas",),
    "core.SeccompProfile": ("containers",),
    "core.Secret": ("core",),
    "core.ServiceSpec": ("services",),
    "core.Toleration": ("scheduling",),
    "core.TopologySpreadConstraint": ("scheduling",),
    "core.Volume": ("volumes",),
    "core.VolumeNodeAffinity": ("scheduling",),
    "core.WindowsSecurityContextOptions": ("containers",),
    "discovery.EndpointSlice": ("services",),
    "events.Event": ("events",),
    "flowcontrol.FlowSchemaSpec": ("flowcontrol",),
    "flowcontrol.PriorityLevelConfigurationSpec": ("flowcontrol",),
    "meta.LabelSelector": ("selectors",),
    "networking.IPAddress": ("networking",),
    "networking.IngressClassSpec": ("networking",),
    "networking.IngressSpec": ("networking",),
    "networking.NetworkPolicySpec": ("networking",),
    "networking.ServiceCIDRSpec": ("networking",),
    "node.RuntimeClass": ("core",),
    "policy.PodDisruptionBudgetSpec": ("disruption",),
    "rbac.ClusterRole": ("rbac",),
    "rbac.ClusterRoleBinding": ("rbac",),
    "rbac.Role": ("rbac",),
    "rbac.RoleBinding": ("rbac",),
    "resource.Device": ("dynamic",),
    "resource.DeviceAttribute": ("dynamic",),
    "resource.DeviceClaim": ("dynamic",),
    "resource.DeviceClaimConfiguration": ("dynamic",),
    "resource.DeviceClassConfiguration": ("dynamic",),
    "resource.DeviceRequest": ("dynamic",),
    "resource.DeviceSelector": ("dynamic",),
    "resource.DeviceSubRequest": ("dynamic",),
    "resource.DeviceToleration": ("dynamic",),
    "resource.ExactDeviceRequest": ("dynamic",),
    "resource.ResourceClaimTemplateSpec": ("dynamic",),
    "resource.ResourceSliceSpec": ("dynamic",),
    "scheduling.PriorityClass": ("scheduling",),
    "storage.CSIDriver": ("storage",),
    "storage.CSINodeSpec": ("storage",),
    "storage.CSIStorageCapacity": ("storage",),
    "storage.StorageClass": ("storage",),
    "storage.VolumeAttachmentSpec": ("storage",),
    "storage.VolumeAttributesClass": ("storage",),
    "storagemigration.StorageVersionMigrationSpec": ("storage",),
}
"""The modules that check each type; a test compares it with what they declare."""

_found: dict[str, list[Check]] = {}
_loaded: set[str] = set()


def check(*types: str) -> Callable[[Check], Check]:
    """Declare a function as a check of types such as ``core.PodSpec``."""

    def declare(function: Check) -> Check:
        for name in types:
            _found.setdefault(name, []).append(function)
        return function

    return declare


def has_checks(type_name: str) -> bool:
    """Say whether functions check a type such as ``core.PodSpec``."""
    return type_name in _MODULES


def checks_of(type_name: str) -> list[Check]:
    """Import the modules that check a type such as ``core.PodSpec`` and return their functions for it."""
    for module in _MODULES.get(type_name, ()):
        if module not in _loaded:
            _loaded.add(module)
            importlib.import_module(f"todo_lint.kubernetes.{module}")
    return _found.get(type_name, [])
