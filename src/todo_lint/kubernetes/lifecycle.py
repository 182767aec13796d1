"""APIs that are deprecated or gone, and what takes their place, by ``schemas/kubernetes/deprecated-apis.json``.

It holds every API that a server has ceased to serve since 1.16, and those that are still served and deprecated.
``deprecated`` and ``removed`` are the first versions for which that holds (``removed`` may lie ahead);
``replacement`` is the apiVersion to use, there ``since`` that version, under another ``kind`` where one is given;
``instead`` is what to do where no API takes its place.
"""

from __future__ import annotations

import functools
import json

from todo_lint.records import dataclass
from todo_lint.shipped import shipped_path

FILE = "schemas/kubernetes/deprecated-apis.json"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """What is known about the end of an API. The numbers are minor versions; None: not known, or not planned."""

    api_version: str
    kind: str
    deprecated: int | None
    removed: int | None
    replacement: str
    hint: str

    @property
    def name(self) -> str:
        """The API as messages name it."""
        return f"{self.kind} of {self.api_version}"


@functools.cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    with open(shipped_path(FILE), "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
        table: dict[str, dict[str, dict[str, str]]] = json.loads(file.read())["apis"]
    return table


def known_lifecycles() -> tuple[Lifecycle, ...]:
    """Every API of the table."""
    return tuple(_lifecycle(api, kind, entry) for api, kinds in _table().items() for kind, entry in kinds.items())


@functools.lru_cache(maxsize=256)
def lifecycle(api_version: str, kind: str) -> Lifecycle | None:
    """What is known about the end of an API, or None."""
    entry = _table().get(api_version, {}).get(kind)
    return None if entry is None else _lifecycle(api_version, kind, entry)


def _lifecycle(api_version: str, kind: str, entry: dict[str, str]) -> Lifecycle:
    replacement, hint = entry.get("replacement", ""), entry.get("instead", "")
    if replacement:
        other = f"{entry['kind']} of {replacement}" if "kind" in entry else replacement
        hint = f"use {other}, which is served since Kubernetes {entry['since']}"
    deprecated, removed = _minor(entry.get("deprecated")), _minor(entry.get("removed"))
    return Lifecycle(api_version, kind, deprecated, removed, replacement, hint)


def _minor(version: str | None) -> int | None:
    return None if version is None else int(version.removeprefix("1."))
