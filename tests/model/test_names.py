"""Entities are found by the names that a document has given them so far."""

from __future__ import annotations

import pytest
from tests.model.reading import read

from todo_lint.model import naming
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.names import Names, parts_of

SERVICE, DEPLOYMENT = "Service", "Deployment"


def test_the_first_that_has_a_name_is_found() -> None:
    names = Names()
    late, early = Entity(DEPLOYMENT, "web"), Entity(SERVICE, "web")
    names.add(early)
    names.add(late)
    names.add(Entity(SERVICE, "web"))

    assert names.named((DEPLOYMENT, SERVICE), "web") is early
    assert names.named((DEPLOYMENT,), "web") is late
    assert names.named((SERVICE,), "api") is None


def test_a_description_is_a_name_until_there_is_one() -> None:
    names = Names()
    described = Entity(SERVICE, role="backend")
    names.add(described)
    assert names.named((SERVICE,), "backend") is described

    described.stated = "api-service"
    names.renamed(described)
    assert names.named((SERVICE,), "backend") is None
    assert names.named((SERVICE,), "api-service") is described


def test_what_is_not_noted_is_not_found_under_a_new_name() -> None:
    names = Names()
    stranger = Entity(SERVICE, stated="web")
    names.renamed(stranger)

    assert stranger not in names
    assert names.named((SERVICE,), "web") is None


def test_a_part_of_a_name_counts_where_only_one_name_has_it() -> None:
    names = Names()
    first = Entity(DEPLOYMENT, "shop-web-deployment")
    names.add(first)
    names.add(Entity(DEPLOYMENT, "shop-api-deployment"))

    assert names.only_part((DEPLOYMENT,), "web") is first
    assert names.only_part((DEPLOYMENT,), "shop") is None
    assert names.only_part((DEPLOYMENT,), "we") is None


def test_parts_are_all_runs_of_a_name() -> None:
    assert set(parts_of("a-b-c")) == {"a", "b", "c", "a-b", "b-c", "a-b-c"}
    assert len(list(parts_of("-".join("x" * 500)))) < 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PostgreSQL", ("postgresql",)),
        ("MySQL primary", ("mysql", "primary")),
        ("shopRabbitMQ", ("shop", "rabbitmq")),
        ("MongoDB", ("mongodb",)),
        ("InfluxDB", ("influxdb",)),
        ("MinIO", ("minio",)),
        # near misses: an abbreviation behind a word is a word of its own
        ("BackendAPI", ("backend", "api")),
        ("OrdersDB", ("orders", "db")),
        ("AdminIOQueue", ("admin", "ioqueue")),
    ],
)
def test_products_are_spelt_as_one_word(name: str, words: tuple[str, ...]) -> None:
    assert naming.words(name) == words


def test_a_part_that_is_a_product_has_its_name() -> None:
    model = read(
        "## Services",
        "",
        "| Component | Type | Port |",
        "|---|---|---|",
        "| PostgreSQL | ClusterIP | 5432 |",
        "| OrderAPI | ClusterIP | 8000 |",
    )

    assert {statement.name for statement in model.statements} == {"postgresql", "order-api"}
