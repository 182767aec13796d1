"""Where each definition stands inside a bundled ``_definitions.json``, so that only what a run needs is read.

The bundled files are those of the package kubernetes-validate: one folder a Kubernetes version, its
``_definitions.json`` of 1 to 2 MB holding every type under ``$defs``. An index of it ships in
``schemas/kubernetes/index-VERSION.json``; where the installed file is not the indexed one (its size
differs), the index is made again in memory, which is slower but right.
"""

from __future__ import annotations

import functools
import json
import os
from typing import Any

from todo_lint.errors import ToolError
from todo_lint.records import dataclass
from todo_lint.shipped import shipped_path

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SchemaIndex:
    """The index of one version.

    ``kinds`` maps (apiVersion, kind) to the name of its definition; ``places`` maps the name of a definition to
    its byte offset and length in the file; ``resources`` are the (apiVersion, kind) that a server serves as
    resources, in order.
    """

    size: int
    kinds: dict[tuple[str, str], str]
    places: dict[str, tuple[int, int]]
    resources: tuple[tuple[str, str], ...]


@functools.cache
def definitions_path(version: str) -> str:
    """Return the path of the bundled ``_definitions.json`` of a minor version such as ``1.30``.

    Raises:
        ToolError: when kubernetes-validate is not installed or lacks that version.
    """
    from importlib.util import find_spec

    spec = find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        raise ToolError("the package kubernetes-validate is missing; install todo-lint again")
    path = os.path.join(  # noqa: PTH118 - pathlib costs start-up time
        os.path.dirname(spec.origin),  # noqa: PTH120
        "kubernetes-json-schema",
        f"v{version}.0-local-strict",
        "_definitions.json",
    )
    if not os.path.exists(path):  # noqa: PTH110
        raise ToolError(f"the installed kubernetes-validate has no schemas of Kubernetes {version}")
    return path


def index_file_name(version: str) -> str:
    """Return the path of a version's index relative to the shipped files."""
    return f"schemas/kubernetes/index-{version}.json"


@functools.cache
def load_index(version: str) -> SchemaIndex:
    """Return the index of a minor version: the shipped one if it fits the installed file, else one made anew.

    Raises:
        ToolError: when the bundled schemas of that version cannot be found.
    """
    path = definitions_path(version)
    try:
        with open(shipped_path(index_file_name(version)), "rb") as file:  # noqa: PTH123
            packed = json.loads(file.read())
    except (FileNotFoundError, ValueError):
        packed = {}
    if packed.get("format") != FORMAT or packed["size"] != os.stat(path).st_size:  # noqa: PTH116
        with open(path, "rb") as file:  # noqa: PTH123
            packed = pack_index(file.read())
    return unpack_index(packed)


def pack_index(raw: bytes) -> dict[str, Any]:
    """Return the index of the bytes of a ``_definitions.json`` in the compact form that is shipped.

    ``definitions`` groups names by their package: package -> type -> [offset, length]. ``kinds`` maps
    apiVersion -> kind -> number of the package in the order of ``definitions`` (a type is called as its kind).
    ``resources`` maps apiVersion -> kinds that have object metadata and hence are served as resources.

    Raises:
        ValueError: when the bytes are no such file.
    """
    text = raw.decode()
    offsets = _offsets(text, raw)
    definitions: dict[str, dict[str, list[int]]] = {}
    kinds: dict[str, dict[str, int]] = {}
    resources: dict[str, list[str]] = {}
    for name, (offset, length) in sorted(offsets.items()):
        package, _, type_name = name.rpartition(".")
        definitions.setdefault(package, {})[type_name] = [offset, length]
    packages = list(definitions)
    for name in sorted(offsets):
        offset, length = offsets[name]
        body = json.loads(raw[offset : offset + length])
        marks = body.get("x-kubernetes-group-version-kind", [])
        if len(marks) != 1:  # DeleteOptions and WatchEvent belong to every group and are never manifests
            continue
        package, _, type_name = name.rpartition(".")
        mark = marks[0]
        if mark["kind"] != type_name:
            raise ValueError(f"{name} is called otherwise than its kind {mark['kind']}")
        api_version = f"{mark['group']}/{mark['version']}" if mark["group"] else mark["version"]
        kinds.setdefault(api_version, {})[type_name] = packages.index(package)
        if body.get("properties", {}).get("metadata", {}).get("$ref", "").endswith(".ObjectMeta"):
            resources.setdefault(api_version, []).append(type_name)
    return {
        "format": FORMAT,
        "size": len(raw),
        "definitions": definitions,
        "kinds": kinds,
        "resources": resources,
    }


def unpack_index(packed: dict[str, Any]) -> SchemaIndex:
    """Return the index in the form that programs use."""
    packages = list(packed["definitions"])
    places = {
        f"{package}.{type_name}": (place[0], place[1])
        for package, types in packed["definitions"].items()
        for type_name, place in types.items()
    }
    kinds = {
        (api_version, kind): f"{packages[number]}.{kind}"
        for api_version, entries in packed["kinds"].items()
        for kind, number in entries.items()
    }
    resources = tuple((api_version, kind) for api_version, entries in packed["resources"].items() for kind in entries)
    return SchemaIndex(packed["size"], kinds, places, resources)


def _offsets(text: str, raw: bytes) -> dict[str, tuple[int, int]]:
    """Return the byte offset and length of each definition, found by decoding one after the other."""
    if len(text) != len(raw):
        raise ValueError("the definitions hold characters that are not ASCII")
    decoder = json.JSONDecoder()
    at = text.index("{", text.index('"$defs"')) + 1
    found: dict[str, tuple[int, int]] = {}
    while True:
        at = _skip_blanks(text, at)
        if text[at] == "}":
            return found
        name, at = decoder.raw_decode(text, at)
        start = _skip_blanks(text, text.index(":", at) + 1)
        _, at = decoder.raw_decode(text, start)
        found[name] = (start, at - start)
        at = _skip_blanks(text, at)
        if text[at] == ",":
            at += 1


def _skip_blanks(text: str, at: int) -> int:
    while text[at] in " \t\r\n":
        at += 1
    return at
