"""What the API demands of single fields beyond its published schemas, read from ``schemas/kubernetes/overlays``.

An overlay names a type by group and name without version (``core.Container``), since a server checks all versions
of a type alike, and so reaches every kind that embeds it. Each field has a constraint with these keys:

- ``required``: the field must be there and not be empty (``""``, ``[]``, ``{}``; 0 with ``zero: "missing"``)
- ``present``: the field must be there, though it may be empty
- ``absent``: the value that stands for an absent field, to be checked like any other
- ``enum``: the allowed texts; ``format``: the name of a form of :mod:`todo_lint.kubernetes.formats`
- ``empty: "refused"``: the empty text is checked, too (otherwise it counts as absent)
- ``min``, ``max``: bounds of a number; ``longest``: most bytes of a text
- ``items``, ``values``: the constraint of each item of a list or value of a map
- ``blame``: a server blames not the field but what lies so many steps above it
- ``most``: most items; ``unique``: true, or the fields that make an item of a list of mappings unique
- ``since``, ``until``: the minor versions (inclusive) for which the constraint holds
"""

from __future__ import annotations

import functools
import json
import os
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.formats import FORMATS, Form
from todo_lint.kubernetes.names import length
from todo_lint.kubernetes.report import MapKey, Report, label
from todo_lint.kubernetes.schema_cache import offer, recall
from todo_lint.kubernetes.words import choice, described, quoted
from todo_lint.shipped import shipped_path

Constraint = dict[str, Any]
TypeOverlay = dict[str, Constraint]
ApplyKeys = dict[str, "str | None"]

_MOST_NAMED = 24
_VALUE_FIELDS = "schemas/kubernetes/value-fields.json"


@functools.cache
def overlays() -> dict[str, TypeOverlay]:
    """Return the constraints of all fields by type (``core.Container``) and field."""
    fields: dict[str, TypeOverlay] = _tables()["overlays"]
    return fields


@functools.cache
def _tables() -> dict[str, Any]:
    """Return what is read of the shipped files, from the cache where that is possible."""
    paths = [*_overlay_paths(), shipped_path(_VALUE_FIELDS)]
    tables: dict[str, Any] | None = recall("constraints", paths)
    if tables is None:
        fields = {name: entry["fields"] for name, entry in overlay_entries().items() if entry["fields"]}
        with open(shipped_path(_VALUE_FIELDS), "rb") as file:  # noqa: PTH123
            tables = {"overlays": fields, "value_fields": json.loads(file.read())["types"]}
        offer("constraints", paths, functools.partial(dict, tables))
    return tables


@functools.cache
def overlay_entries() -> dict[str, dict[str, Any]]:
    """Return the overlays as they are written, each with its ``source``, by type."""
    entries: dict[str, dict[str, Any]] = {}
    for path in _overlay_paths():
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
            entries.update(json.loads(file.read()))
    return entries


def _overlay_paths() -> list[str]:
    folder = shipped_path("schemas/kubernetes/overlays")
    names = sorted(os.listdir(folder))  # noqa: PTH208 - pathlib costs start-up time
    return [os.path.join(folder, name) for name in names if name.endswith(".json")]  # noqa: PTH118


@functools.cache
def value_fields() -> dict[str, list[str]]:
    """Return by type the mappings that a server takes as empty when they are absent, and checks nevertheless."""
    fields: dict[str, list[str]] = _tables()["value_fields"]
    return fields


def type_key(definition_name: str) -> str:
    """Return the group and name of a definition: ``core.Pod`` for ``io.k8s.api.core.v1.Pod``."""
    parts = definition_name.split(".")
    return f"{parts[-3]}.{parts[-1]}" if len(parts) > 2 else definition_name


def constraints_of(key: str) -> dict[str, Constraint]:
    """Return the constraints of a type's fields.

    What the published schemas call required is no help: a server refuses less (it drops fields of features that
    are switched off) and more (an empty text is no name).
    """
    return overlays().get(key, {})


def holds_for(constraint: Constraint, minor: int) -> bool:
    """Say whether a constraint holds for a minor version."""
    return minor >= constraint.get("since", 0) and ("until" not in constraint or minor <= constraint["until"])


def check_field(constraint: Constraint, parent: dict[str, Any], name: str, route: Route, report: Report) -> None:
    """Check the field ``name`` of the mapping ``parent`` at ``route``."""
    value = parent.get(name)
    at = (*route, name)
    count = len(report.problems)
    _check_field(constraint, value, at, report)
    if len(report.problems) > count:
        _settle(constraint, count, report)
    if "blame" in constraint:
        report.blame(count, at[: -constraint["blame"]])


def check_present(constraint: Constraint, value: Any, route: Route, report: Report) -> None:
    """Check a field that is there against a constraint of its type."""
    count = len(report.problems)
    check_value(constraint, value, route, report)
    if len(report.problems) > count:
        _settle(constraint, count, report)


def _settle(constraint: Constraint, count: int, report: Report) -> None:
    """Drop the problems from number ``count`` on if the constraint is none of the version that is asked about.

    The version is looked at last, so that it counts only where it decides.
    """
    if ("since" in constraint or "until" in constraint) and not holds_for(constraint, report.minor):
        del report.problems[count:]


def _check_field(constraint: Constraint, value: Any, at: Route, report: Report) -> None:
    empty = value is None or value == "" or value == [] or value == {}
    if constraint.get("required") and (empty or (constraint.get("zero") == "missing" and value == 0)):
        report.missing(at, _expected(constraint))
        return
    if value is None:
        if constraint.get("present"):
            report.missing(at, _expected(constraint))
            return
        value = constraint.get("absent")
    if value is not None:
        check_value(constraint, value, at, report)


