"""Values that are changed for a trial: an item that a list does not have yet is put behind its end."""

from __future__ import annotations

import pytest

from todo_lint.findings import Route
from todo_lint.helm.merged_values import _put
from todo_lint.kubernetes_yaml.document import Json


@pytest.mark.parametrize(
    ("items", "route", "expected"),
    [
        ([], (0, "host"), [{"host": "x"}]),
        ([{"host": "a"}], (0, "host"), [{"host": "x"}]),
        ([{"host": "a"}], (2, "host"), [{"host": "a"}, {"host": "x"}]),
        ([{"paths": []}], (0, "paths", 0, "path"), [{"paths": [{"path": "x"}]}]),
        ([{}], (0, "tls", 0), [{"tls": ["x"]}]),
        ([1], (0,), ["x"]),
        (["a"], (0, "host"), ["a"]),
    ],
)
def test_a_value_is_put_into_a_list(items: list[Json], route: Route, expected: list[Json]) -> None:
    _put(items, route, "x")
    assert items == expected
