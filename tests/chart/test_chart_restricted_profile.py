"""Every pod of every rendering meets the restricted Pod Security Standard, and what the house asks beyond it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Objects = dict[str, Any]
Render = Callable[..., Objects]
Profiles = dict[str, dict[str, Any]]

VOLUME_TYPES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}


@pytest.mark.parametrize("profile", ["minimal", "optional", "existing"])
def test_restricted(render: Render, profiles: Profiles, profile: str) -> None:
    pods = pods_of(render(profiles[profile]))
    assert set(pods) == {
        "Deployment/frontend-deployment",
        "Deployment/backend-deployment",
        "Pod/todo-connection-test",
    }
    for pod in pods.values():
        assert baseline_violations(pod) == []
        assert restricted_violations(pod) == []


@pytest.mark.parametrize("profile", ["minimal", "optional", "existing"])
def test_beyond_restricted(render: Render, profiles: Profiles, profile: str) -> None:
    for name, pod in pods_of(render(profiles[profile])).items():
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["enableServiceLinks"] is False, name
        context = pod["securityContext"]
        for key in ("runAsUser", "runAsGroup", "fsGroup"):
            assert type(context[key]) is int, name
            assert context[key] > 0, name
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True, name
            assert container["resources"].keys() == {"requests", "limits"}, name
            assert container["imagePullPolicy"] == "IfNotPresent", name
        mounted = {mount["name"] for container in pod["containers"] for mount in container.get("volumeMounts", [])}
        assert mounted == {volume["name"] for volume in pod.get("volumes", [])}, name


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda pod: pod["securityContext"].pop("runAsNonRoot"), "runAsNonRoot"),
        (lambda pod: pod["securityContext"].update(runAsUser=0), "runAsUser"),
        (lambda pod: pod["securityContext"].pop("seccompProfile"), "seccompProfile"),
        (lambda pod: pod["containers"][0]["securityContext"].pop("allowPrivilegeEscalation"), "privilege escalation"),
        (lambda pod: pod["containers"][0]["securityContext"].pop("capabilities"), "capabilities"),
        (lambda pod: pod["volumes"].append({"name": "x", "hostPath": {"path": "/"}}), "volume type"),
        (lambda pod: pod.update(hostNetwork=True), "hostNetwork"),
        (lambda pod: pod["containers"][0]["securityContext"].update(privileged=True), "privileged"),
        (lambda pod: pod["containers"][0]["ports"][0].update(hostPort=80), "hostPort"),
    ],
)
def test_the_judge_notices(
    render: Render, minimal: dict[str, Any], change: Callable[[dict[str, Any]], object], complaint: str
) -> None:
    pod = pods_of(render(minimal))["Deployment/frontend-deployment"]
    change(pod)
    assert [complaint] == baseline_violations(pod) + restricted_violations(pod)


def pods_of(objects: Objects) -> dict[str, dict[str, Any]]:
    pods = {key: value["spec"] for key, value in objects.items() if key.startswith("Pod/")}
    return pods | {
        key: value["spec"]["template"]["spec"] for key, value in objects.items() if key.startswith("Deployment/")
    }


def containers_of(pod: dict[str, Any]) -> list[dict[str, Any]]:
    return [*pod["containers"], *pod.get("initContainers", []), *pod.get("ephemeralContainers", [])]


def contexts_of(pod: dict[str, Any]) -> list[dict[str, Any]]:
    """The security contexts of the containers, each laid over that of the pod where the pod has the field."""
    shared = ("runAsNonRoot", "runAsUser", "seccompProfile", "seLinuxOptions", "windowsOptions", "appArmorProfile")
    outer = {key: value for key, value in pod.get("securityContext", {}).items() if key in shared}
    return [outer | container.get("securityContext", {}) for container in containers_of(pod)]


def baseline_violations(pod: dict[str, Any]) -> list[str]:
    """The controls of the baseline profile: https://kubernetes.io/docs/concepts/security/pod-security-standards/."""
    found = [key for key in ("hostNetwork", "hostPID", "hostIPC") if pod.get(key)]
    if pod.get("securityContext", {}).get("sysctls"):
        found.append("sysctls")
    for container, context in zip(containers_of(pod), contexts_of(pod), strict=True):
        found += [key for key in ("privileged", "seLinuxOptions", "windowsOptions") if context.get(key)]
        found += ["hostPort" for port in container.get("ports", []) if port.get("hostPort")]
        found += ["procMount"] if context.get("procMount", "Default") != "Default" else []
        found += ["appArmorProfile"] if context.get("appArmorProfile", {}).get("type") == "Unconfined" else []
        found += [
            f"{hook} host"
            for hook in ("livenessProbe", "readinessProbe", "startupProbe")
            if "host" in container.get(hook, {}).get("httpGet", {})
        ]
    return found


def restricted_violations(pod: dict[str, Any]) -> list[str]:
    """The controls that the restricted profile adds, each named once."""
    contexts = contexts_of(pod)
    volumes = [set(volume) - {"name"} for volume in pod.get("volumes", [])]
    controls = {
        "volume type": all(types <= VOLUME_TYPES for types in volumes),
        "privilege escalation": all(context.get("allowPrivilegeEscalation") is False for context in contexts),
        "runAsNonRoot": all(context.get("runAsNonRoot") is True for context in contexts),
        "runAsUser": all(context.get("runAsUser") != 0 for context in contexts),
        "seccompProfile": all(
            context.get("seccompProfile", {}).get("type") in ("RuntimeDefault", "Localhost") for context in contexts
        ),
        "capabilities": all(
            context.get("capabilities", {}).get("drop") == ["ALL"]
            and set(context["capabilities"].get("add", [])) <= {"NET_BIND_SERVICE"}
            for context in contexts
        ),
    }
    return [name for name, holds in controls.items() if not holds]
