"""Keys of the values that stand behind the first column, or have a sentinel in the place of a default."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told

HEAD = ("## ConfigMap `proxy-config`", "", "| Variable in it | values.yaml key | Description |", "|---|---|---|")


def test_a_column_of_keys_states_them_with_the_values_behind_the_words() -> None:
    model = read(
        *HEAD, "| `{{ .Values.proxy.port }}` | `proxy.port` | the port (8080) |",
        "| `{{ .Values.proxy.host }}` | `proxy.host` | the host (REQUIRED) |", "| `127.0.0.1` | hardcoded | local |",
    )  # fmt: skip

    assert stated(model)[1:] == [
        (5, "Values", "values.yaml", "proxy.port", "8080"),
        (6, "Values", "values.yaml", "proxy.host", ""),
    ]
    assert (told(model), 7 in prose(model)) == ([], True)


def test_a_column_of_other_things_is_none_of_keys() -> None:
    model = read(*HEAD, "| a | `proxy.port` | the port (8080) |", "| b | see the file | the host |")

    assert [kind for _, kind, *_ in stated(model)] == ["ConfigMap"]


@pytest.mark.parametrize("head", ["Sentinel", "Initial value"])
def test_a_sentinel_is_what_stands_in_the_file(head: str) -> None:
    model = read(
        "## 4. Values / Configuration (`values.yaml`)", "", f"| Key | {head} | Description |", "|---|---|---|",
        '| `proxy.host` | `"HOST_REQUIRED"` | the host |',
    )  # fmt: skip

    assert stated(model) == [(5, "Values", "values.yaml", "proxy.host", "HOST_REQUIRED")]


def test_a_heading_with_another_file_in_parentheses_is_none_of_values() -> None:
    model = read("## Configuration (`settings.yaml`)", "", "- proxy.host: here")

    assert stated(model) == []
