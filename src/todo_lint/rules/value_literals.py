"""Literals in rendered fields beside values keys that nothing reads and that mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.helm.merged_values import leaves_of
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource
from todo_lint.records import dataclass
from todo_lint.rules.chart_values import ChartValues

_SAME_MEANING = {
    "replicaCount": "replicas",
    "pullPolicy": "imagePullPolicy",
    "targetPort": "targetPort",
    "containerPort": "containerPort",
    "storageClass": "storageClassName",
}
"""Last keys of values by convention, and the fields that they are meant for; else both have the same name."""
_TELLING_NOTHING = frozenset({"name", "enabled", "create", "key", "value"})


@dataclass(frozen=True, slots=True)
class Literal:
    """A field that is written as a literal, and the route of the unread values key beside it."""

    resource: Resource
    field: Route
    route: Route


def literals_beside(values: ChartValues) -> list[Literal]:
    """The literals, at most one for each key, in resources of the key's component, where it has one."""
    found = []
    unread = [leaf for leaf, _ in values.own_leaves if leaf.route in values.unread]
    for leaf in unread:
        name = leaf.route[-1]
        if isinstance(name, int) or name in _TELLING_NOTHING or leaf.value in (None, "", [], {}):
            continue
        matches = [
            Literal(resource, route, leaf.route)
            for resource, route, value in _fields(values, _SAME_MEANING.get(name, name))
            if type(value) is type(leaf.value) and value == leaf.value and _of_component(resource, leaf.route)
        ]
        if len(matches) == 1:
            found += matches
    return found


def _fields(values: ChartValues, name: str) -> Iterator[tuple[Resource, Route, Json]]:
    """The scalar fields of that name in the first profile, Secrets aside."""
    for resource in values.resources[next(iter(values.origins))].resources:
        if resource.ref.kind == "Secret":
            continue
        for leaf in leaves_of(dict(resource.value)):
            if leaf.route[-1] == name and _is_written_out(values, resource, name, leaf.value):
                yield resource, leaf.route, leaf.value


def _is_written_out(values: ChartValues, resource: Resource, name: str, value: Json) -> bool:
    """Whether the resource's template holds a line with just that key and value."""
    whole = values.whole
    inner = resource.source.file.removeprefix(whole.chart.place("")).lstrip("/")
    text = whole.files.get(whole.source_of(inner), b"").decode("utf-8", "replace")
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return bool(
        re.search(rf"^[ \t-]*{re.escape(name)}:[ \t]*[\"']?{re.escape(shown)}[\"']?[ \t]*(?:#.*)?$", text, re.M)
    )


def _of_component(resource: Resource, route: Route) -> bool:
    """Whether a resource is named for the component that a values key belongs to, if it belongs to one."""
    return len(route) == 1 or str(route[0]).lower() in resource.ref.name.lower()
