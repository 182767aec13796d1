"""Text becomes resources: documents with an identity, found by kind and name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.findings import Layer, ResourceRef, Route
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """The text that documents were read from.

    ``file`` is the path shown to the user. ``layer`` is RENDERED when the text is what a template rendered, and
    exists in no file; MANIFEST when it is the file itself.
    """

    file: str
    layer: Layer
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resource:
    """A Kubernetes object and where it was read. ``value`` is the whole object, ``ref`` its identity.

    ``route`` leads from the document to the object: empty, or ``("items", 2)`` inside a List.
    """

    ref: ResourceRef
    value: Mapping[str, Json]
    document: YamlDocument = field(repr=False)
    source: Source = field(repr=False)
    route: Route = ()

    def get(self, *route: str | int) -> Json:
        """The value at a route, or None where there is none."""
        return at(dict(self.value), route)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A document that is no resource: YAML that cannot be read, or a value without kind and apiVersion.

    ``document`` is None for the former.
    """

    problem: YamlProblem
    source: Source
    document: YamlDocument | None = None


@dataclass(frozen=True, slots=True)
class ResourceSet:
    """The resources of one profile, in the order in which they were rendered.

    ``empty`` counts the documents that hold nothing, which Kubernetes and Helm pass over.
    """

    resources: tuple[Resource, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    documents: int = 0
    empty: int = 0

    def of_kind(self, kind: str) -> tuple[Resource, ...]:
        """All resources of a kind, whatever their API version."""
        return tuple(resource for resource in self.resources if resource.ref.kind == kind)

    def find(self, kind: str, name: str) -> Resource | None:
        """The resource of a kind and name, or None."""
        return next((r for r in self.resources if r.ref.kind == kind and r.ref.name == name), None)


def at(value: Json, route: Route) -> Json:
    """The part of plain data that a route leads to, or None where it leads nowhere."""
    for step in route:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and -len(value) <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def mapping_at(value: Json, route: Route = ()) -> dict[str, Json]:
    """The mapping at a route; an empty one where there is none or something else stands there."""
    found = at(value, route)
    return found if isinstance(found, dict) else {}


def items_at(value: Json, route: Route = ()) -> list[Json]:
    """The list at a route; an empty one where there is none or something else stands there."""
    found = at(value, route)
    return found if isinstance(found, list) else []


def text_at(value: Json, route: Route = ()) -> str | None:
    """The string at a route, or None."""
    found = at(value, route)
    return found if isinstance(found, str) else None


def index(documents: Iterator[tuple[Source, YamlDocument | YamlProblem]]) -> ResourceSet:
    """Collect the documents of one profile into a set of resources.

    A ``List`` (of kind List, or with a kind that ends in List and items inside) is taken apart, as kubectl does.
    """
    resources: list[Resource] = []
    unreadable: list[Unreadable] = []
    count = empty = 0
    for source, document in documents:
        count += 1
        if isinstance(document, YamlProblem):
            unreadable.append(Unreadable(document, source))
        elif document.value is None:
            empty += 1
        else:
            for found in _resources(document, source):
                (resources if isinstance(found, Resource) else unreadable).append(found)  # type: ignore[arg-type]
    return ResourceSet(tuple(resources), tuple(unreadable), count, empty)


def _resources(document: YamlDocument, source: Source) -> Iterator[Resource | Unreadable]:
    value = document.value
    if isinstance(value, dict) and value.get("kind") == "List" and isinstance(value.get("items"), list):
        for number, item in enumerate(items_at(value, ("items",))):
            yield _resource(item, document, source, ("items", number))
    else:
        yield _resource(value, document, source, ())


def _resource(value: Json, document: YamlDocument, source: Source, route: Route) -> Resource | Unreadable:
    if not isinstance(value, dict):
        return _not_an_object(f"is {_name_of_type(value)}, not an object with kind and apiVersion", document, source)
    kind, api_version = value.get("kind"), value.get("apiVersion")
    if not isinstance(kind, str) or not kind:
        return _not_an_object("has no kind", document, source)
    if not isinstance(api_version, str) or not api_version:
        return _not_an_object(f"of kind {kind} has no apiVersion", document, source)
    name = text_at(value, ("metadata", "name")) or ""
    ref = ResourceRef(api_version, kind, name, text_at(value, ("metadata", "namespace")))
    return Resource(ref, value, document, source, route)


def _not_an_object(message: str, document: YamlDocument, source: Source) -> Unreadable:
    return Unreadable(YamlProblem(f"a document here {message}", _first_line(document), 1), source, document)


def _first_line(document: YamlDocument) -> int:
    """The line on which a document's value begins, behind comments and blank lines."""
    span = document.value_span(())
    return span.line if span else document.line


def _name_of_type(value: Json) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string", list: "a list"}
    return names.get(type(value), "nothing")
