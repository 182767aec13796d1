"""Each leaf of the shipped chart's values and the fields that it decides, written by hand from the templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from todo_lint.helm.origins import Origins
from todo_lint.helm.rendered_fields import Change, Effect

ROOT = Path(__file__).parents[2]
F = "Deployment/frontend-deployment:spec"
B = "Deployment/backend-deployment:spec"
FC = f"{F}.template.spec.containers[0]"
BC = f"{B}.template.spec.containers[0]"
FS = "Service/frontend-service:spec"
BS = "Service/backend-service:spec"
TEST = "Pod/todo-connection-test:spec"
CONFIG = "ConfigMap/app-config:data"
SECRET = "Secret/app-secrets:data"
KINDS = ("ServiceAccount", "Role", "RoleBinding")
CHECKSUMS = {
    kind: {
        f"Deployment/{part}-deployment:spec.template.metadata.annotations[checksum/{kind}]"
        for part in ("frontend", "backend")
    }
    for kind in ("config", "secret")
}


def probes(container: str, field: str, *names: str) -> set[str]:
    return {f"{container}.{name}Probe.{field}" for name in names}


def workload(name: str, spec: str, container: str) -> dict[str, set[str]]:
    """What both workloads have in common."""
    pod = f"{spec}.template.spec"
    return {
        f"{name}.replicaCount": {f"{spec}.replicas"},
        f"{name}.image.repository": {f"{container}.image"},
        f"{name}.image.tag": {f"{container}.image"},
        f"{name}.image.pullPolicy": {f"{container}.imagePullPolicy"},
        f"{name}.securityContext.runAsUser": {f"{pod}.securityContext.runAsUser"},
        f"{name}.securityContext.runAsGroup": {f"{pod}.securityContext.runAsGroup"},
        f"{name}.securityContext.fsGroup": {f"{pod}.securityContext.fsGroup"},
        f"{name}.probes.periodSeconds": probes(container, "periodSeconds", "readiness", "liveness"),
        f"{name}.probes.timeoutSeconds": probes(container, "timeoutSeconds", "startup", "readiness", "liveness"),
        f"{name}.probes.startupFailureThreshold": probes(container, "failureThreshold", "startup"),
        f"{name}.terminationGracePeriodSeconds": {f"{pod}.terminationGracePeriodSeconds"},
    }


TABLE = {
    **workload("frontend", F, FC),
    **workload("backend", B, BC),
    "frontend.containerPort": {f"{FC}.ports[0].containerPort", f"{FS}.ports[0].targetPort"},
    "frontend.service.type": {f"{FS}.type", "NOTES.txt"},
    "frontend.service.port": {f"{FS}.ports[0].port", f"{TEST}.containers[1].command[6]"},
    "frontend.service.nodePort": {f"{FS}.ports[0].nodePort added"},
    "frontend.resources.requests.memory": {f"{FC}.resources.requests.memory"},
    "frontend.resources.requests.cpu": {f"{FC}.resources.requests.cpu"},
    "frontend.resources.limits.memory": {f"{FC}.resources.limits.memory"},
    "frontend.resources.limits.cpu": {f"{FC}.resources.limits.cpu"},
    "frontend.probes.path": {
        *probes(FC, "httpGet.path", "startup", "readiness", "liveness"),
        f"{TEST}.containers[1].command[6]",
    },
    "frontend.cachePath": {f"{FC}.volumeMounts[1].mountPath"},
    "backend.containerPort": {f"{BC}.ports[0].containerPort", f"{BS}.ports[0].targetPort"},
    "backend.service.port": {
        f"{BS}.ports[0].port",
        f"{CONFIG}.frontend_api_url",
        f"{TEST}.containers[0].command[6]",
        *CHECKSUMS["config"],
    },
    "backend.resources": {
        f"{BC}.resources.{of}.{what}" for of in ("requests", "limits") for what in ("memory", "cpu")
    },
    "backend.probes.path": {
        *probes(BC, "httpGet.path", "startup", "readiness", "liveness"),
        f"{TEST}.containers[0].command[6]",
    },
    "resources.requests.memory": {f"{BC}.resources.requests.memory"},
    "resources.requests.cpu": {f"{BC}.resources.requests.cpu"},
    "resources.limits.memory": {f"{BC}.resources.limits.memory"},
    "resources.limits.cpu": {f"{BC}.resources.limits.cpu"},
    "imagePullSecrets": {
        f"{F}.template.spec.imagePullSecrets added",
        f"{B}.template.spec.imagePullSecrets added",
        f"{TEST}.imagePullSecrets added",
    },
    "backend.debug": {f"{CONFIG}.backend_debug", *CHECKSUMS["config"]},
    "config.corsAllowedOrigins": {f"{CONFIG}.cors_allowed_origins", *CHECKSUMS["config"]},
    "secrets.existingSecret": {
        "Secret/app-secrets removed",
        f"{FC}.envFrom[1].secretRef.name",
        f"{BC}.envFrom[1].secretRef.name",
        "NOTES.txt",
        *CHECKSUMS["secret"],
    },
    "secrets.databaseUrl": {f"{SECRET}.database_url", *CHECKSUMS["secret"]},
    "secrets.cohereApiKey": {f"{SECRET}.cohere_api_key", *CHECKSUMS["secret"]},
    "secrets.jwtSecret": {f"{SECRET}.jwt_secret", *CHECKSUMS["secret"]},
    "persistence.enabled": {
        f"{B}.strategy.type",
        f"{B}.strategy.rollingUpdate removed",
        f"{BC}.volumeMounts[1] added",
        f"{B}.template.spec.volumes[1] added",
        "PersistentVolumeClaim/todo-data-volume added",
    },
    "persistence.size": set(),
    "persistence.storageClassName": set(),
    "persistence.mountPath": set(),
    "persistence.keepOnUninstall": set(),
    "networkPolicy.enabled": {"NetworkPolicy/todo-frontend added", "NetworkPolicy/todo-backend added"},
    "networkPolicy.backendEgressPorts.0": set(),
    "networkPolicy.backendEgressPorts.1": set(),
    "rbac.enabled": {
        f"{F}.template.spec.serviceAccountName added",
        f"{B}.template.spec.serviceAccountName added",
        *(f"{kind}/todo-{part} added" for kind in KINDS for part in ("frontend", "backend")),
    },
    "rbac.frontendRules": set(),
    "rbac.backendRules": set(),
    "tests.image.repository": {f"{TEST}.containers[0].image", f"{TEST}.containers[1].image"},
    "tests.image.tag": {f"{TEST}.containers[0].image", f"{TEST}.containers[1].image"},
    "tests.image.pullPolicy": {f"{TEST}.containers[0].imagePullPolicy", f"{TEST}.containers[1].imagePullPolicy"},
}

POLICY = "NetworkPolicy/todo-backend:spec.egress[1].ports"
CLAIM = "PersistentVolumeClaim/todo-data-volume"
BEHIND = {
    "persistence.size": {f"{CLAIM}:spec.resources.requests.storage"},
    "persistence.storageClassName": {f"{CLAIM}:spec.storageClassName added"},
    "persistence.mountPath": {f"{BC}.volumeMounts[1].mountPath"},
    "persistence.keepOnUninstall": {f"{CLAIM}:metadata.annotations removed"},
    "networkPolicy.backendEgressPorts.0": {f"{POLICY}[0].port"},
    "networkPolicy.backendEgressPorts.1": {f"{POLICY}[1].port"},
    "rbac.frontendRules": {
        f"{F}.template.spec.automountServiceAccountToken",
        "Role/todo-frontend:rules[0] added",
    },
    "rbac.backendRules": {
        f"{B}.template.spec.automountServiceAccountToken",
        "Role/todo-backend:rules[0] added",
    },
}
"""What the leaves of switched-off parts decide once the part is switched on."""


@pytest.fixture(scope="module")
def origins(origins_of: Any) -> Origins:
    found = origins_of(ROOT / "chart").of_profile("minimal")
    assert isinstance(found, Origins)
    return found


def shown(effect: Effect) -> str:
    return str(effect.field) if effect.change is Change.VALUE else f"{effect.field} {effect.change}"


def test_each_leaf_moves_its_fields(origins: Origins) -> None:
    found = {".".join(map(str, moved.route)): set(map(shown, moved.effects)) for moved in origins.all()}

    assert found == TABLE
    assert all(moved.known for moved in origins.all())


def test_leaves_of_parts_that_are_off_move_their_fields_once_they_are_on(origins: Origins) -> None:
    for moved in origins.all():
        key = ".".join(map(str, moved.route))
        behind = origins.behind_gates(moved.route)
        assert set(map(shown, behind.effects)) == BEHIND.get(key, TABLE[key])
        assert behind.gates == (((moved.route[0], "enabled"),) if key in BEHIND else ())


def test_each_field_has_its_leaves(origins: Origins) -> None:
    service = next(e.field.resource for m in origins.all() for e in m.effects if str(e.field).startswith(BS))
    assert service is not None

    found = origins.leaves_of_field(service, ("spec", "ports", 0, "port"), thorough=True)

    assert [moved.route for moved in found] == [("backend", "service", "port")]


def test_the_generated_key_is_set_aside(origins: Origins) -> None:
    assert {str(field) for field in origins.volatile} == {f"{SECRET}.jwt_secret"}
