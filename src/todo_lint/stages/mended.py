"""A copy of what is rendered, as the document wants it: what would be wrong then, too, is no consequence."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping

from todo_lint.findings import Layer, ResourceRef, Route, Verdict
from todo_lint.kubernetes_yaml.document import Json, YamlDocument
from todo_lint.manifests.pods import pod_route
from todo_lint.manifests.resources import Resource, Source, at, items_at, mapping_at
from todo_lint.model.naming import akin
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Attribute, Kind, Prefix
from todo_lint.records import replace

Changes = dict[str, list[tuple[Route, Json]]]
"""The fields that would be put right, and the values, by the resource in words."""


def put_right(resources: tuple[Resource, ...], outcomes: Iterable[Outcome]) -> tuple[Resource, ...] | None:
    """The resources as outcomes want them; None where none of these can be put right.

    Fields get the stated values, entities and keys of data the stated names, missing keys an empty value; in the
    place of a missing entity there is one with the keys and ports that are stated for it.
    """
    wanted = tuple(outcomes)
    wrong = changes(wanted)
    lacking = tuple(_lacking(wanted, resources))
    if not wrong and not lacking:
        return None
    return (*(changed(r, wrong[str(r.ref)]) if str(r.ref) in wrong else r for r in resources), *lacking)


def changes(outcomes: Iterable[Outcome]) -> Changes:
    """What would be put right in the resources that are there."""
    found: Changes = {}
    for outcome in outcomes:
        target = outcome.target
        if target is None or target.resource is None or not outcome.diverges:
            continue
        change = _key(outcome, target.resource) or _lacking_part(outcome, target) or _value(outcome, target)
        if change is not None:
            found.setdefault(str(target.resource.ref), []).append(change)
    return found


def _key(outcome: Outcome, resource: Resource) -> tuple[Route, Json] | None:
    """A key of a ConfigMap or Secret that is missing or has another name: it is put beside the others."""
    statement = outcome.statement
    of_data = statement.kind in (Kind.CONFIG_MAP, Kind.SECRET) and statement.attribute.startswith(Prefix.DATA)
    if not of_data or outcome.entity or outcome.verdict is Verdict.VIOLATED:
        return None
    place = "stringData" if resource.get("stringData") is not None else "data"
    return (place, statement.attribute.removeprefix(Prefix.DATA)), ""


def _lacking_part(outcome: Outcome, target: Target) -> tuple[Route, Json] | None:
    """A volume, the name of what is mounted at a stated path, or a cluster IP, where a resource has none."""
    statement, resource = outcome.statement, target.resource
    if resource is None or outcome.verdict is not Verdict.MISSING or outcome.entity:
        return None
    pod = pod_route(resource)
    if statement.attribute.startswith(Prefix.VOLUME) and pod is not None:
        volume: Json = {"name": statement.attribute.removeprefix(Prefix.VOLUME), "emptyDir": {}}
        volumes = (*pod, "spec", "volumes")
        return volumes, [*items_at(dict(resource.value), volumes), volume]
    if statement.attribute.startswith(Prefix.MOUNT) and target.route[-1:] == ("volumeMounts",):
        for number, entry in enumerate(items_at(dict(resource.value), target.route)):
            if at(entry, ("mountPath",)) == statement.value:
                return (*target.route, number, "name"), statement.attribute.removeprefix(Prefix.MOUNT)
    if statement.attribute == Attribute.CLUSTER_IP:
        return ("spec", "clusterIP"), statement.value
    return None


def _value(outcome: Outcome, target: Target) -> tuple[Route, Json] | None:
    right = _right(outcome, target.resource.get(*target.route)) if target.resource and target.route else None
    return None if right is None else (target.route, right)


def _right(outcome: Outcome, actual: Json) -> Json:
    """The value that the document asks for at an outcome's place, in the type that stands there."""
    statement = outcome.statement
    if outcome.verdict is Verdict.RENAMED:
        return statement.name if outcome.entity and statement.attribute == Attribute.NAME else None
    if outcome.unreachable or outcome.entity or outcome.verdict is not Verdict.VIOLATED:
        return None
    if statement.attribute == Attribute.SELECTOR:
        key = outcome.target.route[-1] if outcome.target else ""
        return dict(pair.split("=", 1) for pair in statement.value.split(",") if "=" in pair).get(str(key))
    value = (*statement.alternatives, *filter(None, statement.bounds), statement.value)[0]
    if isinstance(actual, int) and not isinstance(actual, bool) and value.isdigit():
        return int(value)
    return value if isinstance(actual, (str, float, int)) and value else None


