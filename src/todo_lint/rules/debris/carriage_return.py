r"""A value ends its lines with a carriage return.

What it finds
    A value of a ConfigMap or Secret (decoded), or a variable of a container, holds a carriage return. Mostly the file
    or the variable that it comes from was written on Windows. In a value of many lines it is a note.

Why it matters
    A password or a name with an invisible character at its end is refused, and a script with one does not start.

Bad
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      user: "web\r\n"  # <-- here

Good
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      user: "web\n"
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, Severity
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.resources import Resource, items_at, mapping_at, text_at
from todo_lint.manifests.strings import secret_texts
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Defect, Subject

SUBJECT = Subject.GRAPH
SIGN = "carriage return"
SEVERITY = Severity.WARNING


def check(graph: Graph, context: Context) -> Iterator[Defect]:
    """Yield each value with a carriage return."""
    for resource in graph.of_kind("Secret"):
        yield from _in(resource, secret_texts(resource))
    for resource in graph.of_kind("ConfigMap"):
        data = mapping_at(dict(resource.value), ("data",))
        yield from _in(resource, ((("data", key), text) for key, text in data.items() if isinstance(text, str)))
    for pods in graph.pods:
        for route, container in pods.containers():
            for number, variable in enumerate(items_at(container, ("env",))):
                text = text_at(variable, ("value",)) or ""
                yield from _in(pods.resource, iter([((*route, "env", number, "value"), text)]))


def _in(resource: Resource, texts: Iterator[tuple[Route, str]]) -> Iterator[Defect]:
    for route, text in texts:
        if "\r" not in text:
            continue
        lines = text.rstrip("\r\n").count("\n") + 1
        where = "at the end of" if lines == 1 and text.endswith(("\r", "\r\n")) else "in"
        yield Defect(
            f"there is a carriage return {where} {route[-1]} of {resource.ref}",
            Target(route, resource),
            'save the file with line feeds only, or take it out with {{ . | replace "\\r" "" }}',
            severity=SEVERITY if lines == 1 else Severity.NOTE,
            excerpt=resource.ref.kind != "Secret",
        )
