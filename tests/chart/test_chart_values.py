"""Each values key is live, described and limited, and numbers stay whole numbers."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

Objects = dict[str, Any]
Render = Callable[..., Objects]
WithValues = Callable[[dict[str, Any]], dict[str, Any]]

GENERATOR = Path(__file__).resolve().parents[2] / "docs" / "generate_chart_readme.py"

NINE_KEYS = [
    ("frontend.image.repository", "other/frontend"),
    ("frontend.image.tag", "1.2.3"),
    ("frontend.service.type", "LoadBalancer"),
    ("frontend.service.port", 8080),
    ("backend.image.repository", "other/backend"),
    ("backend.image.tag", "1.2.3"),
    ("backend.service.port", 9000),
    ("resources.limits.memory", "2Gi"),
    ("resources.limits.cpu", "1500m"),
]

# Each leaf beyond the nine, another value for it, and the values without which it would have no effect.
OTHER_KEYS: list[tuple[str, Any, dict[str, Any]]] = [
    *[
        (f"{workload}.{key}", value, {})
        for workload in ("frontend", "backend")
        for key, value in (
            ("replicaCount", 3),
            ("image.pullPolicy", "Always"),
            ("containerPort", 5000),
            ("securityContext.runAsUser", 4001),
            ("securityContext.runAsGroup", 4002),
            ("securityContext.fsGroup", 4003),
            ("probes.path", "/ready"),
            ("probes.periodSeconds", 17),
            ("probes.timeoutSeconds", 7),
            ("probes.startupFailureThreshold", 99),
            ("terminationGracePeriodSeconds", 77),
        )
    ],
    ("frontend.service.nodePort", 30080, {}),
    ("frontend.resources.requests.memory", "300Mi", {}),
    ("frontend.resources.requests.cpu", "0.25", {}),
    ("frontend.resources.limits.memory", "600Mi", {}),
    ("frontend.resources.limits.cpu", "0.6", {}),
    ("frontend.cachePath", "/srv/.next/cache", {}),
    ("backend.resources", {"requests": {"cpu": "0.4"}}, {}),
    ("resources.requests.memory", "600Mi", {}),
    ("resources.requests.cpu", "0.4", {}),
    ("imagePullSecrets", [{"name": "registry"}], {}),
    ("backend.debug", True, {}),
    ("config.corsAllowedOrigins", "https://todo.example.com", {}),
    ("secrets.existingSecret", "made-elsewhere", {}),
    ("secrets.databaseUrl", "sqlite:///dummy.db", {}),
    ("secrets.cohereApiKey", "another-dummy", {}),
    ("secrets.jwtSecret", "another-dummy", {"secrets.jwtSecret": "dummy"}),
    ("persistence.enabled", True, {}),
    ("persistence.size", "2Gi", {"persistence.enabled": True}),
    ("persistence.storageClassName", "fast", {"persistence.enabled": True}),
    ("persistence.mountPath", "/srv/data", {"persistence.enabled": True}),
    ("persistence.keepOnUninstall", False, {"persistence.enabled": True}),
    ("networkPolicy.enabled", True, {}),
    ("networkPolicy.backendEgressPorts", [443], {"networkPolicy.enabled": True}),
    ("rbac.enabled", True, {}),
    ("rbac.frontendRules", [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}], {"rbac.enabled": True}),
    ("rbac.backendRules", [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}], {"rbac.enabled": True}),
    ("tests.image.repository", "other/busybox", {}),
    ("tests.image.tag", "1.36", {}),
    ("tests.image.pullPolicy", "Always", {}),
]


@pytest.mark.parametrize(("key", "value"), NINE_KEYS)
def test_a_key_of_the_document_is_live_in_values_yaml(
    render: Render, with_values: WithValues, chart: Path, tmp_path: Path, key: str, value: Any
) -> None:
    copy = tmp_path / "chart"
    shutil.copytree(chart, copy)
    values = yaml.safe_load((copy / "values.yaml").read_text(encoding="utf-8"))
    *groups, last = key.split(".")
    node = values
    for group in groups:
        node = node[group]
    node[last] = value
    (copy / "values.yaml").write_text(yaml.safe_dump(values), encoding="utf-8")
    fixed = with_values({"secrets.jwtSecret": "dummy"})
    assert render(fixed, folder=copy) != render(fixed)


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        (
            NINE_KEYS[0],
            "other/frontend:latest",
            "Deployment/frontend-deployment spec.template.spec.containers.0.image",
        ),
        (NINE_KEYS[1], "todo-frontend:1.2.3", "Deployment/frontend-deployment spec.template.spec.containers.0.image"),
        (NINE_KEYS[2], "LoadBalancer", "Service/frontend-service spec.type"),
        (NINE_KEYS[3], 8080, "Service/frontend-service spec.ports.0.port"),
        (NINE_KEYS[4], "other/backend:latest", "Deployment/backend-deployment spec.template.spec.containers.0.image"),
        (NINE_KEYS[5], "todo-backend:1.2.3", "Deployment/backend-deployment spec.template.spec.containers.0.image"),
        (NINE_KEYS[6], 9000, "Service/backend-service spec.ports.0.port"),
        (NINE_KEYS[6], "http://backend-service:9000", "ConfigMap/app-config data.frontend_api_url"),
        (NINE_KEYS[6], 8000, "Service/backend-service spec.ports.0.targetPort"),
        (
            NINE_KEYS[7],
            "2Gi",
            "Deployment/backend-deployment spec.template.spec.containers.0.resources.limits.memory",
        ),
        (
            NINE_KEYS[7],
            "512Mi",
            "Deployment/frontend-deployment spec.template.spec.containers.0.resources.limits.memory",
        ),
        (NINE_KEYS[8], "1500m", "Deployment/backend-deployment spec.template.spec.containers.0.resources.limits.cpu"),
        (NINE_KEYS[8], "0.5", "Deployment/frontend-deployment spec.template.spec.containers.0.resources.limits.cpu"),
    ],
)
def test_a_key_of_the_document_reaches_its_field(
    render: Render, with_values: WithValues, key: tuple[str, Any], value: Any, place: str
) -> None:
    name, route = place.split(" ")
    node: Any = render(with_values({key[0]: key[1]}))[name]
    for step in route.split("."):
        node = node[int(step)] if step.isdigit() else node[step]
    assert node == value
    assert type(node) is type(value)


@pytest.mark.parametrize(("key", "value", "needs"), OTHER_KEYS, ids=[row[0] for row in OTHER_KEYS])
def test_every_other_key_is_live(
    render: Render, with_values: WithValues, key: str, value: Any, needs: dict[str, Any]
) -> None:
    before = {"secrets.jwtSecret": "dummy", **needs}
    assert render(with_values(before)) != render(with_values({**before, key: value}))


def test_every_leaf_of_values_yaml_is_in_one_of_these_tests(chart: Path) -> None:
    values = yaml.safe_load((chart / "values.yaml").read_text(encoding="utf-8"))
    assert set(dotted_leaves(values)) == {row[0] for row in NINE_KEYS} | {row[0] for row in OTHER_KEYS}


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("frontend.image.repository", 12, "got number, want string"),
        ("frontend.image.tag", 1.2, "got number, want string"),
        ("frontend.service.type", "ExternalName", "value must be one of"),
        ("frontend.service.type", True, "got boolean, want string"),
        ("frontend.service.port", "80", "got string, want integer"),
        ("frontend.service.port", 80.5, "got number, want integer"),
        ("frontend.service.port", 65536, "maximum: got 65,536, want 65,535"),
        ("backend.image.repository", ["todo-backend"], "got array, want string"),
        ("backend.image.tag", False, "got boolean, want string"),
        ("backend.service.port", "http", "got string, want integer"),
        ("backend.service.port", 0, "minimum: got 0, want 1"),
        ("resources.limits.memory", 1024, "got number, want string"),
        ("resources.limits.memory", "1gb", "does not match pattern"),
        ("resources.limits.cpu", 0.7, "got number, want string"),
        ("resources.limits.cpu", "0.7 cores", "does not match pattern"),
        ("frontend.securityContext.runAsUser", 0, "minimum: got 0, want 1"),
        ("frontend.service.nodePort", 80, "minimum: got 80, want 30,000"),
        ("frontend.replicas", 2, "additional properties 'replicas' not allowed"),
        ("frontend", "none", "got string, want object"),
    ],
)
def test_the_schema_refuses(render: Render, with_values: WithValues, key: str, value: Any, complaint: str) -> None:
    with pytest.raises(RuntimeError) as refusal:
        render(with_values({key: value}))
    assert complaint in str(refusal.value)


def test_values_for_subcharts_are_admitted(render: Render, with_values: WithValues) -> None:
    assert render(with_values({"global": {"anything": 1}, "secrets.jwtSecret": "dummy"})) == render(
        with_values({"secrets.jwtSecret": "dummy"})
    )


def test_large_numbers_stay_whole_numbers(
    render_files: Callable[..., dict[str, str]], with_values: WithValues
) -> None:
    values = with_values({"backend.securityContext.runAsUser": 1000650000, "backend.service.port": 65535})
    files = render_files(values)
    assert "runAsUser: 1000650000\n" in files["templates/backend-deployment.yaml"]
    assert "port: 65535\n" in files["templates/backend-service.yaml"]
    assert '"http://backend-service:65535"' in files["templates/app-config.yaml"]
    for path, text in files.items():
        assert "%!" not in text, path
        assert not re.search(r"\de\+\d", text), path


def test_the_backend_may_override_a_part_of_the_resources(render: Render, with_values: WithValues) -> None:
    objects = render(with_values({"backend.resources": {"limits": {"cpu": "1"}}}))
    [container] = objects["Deployment/backend-deployment"]["spec"]["template"]["spec"]["containers"]
    assert container["resources"] == {
        "requests": {"memory": "512Mi", "cpu": "0.3"},
        "limits": {"memory": "1Gi", "cpu": "1"},
    }


def test_a_node_port_is_left_out_for_a_cluster_ip(render: Render, with_values: WithValues) -> None:
    values = with_values({"frontend.service.type": "ClusterIP", "frontend.service.nodePort": 30080})
    [port] = render(values)["Service/frontend-service"]["spec"]["ports"]
    assert port == {"name": "http", "protocol": "TCP", "port": 80, "targetPort": 3000}


def test_the_schema_is_closed_and_describes_every_key(chart: Path) -> None:
    schema = json.loads((chart / "values.schema.json").read_text(encoding="utf-8"))
    assert schema["additionalProperties"] is False
    keys = dict(described(schema))
    assert keys.pop("global").keys() == {"type", "description"}
    assert len(keys) > 60
    for key, part in keys.items():
        assert part["description"].endswith("."), key
        if part["type"] == "object":
            assert part["additionalProperties"] is False, key
        if part["type"] in ("integer", ["integer", "null"]):
            assert {"minimum", "maximum"} <= part.keys(), key
        if part["type"] == "string" and not key.startswith("rbac."):
            assert {"maxLength", "pattern", "enum"} & part.keys(), key


def test_an_error_of_the_schema_never_shows_a_secret(chart: Path) -> None:
    secrets = json.loads((chart / "values.schema.json").read_text(encoding="utf-8"))["properties"]["secrets"]
    for key in ("databaseUrl", "cohereApiKey", "jwtSecret"):
        assert secrets["properties"][key].keys() == {"description", "type", "maxLength"}


def test_the_readme_is_up_to_date(generator: ModuleType, chart: Path) -> None:
    text = (chart / "README.md").read_text(encoding="utf-8")
    assert text == generator.generate(chart)
    values = yaml.safe_load((chart / "values.yaml").read_text(encoding="utf-8"))
    rows = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    assert rows == list(dotted_leaves(values))
    assert "With `helm template` and with Argo CD, set `secrets.existingSecret`." in text


def test_a_comment_that_differs_from_the_schema_is_refused(
    generator: ModuleType, chart: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "chart"
    shutil.copytree(chart, copy)
    text = (copy / "values.yaml").read_text(encoding="utf-8")
    (copy / "values.yaml").write_text(text.replace("# -- Number of frontend pods.", "# -- Pods."), encoding="utf-8")
    with pytest.raises(generator.StaleError, match=r"differ: frontend\.replicaCount"):
        generator.generate(copy)


@pytest.mark.parametrize("arguments", [["--check"], []])
def test_a_stale_readme_is_noticed(
    generator: ModuleType, chart: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    copy = tmp_path / "chart"
    shutil.copytree(chart, copy)
    (copy / "README.md").write_text("stale", encoding="utf-8")
    monkeypatch.setattr(generator, "CHART", copy)
    assert generator.main(arguments) == (1 if arguments else 0)
    assert ((copy / "README.md").read_text(encoding="utf-8") == "stale") is bool(arguments)


@pytest.fixture(scope="module")
def generator() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("generate_chart_readme", GENERATOR)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def dotted_leaves(values: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, dict) and value:
            yield from dotted_leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name


def described(schema: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, part in schema.get("properties", {}).items():
        yield prefix + name, part
        yield from described(part, f"{prefix}{name}.")
        yield from described(part.get("items", {}), f"{prefix}{name}[].")