def _expected(constraint: Constraint) -> str:
    """Say what may stand in a field, where that is one of some texts."""
    allowed = constraint.get("enum", ())
    return f"{choice(allowed)} is expected" if 0 < len(allowed) <= _MOST_NAMED else ""


def check_value(constraint: Constraint, value: Any, route: Route, report: Report) -> None:
    """Check a value that is there against a constraint."""
    if isinstance(value, str):
        _check_text(constraint, value, route, report)
    elif isinstance(value, list):
        _check_list(constraint, value, route, report)
    elif isinstance(value, dict):
        values = constraint.get("values")
        if values is not None:
            for key, item in value.items():
                check_value(values, item, (*route, MapKey(key)), report)
    elif not isinstance(value, bool):
        _check_number(constraint, value, route, report)


def _check_text(constraint: Constraint, value: str, route: Route, report: Report) -> None:
    if not value and constraint.get("empty") != "refused":
        return
    allowed = constraint.get("enum")
    if allowed is not None and value not in allowed:
        report.unsupported(route, value, allowed)
        return
    form = constraint.get("format")
    if form is not None:
        wrong = FORMATS[form].wrong(value)
        if wrong is not None:
            _wrong_form(FORMATS[form], value, wrong, route, report)
    longest = constraint.get("longest")
    if longest is not None and length(value) > longest:
        report.invalid(route, f"{label(route)} has {length(value)} characters, at most {longest} are allowed")


def _wrong_form(form: Form, value: str, wrong: str, route: Route, report: Report) -> None:
    if form.rule == "invalid-name":
        report.name(route, value, wrong)
        return
    hint = ""
    if form.rule == "invalid-path":
        from todo_lint.kubernetes.proposals import path_hint

        hint = path_hint(value, form.wrong)
    report.add(form.rule, route, f"{label(route)} is {described(value)}: {wrong}", hint)


def _check_list(constraint: Constraint, value: list[Any], route: Route, report: Report) -> None:
    items = constraint.get("items")
    if items is not None:
        whole = "blame" in items
        for number, item in enumerate(value):
            count = len(report.problems)
            check_value(items, item, (*route, number), report)
            if whole:
                report.blame(count, route)
    most = constraint.get("most")
    if most is not None and len(value) > most:
        report.invalid(route, f"{label(route)} has {len(value)} items, at most {most} are allowed")
    unique = constraint.get("unique")
    if unique is not None:
        check_unique(unique, value, route, report, whole=constraint.get("unique_blame") == "item")


def check_apply_keys(keys: ApplyKeys, value: list[Any], route: Route, report: Report) -> None:
    """Advise of items that a server-side apply cannot tell apart: it merges lists by these keys, or as sets.

    ``keys`` are the fields by which it does, with what stands for one that is absent; none for a set. A field that
    is null counts as there.

    Source: https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy.
    """
    if not _is_doubtful(keys, value):
        return
    seen = set()
    for number, item in enumerate(value):
        at = (*route, number)
        written = _written(report, at) if keys else None
        key = tuple((written or {}).get(name, absent) for name, absent in keys.items()) if keys else item
        if keys and not _has_key(keys, written):
            report.advise(
                "unclear-on-apply",
                at,
                f"{label(at)} has no {' or '.join(keys)}, by which a server-side apply tells items apart",
            )
        elif key in seen:
            shown = (
                ", ".join(f"{name} {quoted(part)}" for name, part in zip(keys, key, strict=True))
                if keys
                else quoted(item)
            )
            report.advise(
                "duplicate-on-apply",
                at,
                f"{label(at)} repeats {shown}: a create takes it, a server-side apply (Helm 4) refuses it",
                "remove one of the two",
            )
        seen.add(key)


def _written(report: Report, route: Route) -> dict[str, Any] | None:
    """Return an item as it was written, with its nulls; None where it is null itself."""
    found: Any = report.written
    for step in route:
        found = found[step]
    item: dict[str, Any] | None = found
    return item


def _has_key(keys: ApplyKeys, item: dict[str, Any] | None) -> bool:
    return item is not None and any(name in item or absent is not None for name, absent in keys.items())


def _is_doubtful(keys: ApplyKeys, value: list[Any]) -> bool:
    """Say quickly whether any item of a list might repeat another or lack its keys."""
    if not keys:
        return len(set(value)) < len(value)
    first = next(iter(keys))
    names = [item.get(first) for item in value]
    return None in names or (len(names) > 1 and len(set(names)) < len(names))


def check_unique(
    unique: bool | list[str], value: list[Any], route: Route, report: Report, *, whole: bool = False
) -> None:
    """Report each item of a list that repeats another.

    A field that is named alone is blamed itself, unless ``whole`` says that the item is.
    """
    seen = set()
    for number, item in enumerate(value):
        if isinstance(unique, bool):
            key, at = item, (*route, number)
        else:
            key = tuple(item.get(field) or "" for field in unique)
            at = (*route, number, unique[0]) if len(unique) == 1 and not whole else (*route, number)
            if not any(key):
                continue
            key = key[0] if len(unique) == 1 else key
        if key in seen:
            report.duplicate(at, key if not isinstance(key, tuple) else " ".join(map(str, key)))
        seen.add(key)


def _check_number(constraint: Constraint, value: float, route: Route, report: Report) -> None:
    low, high = constraint.get("min"), constraint.get("max")
    if (low is None or value >= low) and (high is None or value <= high):
        return
    report.outside(route, value, low, high)
