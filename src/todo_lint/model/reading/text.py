"""Text as documents hold it: marks, quotes, remarks in parentheses, and what damaged encodings leave of an arrow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from todo_lint.model import naming
from todo_lint.patterns import pattern

_ARROWS = pattern(r"\s*(?:â†\u2019|â\u0086\u2019|=>|->|→|⇒|➜|➔)\s*")
_QUOTED = pattern(r'"(.*)"|\'(.*)\'|\u201c(.*)\u201d')
_REMARK = pattern(r"\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_NOTHING = pattern(
    r"|[-\u2013\u2014]+|n/?a\.?|none(?:\s+(?:required|needed|necessary|used|defined|configured)\b[^;,]*)?|nil|null|"
    r"not (?:set|applicable|used|needed|required|exposed)|\?|tbd",
    re.IGNORECASE,
)
DENIED = pattern(r"\b(?:no|not|never|neither|nor|without|none)\b|n't\b", re.IGNORECASE)
"""The words by which a text denies."""
EMPTY = '""'
"""How a text that is stated to be empty is written."""


def normalised(text: str) -> str:
    """The document's text without a byte order mark, with line feeds alone: as CommonMark has line endings."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def with_arrows(text: str) -> str:
    """``80 -> 3000`` for each way to write an arrow, damaged ones too: UTF-8 that was read as Windows-1252."""
    return _ARROWS.sub(" -> ", text)


def strip_marks(text: str) -> str:
    """The stated value without what surrounds it: quotes, code marks, white space."""
    text = text.strip()
    if text.count("`") == 2 and text[0] == text[-1] == "`":
        text = text[1:-1].strip()
    match = _QUOTED.fullmatch(text)
    if match and not re.search(r"""["'] (?:or|and|,) ["']""", text):
        return next(part for part in match.groups() if part is not None)
    return text


def plain(text: str) -> str:
    """A text without any code marks, and without quotes around it."""
    return strip_marks(text.replace("`", ""))


def last_remark(text: str) -> tuple[str, str] | None:
    """What stands before the remark in parentheses at the end of a text, and that remark; None without one."""
    match = _REMARK.search(text)
    return (text[: match.start()].strip(), match[1].strip()) if match else None


def without_remarks(text: str) -> str:
    """The text less the remarks in parentheses at its end: ``1 (configurable)`` becomes ``1``."""
    while found := last_remark(text):
        text = found[0]
    return text.strip()


def is_nothing(text: str) -> bool:
    """Whether a value is a way to write that there is none: ``-``, ``n/a``, ``none``, an empty cell."""
    return text.strip() not in ('""', "''") and _NOTHING.fullmatch(plain(text)) is not None


def words_of(key: str) -> str:
    """A key as the vocabulary spells it: ``AppVersion`` and ``app-version`` are ``app version``."""
    spaced = re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", " ", naming.spaced(key.replace("`", "")))
    return " ".join(re.split(r"[\s_/-]+", spaced.strip().lower())).strip(" :.")


def is_name(text: str) -> bool:
    """Whether a text could be the name of a resource or the repository of an image (RFC 1123 subdomain)."""
    return re.fullmatch(r"[a-z0-9]([-a-z0-9./]*[a-z0-9])?", text) is not None


def not_understood(parts: Sequence[str]) -> str:
    """``'a' and 'b' are not understood``."""
    quoted = " and ".join(f"'{part}'" for part in parts)
    return f"{quoted} {'is' if len(parts) == 1 else 'are'} not understood"
