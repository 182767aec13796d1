"""Which words speak of a secret, which only look so, and what is left of a line when the secret is taken out."""

from __future__ import annotations

import pytest
from tests.model.reading import read

from todo_lint.helm.secrets import SECRET_NAME
from todo_lint.model.secrecy import HIDDEN, masked, names_secret, redacted


@pytest.mark.parametrize(
    "name",
    ["smtp_pass", "SMTP_PASS", "smtpPass", "pass", "db-pass", "passphrase", "auth_header", "authHeader",
     "Authorization", "signing_key", "JWT_SECRET", "betterAuthSecret", "cookie_secret", "apiKey", "creds"],
)  # fmt: skip
def test_a_name_that_speaks_of_a_secret(name: str) -> None:
    assert SECRET_NAME.search(name)


@pytest.mark.parametrize(
    "name",
    ["passthrough", "compass", "bypass", "byPass", "pass_through", "trespass", "passenger", "passed", "secret",
     "tlsSecret", "existingSecret", "monkey", "author", "tokenizer", "token_limit", "key"],
)  # fmt: skip
def test_a_name_that_only_looks_so(name: str) -> None:
    assert not SECRET_NAME.search(name)


def test_values_below_secrets_are_secret_unless_they_say_something_about_one() -> None:
    assert [key for key in VALUES if names_secret("Values", key)] == ["secrets.jwt", "auth.header", "smtp.pass"]


VALUES = ("secrets.jwt", "secrets.existingSecret", "secrets.create", "secret.name", "auth.header", "smtp.pass",
          "smtp.port", "tls.secretName", "secretStore.url")  # fmt: skip


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("- auth_header: Bearer abcdef", f"- auth_header: {HIDDEN}"),
        ("- passphrase: correct horse staple", f"- passphrase: {HIDDEN}"),
        ('- password: "correct horse"', f"- password: {HIDDEN}"),
        ("- the API key: abcdef", f"- the API key: {HIDDEN}"),
        ("- password: a-b", f"- password: {HIDDEN}"),
        ("curl -H 'x: Bearer abcdef123456'", f"curl -H 'x: Bearer {HIDDEN}'"),
        ("see sk-abcdefghij0123456789", f"see {HIDDEN}"),
        ("- token: from Secret app-auth", "- token: from Secret app-auth"),
        ("- pass: required", "- pass: required"),
        ("- passthrough: on", "- passthrough: on"),
        ("- compass: north, bypass: cache", "- compass: north, bypass: cache"),
        ("- image: sk-learn:1.0", "- image: sk-learn:1.0"),
    ],
)
def test_what_is_secret_is_taken_out_of_a_line(line: str, shown: str) -> None:
    assert redacted(line) == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("- jwt: abc", f"- jwt: {HIDDEN}"),
        ("- jwt - abc", f"- jwt - {HIDDEN}"),
        ("jwt=abc", f"jwt={HIDDEN}"),
        ("| jwt | abc | x |", f"| jwt | {HIDDEN} | {HIDDEN} |"),
        ("- Data:", "- Data:"),
        ("- jwt: (made by the operator)", "- jwt: (made by the operator)"),
    ],
)
def test_of_a_line_about_a_secret_the_key_is_left(line: str, shown: str) -> None:
    assert masked(line) == shown


def test_other_statements_of_the_line_do_not_show_it_either() -> None:
    model = read("## api (Deployment)", "- Env: SMTP_PASS=hunter22, MODE=fast")
    texts = {s.text for s in model.statements if s.line == 2}
    assert texts == {f"- Env: {HIDDEN}", f"- Env: SMTP_PASS={HIDDEN}, MODE=fast"}
