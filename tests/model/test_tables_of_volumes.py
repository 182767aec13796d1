"""Tables with a volume in each row: of the workload above, of those a row names, and told where it names none."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

KNOWN = ("## Deployments", "- **web-app**", "- **api-app**", "## Volumes")
HEAD = ("| Volume | Kind | Mounted at | Workload | Enabled by default |", "|---|---|---|---|---|")


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ("| tmp | emptyDir | /tmp | api | yes |", [("api-app", "volumes.tmp", "emptyDir"),
                                                   ("api-app", "volumeMounts.tmp", "/tmp")]),
        ("| `tmp` | emptyDir | `/tmp` | both | yes |", [
            (name, attribute, value) for name in ("web-app", "api-app")
            for attribute, value in (("volumes.tmp", "emptyDir"), ("volumeMounts.tmp", "/tmp"))]),
        ("| conf | ConfigMap `shop` | /etc/shop | web, api | yes |", [
            (name, attribute, value) for name in ("web-app", "api-app")
            for attribute, value in (("volumes.conf", "ConfigMap/shop"), ("volumeMounts.conf", "/etc/shop"))]),
        ("| total | - | - | both | yes |", []),
    ],
)  # fmt: skip
def test_a_volume_is_of_the_workloads_of_its_row(row: str, facts: list[tuple[str, str, str]]) -> None:
    model = read(*KNOWN, *HEAD, row)

    assert [fact[2:] for fact in stated(model) if fact[0] == 7] == facts
    assert told(model) == []


@pytest.mark.parametrize("row", ["| tmp | emptyDir | /tmp | worker | yes |", "| tmp | ram of 2 | /tmp | api | yes |",
                                 "| tmp | emptyDir | the root | api | yes |"])  # fmt: skip
def test_a_row_of_no_workload_that_is_known_is_told(row: str) -> None:
    model = read(*KNOWN, *HEAD, row)

    assert [line for line, _ in told(model)] == [7]
    assert [fact for fact in stated(model) if fact[0] == 7] == []


@pytest.mark.parametrize("enabled", ["| no |", "| `storage.enabled=true` |"])
def test_a_claim_in_a_row_is_stated_with_its_size_and_later_where_it_is_switched_off(enabled: str) -> None:
    row = f"| data | PVC `shop-data`, 1Gi, ReadWriteOnce | /data | api {enabled}"
    found = [s for s in read(*KNOWN, *HEAD, row).statements if s.line == 7]

    assert {(s.subject, s.attribute, s.value) for s in found} == {
        ("Deployment api-app", "volumes.data", "PersistentVolumeClaim/shop-data"),
        ("Deployment api-app", "volumeMounts.data", "/data"),
        ("PersistentVolumeClaim shop-data", "name", "shop-data"),
        ("PersistentVolumeClaim shop-data", "size", "1Gi"),
        ("PersistentVolumeClaim shop-data", "accessMode", "ReadWriteOnce"),
    }
    assert all(s.later for s in found)


def test_a_table_below_a_workload_needs_no_column_of_them() -> None:
    rows = ("## Deployment: web-app", "### Volumes", "| Name | Source | Path |", "|---|---|---|")

    assert [fact[3:] for fact in stated(read(*rows, "| tmp | emptyDir | /tmp |")) if fact[0] == 5] == [
        ("volumes.tmp", "emptyDir"),
        ("volumeMounts.tmp", "/tmp"),
    ]
    other = ("## Volumes", "| Name | Year |", "|---|---|", "| One | 1999 |")  # of an encyclopedia
    assert read(*other).statements == ()
