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


@pytest.mark.parametrize("name", ["url-shortener", "any-0", "map-api", "object-store", "date-1", "path-finder"])
def test_a_name_that_begins_with_the_name_of_a_type_is_a_name(name: str) -> None:
    model = read("### Deployment: `web`", f"- Image: {name}:1.2", f"- Service Account: {name}", f"- Name: {name}")
    assert [(line, value) for line, _, _, attribute, value in stated(model) if attribute != "name"] == [
        (2, f"{name}:1.2"), (3, name),
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["url - where it is", "url: where it is", "map of texts", "path, absolute", "date"])
def test_a_type_with_words_behind_it_states_nothing(said: str) -> None:
    assert stated(read("### Deployment: `web`", f"- Service Account: {said}"))[1:] == []
