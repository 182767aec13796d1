"""*Role* and *job* are words of Kubernetes, and of anything else: only what fits Kubernetes is read as such."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

ROWS = ("| `serve` | many | HTTP in |", "| `dispatch` | one | Claims tasks |")


@pytest.mark.parametrize("heading", ["## Control-plane roles (one binary, several roles)", "## Processes", "# Shop"])
def test_roles_that_processes_play_are_no_roles_of_kubernetes(heading: str) -> None:
    model = read(heading, "", "| Role | Replicas | Responsibility |", "|---|---|---|", *ROWS)

    assert [fact for fact in stated(model) if fact[1] == "Role"] == []


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        ("## RBAC Roles", "| Name | Namespace |"),
        ("## Roles", "| Name | Verbs |"),
        ("## Access", "| Role | Namespace |"),
    ],
)
def test_roles_of_kubernetes_are_read(heading: str, head: str) -> None:
    model = read(heading, "", head, "|---|---|", "| `reader` | shop |")

    assert ("Role", "reader", "name", "reader") in [fact[1:] for fact in stated(model)]


def test_a_fragment_with_no_key_of_the_kind_above_is_of_something_else() -> None:
    model = read("### Job manifest", "", "```yaml", "steps:", "  - name: train", "    engine: gpu", "```")

    assert (stated(model), told(model)) == ([], [])


@pytest.mark.parametrize("key", ["backoffLimit: 3", "image: shop/migrate:1.0"])
def test_a_fragment_with_keys_of_the_kind_above_is_its(key: str) -> None:
    assert len(read("### Migration Job", "", "```yaml", key, "```").statements) > 0
