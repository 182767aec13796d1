"""What values.schema.json says, as far as the rules about values need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.errors import UserError
from todo_lint.findings import Route
from todo_lint.helm.failures import RenderProblem
from todo_lint.helm.merged_values import value_at
from todo_lint.helm.metadata import read_mapping
from todo_lint.helm.subcharts import WholeChart
from todo_lint.kubernetes_yaml.document import Json, YamlDocument
from todo_lint.kubernetes_yaml.reader import read_document
from todo_lint.patterns import pattern
from todo_lint.rules.api import FailedProfile

SCHEMA_FILE = "values.schema.json"
MOST_LEVELS = 12
_LOCAL = "#/"
_STEP = pattern(r"([^.\[\]]+)|\[(\d+)\]")


def described_keys(whole: WholeChart) -> Mapping[Route, Route]:
    """The keys that the chart's own schema names, each with the route of its property in the schema.

    References inside the schema are followed; a key below such a reference is placed where the reference leads.
    """
    raw = whole.files.get(SCHEMA_FILE)
    read = read_document(raw.decode("utf-8", "replace")) if raw else None
    schema = read.value if isinstance(read, YamlDocument) else None
    found: dict[Route, Route] = {}
    if isinstance(schema, dict):
        for key, place in _properties(schema, schema, (), (), 0):
            found.setdefault(key, place)
    return found


def _properties(root: Json, schema: Json, key: Route, place: Route, level: int) -> Iterator[tuple[Route, Route]]:
    """The properties of a schema and of those in it, each with its place."""
    if not isinstance(schema, dict) or level > MOST_LEVELS:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith(_LOCAL):
        target: Route = tuple(reference.removeprefix(_LOCAL).replace("~1", "/").split("/"))
        yield from _properties(root, value_at(root, target), key, target, level + 1)
    properties = schema.get("properties")
    for name, inner in properties.items() if isinstance(properties, dict) else ():
        at = (*place, "properties", name)
        yield (*key, name), at
        yield from _properties(root, inner, (*key, name), at, level + 1)


def refused_defaults(failed: FailedProfile) -> list[tuple[Route, str]]:
    """The values in values.yaml that the chart's schema refuses, with the reason; empty ones are no defaults."""
    if failed.failure.kind is not RenderProblem.VALUES_SCHEMA:
        return []
    try:
        defaults = read_mapping(failed.chart.files.get("values.yaml", b""), "values.yaml")
    except UserError:
        return []
    found = []
    for detail in failed.failure.details:
        key, _, reason = detail.partition(": ")
        route = tuple(int(item) if item else name for name, item in _STEP.findall(key))
        if value_at(defaults, route) not in (None, "", [], {}):
            found.append((route, reason))
    return found
