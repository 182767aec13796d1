"""Labels and selectors: ``app=web, tier=front``."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import plain, without_remarks
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, Phrase
from todo_lint.model.statements import Attribute, Prefix


def pairs(text: str) -> dict[str, str] | None:
    """``app=web, tier=front``, ``app: web``, ``{app: web}``: keys and values; None for any other text."""
    inner = plain(text).removeprefix("{").removesuffix("}")
    found = [
        re.fullmatch(r"\s*[\"']?([\w./-]+)[\"']?\s*[=:]\s*[\"']?([\w.-]+|\S*[{<]\S.*[>}]\S*)[\"']?\s*", part)
        for part in re.split(r"[,;]|\n", inner)
    ]
    return {match[1]: match[2] for match in found if match} if all(found) else None


def selector(text: str) -> Facts:
    """``app=todo-frontend``, ``app: todo-frontend``, several with commas; the value is ``key=value,...``."""
    found = pairs(without_remarks(text))
    return ((Attribute.SELECTOR, ",".join(f"{key}={value}" for key, value in found.items())),) if found else ()


def labels(prefix: Prefix) -> Phrase:
    """A parser of labels or annotations, one attribute each."""

    def parse(text: str) -> Facts:
        return tuple((prefix + key, value) for key, value in (pairs(without_remarks(text)) or {}).items())

    return parse
