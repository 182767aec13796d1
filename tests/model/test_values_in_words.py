"""Values within words that explain a key, and lists of variables that all workloads have."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

CONFIG = "## ConfigMap: shop-config"


@pytest.mark.parametrize(
    ("line", "value", "modality"),
    [
        ("- `api_url` - URL of the API inside the cluster (`http://api:8000`)", "http://api:8000", "required"),
        ("- `workers` - how many workers it starts (4)", "4", "required"),
        ("- `origins` - comma separated, `*` by default", "*", "default"),
        ("- `LOG_LEVEL`: how much is logged (default `info`)", "info", "default"),
        ("- `LOG_LEVEL`: string (default: info)", "info", "default"),
        ("- `LOG_LEVEL`: `info` for the whole team", "info", "required"),
    ],
)
def test_a_value_within_words_is_the_value(line: str, value: str, modality: str) -> None:
    (found,) = [s for s in read(CONFIG, line).statements if s.line == 2]

    assert (found.value, found.modality, found.understood) == (value, modality, True)


@pytest.mark.parametrize(
    "line",
    [
        "- `mode` - how it runs (see `main.py`)",
        "- `pool` - size of the pool, at least (4)",
        "- `level` - how much is logged (`debug`, `info` or `warn`)",
        "- `api_url` - what the browser calls (`API_URL`)",
    ],
)
def test_other_words_in_parentheses_are_no_value(line: str) -> None:
    assert [fact[4] for fact in stated(read(CONFIG, line)) if fact[0] == 2] == [""]


def test_a_value_that_holds_at_times_is_told() -> None:
    model = read(CONFIG, "- `debug` - `false` in every environment except local ones")

    assert [line for line, _ in told(model)] == [2]
    assert [fact for fact in stated(model) if fact[0] == 2] == []


WORKLOADS = ("## Deployments", "- **web-app**", "- **api-app**", "## Environment variables", "")


def test_variables_that_all_workloads_read_are_those_of_each() -> None:
    model = read(
        *WORKLOADS,
        "All pods read these variables:",
        "",
        "- `api_url` - where the API is (`http://api:8000`)",
        "- `token`, `dsn` - from the **secret**, never commit them",
    )

    assert [fact for fact in stated(model) if fact[0] == 8] == [
        (8, "Deployment", "web-app", "env.api_url", "http://api:8000"),
        (8, "Deployment", "api-app", "env.api_url", "http://api:8000"),
    ]
    assert [fact[2:] for fact in stated(model) if fact[0] == 9] == [
        (name, f"{prefix}.{key}", value)
        for name in ("web-app", "api-app")
        for key in ("token", "dsn")
        for prefix, value in (("env", ""), ("envSource", "Secret"))
    ]


@pytest.mark.parametrize("said", ["Some pods read these variables:", "All pods are restarted, in this order:"])
def test_other_announcements_are_of_none(said: str) -> None:
    model = read(*WORKLOADS, said, "", "- `api_url` - where the API is (`http://api:8000`)")

    assert [fact for fact in stated(model) if fact[0] == 8] == []
