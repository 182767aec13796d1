"""Findings and what they consist of as plain JSON, and back: for what is kept of a run, not for its readers."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Any

from todo_lint.findings import (
    Edit,
    Exactness,
    Finding,
    Fix,
    Layer,
    Location,
    Related,
    ResourceRef,
    Severity,
    Skip,
    StatementRef,
    Verdict,
    VersionRange,
)

_ENUMS = (Severity, Layer, Exactness, Verdict)
_RECORDS = (Location, Related, StatementRef, ResourceRef, Edit, Fix, VersionRange, Finding, Skip)
_CLASSES: dict[str, Callable[..., Any]] = {made.__name__: made for made in (*_ENUMS, *_RECORDS)}
_TUPLE = ""


def encoded(value: Any) -> Any:
    """A finding, or a part of one, as lists that begin with the name of a class; a tuple has no name.

    Raises:
        TypeError: for what findings do not consist of.
    """
    if isinstance(value, enum.Enum):  # before the numbers and texts that they are
        return [type(value).__name__, value.value]
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_TUPLE, *map(encoded, value)]
    if isinstance(value, _RECORDS):
        return [type(value).__name__, *(encoded(getattr(value, name)) for name in value.__match_args__)]
    raise TypeError(f"{type(value).__name__} is no part of a finding")


def decoded(value: Any) -> Any:
    """What ``encoded`` was given. Raises KeyError, TypeError or ValueError for anything else."""
    if not isinstance(value, list):
        return value
    name, *parts = value
    whole = map(decoded, parts)
    return tuple(whole) if name == _TUPLE else _CLASSES[name](*whole)
