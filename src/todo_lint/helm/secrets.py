"""Keeps what looks like a secret out of messages.

A chart's ``fail`` can quote any value. The values that were given, and the chart's own, are looked through for
keys that name secrets, and their values are blotted out of the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from todo_lint.errors import UserError
from todo_lint.helm.failures import RenderFailure
from todo_lint.helm.metadata import read_mapping
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.patterns import pattern
from todo_lint.records import replace

SECRET_KEY = pattern(
    r"secret|passw|passphrase|(?<![a-z])pass(?![a-z])|pwd|token|credential|bearer|dsn|(database|db|redis|mongo)_?-?ur[il]"
    r"|(?:api|private|access|signing|encryption|master)_?-?key|auth|cert",
    re.IGNORECASE,
)
SENSITIVE_WORDS = (
    r"(?:passw(?:or)?d|passwd|passphrase|passcode|(?<![a-z])pass|(?-i:(?<=[a-z0-9])(?<!\bby)(?<!\bcom)Pass)|pwd|token"
    r"|credentials?|(?<![a-z])creds"
    r"|(?:api|private|secret|access|encryption|signing|master|account|auth|service[ _-]?role|ssh)[ _-]?key"
    r"|(?:jwt|client|auth|app|session|cookie|csrf|signing|webhook|hmac|shared|consumer|oauth2?)[ _-]?secret"
    r"|auth(?:orization)?[ _-]?header|(?<![a-z])authorization|(?<![a-z])bearer)"
)
"""Words for what is secret beyond doubt. *Pass* is one alone or behind a word (``smtp_pass``, ``smtpPass``), and
none in *passthrough*, *compass* and *bypass*."""
SECRET_NAME = pattern(rf"{SENSITIVE_WORDS}$", re.IGNORECASE)
"""How the names of keys end whose values are secrets beyond doubt."""
CREDENTIALS = pattern(r"(://[^/\s:@]*:)([^/\s@]+)(?=@)")
"""``://user:password@``: what stands before the password, and the password."""
SHORTEST = 4
BLOT = "[hidden]"


def blot_out(failure: RenderFailure, values: Mapping[str, Json], sources: Mapping[str, bytes]) -> RenderFailure:
    """``failure`` with the values of keys that look like secrets replaced in its texts."""
    found = set(_secrets(dict(values), within=False))
    with suppress(UserError):  # a values.yaml that is no YAML is what the failure is about
        found.update(_secrets(read_mapping(sources.get("values.yaml", b""), "values.yaml"), within=False))
    ordered = sorted(found, key=len, reverse=True)

    def clean(text: str) -> str:
        for secret in ordered:
            text = text.replace(secret, BLOT)
        return text

    return replace(
        failure,
        message=clean(failure.message),
        hint=clean(failure.hint),
        details=tuple(clean(detail) for detail in failure.details),
    )


def _secrets(value: Json, *, within: bool) -> Iterator[str]:
    """The texts below keys that name a secret."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _secrets(inner, within=within or bool(SECRET_KEY.search(key)))
    elif isinstance(value, list):
        for inner in value:
            yield from _secrets(inner, within=within)
    elif within and isinstance(value, str | int) and not isinstance(value, bool):
        text = " ".join(str(value).split())
        if len(text) >= SHORTEST:
            yield text
