"""Lists whose items are kinds, components and names of resources, with their facts nested below."""

from __future__ import annotations

from tests.model.reading import prose, read, stated, told


def test_a_name_in_code_marks_that_ends_in_a_kind_is_taken_whole() -> None:
    model = read("3. Workloads", "   1. `web-deployment`", "      1. Number of replicas: 2")
    assert stated(model) == [
        (2, "Deployment", "web-deployment", "name", "web-deployment"),
        (3, "Deployment", "web-deployment", "replicas", "2"),
    ]


def test_words_that_end_in_a_kind_describe_one() -> None:
    model = read("- **Web Deployment**", "  - Replicas: 2")
    assert stated(model) == [(2, "Deployment", "web", "replicas", "2")]


def test_what_is_requested_and_what_is_the_limit_stand_in_one_line() -> None:
    model = read("- **web-deployment** (Deployment)", "  - CPU: 200m requested, 500m limit")
    assert stated(model)[1:] == [
        (2, "Deployment", "web-deployment", "resources.requests.cpu", "200m"),
        (2, "Deployment", "web-deployment", "resources.limits.cpu", "500m"),
    ]
    assert told(model) == []
    assert prose(model) == []
