"""Definite values in a sentence: a number with a unit or a word for what it counts, a type, an image, a port."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from todo_lint.patterns import pattern
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a sentence writes it, and as statements hold it."""

    text: str
    plain: str
    of_probe: bool = False
    """Whether it is the path or a time of a probe."""


_COUNTS = {"one": "1", "single": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_FORMS = pattern(
    r"(?P<count>\d+|one|single|two|three|four|five) (?:replicas?|instances?)\b"
    r"|\breplicas?(?: count)?(?: of| to| is|:|=)? `?(?P<replicas>\d+)\b"
    r"|\b(?:ports?|listens on|listen on)(?: is|:)? `?(?P<port>\d{2,5})\b(?![.\d-])"
    r"|(?<![\w.])(?P<amount>\d+(?:\.\d+)?(?:m|[KMGT]i))(?![\w.])"
    r"|\b(?P<type>NodePort|ClusterIP|LoadBalancer|IfNotPresent)\b"
    r"|`(?P<image>[a-z0-9][\w./-]*:(?!\d{4,5}`)[\w][\w.-]*)`"
    r"|\b(?:UID|user(?: ID)?) `?(?P<user>\d{3,})\b",
    re.IGNORECASE,
)


_PROBED = pattern(r"\bprobe[sd]?\b|\bhealth checks?\b|\b(?:liveness|readiness)\b", re.IGNORECASE)
_OF_PROBES = pattern(r"`(?:GET )?(?P<path>/[\w./-]*)`|\b(?P<seconds>\d+) ?s(?:ec(?:onds?)?)?\b")


def definite_values(text: str, around: str = "") -> Iterator[Value]:
    """The definite values of a text, in their order, each once; those of probes where ``around`` speaks of them."""
    seen: set[str] = set()
    for match in (*_FORMS.finditer(text), *(_OF_PROBES.finditer(text) if _PROBED.search(around or text) else ())):
        value = next(group for group in match.groups() if group)
        plain = _COUNTS.get(value.lower(), value)
        if plain not in seen:
            seen.add(plain)
            yield Value(match[0].strip("` "), plain, "seconds" in match.re.groupindex)


def amounts(stated: Iterable[str]) -> frozenset[str]:
    """What ``is_stated`` looks for: stated values, and the parts of those that are several."""
    return frozenset(_amount(part) for said in stated for part in (said, *re.split(r"[,|]", said)))


def is_stated(value: Value, stated: frozenset[str]) -> bool:
    """Whether a value is among some ``amounts``."""
    return _amount(value.plain) in stated


def _amount(text: str) -> str:
    """A quantity as a number, so that ``0.5`` is ``500m``; any other text as it is."""
    if re.fullmatch(r"\d+(?:\.\d+)?m", text):
        return f"{float(text[:-1]) / 1000:g}"
    return f"{float(text):g}" if re.fullmatch(r"\d+(?:\.\d+)?", text) else text.lower()
