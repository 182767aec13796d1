"""Sentences about resources: what is read of them, what is told of them, and what explains."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated, told

_AMOUNTS = (("requests.cpu", "300m"), ("requests.memory", "512Mi"), ("limits.memory", "1Gi"))
WEB = ("## Deployment: web-app", "", "- Replicas: 2", "", "## Notes", "")
"""A document that names a Deployment; what follows stands on line 7."""


def said(*lines: str) -> list[tuple[str, str, str, str]]:
    """Kind, name, attribute and value of what lines say below WEB, without the names of entities."""
    return [(k, n, a, v) for line, k, n, a, v in stated(read(*WEB, *lines)) if line > 6 and a != "name"]


@pytest.mark.parametrize(
    ("sentence", "kind", "name", "facts"),
    [
        ("The Deployment `api` has 7 replicas.", "Deployment", "api", {"replicas": "7"}),
        ("`web-app` runs a single replica.", "Deployment", "web-app", {"replicas": "1"}),
        ("`web-service` is of type NodePort.", "Service", "web-service", {"type": "NodePort"}),
        ("`web-service` SHALL be of type NodePort.", "Service", "web-service", {"type": "NodePort"}),
        (
            "The `web` service SHALL forward port 80 to port 3000 of the web pods.",
            *("Service", "web", {"port": "80", "targetPort": "3000"}),
        ),
        ("The web image is `shop/web:1.2`.", "Deployment", "web-app", {"image": "shop/web:1.2"}),
        ("The web container listens on port 3000, so that it needs no root.", "Deployment", "web-app",
         {"containerPort": "3000"}),
        (
            "Settings live in the ConfigMap `shop-config` under the keys `log_level` and `api_url`.",
            *("ConfigMap", "shop-config", {"data.log_level": "", "data.api_url": ""}),
        ),
        ("The pull policy of `web-app` is Never.", "Deployment", "web-app", {"imagePullPolicy": "Never"}),
        ("The pull policy of all is Never.", "Deployment", "web-app", {"imagePullPolicy": "Never"}),
        ("Replicas of `web-app`: 3", "Deployment", "web-app", {"replicas": "3"}),
        ("The memory limit of `web-app` is 1Gi.", "Deployment", "web-app", {"resources.limits.memory": "1Gi"}),
        ("The web container MUST have a memory limit of 1Gi.", "Deployment", "web-app",
         {"resources.limits.memory": "1Gi"}),
        ("web-service NodePort 80->3000", "Service", "web-service",
         {"type": "NodePort", "port": "80", "targetPort": "3000"}),
        ("`web-service` exposes the site on a NodePort.", "Service", "web-service", {"type": "NodePort"}),
        ("The site runs as `web-app`, one replica, image `web:1`.", "Deployment", "web-app",
         {"replicas": "1", "image": "web:1"}),
        ("`token` and `dsn` live in the Secret `shop-secrets`.", "Secret", "shop-secrets",
         {"data.token": "", "data.dsn": ""}),
        ("The chart is named shop and has version 0.1.0.", "Chart", "shop", {"version": "0.1.0"}),
        ("Containers run as the non-root user 1000.", "Deployment", "web-app",
         {"securityContext.runAsNonRoot": "true", "securityContext.runAsUser": "1000"}),
        (
            "The web app, which is small, requests 300m CPU and 512Mi and is limited to 1Gi.",
            *("Deployment", "web-app"),
            {f"resources.{of}": value for of, value in _AMOUNTS},
        ),
    ],
)  # fmt: skip
def test_what_a_sentence_says_is_read(sentence: str, kind: str, name: str, facts: dict[str, str]) -> None:
    assert said(sentence) == [(kind, name, attribute, value) for attribute, value in facts.items()]
    assert told(read(*WEB, sentence)) == []


def test_each_subject_of_a_sentence_has_its_own() -> None:
    model = read(
        "We run the site as a Deployment named `web` with one replica of `shop/web:1`.",
        "The worker is a second Deployment, `worker`, with 3 replicas; its image is `shop/worker:2`.",
    )
    assert [fact for fact in stated(model) if fact[3] != "name"] == [
        (1, "Deployment", "web", "replicas", "1"),
        (1, "Deployment", "web", "image", "shop/web:1"),
        (2, "Deployment", "worker", "replicas", "3"),
        (2, "Deployment", "worker", "image", "shop/worker:2"),
    ]


def test_a_sentence_of_two_resources_is_of_both() -> None:
    assert said("`web-app` and `api-deployment` have 3 replicas each.") == [
        ("Deployment", "api-deployment", "replicas", "3"),
        ("Deployment", "web-app", "replicas", "3"),
    ]


def test_a_paragraph_of_facts_below_a_name_is_read_where_all_of_it_is_understood() -> None:
    model = read("### api-deployment", "", "Image `api:1`, port 8000, 2 replicas.", "", "Image `api:2`, and 4 moons.")
    assert [fact for fact in stated(model) if fact[3] != "name"] == [
        (3, "Deployment", "api-deployment", "image", "api:1"),
        (3, "Deployment", "api-deployment", "containerPort", "8000"),
        (3, "Deployment", "api-deployment", "replicas", "2"),
    ]
    assert [line for line, _ in told(model)] == [5]


def test_items_below_a_sentence_that_announces_them_are_its_keys() -> None:
    model = read(
        "1. A ConfigMap named `shop-config` SHALL exist with:",
        "   a. `api_url` = `http://api:8000`",
        "   b. `debug` = `false`",
        "",
        "The Secret `shop-secrets` contains:",
        "",
        "- `token`",
    )
    assert stated(model) == [
        (1, "ConfigMap", "shop-config", "name", "shop-config"),
        (2, "ConfigMap", "shop-config", "data.api_url", "http://api:8000"),
        (3, "ConfigMap", "shop-config", "data.debug", "false"),
        (5, "Secret", "shop-secrets", "name", "shop-secrets"),
        (7, "Secret", "shop-secrets", "data.token", ""),
    ]


def test_a_key_of_a_config_map_is_given_its_value() -> None:
    model = read("The ConfigMap `shop-config` contains the keys `debug`.", "", '`debug` is `"false"` by default.')
    assert (3, "ConfigMap", "shop-config", "data.debug", "false") in stated(model)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("For `web-app` we settled on 200m of CPU.", "200m"),
        ("Traffic to `web-app` arrives through port 3000 in the end.", "port 3000"),
        ("The web tier copes with 7 replicas.", "7 replicas"),
        ("For `web-app` the probe goes to `/health` all the time.", "/health"),
    ],
)
def test_a_value_that_nothing_states_is_told_with_a_form_that_is_read(sentence: str, value: str) -> None:
    ((line, hint),) = told(read(*WEB, sentence))
    assert line == 7
    assert hint.startswith(f"'{value}' is not understood; a ")


@pytest.mark.parametrize(
    "sentence",
    [
        "`web-app` copes with 2 replicas under load.",  # stated above
        "`web-app` could run with 7 replicas.",
        "`web-app` does not need port 3000.",
        "When `web-app` has 7 replicas, the database is slow.",
        "Run `kubectl scale deploy web-app` for 7 replicas.",
        "We considered `web-app` with 7 replicas.",
        "A laptop with port 3000 in use is no problem.",
        "`web-app` is written in TypeScript 5.",
    ],
)
def test_what_explains_is_no_statement(sentence: str) -> None:
    assert said(sentence) == []
    assert told(read(*WEB, sentence)) == []


def test_a_denied_or_doubted_clause_states_nothing_and_the_other_does() -> None:
    assert said("The site must not be reached directly, so `web-service` is of type ClusterIP.") == [
        ("Service", "web-service", "type", "ClusterIP")
    ]
    assert said("`web-service` must not be of type NodePort.") == []


def test_a_name_of_two_kinds_is_not_guessed() -> None:
    model = read("## Deployment: `web`", "", "- Replicas: 2", "", "## Service: `web`", "", "`web` has 7 replicas.")
    assert all(line != 7 for line, *_ in stated(model))
    assert [line for line, _ in told(model)] == [7]


def test_sections_of_the_future_and_examples_are_left_alone() -> None:
    for heading in ("## Future Work", "## Troubleshooting", "## Example", "## Context", "## Alternatives"):
        model = read(heading, "", "The Deployment `web` has 7 replicas.")
        assert not model.statements


def test_a_verb_without_a_subject_is_of_the_entity_above() -> None:
    model = read("- **web-app** (Deployment)", "  - Security", "    - Runs as user 1000, group 1000")
    assert [fact[3:] for fact in stated(model)[1:]] == [
        ("securityContext.runAsUser", "1000"), ("securityContext.runAsGroup", "1000"),
    ]  # fmt: skip


def test_what_is_selected_and_read_is_read_where_relationships_are_listed() -> None:
    entities = ("## Service: `web-service`", "- Port: 80", "## ConfigMap: `shop-config`", "- debug: false")
    model = read(
        *entities,
        "## Deployment: web-app",
        "- Replicas: 2",
        "",
        "**Relationships**:",
        "- Selected by: `web-service` (label `app: web`)",
        "- Selected by `web-service` through label `tier=front`",
        "- Reads: `shop-config` through `envFrom`",
        "- Runs on port 3000",
    )
    assert [fact for fact in stated(model) if fact[0] > 8] == [
        (9, "Service", "web-service", "selector", "app=web"),
        (10, "Service", "web-service", "selector", "tier=front"),
        (11, "Deployment", "web-app", "env.from", "ConfigMap/shop-config"),
    ]
    assert told(model) == []


def test_a_line_of_the_future_that_is_half_understood_is_prose() -> None:
    model = read("## Future", "", "- **HorizontalPodAutoscaler**: min 1, max 5 replicas at 80% CPU")
    assert told(model) == []
    assert [s.modality for s in model.statements] == ["future"]


def test_the_value_of_a_secret_in_a_sentence_is_not_shown() -> None:
    model = read("The Secret `shop-secrets` contains the keys `token`.", "", "`token` is `hunter2` by default.")
    assert all("hunter2" not in s.text and s.value != "hunter2" for s in model.statements)
