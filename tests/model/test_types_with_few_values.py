"""Types with a value in parentheses: a word where the key has few, names of variables, a default behind words."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated


@pytest.mark.parametrize(
    ("heading", "line", "expected"),
    [
        ("Shop Service", "**type**: String (NodePort)", [("type", "NodePort")]),
        ("Shop Deployment", "**replicas**: Integer (number of pods, default: 3)", [("replicas", "3")]),
        ("Shop Deployment", "**imagePullPolicy**: String (Always)", [("imagePullPolicy", "Always")]),
        ("Secret", "**keys**: Array of String (DB_URL, API_KEY)", [("data.DB_URL", ""), ("data.API_KEY", "")]),
        ("ConfigMap", "**keys**: Array of String (LOG_LEVEL)", [("data.LOG_LEVEL", "")]),
        ("Shop Service", "**type**: String (ClusterIP, NodePort)", []),
        ("Shop Service", "**type**: String (external)", []),
        ("Shop Service", "**selector**: Object (labels to match pods)", []),
        ("Shop Service", "**ports**: Array of ServicePort objects (port, targetPort)", []),
        ("Shop Deployment", "**image**: String (reference)", []),
        ("Secret", "**keys**: Array of String (names of keys)", []),
        ("Secret", "**keys**: Array of String (key)", []),
    ],
)
def test_a_type_with_a_value_behind_it(heading: str, line: str, expected: list[tuple[str, str]]) -> None:
    model = read(f"### {heading}", f"- {line}")
    assert [(attribute, value) for _, _, _, attribute, value in stated(model)] == expected
    assert {number for number, *_ in stated(model)} <= {2}


def test_keys_below_a_label_that_names_a_part_are_of_that_part() -> None:
    model = read(
        "### ConfigMap", "",
        "**Frontend ConfigMap Keys**:", "- `NODE_ENV`: mode of the application", "",
        "**Backend ConfigMap Keys**:", "- `LOG_LEVEL`: how much is logged",
    )  # fmt: skip
    assert stated(model) == [
        (4, "ConfigMap", "frontend", "data.NODE_ENV", ""),
        (7, "ConfigMap", "backend", "data.LOG_LEVEL", ""),
    ]
