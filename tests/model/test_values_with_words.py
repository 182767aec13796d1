"""Values with words about how they are meant: examples, what comes later, either of two, and all but one place."""

from __future__ import annotations

import pytest

from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import Kind, Modality, Statement

WEB = "## Deployments\n- **web**\n  - "
SERVICE = "## Services\n- **web**\n  - "


def _stated(document: str) -> list[Statement]:
    """What the last line of a document states."""
    return [s for s in read_markdown(document, "x.md").statements if s.line == 3 and s.understood]


@pytest.mark.parametrize(
    ("line", "value", "modality"),
    [
        ("Port: 8080 (example)", "8080", Modality.EXAMPLE),
        ("Replicas: 3 (for example)", "3", Modality.EXAMPLE),
        ("Image: web:1 (e.g. web:2)", "web:1", Modality.REQUIRED),
        ("Image: web:1 (such as web:2)", "web:1", Modality.REQUIRED),
        ("Replicas: 1 (later 3)", "1", Modality.REQUIRED),
        ("Replicas: 1 (planned: 3 replicas)", "1", Modality.REQUIRED),
        ("Image: `web:latest` (Phase 2: `web:1.0`)", "web:latest", Modality.REQUIRED),
        ("Image: web:latest (future: web:1.0)", "web:latest", Modality.REQUIRED),
        ("Replicas: 3 (later)", "3", Modality.FUTURE),
        ("Replicas: 3 (Phase 2)", "3", Modality.FUTURE),
        ("Replicas: 3 (planned, 2027)", "3", Modality.FUTURE),
        ("Replicas: 3 (planned for Q3)", "3", Modality.FUTURE),
        ("Replicas: 3 (TODO: measure load)", "3", Modality.FUTURE),
        ("Port: 8080 by default", "8080", Modality.DEFAULT),
    ],
)
def test_a_remark_is_about_the_value_or_about_another(line: str, value: str, modality: Modality) -> None:
    (statement,) = _stated(WEB + line)

    assert (statement.value, statement.modality) == (value, modality)


@pytest.mark.parametrize(
    ("line", "bounds"),
    [
        ("CPU request: min. 100m", ("100m", "")),
        ("CPU limit: 500m max", ("", "500m")),
        ("Memory limit: at most 1 GiB", ("", "1Gi")),
        ("Replicas: minimum 2, maximum 5", ("2", "5")),
        ("Replicas: min 2 / max 5", ("2", "5")),
    ],
)
def test_further_words_for_ranges(line: str, bounds: tuple[str, str]) -> None:
    (statement,) = _stated(WEB + line)

    assert (statement.modality, statement.bounds) == (Modality.RANGE, bounds)


def test_either_of_two() -> None:
    (statement,) = _stated(SERVICE + "Type: either ClusterIP or LoadBalancer")

    assert (statement.modality, statement.alternatives) == (Modality.ONE_OF, ("ClusterIP", "LoadBalancer"))


@pytest.mark.parametrize(
    "line",
    ["Type: ClusterIP (internal only), NodePort in dev", "Type: ClusterIP, or NodePort in dev"],
)
def test_a_value_for_all_but_one_environment(line: str) -> None:
    stated = _stated(SERVICE + line)

    assert [(s.value, s.environment) for s in stated] == [("ClusterIP", ""), ("NodePort", "development")]


def test_an_environment_behind_two_amounts_is_that_of_both() -> None:
    assert [s.environment for s in _stated(WEB + "Limits: 256Mi memory, 0.2 CPU in dev")] == ["development"] * 2


def test_a_value_that_may_be_for_all_or_for_the_rest_is_not_guessed() -> None:
    document = WEB + "Memory limit: 1Gi in production, 512Mi"

    (unclear,) = [s for s in read_markdown(document, "x.md").statements if s.line == 3]

    assert not unclear.understood


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        (WEB + "Memory limit: ~256Mi", "512Mi, >= 512Mi or 256Mi-1Gi"),
        (WEB + "CPU limit: 0.5 cores or so", "500m, <= 1 or 250m-500m"),
        (WEB + "Replicas: 1 → 3", "3, >= 2, 2-5 or '1 (dev), 3 (production)'"),
        (SERVICE + "Port: 80 for all, or so", "80 (external), 3000 (target)"),
    ],
)
def test_a_hint_names_a_form_that_is_read(line: str, hint: str) -> None:
    (unclear,) = [s for s in read_markdown(line, "x.md").statements if s.line == 3]

    assert not unclear.understood
    assert unclear.hint == f"its value is not understood; what is read looks like {hint}"
    for form in (hint,) if hint.endswith(")") else hint.replace(" or ", ", ").split(", ")[:2]:
        assert _stated(f"{line.rpartition(':')[0]}: {form}")


def test_keys_of_the_values_in_each_environment_are_read_below_any_heading() -> None:
    document = (
        "## Environments\n\n| Setting | staging | production |\n|---|---|---|\n"
        "| web.replicaCount | 2 | 3 |\n| web.service.type | NodePort | - |\n"
    )

    stated = [
        (s.line, s.kind, s.attribute, s.value, s.environment) for s in read_markdown(document, "x.md").statements
    ]

    assert stated == [
        (5, Kind.VALUES, "web.replicaCount", "2", "staging"),
        (5, Kind.VALUES, "web.replicaCount", "3", "production"),
        (6, Kind.VALUES, "web.service.type", "NodePort", "staging"),
    ]


def test_plain_words_in_each_environment_are_no_keys_of_the_values() -> None:
    document = "## Hosts\n\n| What | staging | production |\n|---|---|---|\n| Owner | Ann | Bob |\n"

    assert not [s for s in read_markdown(document, "x.md").statements if s.understood]
