"""Secrets: given at install, generated once, and in the clear nowhere."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Objects = dict[str, Any]
Render = Callable[..., Objects]
RenderFiles = Callable[..., dict[str, str]]
WithValues = Callable[[dict[str, Any]], dict[str, Any]]

CANARIES = {
    "secrets.databaseUrl": "postgresql://canary-user:canary-password@db.example.com/todo",
    "secrets.cohereApiKey": "canary-api-key",
    "secrets.jwtSecret": "canary-jwt-secret",
}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {},
            "secrets.databaseUrl is not set: give the URL of the database in a values file (-f) or with --set-string "
            "secrets.databaseUrl=URL, or name a Secret that holds it with --set secrets.existingSecret=NAME.",
        ),
        (
            {"secrets": {"databaseUrl": "dummy"}},
            "secrets.cohereApiKey is not set: give the key for the Cohere API in a values file (-f) or with "
            "--set-string secrets.cohereApiKey=KEY, or name a Secret that holds it with --set "
            "secrets.existingSecret=NAME.",
        ),
    ],
)
def test_a_missing_secret_stops_with_a_sentence(render: Render, values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(RuntimeError) as stop:
        render(values)
    assert str(stop.value).endswith(sentence)


def test_an_existing_secret_is_used_and_none_is_made(render: Render) -> None:
    objects = render({"secrets": {"existingSecret": "made-elsewhere"}})
    assert not [key for key in objects if key.startswith("Secret/")]
    for workload in ("frontend", "backend"):
        [container] = objects[f"Deployment/{workload}-deployment"]["spec"]["template"]["spec"]["containers"]
        assert container["envFrom"][1] == {"secretRef": {"name": "made-elsewhere"}}


def test_secret_values_are_nowhere_but_in_the_secret(render_files: RenderFiles, with_values: WithValues) -> None:
    optional = {"persistence.enabled": True, "networkPolicy.enabled": True, "rbac.enabled": True}
    files = render_files(with_values({**CANARIES, **optional}))
    assert len(files) >= 11
    secret = files.pop("templates/app-secrets.yaml")
    for value in CANARIES.values():
        encoded = base64.b64encode(value.encode()).decode()
        assert encoded in secret
        assert value not in secret
        for path, text in files.items():
            assert value not in text, path
            assert encoded not in text, path
            assert "canary" not in text, path


@pytest.mark.parametrize("key", CANARIES)
def test_a_refused_secret_is_not_in_the_message(render: Render, with_values: WithValues, key: str) -> None:
    for value in (["canary"], 4711471147, "canary" * 12000):
        with pytest.raises(RuntimeError) as refusal:
            render(with_values({key: value}))
        assert "/secrets/" in str(refusal.value)
        assert "canary" not in str(refusal.value)
        assert "4711471147" not in str(refusal.value)


def test_a_given_key_is_taken(render: Render, with_values: WithValues) -> None:
    secret = render(with_values({"secrets.jwtSecret": "dummy"}))["Secret/app-secrets"]
    assert base64.b64decode(secret["data"]["jwt_secret"]) == b"dummy"


def test_a_generated_key_is_another_one_each_time_and_the_pods_do_not_depend_on_it(
    render: Render, minimal: dict[str, Any]
) -> None:
    first, second = render(minimal), render(minimal)
    keys = {objects["Secret/app-secrets"]["data"]["jwt_secret"] for objects in (first, second)}
    assert len(keys) == 2
    assert first["Deployment/backend-deployment"] == second["Deployment/backend-deployment"]
    assert first["Deployment/frontend-deployment"] == second["Deployment/frontend-deployment"]


@pytest.mark.parametrize(
    ("given", "kept", "expected"),
    [
        ("", '(dict "data" (dict "jwt_secret" "a2VwdA=="))', "a2VwdA=="),
        ("given", '(dict "data" (dict "jwt_secret" "a2VwdA=="))', base64.b64encode(b"given").decode()),
        ("given", "dict", base64.b64encode(b"given").decode()),
    ],
)
def test_a_kept_key_stays_unless_another_is_given(
    render: Render, minimal: dict[str, Any], chart: Path, tmp_path: Path, given: str, kept: str, expected: str
) -> None:
    copy = tmp_path / "chart"
    shutil.copytree(chart, copy)
    call = f'{{{{ include "todo-app.jwtSecret" (dict "given" "{given}" "kept" {kept}) }}}}'
    text = f'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: probe\ndata:\n  key: "{call}"\n'
    (copy / "templates" / "probe.yaml").write_text(text, encoding="utf-8")
    assert render(minimal, folder=copy)["ConfigMap/probe"]["data"]["key"] == expected


@pytest.mark.parametrize("kept", ["dict", '(dict "data" dict)', '(dict "data" (dict "other" "a2VwdA=="))'])
def test_a_secret_without_the_key_gets_a_generated_one(
    render: Render, minimal: dict[str, Any], chart: Path, tmp_path: Path, kept: str
) -> None:
    copy = tmp_path / "chart"
    shutil.copytree(chart, copy)
    call = f'{{{{ include "todo-app.jwtSecret" (dict "given" "" "kept" {kept}) }}}}'
    text = f'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: probe\ndata:\n  key: "{call}"\n'
    (copy / "templates" / "probe.yaml").write_text(text, encoding="utf-8")
    key = render(minimal, folder=copy)["ConfigMap/probe"]["data"]["key"]
    assert len(base64.b64decode(key)) == 64


@pytest.mark.parametrize("workload", ["frontend", "backend"])
@pytest.mark.parametrize(
    ("change", "annotation"),
    [
        *[({key: value}, "checksum/secret") for key, value in CANARIES.items()],
        ({"config.corsAllowedOrigins": "https://todo.example.com"}, "checksum/config"),
        ({"backend.debug": True}, "checksum/config"),
    ],
)
def test_pods_are_replaced_when_their_settings_change(
    render: Render, with_values: WithValues, workload: str, change: dict[str, Any], annotation: str
) -> None:
    def annotations(values: dict[str, Any]) -> dict[str, str]:
        template = render(values)[f"Deployment/{workload}-deployment"]["spec"]["template"]
        found: dict[str, str] = template["metadata"]["annotations"]
        return found

    before, after = annotations(with_values({})), annotations(with_values(change))
    assert {key for key in before if before[key] != after[key]} == {annotation}
