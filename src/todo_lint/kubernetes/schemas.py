"""The bundled schemas of one Kubernetes version, found by group, version and kind."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from todo_lint.kubernetes.schema_cache import offer, recall
from todo_lint.kubernetes.schema_index import SchemaIndex, definitions_path, index_file_name, load_index
from todo_lint.kubernetes.versions import parse_version
from todo_lint.shipped import shipped_path

Schema = dict[str, Any]

_LOCAL_REF = "#/$defs/"
_MOST_KEPT = 400
"""Definitions: more than those of all usual kinds, less than would take longer to recall than to read anew."""
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


class SchemaStore:
    """The schemas of one minor version. Definitions are read when first asked for, and kept.

    Kinds are looked up by the whole apiVersion and kind: ``apps.example.com/v1 Deployment`` is not the
    Deployment of ``apps/v1``.

    Raises:
        UserError: when the version is not supported.
        ToolError: when the bundled schemas are missing.
    """

    def __init__(self, version: str) -> None:
        self.version = parse_version(version)
        self._definitions: dict[str, Schema] = {}
        self._referring: dict[str, list[str]] = {}
        self._recalled = 0
        sources = [definitions_path(self.version), shipped_path(index_file_name(self.version))]
        kept = recall(f"schemas-{self.version}", sources)
        if kept is None:
            self._index = load_index(self.version)
        else:
            self._index = SchemaIndex(*kept["index"])
            self._definitions = kept["definitions"]
            self._recalled = len(self._definitions)
        offer(f"schemas-{self.version}", sources, self._to_keep)

    def _to_keep(self) -> dict[str, Any] | None:
        """Return what a later run can recall; None where that would be no more than now."""
        if not self._recalled < len(self._definitions) <= _MOST_KEPT:
            return None
        index = self._index
        return {
            "index": (index.size, index.kinds, index.places, index.resources),
            "definitions": {name: _without_prose(body) for name, body in self._definitions.items()},
        }

    def has(self, api_version: str, kind: str) -> bool:
        """Say whether a schema of this kind is bundled."""
        return (api_version, kind) in self._index.kinds

    def definition_name(self, api_version: str, kind: str) -> str:
        """Return the name of a kind's definition, such as ``io.k8s.api.apps.v1.Deployment``.

        Raises:
            KeyError: when no schema of this kind is bundled.
        """
        return self._index.kinds[api_version, kind]

    def definition(self, name: str) -> Schema:
        """Return a definition; its references have the form ``#/$defs/NAME``.

        The result is shared: callers must not change it.

        Raises:
            KeyError: when there is no definition of this name.
        """
        if name not in self._definitions:
            self._read([name])
        return self._definitions[name]

    def closure(self, name: str) -> Mapping[str, Schema]:
        """Return a definition and all that it refers to, directly or through others, by name.

        Whoever looks definitions up has them read one by one; only iterating over them reads them all.
        """
        return _Closure(self, name)

    def all_below(self, name: str) -> dict[str, Schema]:
        """Return what :meth:`closure` does, all of it read."""
        found: dict[str, Schema] = {}
        waiting = [name]
        while waiting:
            self._read([other for other in waiting if other not in self._definitions])
            found.update((other, self._definitions[other]) for other in waiting)
            below = (below for other in waiting for below in self._references(other))
            waiting = [other for other in dict.fromkeys(below) if other not in found]
        return found

    def _references(self, name: str) -> list[str]:
        """Return the names that a definition which has been read refers to; kinds have many definitions in common."""
        known = self._referring.get(name)
        if known is None:
            known = self._referring[name] = references(self._definitions[name])
        return known

    def _read(self, names: list[str]) -> None:
        """Read definitions from the bundled file, which is opened once for all of them."""
        if not names:
            return
        with open(definitions_path(self.version), "rb") as file:  # noqa: PTH123 - pathlib costs start-up time
            for name in names:
                offset, length = self._index.places[name]
                file.seek(offset)
                self._definitions[name] = json.loads(file.read(length))

    def all_definitions(self) -> dict[str, Schema]:
        """Return every definition by name."""
        self._read([name for name in self._index.places if name not in self._definitions])
        return dict(self._definitions)

    def names(self) -> tuple[str, ...]:
        """Return the names of all definitions."""
        return tuple(self._index.places)

    def schema(self, api_version: str, kind: str) -> Schema:
        """Return the self-contained schema of a kind: a reference into its own ``$defs``.

        Raises:
            KeyError: when no schema of this kind is bundled.
        """
        name = self.definition_name(api_version, kind)
        return {"$schema": _DRAFT, "$ref": f"#/$defs/{name}", "$defs": self.all_below(name)}

    def api_versions(self) -> list[str]:
        """Return what a server of this version offers, in the form of Helm's ``.Capabilities.APIVersions``.

        Each group and version (``apps/v1``) and each kind that is served as a resource (``apps/v1/Deployment``).
        """
        names: dict[str, None] = {}
        for api_version, kind in self._index.resources:
            names[api_version] = None
            names[f"{api_version}/{kind}"] = None
        return sorted(names)

    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Return (apiVersion, kind) of everything that is served as a resource."""
        return self._index.resources

    def api_versions_of(self, kind: str) -> list[str]:
        """Return the apiVersions that serve a kind of this name, for hints about a wrong apiVersion."""
        return [api_version for api_version, name in self._index.resources if name == kind]


def _without_prose(schema: Schema) -> Schema:
    """Return a definition without descriptions, which are three quarters of it and which nobody reads."""
    fields = schema.get("properties")
    bare = {key: value for key, value in schema.items() if key != "description"}
    if isinstance(fields, dict):
        bare["properties"] = {name: _without_prose(field) for name, field in fields.items()}
    for key in ("items", "additionalProperties"):
        if isinstance(bare.get(key), dict):
            bare[key] = _without_prose(bare[key])
    return bare


class _Closure(Mapping[str, Schema]):
    """The definitions below one definition. A Pod's are 120, of which one Pod has to do with 30."""

    def __init__(self, store: SchemaStore, name: str) -> None:
        self._store = store
        self._name = name

    def __getitem__(self, name: str) -> Schema:
        return self._store.definition(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._store.all_below(self._name))

    def __len__(self) -> int:
        return len(self._store.all_below(self._name))


@functools.cache
def schema_store(version: str) -> SchemaStore:
    """Return the store of a version; one per process, so that definitions are read once."""
    return SchemaStore(version)


def references(schema: Any) -> list[str]:
    """Return the names of the definitions that a schema refers to directly."""
    found: list[str] = []
    _collect_references(schema, found)
    return found


def _collect_references(node: Any, found: list[str]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref" and isinstance(value, str):  # a field may be called $ref, too
                found.append(value.removeprefix(_LOCAL_REF))
            else:
                _collect_references(value, found)
    elif isinstance(node, list):
        for value in node:
            _collect_references(value, found)
