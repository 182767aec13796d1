"""Charts that a chart depends on: ``dependencies.redis: 17.0.0``, lists and tables of them, each with its version."""

from __future__ import annotations

import re

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import read_firmness
from todo_lint.model.reading.parts import DEPENDENCIES
from todo_lint.model.reading.text import is_nothing, plain, without_remarks, words_of
from todo_lint.model.statements import Modality, Prefix
from todo_lint.patterns import pattern

_NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_VERSION = r"[~^>=<]*\s?v?\d+(?:\.(?:\d+|x|\*))+[\w.+-]*(?:\s+[~^>=<]+\s?\d[\w.*+-]*)*"
_NO_CHARTS = ("helm", "kubernetes", "kubectl", "minikube", "docker", "k8s", "python", "node", "go", "version")
"""Names with a version behind them that are of programs."""
_ROUTE = pattern(rf"dependencies\.(?P<name>{_NAME})(?:\.(?P<field>version|repository|condition))?")
_ONE = pattern(
    rf"`?(?P<name>{_NAME})`?(?:\s*[@:]\s*|\s+|\s*\((?:version )?)(?:version )?`?(?P<version>{_VERSION})`?\)?", re.I
)
_PARTS = pattern(r"\s*(?:[,;\n]|\band\b)\s*(?![^()]*\))")
FIELDS = {
    "version": _VERSION,
    "repository": r"(?:https?|oci|file)://\S+|@[\w-]+",
    "condition": r"[A-Za-z][\w.,-]*",
}
"""What is said of such a chart, and how that is written."""


def read_dependency(key: str, value: str, path: tuple[str, ...]) -> Reading | None:
    """A line below a chart that tells of a dependency; None for any other line.

    Args:
        key: the label of the line.
        value: what stands behind it, or the whole line where it has no label.
        path: the labels in which it is nested.
    """
    above = [words_of(without_remarks(step)) for step in path]
    if match := _ROUTE.fullmatch(plain(key)):
        return _field(match["name"], match["field"] or "version", value)
    if not above and words_of(key) in DEPENDENCIES:
        return None if is_nothing(value) else _several(value)
    if not above or DEPENDENCIES.isdisjoint(above[-2:]):
        return None
    name = plain(without_remarks(key if above[-1] in DEPENDENCIES else path[-1]))
    if not re.fullmatch(_NAME, name) or name in _NO_CHARTS:
        return _several(value) if key == value or not key else Reading(prose="it says more of a dependency")
    if above[-1] in DEPENDENCIES:
        if value and value != key:
            return _field(name, "version", value)
        return _stated(name, "version", "") if "`" in key else None  # a word alone may be any program
    return _field(name, words_of(key), value)


def _several(text: str) -> Reading | None:
    found = [_ONE.fullmatch(part) for part in _PARTS.split(text.strip()) if part]
    if not found or not all(match and match["name"] not in _NO_CHARTS for match in found):
        return None
    return Reading(tuple(Fact(f"{Prefix.DEPENDENCY}{match['name']}", match["version"]) for match in found if match))


def _field(name: str, field: str, value: str) -> Reading:
    written = FIELDS.get(field)
    firm = read_firmness(value)
    bare = plain(without_remarks(firm.text))
    if written is None or is_nothing(value):
        return Reading(prose="it says more of a dependency")
    if not re.fullmatch(written, bare):
        return Reading(hint=f"a {field} of a dependency is read where it looks like '{_LIKE[field]}'")
    return _stated(name, field, bare, firm.modality)


_LIKE = {"version": "12.1.0", "repository": "https://charts.example.com", "condition": "redis.enabled"}


def _stated(name: str, field: str, value: str, modality: Modality = Modality.REQUIRED) -> Reading:
    attribute = f"{Prefix.DEPENDENCY}{name}"
    return Reading((Fact(attribute if field == "version" else f"{attribute}.{field}", value, modality),))


__all__ = ["FIELDS", "read_dependency"]
