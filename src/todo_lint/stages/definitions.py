"""The CustomResourceDefinitions that a configuration names: kinds of a cluster that no chart brings along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from todo_lint.errors import UserError
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem

KIND = "CustomResourceDefinition"


def read_definitions(paths: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """Read the definitions in files, and in the .yaml, .yml and .json files of folders.

    Raises:
        UserError: where a path cannot be read, is no YAML, or holds no CustomResourceDefinition.
    """
    return tuple(definition for path in paths for definition in _in_path(path))


def _in_path(path: str) -> Iterator[dict[str, Any]]:
    from todo_lint.stages.inputs import MANIFEST_SUFFIXES

    files = [path]
    if Path(path).is_dir():
        files = sorted(str(file) for file in Path(path).rglob("*") if file.suffix in MANIFEST_SUFFIXES)
    found = [definition for file in files for definition in _in_file(file)]
    if not found:
        raise UserError("there is no CustomResourceDefinition in it, though the configuration names it", file=path)
    yield from found


def _in_file(file: str) -> Iterator[dict[str, Any]]:
    from todo_lint.kubernetes_yaml.reader import read_stream
    from todo_lint.stages.manifest_text import read_manifest

    for document in read_stream(read_manifest(file)):
        if isinstance(document, YamlProblem):
            raise UserError(f"this is no YAML: {document.message}", file=file, line=document.line)
        yield from _definitions(document)


def _definitions(document: YamlDocument) -> Iterator[dict[str, Any]]:
    value: Json = document.value
    if not isinstance(value, dict):
        return
    items = value.get("items")
    for item in items if isinstance(items, list) else [value]:
        if isinstance(item, dict) and item.get("kind") == KIND:
            yield item
