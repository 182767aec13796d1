"""Every statement of policies/data-model.md is in the rendering with the least values that an install demands."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

Objects = dict[str, Any]


@pytest.fixture(scope="module")
def objects(render: Callable[..., Objects], minimal: dict[str, Any]) -> Objects:
    return render(minimal)


def test_the_rendering_has_these_objects_and_no_others(objects: Objects) -> None:
    assert set(objects) == {
        "Deployment/frontend-deployment",
        "Deployment/backend-deployment",
        "Service/frontend-service",
        "Service/backend-service",
        "ConfigMap/app-config",
        "Secret/app-secrets",
        "Pod/todo-connection-test",
    }


@pytest.mark.parametrize(
    ("workload", "image", "port", "requests", "limits"),
    [
        (
            "frontend",
            "todo-frontend:latest",
            3000,
            {"memory": "256Mi", "cpu": "0.2"},
            {"memory": "512Mi", "cpu": "0.5"},
        ),
        ("backend", "todo-backend:latest", 8000, {"memory": "512Mi", "cpu": "0.3"}, {"memory": "1Gi", "cpu": "0.7"}),
    ],
)
def test_deployment(
    objects: Objects, workload: str, image: str, port: int, requests: dict[str, str], limits: dict[str, str]
) -> None:
    spec = objects[f"Deployment/{workload}-deployment"]["spec"]
    assert spec["replicas"] == 1
    assert spec["strategy"] == {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    [container] = spec["template"]["spec"]["containers"]
    assert container["image"] == image
    assert container["imagePullPolicy"] == "IfNotPresent"
    assert container["ports"] == [{"name": "http", "containerPort": port, "protocol": "TCP"}]
    assert container["resources"] == {"requests": requests, "limits": limits}
    assert container["envFrom"] == [{"configMapRef": {"name": "app-config"}}, {"secretRef": {"name": "app-secrets"}}]
    assert "env" not in container


def test_frontend_service(objects: Objects) -> None:
    assert objects["Service/frontend-service"]["spec"] == {
        "type": "NodePort",
        "selector": {"app": "todo-frontend"},
        "ports": [{"name": "http", "protocol": "TCP", "port": 80, "targetPort": 3000}],
    }


def test_backend_service(objects: Objects) -> None:
    assert objects["Service/backend-service"]["spec"] == {
        "type": "ClusterIP",
        "selector": {"app": "todo-backend"},
        "ports": [{"name": "http", "protocol": "TCP", "port": 8000, "targetPort": 8000}],
    }


@pytest.mark.parametrize("workload", ["frontend", "backend"])
def test_a_service_selects_the_pods_of_its_deployment(objects: Objects, workload: str) -> None:
    selector = objects[f"Service/{workload}-service"]["spec"]["selector"]
    spec = objects[f"Deployment/{workload}-deployment"]["spec"]
    labels = spec["template"]["metadata"]["labels"]
    assert spec["selector"] == {"matchLabels": selector}
    assert selector.items() <= labels.items()
    others = [key for key in objects if key.startswith(("Deployment/", "Pod/")) and workload not in key]
    for key in others:
        pod = objects[key]["spec"].get("template", objects[key])
        assert not selector.items() <= pod["metadata"]["labels"].items()


def test_config_map(objects: Objects) -> None:
    assert objects["ConfigMap/app-config"]["data"] == {
        "frontend_api_url": "http://backend-service:8000",
        "backend_debug": "false",
        "cors_allowed_origins": "*",
    }


def test_secret(objects: Objects, minimal: dict[str, Any]) -> None:
    secret = objects["Secret/app-secrets"]
    data = {key: base64.b64decode(value).decode() for key, value in secret["data"].items()}
    assert secret["type"] == "Opaque"
    assert data.keys() == {"jwt_secret", "database_url", "cohere_api_key"}
    assert data["database_url"] == minimal["secrets"]["databaseUrl"]
    assert data["cohere_api_key"] == minimal["secrets"]["cohereApiKey"]
    assert len(data["jwt_secret"]) == 64


def test_chart_metadata(chart: Path) -> None:
    metadata = yaml.safe_load((chart / "Chart.yaml").read_text(encoding="utf-8"))
    assert metadata["name"] == "todo-app"
    assert metadata["version"] == "0.1.0"
    assert metadata["appVersion"] == "1.0.0"
    assert metadata["apiVersion"] == "v2"
    assert metadata["kubeVersion"] == ">=1.28.0-0"
    assert metadata["icon"].startswith("data:image/svg+xml;base64,")
    assert "maintainers" not in metadata


def test_values(chart: Path) -> None:
    values = yaml.safe_load((chart / "values.yaml").read_text(encoding="utf-8"))
    assert values["frontend"]["image"]["repository"] == "todo-frontend"
    assert values["frontend"]["image"]["tag"] == "latest"
    assert values["frontend"]["service"]["type"] == "NodePort"
    assert values["frontend"]["service"]["port"] == 80
    assert values["backend"]["image"]["repository"] == "todo-backend"
    assert values["backend"]["image"]["tag"] == "latest"
    assert values["backend"]["service"]["port"] == 8000
    assert values["resources"]["limits"]["memory"] == "1Gi"
    assert values["resources"]["limits"]["cpu"] == "0.7"


@pytest.mark.parametrize("workload", ["frontend", "backend"])
def test_deployment_is_ready_for_operation(objects: Objects, workload: str) -> None:
    template = objects[f"Deployment/{workload}-deployment"]["spec"]["template"]
    assert len(template["metadata"]["annotations"]["checksum/config"]) == 64
    assert len(template["metadata"]["annotations"]["checksum/secret"]) == 64
    assert template["spec"]["terminationGracePeriodSeconds"] == 30
    [container] = template["spec"]["containers"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"] == {"path": "/" if workload == "frontend" else "/health", "port": "http"}
    mounts = {mount["mountPath"] for mount in container["volumeMounts"]}
    assert mounts == ({"/tmp", "/app/.next/cache"} if workload == "frontend" else {"/tmp"})
    assert all(volume["emptyDir"] == {} for volume in template["spec"]["volumes"])


def test_helm_test_asks_both_services(objects: Objects) -> None:
    pod = objects["Pod/todo-connection-test"]
    assert pod["metadata"]["annotations"]["helm.sh/hook"] == "test"
    assert [container["command"][-1] for container in pod["spec"]["containers"]] == [
        "http://backend-service:8000/health",
        "http://frontend-service:80/",
    ]


def test_notes_say_how_to_reach_it_on_minikube(
    render_files: Callable[..., dict[str, str]], minimal: dict[str, Any]
) -> None:
    notes = render_files(minimal, namespace="team-a")["templates/NOTES.txt"]
    assert "minikube service frontend-service -n team-a --url" in notes
    notes = render_files({**minimal, "frontend": {"service": {"type": "ClusterIP"}}})["templates/NOTES.txt"]
    assert "minikube" not in notes
    assert "kubectl port-forward -n default service/frontend-service 8080:80" in notes
