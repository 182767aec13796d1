"""What a document should not give away: the values of keys that name a secret, and passwords in addresses.

Such values are kept, since they are compared; texts that are shown do not hold them.
"""

from __future__ import annotations

import re

from todo_lint.helm.secrets import CREDENTIALS, SECRET_NAME, SENSITIVE_WORDS
from todo_lint.model.statements import Kind, Prefix
from todo_lint.patterns import pattern

HIDDEN = "[not shown]"
"""What stands in the place of a secret."""
_WRITTEN = pattern(
    rf"({SENSITIVE_WORDS}[`\"'*]{{0,3}}\s?[=:][*`\"']{{0,3}}\s?[\"'`]?)"
    r"(?!(?:true|false|null|yes|no|none|required|string|configmap|secret|from|generated)\b)"
    r"[^\s\[({<$\"'`,;|][^\s\"'`,;|]*",
    re.IGNORECASE,
)


def names_secret(kind: str, attribute: str) -> bool:
    """Whether an attribute is a key of data, a variable or a values key that is named like a secret."""
    told = attribute.startswith((Prefix.DATA, Prefix.ENV)) or kind == Kind.VALUES
    return told and SECRET_NAME.search(attribute.rpartition(".")[2]) is not None


def redacted(text: str) -> str:
    """A line of a document without the passwords in its addresses and without what follows ``password:``."""
    if "://" in text:
        text = CREDENTIALS.sub(rf"\g<1>{HIDDEN}", text)
    return _WRITTEN.sub(rf"\g<1>{HIDDEN}", text) if "=" in text or ":" in text else text


def masked(text: str) -> str:
    """A line about a key of a Secret without what could be its value."""
    label, colon, value = text.partition(":")
    value = value.strip()
    if not colon or not value or value.startswith(("[", "(")) or value in ("|", ">"):
        return text
    return f"{label}: {HIDDEN}"
