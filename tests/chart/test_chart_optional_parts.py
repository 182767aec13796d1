"""What the data model marks as optional or future: off by default, right when switched on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Objects = dict[str, Any]
Render = Callable[..., Objects]
WithValues = Callable[[dict[str, Any]], dict[str, Any]]

FRONTEND = {"app": "todo-frontend"}
BACKEND = {"app": "todo-backend"}
HELM_TEST = {"app": "todo-connection-test"}
STRANGER = {"app": "something-else"}


def test_persistence(render: Render, with_values: WithValues) -> None:
    objects = render(with_values({"persistence.enabled": True}))
    claim = objects["PersistentVolumeClaim/todo-data-volume"]
    assert claim["spec"] == {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}
    assert claim["metadata"]["annotations"] == {"helm.sh/resource-policy": "keep"}
    backend = objects["Deployment/backend-deployment"]["spec"]
    assert backend["replicas"] == 1
    assert backend["strategy"] == {"type": "Recreate"}
    pod = backend["template"]["spec"]
    assert {"name": "data", "persistentVolumeClaim": {"claimName": "todo-data-volume"}} in pod["volumes"]
    assert {"name": "data", "mountPath": "/data"} in pod["containers"][0]["volumeMounts"]
    frontend = objects["Deployment/frontend-deployment"]["spec"]
    assert frontend["strategy"]["type"] == "RollingUpdate"
    assert not [volume for volume in frontend["template"]["spec"]["volumes"] if "persistentVolumeClaim" in volume]


def test_a_claim_that_is_not_kept_has_no_annotation(render: Render, with_values: WithValues) -> None:
    values = with_values({"persistence.enabled": True, "persistence.keepOnUninstall": False})
    assert "annotations" not in render(values)["PersistentVolumeClaim/todo-data-volume"]["metadata"]


def test_a_storage_class(render: Render, with_values: WithValues) -> None:
    values = with_values({"persistence.enabled": True, "persistence.storageClassName": "standard"})
    assert render(values)["PersistentVolumeClaim/todo-data-volume"]["spec"]["storageClassName"] == "standard"


def test_the_claim_refuses_several_backends(render: Render, with_values: WithValues) -> None:
    with pytest.raises(RuntimeError) as refusal:
        render(with_values({"persistence.enabled": True, "backend.replicaCount": 2}))
    assert str(refusal.value).endswith(
        "backend.replicaCount is 2, but with persistence.enabled the claim todo-data-volume (ReadWriteOnce) serves "
        "one pod only: set backend.replicaCount to 1, or persistence.enabled to false."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"persistence.enabled": False, "backend.replicaCount": 2},
        {"persistence.enabled": True, "backend.replicaCount": 0},
        {"persistence.enabled": True, "frontend.replicaCount": 2},
    ],
)
def test_other_numbers_of_pods_are_fine(render: Render, with_values: WithValues, changes: dict[str, Any]) -> None:
    objects = render(with_values(changes))
    for workload in ("frontend", "backend"):
        expected = changes.get(f"{workload}.replicaCount", 1)
        assert objects[f"Deployment/{workload}-deployment"]["spec"]["replicas"] == expected


def test_rbac(render: Render, with_values: WithValues) -> None:
    objects = render(with_values({"rbac.enabled": True}), namespace="team-a")
    for workload in ("frontend", "backend"):
        name = f"todo-{workload}"
        assert objects[f"ServiceAccount/{name}"]["automountServiceAccountToken"] is False
        assert objects[f"Role/{name}"]["rules"] == []
        binding = objects[f"RoleBinding/{name}"]
        assert binding["roleRef"] == {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": name}
        assert binding["subjects"] == [{"kind": "ServiceAccount", "name": name, "namespace": "team-a"}]
        pod = objects[f"Deployment/{workload}-deployment"]["spec"]["template"]["spec"]
        assert pod["serviceAccountName"] == name
        assert pod["automountServiceAccountToken"] is False
    assert not [key for key in objects if key.startswith("Cluster")]


def test_only_a_workload_with_rules_gets_a_token(render: Render, with_values: WithValues) -> None:
    rules = [{"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["app-config"], "verbs": ["get"]}]
    objects = render(with_values({"rbac.enabled": True, "rbac.backendRules": rules}))
    assert objects["Role/todo-backend"]["rules"] == rules
    assert objects["Role/todo-frontend"]["rules"] == []
    pods = {
        workload: objects[f"Deployment/{workload}-deployment"]["spec"]["template"]["spec"]
        for workload in ("frontend", "backend")
    }
    assert pods["backend"]["automountServiceAccountToken"] is True
    assert pods["frontend"]["automountServiceAccountToken"] is False


def test_rules_without_rbac_give_no_token(render: Render, with_values: WithValues) -> None:
    rules = [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get"]}]
    pod = render(with_values({"rbac.backendRules": rules}))["Deployment/backend-deployment"]["spec"]["template"][
        "spec"
    ]
    assert pod["automountServiceAccountToken"] is False
    assert "serviceAccountName" not in pod


@pytest.mark.parametrize(
    ("source", "target", "port", "allowed"),
    [
        (FRONTEND, BACKEND, 8000, True),
        (FRONTEND, BACKEND, 8001, False),
        (HELM_TEST, BACKEND, 8000, True),
        (HELM_TEST, FRONTEND, 3000, True),
        (STRANGER, BACKEND, 8000, False),
        (STRANGER, FRONTEND, 3000, True),
        (None, BACKEND, 8000, False),
        (None, FRONTEND, 3000, True),
        (None, FRONTEND, 8000, False),
        (BACKEND, FRONTEND, 3000, False),
        (BACKEND, None, 443, True),
        (BACKEND, None, 5432, True),
        (BACKEND, None, 80, False),
        (FRONTEND, None, 443, False),
        (FRONTEND, None, 53, True),
        (BACKEND, None, 53, True),
    ],
)
def test_network_policies(
    render: Render,
    with_values: WithValues,
    source: dict[str, str] | None,
    target: dict[str, str] | None,
    port: int,
    allowed: bool,
) -> None:
    policies = policies_of(render(with_values({"networkPolicy.enabled": True})))
    assert connects(policies, source, target, port, "TCP") is allowed


@pytest.mark.parametrize("source", [FRONTEND, BACKEND])
def test_names_are_resolved_over_udp(render: Render, with_values: WithValues, source: dict[str, str]) -> None:
    policies = policies_of(render(with_values({"networkPolicy.enabled": True})))
    assert connects(policies, source, None, 53, "UDP")
    assert not connects(policies, source, None, 54, "UDP")


def test_network_policies_follow_the_ports(render: Render, with_values: WithValues) -> None:
    changes = {
        "networkPolicy.enabled": True,
        "networkPolicy.backendEgressPorts": [6543],
        "backend.containerPort": 9001,
        "frontend.containerPort": 4000,
        "backend.service.port": 9000,
    }
    policies = policies_of(render(with_values(changes)))
    assert connects(policies, FRONTEND, BACKEND, 9001, "TCP")
    assert not connects(policies, FRONTEND, BACKEND, 9000, "TCP")
    assert connects(policies, None, FRONTEND, 4000, "TCP")
    assert connects(policies, BACKEND, None, 6543, "TCP")
    assert not connects(policies, BACKEND, None, 443, "TCP")


def test_without_ports_the_backend_reaches_names_only(render: Render, with_values: WithValues) -> None:
    values = with_values({"networkPolicy.enabled": True, "networkPolicy.backendEgressPorts": []})
    policies = policies_of(render(values))
    assert not connects(policies, BACKEND, None, 443, "TCP")
    assert connects(policies, BACKEND, None, 53, "TCP")


def test_the_test_pod_has_the_label_that_the_policies_admit(render: Render, with_values: WithValues) -> None:
    pod = render(with_values({}))["Pod/todo-connection-test"]
    assert HELM_TEST.items() <= pod["metadata"]["labels"].items()


def policies_of(objects: Objects) -> list[dict[str, Any]]:
    found = [value["spec"] for key, value in objects.items() if key.startswith("NetworkPolicy/")]
    assert len(found) == 2
    return found


def connects(
    policies: list[dict[str, Any]],
    source: dict[str, str] | None,
    target: dict[str, str] | None,
    port: int,
    protocol: str,
) -> bool:
    """Whether policies admit a connection between pods of one namespace, given by labels; None is a host outside.

    A pod that no policy of a direction selects admits everything; else one rule of any policy must admit it.
    """
    return _admits(policies, "Egress", source, target, port, protocol) and _admits(
        policies, "Ingress", target, source, port, protocol
    )


def _admits(
    policies: list[dict[str, Any]],
    direction: str,
    pod: dict[str, str] | None,
    peer: dict[str, str] | None,
    port: int,
    protocol: str,
) -> bool:
    if pod is None:
        return True
    isolating = [spec for spec in policies if direction in spec["policyTypes"] and _selects(spec["podSelector"], pod)]
    rules = [rule for spec in isolating for rule in spec.get(direction.lower(), [])]
    peers_key = "to" if direction == "Egress" else "from"
    return not isolating or any(
        (peers_key not in rule or any(_selects(item["podSelector"], peer) for item in rule[peers_key]))
        and {"protocol": protocol, "port": port} in rule["ports"]
        for rule in rules
    )


def _selects(selector: dict[str, Any], labels: dict[str, str] | None) -> bool:
    assert selector.keys() == {"matchLabels"}
    return labels is not None and selector["matchLabels"].items() <= labels.items()
