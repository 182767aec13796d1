"""Where a variable comes from: the kind, the name and the key, however a document writes them."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated

from todo_lint.model.reading.vocabulary.sources import source_of

SOURCE = "Secret/app-auth:jwt"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("from Secret s key k", "Secret/s:k"),
        ("from Secret app-auth key jwt", SOURCE),
        ("Secret `app-auth` (key: `jwt`)", SOURCE),
        ("Secret: app-auth, Key: jwt", SOURCE),
        ("Secret/app-auth:jwt", SOURCE),
        ("Secret `app-auth`.`jwt`", SOURCE),
        ("from secret app-auth.jwt", SOURCE),
        ("secretKeyRef app-auth/jwt", SOURCE),
        ("key jwt of the Secret app-auth", SOURCE),
        ("app-auth Secret key jwt", SOURCE),
        ("from ConfigMap app-config key LOG_LEVEL", "ConfigMap/app-config:LOG_LEVEL"),
        ("app-auth (Secret)", "Secret/app-auth"),
        ("Secret `s`", "Secret/s"),
        ("from Secret `{{ .Release.Name }}-auth` key `jwt`", "Secret/{{ .Release.Name }}-auth:jwt"),
        ("from the Kubernetes Secret", "Secret"),
        ("Secret", "Secret"),
        ("Secret for signing", "Secret"),
        ("Secret key for signing", ""),
        ("the secret key used to sign", ""),
        ("a shared secret", ""),
        ("info", ""),
    ],
)
def test_a_source_is_read_whole(text: str, source: str) -> None:
    assert source_of(text) == source


def test_a_bullet_keeps_the_key_of_its_source() -> None:
    lines = ("PASS: from Secret s key k", "KEY: Secret key that signs", "LEVEL: `info` (from ConfigMap app-config)")
    model = read("## api (Deployment)", "- Env Vars:", *(f"  - {line}" for line in lines))
    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)][1:] == [
        (3, "env.PASS", ""),
        (3, "envSource.PASS", "Secret/s:k"),
        (4, "env.KEY", ""),
        (5, "env.LEVEL", "info"),
        (5, "envSource.LEVEL", "ConfigMap/app-config"),
    ]


def test_a_list_of_variables_keeps_their_sources() -> None:
    model = read("## api (Deployment)", "- Env: PASS (from Secret app-auth key jwt), PORT=80, MODE")
    assert [(attribute, value) for _, _, _, attribute, value in stated(model)][1:] == [
        ("env.PASS", ""), ("envSource.PASS", SOURCE), ("env.PORT", "80"), ("env.MODE", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "row", "source"),
    [
        ("Variable | Source", "PASS | Secret app-auth key jwt", SOURCE),
        ("Variable | Source", "PASS | Secret/app-auth", "Secret/app-auth"),
        ("Variable | Source | Secret | Key", "PASS | Secret | app-auth | jwt", SOURCE),
        ("Variable | Source | Resource | Key", "PASS | Secret | app-auth | jwt", SOURCE),
        ("Variable | Secret Name | Secret Key", "PASS | `app-auth` | `jwt`", SOURCE),
        ("Variable | Value", "PASS | from Secret app-auth key jwt", SOURCE),
        ("Variable | Source", "PASS | Secret", "Secret"),
    ],
)
def test_a_row_keeps_the_name_and_the_key_of_its_source(head: str, row: str, source: str) -> None:
    edge = "|".join("---" for _ in head.split("|"))
    model = read("## api (Deployment)", "#### Environment", f"| {head} |", f"|{edge}|", f"| {row} |")
    assert stated(model)[1:] == [
        (5, "Deployment", "api", "env.PASS", ""),
        (5, "Deployment", "api", "envSource.PASS", source),
    ]


def test_a_row_without_a_source_has_none() -> None:
    model = read(
        "## api (Deployment)",
        "| Variable | Value | Description |",
        "|-|-|-|",
        "| MODE | fast | the secret of speed |",
    )
    assert stated(model)[1:] == [(4, "Deployment", "api", "env.MODE", "fast")]
