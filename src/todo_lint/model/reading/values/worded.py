"""A value within words that explain it: ``URL of the API (`http://api:80`)``, ``what is allowed, `*` by default``."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import last_remark, strip_marks
from todo_lint.model.statements import Modality
from todo_lint.patterns import pattern

_END = pattern(
    r"(?:^|.*[\s,;(])(?:defaults?(?: to| is)?\s*[:=]?\s*(?P<after>`[^`]+`|\"[^\"]*\"|[^\s`\",;()]+)"
    r"|(?P<before>`[^`]+`|\"[^\"]*\") (?:by default|is the default))[).]*",
    re.IGNORECASE | re.DOTALL,
)
_SURE = pattern(
    r"`(?:[a-z][a-z0-9+]*://[^`\s]+|\"[^`\"]*\"|'[^`']*'|true|false|\d[\d.]*[a-zA-Z%]{0,3}|\*|/[\w./-]*|[\w.-]+:\d{2,5})`"
    r"|\d+(?:\.\d+)?|true|false",
)
"""What is a value by its form, where another word in code marks may be a key, a file or a command."""
_LOOSE = pattern(
    r"\b(?:e\.?g|i\.?e|example|such as|like|see|at least|at most|up to|between|min(?:imum)?|max(?:imum)? of|before|"
    r"formerly|not|never|instead|one of|either|length|bytes|characters)\b",
    re.IGNORECASE,
)
"""Words beside which a value in parentheses is none, or one of several."""
_CODE_FIRST = pattern(r"(?P<code>`[^`]+`)(?P<rest>(?:,? [A-Za-z(]| [-\u2013\u2014] ).*)", re.DOTALL)
_BUT = pattern(
    r"[`|]|\b(?:or|except|unless|but|only|if|when|while|until|otherwise)\b|"
    r"\bin (?:production|prod|staging|dev\w*|test\w*)\b",
    re.IGNORECASE,
)
"""What stands behind a value that holds at times."""


def value_in_words(text: str) -> tuple[str, Modality] | None:
    """The one value within words that explain, and how firmly it is meant; None where none is sure."""
    if "(" not in text and "efault" not in text:
        return None
    if "efault" in text and (match := _END.fullmatch(text)) and text.lower().count("default") == 1:
        value = match["after"] or match["before"]
        return None if value.lower() in _WORDS else (strip_marks(strip_marks(value)) or '""', Modality.DEFAULT)
    found = last_remark(text)
    if not found or not found[0] or not _SURE.fullmatch(found[1]) or _LOOSE.search(found[0]) or "`" in found[0]:
        return None
    return strip_marks(strip_marks(found[1])), Modality.REQUIRED


_WORDS = ("value", "values", "is", "for", "in", "of", "the", "and", "if", "when", "to", "a", "none", "empty")
"""What stands behind *default* and is no value."""


def code_first(text: str) -> tuple[str, bool] | None:
    """A value in code marks with words behind it, ```info` for all``, and whether they leave it so; None for others.

    ```false` in every environment except local ones`` is a value at times.
    """
    match = _CODE_FIRST.fullmatch(text)
    return (strip_marks(strip_marks(match["code"])), not _BUT.search(match["rest"])) if match else None
