"""A description with the value in parentheses behind it states the value, and only where it is one."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told


@pytest.mark.parametrize(
    ("heading", "line", "fact"),
    [
        ("Chart", "name: Chart name (todo-app)", ("name", "todo-app")),
        ("Chart", "version: Chart version (0.1.0)", ("version", "0.1.0")),
        ("Chart", "name: Name of the chart (`shop`)", ("name", "shop")),
        ("Backend Service", "Name: Service name (api-service)", ("name", "api-service")),
        ("web (Service)", "type: Service type (ClusterIP)", ("type", "ClusterIP")),
        ("web (Service)", "port: Service port (80)", ("port", "80")),
        ("web (Deployment)", "image: Container image (shop/web:latest)", ("image", "shop/web:latest")),
        ("web (Deployment)", "imagePullPolicy: Pull policy (IfNotPresent)", ("imagePullPolicy", "IfNotPresent")),
    ],
)
def test_the_value_behind_a_description_is_read(heading: str, line: str, fact: tuple[str, str]) -> None:
    model = read(f"## {heading}", f"- {line}")
    assert (2, *fact) in [(number, attribute, value) for number, _, _, attribute, value in stated(model)]
    assert told(model) == []


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Chart", "name: Chart name (kebab-case)"),
        ("Chart", "name: Chart name (required)"),
        ("Chart", "name: Chart name (e.g., todo-app)"),
        ("Chart", "name: String (todo-app)"),
        ("Chart", "version: string - Chart version (SemVer)"),
        ("Backend Service", "Name: Service name (todo-frontend or todo-backend)"),
        ("web (Service)", "type: Service type (ClusterIP, NodePort)"),
        ("web (Service)", "type: Service type (internal)"),
        ("web (Deployment)", "image: Container image (read-only)"),
    ],
)
def test_a_remark_behind_a_description_is_no_value(heading: str, line: str) -> None:
    assert [fact for fact in stated(read(f"## {heading}", f"- {line}")) if fact[0] == 2] == []
