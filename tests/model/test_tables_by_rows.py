"""Tables whose rows say what they are about: workloads by a column of names, requirements, addresses, volumes."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

NAMED = ("## Deployments", "- **web-app**", "- **api-app**", "## Services", "- **api-service**", "## Sundry", "")
"""What follows stands on line 8."""


def said(*lines: str) -> list[tuple[int, str, str, str]]:
    return [(line, *fact) for line, _, *fact in stated(read(*NAMED, *lines)) if line >= 8]  # type: ignore[misc]


def test_a_column_of_workloads_names_the_rows() -> None:
    table = ("| Component | Workload | Image | Port |", "|---|---|---|---|",
             "| Site | `shop-deployment` | `shop:1` | 80 |", "| Worker | `jobs` | `jobs:2` | - |")  # fmt: skip
    assert [fact[1:] for fact in stated(read("## What runs", "", *table))] == [
        ("Deployment", "shop-deployment", "name", "shop-deployment"),
        ("Deployment", "shop-deployment", "image", "shop:1"),
        ("Deployment", "shop-deployment", "containerPort", "80"),
        ("Deployment", "jobs", "name", "jobs"), ("Deployment", "jobs", "image", "jobs:2"),
    ]  # fmt: skip
    sets = ("| Tier | StatefulSet | Image | Port |", "|---|---|---|---|", "| Data | shop-db | `pg:16` | 5432 |")
    assert stated(read("## What runs", "", *sets))[0][1:4] == ("StatefulSet", "shop-db", "name")


@pytest.mark.parametrize(
    "rows",
    [
        ("| Component | Workload | Image | Port |", "|---|---|---|---|", "| Site | two pods | `shop:1` | 80 |"),
        ("| Team | Workload | Image | Port |", "|---|---|---|---|", "| Site | shop-app | `shop:1` | 80 |"),
        ("| | CPU request | CPU limit |", "|---|---|---|", "| dev | 100m | 200m |", "| prod | 1 | 2 |"),
        ("| | CPU request | CPU limit |", "|---|---|---|", "| small | 100m | 200m |"),
    ],
)
def test_where_the_rows_may_be_anything_it_is_told(rows: tuple[str, ...]) -> None:
    assert said(*rows) == []
    assert [line for line, _ in told(read(*NAMED, *rows))] == [10]


def test_a_column_without_a_head_has_the_names_where_all_are_known() -> None:
    table = ("| | CPU request | CPU limit |", "|---|---|---|", "| web | 100m | 200m |", "| api | 1 | 2 |")
    assert [fact[1:] for fact in said(*table)] == [
        ("web-app", "resources.requests.cpu", "100m"), ("web-app", "resources.limits.cpu", "200m"),
        ("api-app", "resources.requests.cpu", "1"), ("api-app", "resources.limits.cpu", "2"),
    ]  # fmt: skip


def test_requirements_have_targets() -> None:
    table = ("| ID | Requirement | Target |", "|---|---|---|", "| N-1 | Memory request of the web | 256Mi |",
             "| N-2 | CPU request / limit of the API | 300m / 700m |", "| N-3 | Web memory limit | 1Gi |",
             "| N-4 | Graceful shutdown | 30 s |", "| N-5 | Startup time of the web | < 120 s |")  # fmt: skip
    both = ("api-app", "web-app")
    field = "spec.template.spec.terminationGracePeriodSeconds"
    assert sorted(said(*table)) == sorted([
        (10, "web-app", "resources.requests.memory", "256Mi"), (11, "api-app", "resources.requests.cpu", "300m"),
        (11, "api-app", "resources.limits.cpu", "700m"), (12, "web-app", "resources.limits.memory", "1Gi"),
        *((13, name, field, "30") for name in both),
    ])  # fmt: skip
    assert told(read(*NAMED, *table)) == []


def test_requirements_of_nobody_and_of_other_values_are_told() -> None:
    table = ("| ID | Requirement | Target |", "|---|---|---|", "| N-1 | Memory request of the cache | 256Mi |",
             "| N-2 | Memory request of the web | little |")  # fmt: skip
    assert [line for line, _ in told(read(*NAMED, *table))] == [10, 11]
    other = ("| ID | Requirement | Target |", "|---|---|---|", "| N-1 | Answers of the web | 200 ms |")
    assert (said(*other), told(read(*NAMED, *other))) == ([], [])


def test_an_address_in_a_row_is_that_of_a_service() -> None:
    table = ("| From | To | Address |", "|---|---|---|", "| Web | API | `http://api-service:8000` |",
             "| API | Mail | `http://mail:25` |", "| API | Wiki | https://wiki.example.com:8443 |")  # fmt: skip
    assert said(*table) == [(10, "api-service", "port", "8000")]
    assert told(read(*NAMED, *table)) == []


def test_a_volume_that_is_always_there_is_one_of_all() -> None:
    table = ("| Volume | Mounted at | Backed by | When |", "|---|---|---|---|", "| tmp | /tmp | emptyDir | always |",
             "| x | /x | emptyDir | at times |")  # fmt: skip
    assert [fact[:3] for fact in said(*table)] == [
        (10, name, attribute) for name in ("web-app", "api-app") for attribute in ("volumes.tmp", "volumeMounts.tmp")
    ]
    assert [line for line, _ in told(read(*NAMED, *table))] == [11]


def test_a_column_of_keys_behind_one_of_words_has_the_keys() -> None:
    table = ("| Setting | Key | Value |", "|---|---|---|", "| Level | `LOG_LEVEL` | `info` |",
             "| API | `API_URL` | x |")  # fmt: skip
    assert [fact[2:] for fact in said("Plain settings are in the ConfigMap `conf`:", "", *table)][1:] == [
        ("data.LOG_LEVEL", "info"), ("data.API_URL", "x"),
    ]  # fmt: skip
    rows = ("| Setting | Key |", "|---|---|", "| Password | `db_password` |")
    assert stated(read("## Secret `auth`", "", *rows))[-1][3:] == ("data.db_password", "")
