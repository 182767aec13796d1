"""Lines of the document that name what a chart renders, and of which nothing is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import containers
from todo_lint.manifests.resources import ResourceSet, mapping_at, text_at
from todo_lint.model.images import repository
from todo_lint.model.statements import QUANTITY, DataModel
from todo_lint.records import dataclass


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines without a statement, in their order, each with what it names of what is rendered."""

    lines: tuple[tuple[int, str], ...]


def unread(model: DataModel, resources: ResourceSet, defaults: Mapping[str, Json] | None) -> Unread | None:
    """The lines of prose that hold a value which nothing states, and name something of a rendering or of its values.

    None where there are none. A word alone (``web``) counts only where it is written as code.
    """
    prose = [line for line in model.prose if line.mentions]
    if not prose:
        return None
    known = {QUANTITY, *_rendered(resources), *_keys(dict(defaults or {}), "")}
    found = ((line.line, next((name for name in line.mentions if name in known), "")) for line in prose)
    lines = tuple((number, name) for number, name in found if name)
    return Unread(lines) if lines else None


def _rendered(resources: ResourceSet) -> Iterator[str]:
    """The names of what is rendered: of resources, keys of ConfigMaps and Secrets, images."""
    for resource in resources.resources:
        yield resource.ref.name
        value = dict(resource.value)
        if resource.ref.kind in ("ConfigMap", "Secret"):
            for place in ("data", "stringData"):
                yield from mapping_at(value, (place,))
        for _, container in containers(resource):
            image = text_at(container, ("image",)) or ""
            yield from (image, repository(image))


def _keys(value: Json, above: str) -> Iterator[str]:
    """The keys of values that have one above them: a key alone is a word like any other."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        route = f"{above}.{key}" if above else key
        if above:
            yield route
        yield from _keys(inner, route)
