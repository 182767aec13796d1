"""Every rendering passes the strict schemas of each Kubernetes version that the chart admits and the package has."""

from __future__ import annotations

import functools
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

Objects = dict[str, Any]
Render = Callable[..., Objects]
Profiles = dict[str, dict[str, Any]]

VERSIONS = [f"1.{minor}" for minor in range(28, 38)]


@pytest.mark.parametrize("version", VERSIONS)
def test_every_object_of_every_profile_is_valid(render: Render, profiles: Profiles, version: str) -> None:
    kinds = set()
    for values in profiles.values():
        for key, thing in render(values, kube_version=f"{version}.0").items():
            kinds.add(thing["kind"])
            assert errors(version, thing) == [], key
    assert kinds == {
        "ConfigMap",
        "Deployment",
        "NetworkPolicy",
        "PersistentVolumeClaim",
        "Pod",
        "Role",
        "RoleBinding",
        "Secret",
        "Service",
        "ServiceAccount",
    }


@pytest.mark.parametrize("version", [VERSIONS[0], VERSIONS[-1]])
def test_the_judge_notices(render: Render, minimal: dict[str, Any], version: str) -> None:
    service = render(minimal)["Service/frontend-service"]
    service["spec"]["ports"][0]["port"] = "80"
    assert len(errors(version, service)) == 1
    service["spec"]["ports"][0]["port"] = 80
    assert errors(version, service) == []
    service["spec"]["sellector"] = {}
    assert len(errors(version, service)) == 1


def errors(version: str, thing: dict[str, Any]) -> list[str]:
    key = f"{thing['apiVersion']} {thing['kind']}"
    return [error.message for error in validator(version, key).iter_errors({key: thing})]


@functools.cache
def definitions(version: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the bundled definitions with references made local, and the definition's name by 'apiVersion Kind'."""
    spec = importlib.util.find_spec("kubernetes_validate")
    assert spec
    assert spec.origin
    folder = Path(spec.origin).parent / "kubernetes-json-schema" / f"v{version}.0-local-strict"
    text = (folder / "_definitions.json").read_text(encoding="utf-8")
    found = json.loads(text.replace('"/api/_definitions.json#', '"#'))["$defs"]
    names = {}
    for name, definition in found.items():
        for kind in definition.get("x-kubernetes-group-version-kind", ()):
            group = f"{kind['group']}/" if kind["group"] else ""
            names[f"{group}{kind['version']} {kind['kind']}"] = name
    return found, names


@functools.cache
def validator(version: str, key: str) -> Any:
    found, names = definitions(version)
    needed = {}
    waiting = [names[key]]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = found[name]
            waiting += references(found[name])
    return jsonschema_rs.validator_for(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "properties": {key: {"$ref": f"#/$defs/{names[key]}"}},
            "required": [key],
            "$defs": needed,
        }
    )


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for item in node for name in references(item)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"].removeprefix("#/$defs/")] if isinstance(node.get("$ref"), str) else []
    return own + [name for value in node.values() for name in references(value)]
