"""Names and labels: valid for the longest release name, and two releases live in two namespaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Objects = dict[str, Any]
Render = Callable[..., Objects]
Profiles = dict[str, dict[str, Any]]

LONGEST = "a" * 26 + "-" + "b" * 26
LABEL_VALUE = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?")
LABEL_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
NAMESPACED = {
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
STANDARD_LABELS = {
    "app.kubernetes.io/name",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/version",
    "app.kubernetes.io/component",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/managed-by",
}


@pytest.mark.parametrize("profile", ["minimal", "optional", "existing"])
@pytest.mark.parametrize("name", [LONGEST, "todo-app", "1", "123", "1e3"])
def test_names_and_labels_are_valid(render: Render, profiles: Profiles, profile: str, name: str) -> None:
    assert len(LONGEST) == 53
    for key, thing in render(profiles[profile], name=name, namespace="1234").items():
        assert LABEL_NAME.fullmatch(thing["metadata"]["name"]), key
        assert thing["metadata"]["namespace"] == "1234", key
        assert thing["metadata"]["labels"]["app.kubernetes.io/instance"] == name, key
        assert thing["metadata"]["labels"].keys() >= STANDARD_LABELS | {"helm.sh/chart"}, key
        for labels in all_labels(thing):
            for value in labels.values():
                assert LABEL_VALUE.fullmatch(value), key


@pytest.mark.parametrize("workload", ["frontend", "backend"])
def test_pods_carry_the_standard_labels_but_not_the_chart_version(
    render: Render, minimal: dict[str, Any], workload: str
) -> None:
    labels = render(minimal)[f"Deployment/{workload}-deployment"]["spec"]["template"]["metadata"]["labels"]
    assert labels == {
        "app": f"todo-{workload}",
        "app.kubernetes.io/name": "todo-app",
        "app.kubernetes.io/instance": "todo-app",
        "app.kubernetes.io/version": "1.0.0",
        "app.kubernetes.io/component": workload,
        "app.kubernetes.io/part-of": "todo-app",
        "app.kubernetes.io/managed-by": "Helm",
    }


@pytest.mark.parametrize("profile", ["minimal", "optional", "existing"])
def test_two_releases_in_two_namespaces_share_no_object(render: Render, profiles: Profiles, profile: str) -> None:
    one = render(profiles[profile], name="one", namespace="team-a")
    two = render(profiles[profile], name="two", namespace="team-b")
    assert one.keys() == two.keys()
    for objects, namespace in ((one, "team-a"), (two, "team-b")):
        for key, thing in objects.items():
            assert thing["kind"] in NAMESPACED, key
            assert thing["metadata"]["namespace"] == namespace, key


def all_labels(node: Any) -> Iterator[dict[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if (
                key in ("labels", "matchLabels", "selector")
                and isinstance(value, dict)
                and "matchLabels" not in value
            ):
                yield value
            else:
                yield from all_labels(value)
    elif isinstance(node, list):
        for item in node:
            yield from all_labels(item)
