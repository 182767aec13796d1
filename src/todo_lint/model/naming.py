"""Names as people write them: their words, the part that tells entities apart, and placeholders in them."""

from __future__ import annotations

import re

from todo_lint.patterns import pattern

_ROLES = frozenset((
    "deployment", "deploy", "deployments", "statefulset", "sts", "daemonset", "ds", "service", "services",
    "svc", "configmap", "config", "cm", "secret", "secrets", "pvc", "claim", "volume", "pv", "ingress", "ing",
    "hpa", "autoscaler", "pdb", "job", "cronjob", "namespace", "ns", "sa", "serviceaccount", "image",
    "container", "pod", "app", "application", "server",
))  # fmt: skip
"""Words that say what something is and not which one."""

_PLACEHOLDER = pattern(r"\{\{.*?\}\}|\$\{[^}]*\}|\$\([^)]*\)|<[^<>]*>|\{[^{}]*\}|\[[^\[\]]*\]")
"""What is filled in later: ``{{ .Release.Name }}``, ``${TAG}``, ``<release>``, ``{tag}``, ``[name]``."""


_SEAM = pattern(
    r"(?<=[a-z0-9])(?=[A-Z])(?!(?:SQL|MQ|QL)(?![A-Za-z]))(?<!Min(?=IO))"
    r"(?<!(?:Mongo|Maria|Couch)(?=DB))(?<!Influx(?=DB))(?<!Dynamo(?=DB))(?<!Cockroach(?=DB))"
)
"""Where a word begins inside a name; products are spelt as one word, ``PostgreSQL``, ``RabbitMQ``, ``MongoDB``."""


def spaced(name: str) -> str:
    """A name with a space where a word begins inside it: ``todo App``."""
    return _SEAM.sub(" ", name)


def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: ``todoApp_backend-svc`` has ``todo``, ``app``, ``backend``, ``svc``."""
    return tuple(part.lower() for part in re.split(r"[^A-Za-z0-9]+", spaced(name)) if part)


def stem(name: str) -> tuple[str, ...]:
    """The words that tell an entity from others: those of ``frontend-service`` less ``service``."""
    every = words(name)
    return tuple(word for word in every if word not in _ROLES) or every


def contains(outer: str, inner: str) -> bool:
    """Whether a name holds another one whole, between dashes: ``shop-web`` holds ``web``."""
    return f"-{inner}-" in f"-{outer}-"


def adds_to(stated: str, found: str) -> bool:
    """Whether a name has all telling words of another one: ``shop-web`` those of ``web-service``."""
    return contains(found, stated) or set(stem(stated)) <= set(words(found))


def akin(one: str, other: str) -> bool:
    """Whether the telling words of one name are all among those of the other."""
    first, second = set(stem(one)), set(stem(other))
    return bool(first and second) and (first <= second or second <= first)


def literal_parts(text: str) -> list[str]:
    """The parts of a text around its placeholders; one part only where there is none."""
    return _PLACEHOLDER.split(text)


def fits(template: str, found: str) -> bool:
    """Whether a text is what a template with placeholders can become; a placeholder can become nothing as well."""
    parts = literal_parts(template)
    return re.fullmatch(".*".join(re.escape(part) for part in parts), found, re.DOTALL) is not None
