"""Headings that name a part of the system: what stands below, or the heading above, says what kind that is."""

from __future__ import annotations

import pytest

from todo_lint.model.reader import read_markdown


def _facts(*lines: str) -> list[tuple[int, str, str, str]]:
    model = read_markdown("\n".join(lines) + "\n", "data-model.md")
    return [(s.line, s.subject, s.attribute, s.value) for s in model.statements if s.understood]


def _unclear(*lines: str) -> list[int]:
    model = read_markdown("\n".join(lines) + "\n", "data-model.md")
    return [s.line for s in model.statements if not s.understood]


@pytest.mark.parametrize(
    "lines",
    [
        ("- **Kind**: StatefulSet", "- Replicas: 2"),
        ("- Workload type: Stateful Set", "- Replicas: 2"),
        ("**Type**: StatefulSet", "**Replicas**: 2"),
    ],
)
def test_a_line_says_what_kind_a_component_is(lines: tuple[str, ...]) -> None:
    assert _facts("## Components", "### The Database", *lines) == [(4, "StatefulSet database", "replicas", "2")]


def test_a_row_says_what_kind_a_component_is() -> None:
    rows = ("| Property | Value |", "|---|---|", "| Kind | Deployment |", "| Name | web |", "| Replicas | 2 |")

    assert _facts("### Frontend", *rows) == [
        (5, "Deployment web", "name", "web"), (6, "Deployment web", "replicas", "2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["- Kind: Deployments", "- Kind: of a server", "- Type: Image", "- Kinder: Deployment"]
)
def test_other_words_say_no_kind(line: str) -> None:
    assert _facts("## Components", "### Frontend", line, "- Replicas: 2") == []


def test_a_kind_behind_the_next_heading_is_not_that_of_this_one() -> None:
    assert _facts("### Frontend", "- Replicas: 2", "### Backend", "- Kind: Deployment", "- Replicas: 3") == [
        (5, "Deployment backend", "replicas", "3"),
    ]  # fmt: skip


def test_below_a_heading_of_several_a_heading_names_one_of_them() -> None:
    assert _facts("## Services", "### Frontend", "- Name: web", "- Port: 80", "### The API", "- Port: 8000") == [
        (3, "Service web", "name", "web"), (4, "Service web", "port", "80"), (6, "Service api", "port", "8000"),
    ]  # fmt: skip


def test_a_heading_may_call_it_a_component_and_one_of_dapr_says_so_by_its_type() -> None:
    assert _facts("### Component: `web-app`", "- Kind: Deployment", "- Replicas: 2") == [
        (1, "Deployment web-app", "name", "web-app"), (3, "Deployment web-app", "replicas", "2"),
    ]  # fmt: skip
    assert _facts("### Component: Front end", "- Kind: Deployment", "- Replicas: 2")[-1][1] == "Deployment front-end"
    assert _facts("### Component: `events`", "- Type: pubsub.redis", "- Version: v1") == [
        (1, "Component events", "name", "events"), (2, "Component events", "spec.type", "pubsub.redis"),
        (3, "Component events", "spec.version", "v1"),
    ]  # fmt: skip
    assert _facts("### Component: `events`", "- Type: pubsub", "- Version: v1") == []
    assert _facts("### Dapr Component: `events`", "- Type: pubsub.redis")[1][2:] == ("spec.type", "pubsub.redis")


def test_a_heading_of_another_part_is_not_about_the_resource_above_it() -> None:
    above = ("## shop-api (Service)", "- Type: NodePort")
    assert _facts(*above, "### Frontend (Next.js)", "- Port: 3000")[2:] == []
    assert _unclear(*above, "### Frontend (Next.js)", "- Port: 3000") == [4]
    assert _facts(*above, "### API", "- Port: 8000")[2:] == [(4, "Service shop-api", "port", "8000")]
    assert _facts(*above, "### Ports", "- Port: 8000")[2:] == [(4, "Service shop-api", "port", "8000")]
    assert _facts("## Deployment", "### Frontend", "- Replicas: 2", "### API", "- Replicas: 3") == [
        (3, "Deployment frontend", "replicas", "2"), (5, "Deployment api", "replicas", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Environments", "Per environment", "Staging", "Production", "Overrides"])
def test_a_heading_of_environments_names_no_resource_and_its_lines_are_told(heading: str) -> None:
    rows = ("| Key | dev | prod |", "|---|---|---|", "| Replicas | 1 | 3 |")
    assert _facts("## Deployments", "- **web**", "  - Replicas: 2", f"### {heading}", *rows)[2:] == []
    assert _unclear("## Deployments", "- **web**", "  - Replicas: 2", f"### {heading}", *rows) == [7]
    assert _unclear("## Deployments", f"### {heading}", "- Replicas: 3") == [3]

    named = _facts("## Deployment `web`", f"### {heading}", *rows)
    assert [(line, what, value) for line, _, what, value in named] == [
        (1, "name", "web"), (5, "replicas", "1"), (5, "replicas", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Common Settings", "Ports", "How the shop is seen from outside", "Overview"])
def test_a_heading_that_speaks_of_several_names_none(heading: str) -> None:
    assert _facts("## Services", f"### {heading}", "- Port: 80") == []
    assert _unclear("## Services", f"### {heading}", "- Port: 80") == [3]


def test_a_heading_below_which_nothing_is_stated_names_none() -> None:
    assert _facts("## Services", "### Frontend", "- Purpose: shows the shop") == []


def test_rows_that_name_their_configmap_or_secret_state_its_keys() -> None:
    rows = ("| Key | Source | Value |", "|---|---|---|", "| API_URL | ConfigMap shop-config | http://api:8000 |",
            "| JWT | Secret shop-secrets | hunter2-hunter2 |")  # fmt: skip
    model = read_markdown("\n".join(("## Configuration", *rows)), "data-model.md")

    assert _facts("## Configuration", *rows) == [
        (4, "ConfigMap shop-config", "name", "shop-config"),
        (4, "ConfigMap shop-config", "data.API_URL", "http://api:8000"),
        (5, "Secret shop-secrets", "name", "shop-secrets"), (5, "Secret shop-secrets", "data.JWT", ""),
    ]  # fmt: skip
    assert "hunter2" not in repr(model)


def test_rows_of_which_one_names_no_source_are_left() -> None:
    rows = ("| Key | Source | Value |", "|---|---|---|", "| A | ConfigMap shop-config | 1 |", "| B | the team | 2 |")

    assert _facts("## Configuration", *rows) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("`web` (NodePort, 80 → 3000)", {"name": "web", "type": "NodePort", "port": "80", "targetPort": "3000"}),
        ("web-svc:8000 (ClusterIP)", {"name": "web-svc", "type": "ClusterIP", "port": "8000"}),
        ("web-svc:8000", {"name": "web-svc", "port": "8000"}),
    ],
)
def test_a_workload_says_which_service_it_has(value: str, expected: dict[str, str]) -> None:
    facts = _facts("## Deployment: app", f"- **Service**: {value}")

    assert {attribute: said for _, subject, attribute, said in facts if subject.startswith("Service")} == expected


@pytest.mark.parametrize("value", ["web (the one of the shop)", "see below", "web (ClusterIP, 80 or so)"])
def test_other_words_about_a_service_state_none(value: str) -> None:
    assert all(
        not subject.startswith("Service") for _, subject, _, _ in _facts("## Deployment: app", f"- Service: {value}")
    )


def test_a_namespace_is_read_outside_of_any_entity() -> None:
    assert _facts("## Cluster", "1. Namespace: shop", "2. Namespace: chosen by the team") == [
        (2, "Namespace shop", "name", "shop"),
    ]  # fmt: skip


def test_a_line_can_begin_with_the_kind_and_the_name() -> None:
    lines = ("- StatefulSet `db`, image `postgres:16`, 1 replica", "- Image `postgres:16`, pulled once",
             "- Service `db` is what the api asks")  # fmt: skip

    assert _facts("### Database", *lines) == [
        (2, "StatefulSet db", "name", "db"), (2, "StatefulSet db", "image", "postgres:16"),
        (2, "StatefulSet db", "replicas", "1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("- `shop-web`: the pages, port 3000", {"name": "shop-web", "containerPort": "3000"}),
        (
            "1. **shop-api:1.4** (FastAPI, port 8000)",
            {"name": "shop-api", "image.tag": "1.4", "containerPort": "8000"},
        ),
        ("- `acme/web:1.4` built by the team", {"name": "acme/web", "image.tag": "1.4"}),
    ],
)
def test_images_are_read_in_a_list(line: str, expected: dict[str, str]) -> None:
    facts = _facts("## Container Images", line)

    assert {subject for _, subject, _, _ in facts} == {f"Image {expected['name']}"}
    assert {attribute: value for _, _, attribute, value in facts} == expected


@pytest.mark.parametrize("line", ["- `Dockerfile` in each folder", "- shop-web: the pages", "- **Notes**: none"])
def test_other_lines_below_images_name_none(line: str) -> None:
    assert _facts("## Container Images", line) == []


def test_what_a_listed_image_says_with_a_number_and_no_word_is_told() -> None:
    assert _unclear("## Container Images", "- `shop-web`: listening at 3000") == [2]


def test_the_key_in_its_own_column_is_that_of_the_secret() -> None:
    rows = ("| Variable | Source | Object | Key |", "|---|---|---|---|", "| DATABASE_URL | Secret | shop-db | dsn |")

    assert _facts("## Configuration", *rows)[-1] == (4, "Secret shop-db", "data.dsn", "")
