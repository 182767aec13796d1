"""Headings that name a kind and a part of the system, ``Deployment: Frontend``, ``Service (Backend)``."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, prose, read, stated, told

from todo_lint.findings import Verdict

TABLE = ("", "| Attribute | Value |", "|---|---|")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("### Deployment: Frontend", "Deployment"),
        ("### 4. Deployment (Frontend)", "Deployment"),
        ("## Entity 2: Deployment (Frontend)", "Deployment"),
        ("### Deployment \u2013 API Server", "Deployment"),
        ("### Deployment: Order Mailer", "Deployment"),
    ],
)
def test_the_part_is_what_a_resource_is_known_as(heading: str, kind: str) -> None:
    model = read(heading, *TABLE, "| Replicas | 2 |")
    (line, of, name, attribute, value) = stated(model)[0]

    assert (line, of, attribute, value) == (5, kind, "replicas", "2")
    assert name in ("frontend", "api-server", "order-mailer")
    assert told(model) == []


def test_a_row_with_its_name_names_it() -> None:
    model = read("### Deployment: Order Mailer", *TABLE, "| Name | shop-mailer |", "| Replicas | 2 |")

    assert [fact[2:] for fact in stated(model)] == [
        ("shop-mailer", "name", "shop-mailer"),
        ("shop-mailer", "replicas", "2"),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("### Service: Responsibilities", "- Routing: of requests to pods", "- Ports of all kinds"),
        ("### Deployment: Steps", "1. Build: with make", "2. Push: to the registry"),
        ("### Secret: Rotation", "- Interval: every 90 days"),
        ("### Deployment (Recommended)", "- It takes a while"),
    ],
)
def test_what_is_no_part_of_the_system_names_nothing(lines: tuple[str, ...]) -> None:
    model = read(*lines)

    assert stated(model) == []
    assert told(model) == []


def test_data_below_a_part_are_keys_of_its_config() -> None:
    table = ("", "| Key | Type | Description |", "|---|---|---|")
    model = read(
        *("### 8. ConfigMap (Backend)", *table, "| LOG_LEVEL | string | how much (`20`) |", "| level | string | x |"),
        *("### Secret: Shop Mailer", *table, "| SMTP_KEY | string | of the relay |"),
    )

    assert stated(model) == [
        (5, "ConfigMap", "backend", "data.LOG_LEVEL", "20"),
        (11, "Secret", "shop-mailer", "data.SMTP_KEY", ""),
    ]
    assert 6 in prose(model)


def test_a_description_that_says_the_key_again_holds_its_value() -> None:
    rows = (
        "| tag | string | Image tag: `1.2` |",
        "| port | integer | Container port: 80 |",
        "| tag | string | Note: `x` |",
    )
    model = read("### Docker Image (Frontend)", "", "| Attribute | Type | Description |", "|---|---|---|", *rows)

    assert [(line, key, value) for line, _, _, key, value in stated(model)] == [
        (5, "image.tag", "1.2"),
        (6, "containerPort", "80"),
    ]


def test_what_is_said_of_another_chart_is_not_held_against_this_one() -> None:
    rows = ("", "| Attribute | Value |", "|---|---|", "| Name | {} |", "| Version | {} |")
    model = read(
        *("### Chart: Frontend", *(row.format("shop-web") for row in rows[:-1]), rows[-1].format("9.9.9")),
        *("### Chart: Backend", *(row.format("shop") for row in rows[:-1]), rows[-1].format("1.0.0")),
    )

    assert outcomes(model, "") == [
        (5, Verdict.NOT_CHECKABLE),
        (6, Verdict.NOT_CHECKABLE),
        (11, Verdict.HOLDS),
        (12, Verdict.MISSING),
    ]


DEPLOYMENT = """---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {}}}
spec: {{replicas: 1, selector: {{}}, template: {{}}}}
"""


def test_what_is_only_described_is_the_one_that_shares_a_word() -> None:
    described = ("| Workload | Kind | Replicas |", "|---|---|---|", "| Backend API | Deployment | 1 |")
    model = read("## Architecture", "", *described)

    assert outcomes(model, DEPLOYMENT.format("shop-backend") + DEPLOYMENT.format("shop-web")) == [(5, Verdict.HOLDS)]
    assert outcomes(model, DEPLOYMENT.format("shop-backend") + DEPLOYMENT.format("shop-api")) == [
        (5, Verdict.MISSING)
    ]
    assert outcomes(model, DEPLOYMENT.format("shop-web")) == [(5, Verdict.MISSING)]
