"""Writes schemas/kubernetes/changes.json: what changed between the bundled versions of Kubernetes.

    python docs/generate_schema_changes.py [--check]

With --check nothing is written: the exit code is 1 when the file is missing or stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from todo_lint.kubernetes.changes import FILE, WHOLE
from todo_lint.kubernetes.schemas import SchemaStore
from todo_lint.kubernetes.versions import SUPPORTED, minor_of

TARGET = Path(__file__).resolve().parent.parent / FILE
SHAPE = ("$ref", "format", "items", "additionalProperties")

Shapes = dict[str, str]
"""The shapes of the fields of a definition, as JSON; that of the whole under WHOLE."""

Table = dict[str, dict[str, str]]


def shape(schema: Any) -> Any:
    """What of a field's schema decides how a server reads the field.

    Whether null is allowed does not: a server takes it everywhere for a field that is absent. How lists are merged
    has not changed: until 1.29 the schemas said it by a merge key, since then by a list type.
    """
    if not isinstance(schema, dict):
        return schema
    kept = {key: shape(value) for key, value in schema.items() if key in SHAPE}
    kind = schema.get("type")
    kept["type"] = [name for name in kind if name != "null"] if isinstance(kind, list) else [kind]
    return kept


def shapes(body: Mapping[str, Any]) -> Shapes:
    """The shapes of a definition: of the whole, and of each field."""
    fields = {name: json.dumps(shape(schema), sort_keys=True) for name, schema in body.get("properties", {}).items()}
    return {WHOLE: json.dumps([shape(body), bool(fields)], sort_keys=True), **fields}


def changes(by_version: Iterable[tuple[int, str | None]], alike: Callable[[int, str, str], bool]) -> str:
    """The changes of a shape, oldest version first; None: it is not there. ``alike`` shapes are no change."""
    found: list[str] = []
    before: str | None = None
    first = True
    for minor, now in by_version:
        if not first and now != before:
            if before is None or now is None:
                found.append(f"{'+' if before is None else '-'}{minor}")
            elif not alike(minor, before, now):
                found.append(f"~{minor}")
        before, first = now, False
    return " ".join(found)


class Writer:
    """The bundled schemas, and what has changed in them."""

    def __init__(self) -> None:
        self._stores = {minor_of(version): SchemaStore(version) for version in SUPPORTED}
        self._bodies = {
            minor: {name: shapes(body) for name, body in store.all_definitions().items()}
            for minor, store in self._stores.items()
        }
        self._fields: Table = {}

    def text(self) -> str:
        """The text of the file."""
        for name in sorted({name for known in self._bodies.values() for name in known}):
            self._compare(name)
        fields = {name: dict(sorted(changed.items())) for name, changed in sorted(self._fields.items())}
        return json.dumps({"kinds": self._kinds(), "fields": fields}, indent=1) + "\n"

    def _kinds(self) -> Table:
        kinds: Table = {}
        for api_version, kind in sorted({pair for store in self._stores.values() for pair in store.kinds()}):
            served = (
                (minor, kind if store.has(api_version, kind) else None) for minor, store in self._stores.items()
            )
            text = changes(served, lambda *_: False)
            if text:
                kinds.setdefault(api_version, {})[kind] = text
        return kinds

    def _compare(self, name: str) -> None:
        having = {minor: known[name] for minor, known in self._bodies.items() if name in known}
        for field in {field for known in having.values() for field in known}:
            text = changes(((minor, known.get(field)) for minor, known in having.items()), self._narrowed)
            if text:
                self._fields.setdefault(name, {})[field] = text

    def _narrowed(self, minor: int, before: str, now: str) -> bool:
        """Whether a field only moved to a type that is the former one less some fields; these are noted there."""
        former, latter = (json.loads(text).get("$ref", "").rpartition("/")[2] for text in (before, now))
        if not former or not latter:
            return False
        old, new = self._bodies[minor - 1][former], self._bodies[minor][latter]
        if new.items() - old.items():
            return False
        for field in old.keys() - new.keys():
            self._fields.setdefault(latter, {})[field] = f"-{minor}"
        return True


def main(arguments: list[str]) -> int:
    """Write the file, or with ``--check`` compare it; return the exit code."""
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__)
        return 2
    text = Writer().text()
    stale = not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text
    if stale:
        print(f"{'stale' if check else 'written'}: {FILE}")
        if not check:
            TARGET.write_text(text, encoding="utf-8")
    return int(check and stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
