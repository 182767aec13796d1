"""Amounts of CPU, memory and storage, requested and at most, and percentages of them."""

from __future__ import annotations

import re

from todo_lint.model.reading.text import plain, without_remarks
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, Phrase, bare_text
from todo_lint.model.statements import Attribute
from todo_lint.patterns import pattern

_QUANTITY = r"[0-9]+(?:\.[0-9]+)?\s?(?:[kMGTPE]i?B?|m)?"


def requests(text: str) -> Facts:
    """``256Mi memory, 0.2 CPU``: resource requests."""
    return _resources(text, Attribute.REQUESTS_CPU, Attribute.REQUESTS_MEMORY)


def limits(text: str) -> Facts:
    """``512Mi memory, 0.5 CPU``: resource limits."""
    return _resources(text, Attribute.LIMITS_CPU, Attribute.LIMITS_MEMORY)


def resources(text: str) -> Facts:
    """``requests: 100m CPU, 128Mi memory; limits: 200m CPU, 256Mi memory``: both, each named.

    ``200m/256Mi .. 500m/512Mi`` goes from requests to limits.
    """
    ends = [part for part in _FROM_TO.split(plain(text)) if part]
    if len(ends) == 2 and len(both := (*requests(ends[0]), *limits(ends[1]))) == 4:
        return both
    bare = plain(text).removeprefix("{").removesuffix("}")
    found = re.split(r"[,;]?\s*\b(requests?|limits?)\b\s*[:=]?\s*", bare, flags=re.IGNORECASE)
    facts: list[tuple[str, str]] = []
    for which, part in zip(found[1::2], found[2::2], strict=False):
        read = (requests if which.lower().startswith("request") else limits)(part)
        if not read:
            return ()
        facts += read
    return tuple(facts) if len(found) > 1 and not found[0].strip() else ()


_FROM_TO = pattern(r"\s*(?:\.\.\.?|\u2026|->|\u2192|\u2013|\bto\b)\s*")
_RESOURCE = pattern(
    rf"(?:(?P<before>[A-Za-z]+)\s*[:=]?\s+|(?P<key>[A-Za-z]+)[:=])?[\"']?(?P<quantity>{_QUANTITY})[\"']?(?:\s*(?P<after>[A-Za-z]{{2,}}))?"
)


def _resources(text: str, cpu: Attribute, memory: Attribute) -> Facts:
    facts: list[tuple[str, str]] = []
    bare = plain(without_remarks(text)).removeprefix("{").removesuffix("}")
    for part in re.split(r"\s*(?:,|/|;|\+|\||\band\b|\n)\s*", bare):
        match = _RESOURCE.fullmatch(part.strip())
        said = match and (match["before"] or match["key"] or match["after"])
        attribute = _resource(said, match["quantity"], cpu, memory) if match else None
        if match is None or attribute is None:
            return ()
        facts.append((attribute, quantity(match["quantity"])))
    return tuple(facts) if len({attribute for attribute, _ in facts}) == len(facts) else ()


def quantity(text: str) -> str:
    """A quantity as Kubernetes writes it: ``256 Mi`` and ``256MiB`` are ``256Mi``."""
    return text.replace(" ", "").removesuffix("B")


def _resource(word: str | None, amount: str, cpu: Attribute, memory: Attribute) -> Attribute | None:
    """Which resource is meant: the word says so, else a unit that only one of them has."""
    if word:
        return {"cpu": cpu, "cpus": cpu, "core": cpu, "cores": cpu, "vcpu": cpu, "memory": memory, "ram": memory,
                "mem": memory}.get(word.lower())  # fmt: skip
    if amount.endswith("m"):
        return cpu
    return memory if amount.endswith(("i", "iB")) else None


def amount(attribute: str) -> Phrase:
    """A parser of a single quantity, such as ``500m``, ``0.5 CPU`` or ``1Gi``."""

    def parse(text: str) -> Facts:
        match = re.fullmatch(
            rf"({_QUANTITY})(?:\s+(?:cpus?|cores?|memory|ram|storage))?", bare_text(text), re.IGNORECASE
        )
        return ((attribute, quantity(match[1])),) if match else ()

    return parse


def both_amounts(request: Attribute, limit: Attribute) -> Phrase:
    """``100m requested / 500m limit``, ``requests: 100m, limits: 500m``: of one resource, each named."""

    def parse(text: str) -> Facts:
        facts: list[tuple[str, str]] = []
        for part in re.split(r"\s*(?:,|;|/|\band\b|\n)\s*", re.sub(r"[()]", " ", plain(text))):
            match = _ONE_AMOUNT.fullmatch(part.strip())
            which = (match["before"] or match["after"] or "").lower() if match else ""
            if match is None or not which:
                return ()
            facts.append((request if which.startswith("request") else limit, quantity(match["quantity"])))
        return tuple(facts) if len({attribute for attribute, _ in facts}) == len(facts) else ()

    return parse


_ONE_AMOUNT = pattern(
    rf"(?:(?P<before>requests?|limits?)\s*[:=]?\s*)?(?P<quantity>{_QUANTITY})"
    r"(?:\s+(?P<after>request(?:s|ed)?|limits?))?",
    re.IGNORECASE,
)


def utilisation(attribute: str) -> Phrase:
    """``70%``, ``70% utilization``, ``70``."""

    def parse(text: str) -> Facts:
        match = re.fullmatch(
            r"(?:target )?(\d{1,3})\s*%?(?: (?:average )?(?:cpu |memory )?utili[sz]ation)?",
            bare_text(text),
            re.IGNORECASE,
        )
        return ((attribute, match[1]),) if match else ()

    return parse


def access_mode(text: str) -> Facts:
    """``ReadWriteOnce``, ``RWO``."""
    short = {"rwo": "ReadWriteOnce", "rox": "ReadOnlyMany", "rwx": "ReadWriteMany", "rwop": "ReadWriteOncePod"}
    bare = plain(bare_text(text).removeprefix("[").removesuffix("]"))
    value = short.get(bare.lower(), bare)
    return ((Attribute.ACCESS_MODE, value),) if value in short.values() else ()
