"""Rules of definitions: names of properties that CEL itself could not write."""

from __future__ import annotations

from typing import Any

import pytest

from todo_lint.kubernetes.problems import Checked
from todo_lint.kubernetes.validate import check_versions
from todo_lint.kubernetes.versions import LATEST


def definition(rule: str) -> dict[str, Any]:
    text = {"type": "string"}
    properties = {"namespace": text, "a-b": text, "c.d": text, "e/f": text, "g__h": text}
    schema = {
        "type": "object",
        "properties": {"spec": {"type": "object", "properties": properties}},
        "x-kubernetes-validations": [{"rule": rule}],
    }
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "lamps.example.com"},
        "spec": {
            "group": "example.com",
            "scope": "Namespaced",
            "names": {"plural": "lamps", "singular": "lamp", "kind": "Lamp", "listKind": "LampList"},
            "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}],
        },
    }


def rules(rule: str) -> list[str]:
    (piece,) = check_versions(definition(rule), (LATEST,))
    assert isinstance(piece.verdict, Checked)
    return [problem.rule for problem in piece.verdict.problems]


@pytest.mark.parametrize("name", ["__namespace__", "a__dash__b", "c__dot__d", "e__slash__f", "g__underscores__h"])
def test_an_escaped_name_is_that_of_the_property(name: str) -> None:
    assert rules(f"!has(self.spec.{name})") == []


@pytest.mark.parametrize("name", ["__import__", "a__dot__b", "other"])
def test_a_property_that_there_is_not(name: str) -> None:
    assert rules(f"!has(self.spec.{name})") == ["invalid-expression"]
