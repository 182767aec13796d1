"""Stated values become facts: ``80 (external), 3000 (target)`` is a port and a target port.

Every parser takes the text behind the colon and returns pairs of attribute and value, or an empty tuple when it
does not understand the text. None of them guesses: what is not matched whole is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from todo_lint.model.outline import strip_marks
from todo_lint.model.statements import Attribute, Modality
from todo_lint.patterns import pattern

Facts = tuple[tuple[str, str], ...]
Phrase = Callable[[str], Facts]

_FUTURE = pattern(r"\(\s*(future|later|planned|phase \d+|todo)\b[^)]*\)", re.IGNORECASE)
_OPTIONAL = pattern(r"\(\s*optional\b[^)]*\)", re.IGNORECASE)
_QUOTED = pattern(r'"[^"]*"')
_CONFIGURABLE = pattern(r"\(\s*configurable\b[^)]*\)", re.IGNORECASE)
_REMARK = pattern(r"\s*\([^()]*\)\s*$")
_SERVICE_TYPES = ("ClusterIP", "NodePort", "LoadBalancer", "ExternalName")
_QUANTITY = r"[0-9]+(?:\.[0-9]+)?(?:[kMGTPE]i?|m)?"


def modality_of(text: str) -> Modality:
    """How firmly a line or heading is meant, by the remarks in parentheses that it carries outside of quotes."""
    text = _QUOTED.sub("", text)
    if _FUTURE.search(text):
        return Modality.FUTURE
    if _OPTIONAL.search(text):
        return Modality.OPTIONAL
    if _CONFIGURABLE.search(text):
        return Modality.CONFIGURABLE
    return Modality.REQUIRED


def without_remarks(text: str) -> str:
    """The text less the remarks in parentheses at its end: ``1 (configurable)`` becomes ``1``."""
    while (shorter := _REMARK.sub("", text)) != text:
        text = shorter
    return text.strip()


def written_value(text: str) -> str:
    """A value that is kept as it is written, less quotes and a remark at its end on how firmly it is meant.

    ``80 (configurable)`` becomes ``80``, but ``a (b)`` stays. Where nothing is written the result is empty; a text
    that is stated to be empty stays ``""``.
    """
    text = text.strip()
    remark = _REMARK.search(text)
    if remark and modality_of(remark[0]) is not Modality.REQUIRED:
        text = text[: remark.start()]
    return strip_marks(text) or ('""' if text else "")


def service_ports(text: str) -> Facts:
    """``8000``; ``80 (external), 3000 (target)``; ``80 -> 3000``."""
    number = r"(\d{1,5})\s*(?:\(\s*([A-Za-z ]+?)\s*\))?"
    match = re.fullmatch(rf"{number}(?:\s*(?:,|/|:|->|→|to)\s*{number})?", text.strip())
    if not match:
        return ()
    facts = [(_port_attribute(match[2], Attribute.PORT), match[1])]
    if match[3]:
        facts.append((_port_attribute(match[4], Attribute.TARGET_PORT), match[3]))
    return tuple(facts) if len({attribute for attribute, _ in facts}) == len(facts) else ()


def _port_attribute(remark: str | None, otherwise: Attribute) -> Attribute:
    words = (remark or "").lower().split()
    if any(word in ("target", "targetport", "container", "pod") for word in words):
        return Attribute.TARGET_PORT
    if any(word in ("node", "nodeport") for word in words):
        return Attribute.NODE_PORT
    if any(word in ("external", "internal", "service", "port", "exposed") for word in words):
        return Attribute.PORT
    return otherwise


def container_port(text: str) -> Facts:
    """``3000``."""
    return _single(Attribute.CONTAINER_PORT, r"\d{1,5}", text)


def target_port(text: str) -> Facts:
    """``3000`` or the name of a container port."""
    return _single(Attribute.TARGET_PORT, r"\d{1,5}|[a-z][-a-z0-9]{0,14}", text)


def node_port(text: str) -> Facts:
    """``30080``."""
    return _single(Attribute.NODE_PORT, r"\d{1,5}", text)


def replicas(text: str) -> Facts:
    """``1`` or ``1 (configurable)``."""
    return _single(Attribute.REPLICAS, r"\d+", text)


def image(text: str) -> Facts:
    """An image reference: ``todo-frontend:latest``."""
    return _single(Attribute.IMAGE, r"[a-z0-9][\w./:@-]*", text)


def service_type(text: str) -> Facts:
    """One of the four types of a Service, in any case."""
    bare = strip_marks(without_remarks(text)).lower()
    return tuple((Attribute.TYPE, known) for known in _SERVICE_TYPES if known.lower() == bare)


def selector(text: str) -> Facts:
    """``app=todo-frontend``, ``app: todo-frontend``, several with commas; the value is ``key=value,...``."""
    pairs = [re.fullmatch(r"\s*([\w./-]+)\s*[=:]\s*([\w.-]+)\s*", part) for part in strip_marks(text).split(",")]
    if not all(pairs):
        return ()
    return ((Attribute.SELECTOR, ",".join(f"{pair[1]}={pair[2]}" for pair in pairs if pair)),)


def requests(text: str) -> Facts:
    """``256Mi memory, 0.2 CPU``: resource requests."""
    return _resources(text, Attribute.REQUESTS_CPU, Attribute.REQUESTS_MEMORY)


def limits(text: str) -> Facts:
    """``512Mi memory, 0.5 CPU``: resource limits."""
    return _resources(text, Attribute.LIMITS_CPU, Attribute.LIMITS_MEMORY)


def _resources(text: str, cpu: Attribute, memory: Attribute) -> Facts:
    facts: list[tuple[str, str]] = []
    for part in re.split(r"\s*(?:,|/|;|\band\b)\s*", strip_marks(text)):
        match = re.fullmatch(
            rf"(?:(?P<before>[A-Za-z]+):?\s+)?(?P<quantity>{_QUANTITY})(?:\s+(?P<after>[A-Za-z]+))?", part
        )
        attribute = _resource(match["before"] or match["after"], match["quantity"], cpu, memory) if match else None
        if match is None or attribute is None:
            return ()
        facts.append((attribute, match["quantity"]))
    return tuple(facts) if len({attribute for attribute, _ in facts}) == len(facts) else ()


def _resource(word: str | None, quantity: str, cpu: Attribute, memory: Attribute) -> Attribute | None:
    """Which resource is meant: the word says so, else a unit that only one of them has."""
    if word:
        return {"cpu": cpu, "cpus": cpu, "core": cpu, "cores": cpu, "memory": memory, "ram": memory}.get(word.lower())
    if quantity.endswith("m"):
        return cpu
    return memory if quantity.endswith("i") else None


def env_sources(text: str) -> Facts:
    """``From ConfigMap and Secrets``; the value names the kinds, ``ConfigMap,Secret``."""
    words = re.findall(r"[a-z]+", text.lower())
    known = {"configmap": "ConfigMap", "configmaps": "ConfigMap", "secret": "Secret", "secrets": "Secret"}
    kinds = dict.fromkeys(known[word] for word in words if word in known)
    filler = {"from", "and", "the", "a", "injected", "via", "envfrom", "taken"}
    if not kinds or any(word not in known and word not in filler for word in words):
        return ()
    return ((Attribute.ENV_FROM, ",".join(kinds)),)


def plain(attribute: str) -> Phrase:
    """A parser that takes any text that is not empty as the value of ``attribute``."""

    def parse(text: str) -> Facts:
        value = strip_marks(text)
        return ((attribute, value),) if value else ()

    return parse


def word(attribute: Attribute) -> Phrase:
    """A parser that takes a single word, such as a version, as the value of ``attribute``."""
    return lambda text: _single(attribute, r"\S+", text)


def _single(attribute: Attribute, pattern: str, text: str) -> Facts:
    bare = strip_marks(without_remarks(text))
    return ((attribute, bare),) if re.fullmatch(pattern, bare) else ()
