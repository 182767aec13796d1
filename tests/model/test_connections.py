"""Who calls whom: each connection of a line is read, and one that is not understood is told."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

from todo_lint.model.contradictions import contradictions

LIKE = "what is read looks like web -> api:8000"
BOTH = [("api", "name", "api"), ("db", "name", "db"), ("api", "port", "8000"), ("db", "port", "5432")]


@pytest.mark.parametrize(
    "sentence",
    [
        "web -> api:8000, worker -> db:5432",
        "web → `api:8000` and worker → `db:5432`",
        "web -> api:8000 -> db:5432",
        "web → http://api:8000; worker → db (port 5432)",
        "the web calls api:8000, the worker connects to db:5432",
    ],
)
def test_every_connection_of_a_line_is_read(sentence: str) -> None:
    model = read("## Networking", f"- **Internal Communication**: {sentence}")
    assert [(name, attribute, value) for _, _, name, attribute, value in stated(model)] == BOTH
    assert told(model) == []


def test_a_connection_that_is_not_understood_is_told_beside_the_others() -> None:
    model = read("## Networking", "- **Internal Communication**: web -> api:80O0, worker -> db:5432, web -> shop-api")
    assert told(model) == [(2, f"'web -> api:80O0' and 'web -> shop-api' are not understood; {LIKE}")]
    assert [(name, value) for _, _, name, _, value in stated(model)] == [("db", "db"), ("db", "5432")]


def test_a_connection_with_another_port_contradicts_the_service() -> None:
    lines = ("## Services", "- **api**", "  - Port: 8080", "## Networking")
    (found,) = contradictions(read(*lines, "- **Internal Communication**: web -> api:8000, web -> db:5432"))
    assert found.message == "line 5 names port 8000 of Service api; line 3 gives it 8080"
    assert contradictions(read(*lines, "- **Internal Communication**: web -> api:8080")) == ()


@pytest.mark.parametrize(
    "row",
    ["clusterIP | None", "Cluster IP | `None`", "clusterIP | none", "Headless | yes", "type | ClusterIP (headless)"],
)
def test_a_headless_service_has_no_cluster_ip(row: str) -> None:
    model = read("## web (Service)", "| Attribute | Value |", "|---|---|", f"| {row} |")
    assert (4, "Service", "web", "clusterIP", "None") in stated(model)
    assert told(model) == []


def test_a_column_can_say_that_services_are_headless() -> None:
    model = read("## Services", "| Name | Cluster IP |", "|---|---|", "| db | None |", "| web | - |")
    assert [fact for fact in stated(model) if fact[3] != "name"] == [(4, "Service", "db", "clusterIP", "None")]


@pytest.mark.parametrize("row", ["clusterIP | -", "clusterIP | n/a", "nodePort | None", "selector | none"])
def test_other_ways_to_write_nothing_state_nothing(row: str) -> None:
    model = read("## web (Service)", "| Attribute | Value |", "|---|---|", f"| {row} |")
    assert [fact[3] for fact in stated(model)] == ["name"]
    assert told(model) == []
