"""What changed between the bundled versions: the kinds that came or went, and the fields of types.

``schemas/kubernetes/changes.json`` holds it, made by docs/generate_schema_changes.py from the bundled schemas. A
change is a minor version with a sign before it: ``+30`` from 1.30 on it is there, ``-30`` from 1.30 on it is gone,
``~30`` from 1.30 on it has another type. What is not listed is the same in all versions.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.report import MapKey
from todo_lint.kubernetes.schemas import SchemaStore
from todo_lint.kubernetes.versions import SUPPORTED, minor_of
from todo_lint.records import dataclass
from todo_lint.shipped import shipped_path

FILE = "schemas/kubernetes/changes.json"
OLDEST = minor_of(SUPPORTED[0])
WHOLE = ""
"""Stands for a type as a whole among its fields."""

Changes = tuple[tuple[str, int], ...]
"""Signs and minor versions, oldest first."""


@dataclass(frozen=True, slots=True)
class Served:
    """The minor versions in which something is there: from ``since`` (None: before the oldest) to ``until``."""

    since: int | None
    until: int | None


@functools.cache
def _packed() -> dict[str, Any]:
    with open(shipped_path(FILE), "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
        packed: dict[str, Any] = json.loads(file.read())
    return packed


def kind_changes(api_version: str, kind: str) -> Changes:
    """The versions in which a server began or ceased to serve a kind."""
    return _read(_packed()["kinds"].get(api_version, {}).get(kind, ""))


def field_changes(definition: str, name: str) -> Changes:
    """The versions in which a field of a definition came, went or changed its type."""
    return _read(_packed()["fields"].get(definition, {}).get(name, ""))


def served(changes: Changes) -> Served:
    """From the changes of what is missing in some version: when it is there for the first and the last time."""
    came = [minor for sign, minor in changes if sign == "+"]
    went = [minor - 1 for sign, minor in changes if sign == "-"]
    return Served(came[0] if changes and changes[0][0] == "+" else None, went[-1] if went else None)


def came_later(store: SchemaStore, definition: str, route: Route) -> int | None:
    """The minor version from which on the field at ``route`` in an object of this definition is known.

    None where it is known in the version of the store, or in none that is newer.
    """
    minor = minor_of(store.version)
    for step in route[:-1]:
        leads = definition if isinstance(step, (int, MapKey)) else _leads_to(store, definition, step)
        if leads is None:
            return None
        definition = leads
    came = [at for sign, at in field_changes(definition, str(route[-1])) if sign == "+" and at > minor]
    return came[0] if came else None


def _leads_to(store: SchemaStore, definition: str, name: str) -> str | None:
    """The definition of the values of a field."""
    found = _steady(store, minor_of(store.version), definition).below.get(name)
    return found[0] if found else None


def low_end(changes: Changes, minor: int) -> int:
    """The oldest version down to which there is no change from ``minor`` on."""
    return max((at for _, at in changes if at <= minor), default=OLDEST)


def changed_apis() -> dict[str, set[int]]:
    """The apiVersions of kinds that came or went, each with the minor versions in which one did."""
    return {
        api_version: {minor for text in kinds.values() for _, minor in _read(text)}
        for api_version, kinds in _packed()["kinds"].items()
    }


def is_changed_group(group: str) -> bool:
    """Say whether a kind of this group is bundled with some versions, but not with all of them."""
    return any(api_version.rpartition("/")[0] == group for api_version in _packed()["kinds"])


@functools.cache
def _read(text: str) -> Changes:
    return tuple((entry[0], int(entry[1:])) for entry in text.split())


@dataclass(slots=True, eq=False)
class _Steady:
    """How far down each field of a definition stays the same, and where its values lead."""

    ends: dict[str, int]
    below: dict[str, tuple[str, str]]
    whole: int


@functools.cache
def _steady(store: SchemaStore, minor: int, definition: str) -> _Steady:
    """Work out the fields of a definition for a version."""
    changed: dict[str, str] = _packed()["fields"].get(definition, {})
    ends = {name: low_end(_read(text), minor) for name, text in changed.items() if name != WHOLE}
    whole = low_end(_read(changed.get(WHOLE, "")), minor)
    below = {}
    for name, schema in store.definition(definition).get("properties", {}).items():
        for form, inner in (
            ("one", schema),
            ("list", schema.get("items")),
            ("map", schema.get("additionalProperties")),
        ):
            if isinstance(inner, dict) and "$ref" in inner:
                below[name] = inner["$ref"].rpartition("/")[2], form
                break
    return _Steady(ends, below, whole)


def steady_down_to(store: SchemaStore, definition: str, value: Any, minor: int) -> int:
    """The oldest minor version whose schemas say the same of ``value`` as those of ``minor``, which ``store`` holds.

    Only the fields that stand in the value count.
    """
    if not isinstance(value, dict):
        return OLDEST
    steady = _steady(store, minor, definition)
    end = steady.whole
    for name, inner in value.items():
        end = max(end, steady.ends.get(name, OLDEST))
        leads = steady.below.get(name)
        if leads is not None and end < minor:
            end = max(end, _below(store, leads, inner, minor))
    return end


def _below(store: SchemaStore, leads: tuple[str, str], value: Any, minor: int) -> int:
    definition, form = leads
    if form == "one":
        return steady_down_to(store, definition, value, minor)
    items: Iterable[Any] = ()
    if isinstance(value, list) and form == "list":
        items = value
    elif isinstance(value, dict) and form == "map":
        items = value.values()
    return max((steady_down_to(store, definition, item, minor) for item in items), default=OLDEST)
