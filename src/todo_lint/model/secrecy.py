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
_KEY = rf"({SENSITIVE_WORDS}[`\"'*]{{0,3}}\s?[=:][*`\"']{{0,3}}\s?)"
_TOLD = (
    r"(?!(?:true|false|null|yes|no|none|required|optional|string|str|text|configmap|secret|from|via|in|generated|"
    r"bytes|base64|the|an?)(?=[\s,;.)]|$))"
)
_WRITTEN = pattern(
    rf"{_KEY}{_TOLD}(?:\"[^\"]*\"|'[^']*'|`[^`]*`"
    r"|(?:(?:bearer|basic|digest|token|apikey)\s+)?[^\s\[({<$\"'`,;|][^\s\"'`,;|]*)",
    re.IGNORECASE,
)
_PHRASE = pattern(rf"(passphrase[`\"'*]{{0,3}}\s?[=:]\s?){_TOLD}[^\[({{<$|`\"']+", re.IGNORECASE)
"""A phrase has several words."""
_SHAPES = pattern(
    r"\bsk-[\w-]{16,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{15,}|\bxox[abprs]-[\w-]{10,}"
    r"|\bAKIA[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\beyJ[\w-]{10,}\.[\w-]{5,}(?:\.[\w-]*)?"
    r"|(?<=Bearer )[\w.~+/-]{8,}=*|(?<=-----BEGIN )[^\n]*PRIVATE KEY[^\n]*"
)
"""What looks like a key or token of a service whatever stands in front of it."""
_MAY_SAY = pattern(r"pass|pwd|token|cred|key|secret|auth|bearer", re.IGNORECASE)
_MAY_SHOW = pattern(r"sk-|gh[pousr]_|github_|glpat|xox|AKIA|AIza|eyJ|Bearer|BEGIN ")
"""What lines have that are worth the longer expressions."""
_HOLDERS = pattern(r"(?:^|[a-z_-])secrets?$|^credentials$", re.IGNORECASE)
_ABOUT = pattern(
    r"(?:name|enabled?|create|existing\w*|type|keys?|mount\w*|annotations?|labels?|ref|provider|store)s?$",
    re.IGNORECASE,
)
"""Keys below ``secrets`` in the values that say something about one, and are none."""


def names_secret(kind: str, attribute: str) -> bool:
    """Whether an attribute is a key of data, a variable or a values key that is named like a secret.

    A values key is one as well that stands below *secrets*: ``secrets.jwt``, not ``secrets.existingSecret``.
    """
    if kind == Kind.VALUES:
        *above, last = attribute.split(".")
        held = any(_HOLDERS.search(step) for step in above) and not _ABOUT.search(last)
        return (
            held
            or SECRET_NAME.search(last) is not None
            or SECRET_NAME.search(attribute.replace(".", "_")) is not None
        )
    return (
        attribute.startswith((Prefix.DATA, Prefix.ENV))
        and SECRET_NAME.search(attribute.rpartition(".")[2]) is not None
    )


def redacted(text: str) -> str:
    """A line of a document without the passwords in its addresses, what follows ``password:``, and tokens."""
    if "://" in text:
        text = CREDENTIALS.sub(rf"\g<1>{HIDDEN}", text)
    if ("=" in text or ":" in text) and _MAY_SAY.search(text):
        text = _WRITTEN.sub(rf"\g<1>{HIDDEN}", _PHRASE.sub(rf"\g<1>{HIDDEN}", text))
    return _SHAPES.sub(HIDDEN, text) if _MAY_SHOW.search(text) else text


def masked(text: str) -> str:
    """A line about a key of a Secret, or one that is named like a secret, without what could be its value.

    Of the row of a table, what the first cell says stays.
    """
    if text.startswith("|"):
        first, *others = text.strip().strip("|").split("|")
        return f"| {' | '.join([first.strip(), *(HIDDEN if cell.strip() else '' for cell in others)])} |"
    match = _PARTED.match(text)
    value = match[3].strip() if match else ""
    if not match or not value or value.startswith(("[", "(")) or value in ("|", ">"):
        return text
    return f"{match[1]}{match[2]}{HIDDEN}"


_PARTED = pattern(r"([-*]?\s*[^:=]*?)(\s*[:=]\s*|\s+[-\u2013\u2014]\s+)(.*)$", re.DOTALL)
"""A label, what stands between, and the value: ``- key: value``, ``- key - value``, ``key=value``."""
