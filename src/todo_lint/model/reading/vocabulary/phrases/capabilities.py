"""Linux capabilities that a container drops or adds."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import plain, without_remarks
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, Phrase
from todo_lint.model.statements import Prefix
from todo_lint.patterns import pattern

_DROPS = pattern(
    r"(?P<what>drop(?:s|ped)?|add(?:s|ed)?)\s*[:=]?\s*(?P<names>.+)|(?P<last>.+?) (?:are |is )?dropped", 2
)
_NAMES = pattern(r"\[?\s*[\"'`]?(?P<first>all|[A-Z_]{3,})[\"'`]?(?:\s*,\s*[\"'`]?[A-Z_]{3,}[\"'`]?)*\s*\]?", 2)


def capabilities(text: str) -> Facts:
    """``drop: ALL``, ``drop ["ALL"]``, ``all dropped``; of several that are dropped or added nothing is taken."""
    match = _DROPS.fullmatch(plain(without_remarks(text)))
    if match is None:
        return ()
    field = "add" if (match["what"] or "drop").lower().startswith("add") else "drop"
    return listed_capabilities(field)(match["names"] or match["last"])


def listed_capabilities(field: str) -> Phrase:
    """A parser of the capabilities that are dropped or added, ``ALL`` or ``[NET_BIND_SERVICE]``."""

    def parse(text: str) -> Facts:
        found = _NAMES.fullmatch(plain(without_remarks(text)))
        names = re.findall(r"[A-Za-z_]{3,}", found[0]) if found else []
        value = ", ".join(name.upper() for name in names)
        return ((f"{Prefix.SECURITY_CONTEXT}capabilities.{field}", value),) if names else ()

    return parse
