"""Environment variables, where they come from, and the keys of ConfigMaps and Secrets."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import plain, without_remarks
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, Phrase
from todo_lint.model.reading.vocabulary.sources import source_of
from todo_lint.model.statements import Attribute, Prefix

_SOURCE = {"configmap": "ConfigMap", "configmaps": "ConfigMap", "secret": "Secret", "secrets": "Secret"}
_FILLER = {
    "from",
    "and",
    "the",
    "a",
    "injected",
    "via",
    "envfrom",
    "taken",
    "loaded",
    "values",
    "kubernetes",
    "all",
    "using",
}


def env_sources(text: str) -> Facts:
    """``From ConfigMap and Secrets``; the value names the kinds, ``ConfigMap,Secret``, with names where they are."""
    words = re.findall(r"[\w.-]+", plain(text).replace("Config Map", "ConfigMap"))
    found: list[str] = []
    for number, spoken in enumerate(words):
        before = _SOURCE.get(words[number - 1].lower()) if number else None
        kind = _SOURCE.get(spoken.lower())
        if kind:
            found.append(kind)
        elif before and "-" in spoken and found:
            found[-1] = f"{before}/{spoken}"
        elif spoken.lower() not in _FILLER:
            return ()
    return ((Attribute.ENV_FROM, ",".join(dict.fromkeys(found))),) if found else ()


def variables(text: str) -> Facts:
    """``DATABASE_URL, LOG_LEVEL (from ConfigMap app), PORT=8000``: environment variables by name."""
    facts: list[tuple[str, str]] = []
    for part in re.split(r"\s*[,\n]\s*(?![^(]*\))", text.replace("`", "")):
        match = re.fullmatch(r"([A-Z][A-Z0-9_]+)(?:\s*=\s*(\S+))?\s*(.*)", part.strip())
        source = source_of(match[3]) if match else ""
        if not match or (match[3] and not source):
            return ()
        facts.append((Prefix.ENV + match[1], match[2] or ""))
        facts += [(Prefix.ENV_SOURCE + match[1], source)] if source else []
    return tuple(facts)


def environment(text: str) -> Facts:
    """The environment of a container: its sources, or its variables one by one."""
    return env_sources(text) or variables(text)


def variables_from(source: str) -> Phrase:
    """A parser of a list of variables that all come from a ConfigMap or Secret."""

    def parse(text: str) -> Facts:
        return tuple(
            fact for attribute, value in variables(text)
            for fact in ((attribute, value), (attribute.replace(Prefix.ENV, Prefix.ENV_SOURCE, 1), source))
        )  # fmt: skip

    return parse


def keys(text: str) -> Facts:
    """``DATABASE_URL, JWT_SECRET``: keys of a ConfigMap or Secret."""
    parts = [plain(without_remarks(part)) for part in re.split(r"\s*[,\n]\s*(?![^(]*\))", text)]
    whole = all(re.fullmatch(r"[A-Za-z][\w.-]*", part) for part in parts)
    return tuple((Prefix.DATA + part, "") for part in parts) if whole else ()
