"""All strings of a value with their routes, and the texts of a resource in which addresses are looked for."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, mapping_at

_NO_TEXTS = frozenset(
    ("labels", "matchLabels", "selector", "image", "description", "openAPIV3Schema", "$schema", "$id", "caBundle")
)
"""Fields whose strings are labels, images or documentation."""


def strings_of(value: Json, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """The strings of a value, in its order, each with its route. Without recursion: values may be nested deep."""
    stack: list[tuple[Route, Json]] = [(route, value)]
    while stack:
        place, current = stack.pop()
        if isinstance(current, str):
            yield place, current
        elif isinstance(current, dict):
            stack += [((*place, key), current[key]) for key in reversed(current) if key not in _NO_TEXTS]
        elif isinstance(current, list):
            stack += [((*place, number), current[number]) for number in range(len(current) - 1, -1, -1)]


def all_strings(value: Json) -> Iterator[tuple[Route, str]]:
    """Every string of a value and every key, each with its route; a key's route is that of what it leads to."""
    stack: list[tuple[Route, Json]] = [((), value)]
    while stack:
        place, current = stack.pop()
        if isinstance(current, str):
            yield place, current
        elif isinstance(current, dict):
            yield from (((*place, key), key) for key in current)
            stack += [((*place, key), current[key]) for key in reversed(current)]
        elif isinstance(current, list):
            stack += [((*place, number), current[number]) for number in range(len(current) - 1, -1, -1)]


def texts_of(resource: Resource) -> Iterator[tuple[Route, str]]:
    """The strings of a resource that a program reads; those of a Secret decoded."""
    if resource.ref.kind == "CustomResourceDefinition":
        return
    if resource.ref.kind == "Secret":
        yield from secret_texts(resource)
        return
    yield from strings_of(dict(resource.value))


def secret_texts(resource: Resource) -> Iterator[tuple[Route, str]]:
    """The values of a Secret that are text, as a pod reads them."""
    value: Mapping[str, Json] = dict(resource.value)
    for key, text in mapping_at(dict(value), ("stringData",)).items():
        if isinstance(text, str):
            yield ("stringData", key), text
    for key, encoded in mapping_at(dict(value), ("data",)).items():
        if not isinstance(encoded, str):
            continue
        try:
            yield ("data", key), base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError):
            continue
