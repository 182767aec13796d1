"""Volumes in words: what holds them, and where they are mounted; what is not understood is told."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

from todo_lint.model.reading.vocabulary.volumes import FORM

CLAIM = "PersistentVolumeClaim/shop-data"


def facts(*lines: str) -> list[tuple[int, str, str]]:
    """The facts below a Deployment that stands on line 2."""
    model = read("## Deployments", "- **api**", *(f"  {line}" for line in lines))
    return [(line, attribute, value) for line, _, _, attribute, value in stated(model) if attribute != "name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data (PVC shop-data) mounted at /y", [("volumes.data", CLAIM), ("volumeMounts.data", "/y")]),
        ("`data` (PVC `shop-data`) at `/y`", [("volumes.data", CLAIM), ("volumeMounts.data", "/y")]),
        ("data: PersistentVolumeClaim/shop-data", [("volumes.data", CLAIM)]),
        ("PVC shop-data mounted at /y", [("volumes.", CLAIM), ("volumeMounts.", "/y")]),
        ("data → /y", [("volumeMounts.data", "/y")]),
        ("tmp (emptyDir) at /tmp, data from PVC shop-data",
         [("volumes.tmp", "emptyDir"), ("volumeMounts.tmp", "/tmp"), ("volumes.data", CLAIM)]),
        ("emptyDir cache at /cache", [("volumes.cache", "emptyDir"), ("volumeMounts.cache", "/cache")]),
        ("config (ConfigMap app-config) mounted in /etc/app",
         [("volumes.config", "ConfigMap/app-config"), ("volumeMounts.config", "/etc/app")]),
        ("sock (hostPath /var/run) at /x", [("volumes.sock", "hostPath//var/run"), ("volumeMounts.sock", "/x")]),
    ],
)  # fmt: skip
def test_a_volume_its_claim_and_its_mount_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(f"- Volumes: {text}") == [(3, *fact) for fact in expected]


def test_mounts_name_the_path_first_or_last() -> None:
    assert facts("- Volume Mounts: /y (data)") == [(3, "volumeMounts.data", "/y")]
    assert facts("- Mounts: data: /y") == [(3, "volumeMounts.data", "/y")]
    assert facts("- Volume Mounts: /y (PVC shop-data)") == [(3, "volumes.", CLAIM), (3, "volumeMounts.", "/y")]


def test_volumes_can_stand_below_their_key() -> None:
    found = facts("- Volumes:", "  - data: PVC shop-data, mounted at /y", "  - `tmp` (emptyDir) at `/tmp`",
                  "  - etc:", "    - ConfigMap: app-config", "    - Mount Path: /etc/app")  # fmt: skip
    assert found == [
        (4, "volumes.data", CLAIM),
        (4, "volumeMounts.data", "/y"),
        (5, "volumes.tmp", "emptyDir"),
        (5, "volumeMounts.tmp", "/tmp"),
        (7, "volumes.etc", "ConfigMap/app-config"),
        (8, "volumeMounts.etc", "/etc/app"),
    ]


def test_a_claim_says_where_it_is_mounted() -> None:
    assert facts("- PVC: shop-data (5Gi) mounted at /y") == [
        (3, "size", "5Gi"),
        (3, "volumes.", CLAIM),
        (3, "volumeMounts.", "/y"),
    ]


@pytest.mark.parametrize(
    "line",
    ["- Volumes: emptyDir for the cache", "- Volumes: data (5Gi)", "- Volumes: PVC a at /a, PVC b at /b"],
)
def test_a_volume_that_is_not_understood_is_told_with_the_nearest_form(line: str) -> None:
    model = read("## Deployments", "- **api**", f"  {line}")
    assert told(model) == [(3, f"its value is not understood; {FORM}")]


@pytest.mark.parametrize(
    "line", ["- Volumes: where uploads are kept", "- Volumes: none", "- Volumes: list of volumes"]
)
def test_words_about_volumes_state_nothing(line: str) -> None:
    model = read("## Deployments", "- **api**", f"  {line}")
    assert [attribute for _, _, _, attribute, _ in stated(model)] == ["name"]
    assert told(model) == []