def _lacking(outcomes: tuple[Outcome, ...], resources: tuple[Resource, ...]) -> Iterator[Resource]:
    """An entity in the place of each missing one."""
    entities = dict.fromkeys(o.entity for o in outcomes if o.entity and o.verdict is Verdict.MISSING)
    for entity in entities:
        kind, _, name = entity.partition(" ")
        if name and kind not in NO_RESOURCES:
            yield _stand_in(kind, name, outcomes, _labels(name, resources) if kind in WORKLOADS else {})


def _labels(name: str, resources: tuple[Resource, ...]) -> dict[str, Json]:
    """The labels by which others select the pods of a workload, to judge by the words that they share with it."""
    found: dict[str, Json] = {}
    for resource in resources:
        for route in _SELECTORS.get(resource.ref.kind, ()):
            labels = mapping_at(resource.get(*route))
            if any(akin(str(value), name) for value in labels.values()):
                found.update(labels)
    return found


_SELECTORS: Mapping[str, tuple[Route, ...]] = {
    "Service": (("spec", "selector"),),
    "NetworkPolicy": (("spec", "podSelector", "matchLabels"),),
    "PodDisruptionBudget": (("spec", "selector", "matchLabels"),),
}


def _stand_in(kind: str, name: str, outcomes: tuple[Outcome, ...], labels: dict[str, Json]) -> Resource:
    """An object of a kind and name with the keys and ports that are stated for it, and with labels of its pods."""
    own = [o.statement for o in outcomes if (o.statement.kind, o.statement.name) == (kind, name)]
    keys = [s.attribute.removeprefix(Prefix.DATA) for s in own if s.attribute.startswith(Prefix.DATA)]
    ports: list[Json] = [{"port": int(s.value)} for s in own if s.attribute == Attribute.PORT and s.value.isdigit()]
    value: dict[str, Json] = {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}}
    if keys:
        value["data"] = dict.fromkeys(keys, "")
    if kind == Kind.SERVICE:
        headless: Json = next((s.value for s in own if s.attribute == Attribute.CLUSTER_IP), "None")
        value["spec"] = {"ports": ports, "clusterIP": headless}
    if labels:
        value["spec"] = {"template": {"metadata": {"labels": labels}, "spec": {"containers": []}}}
    source = Source("", Layer.RENDERED, "")
    return Resource(ResourceRef("v1", kind, name), value, YamlDocument(value, 1), source)


def changed(resource: Resource, changes: Iterable[tuple[Route, Json]]) -> Resource:
    """A copy of a resource with other values in some fields, and the name and namespace that it then has."""
    value: dict[str, Json] = copy.deepcopy(dict(resource.value))
    for route, right in changes:
        if not route:
            value = dict(right) if isinstance(right, dict) else value
            continue
        parent = at(value, route[:-1])
        if parent is None and len(route) == 2:
            parent = value[str(route[0])] = {}
        if isinstance(parent, dict):
            parent[str(route[-1])] = right
        elif isinstance(parent, list) and isinstance(route[-1], int):
            parent[route[-1]] = right
    metadata = value.get("metadata")
    known = metadata if isinstance(metadata, dict) else {}
    ref = replace(resource.ref, name=str(known.get("name") or ""), namespace=_text(known.get("namespace")))
    return replace(resource, value=value, ref=ref)


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
