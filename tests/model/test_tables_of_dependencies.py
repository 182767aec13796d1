"""Tables of dependencies below any heading: a chart, and the address that it is from."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated

URL = "https://charts.example.com"


@pytest.mark.parametrize("head", ["Chart", "Dependency", "Subchart"])
def test_a_chart_and_its_repository_are_a_dependency(head: str) -> None:
    model = read(
        "## Needs", "", f"| {head} | Repository | Purpose |", "|---|---|---|", f"| `redis` | `{URL}` | cache |"
    )

    assert stated(model) == [(5, "Chart", "Chart.yaml", "dependencies.redis.repository", URL)]


@pytest.mark.parametrize("cell", ["docker.io/redis", "-", "our own"])
def test_a_repository_that_is_no_address_of_charts_is_none(cell: str) -> None:
    model = read(
        "## Needs", "", "| Chart | Repository | Purpose |", "|---|---|---|", f"| `redis` | `{cell}` | cache |"
    )

    assert stated(model) == []
