"""Writes the facts of the depot in each dialect, by the printers of the model's tests and, for manifests, as YAML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml
from tests.conformance.depot.facts import Known
from tests.conformance.depot.in_words import PRINTERS
from tests.model.printing import VALUES_PRINTERS, Fact, Thing, plain_yaml

Route = tuple[str | int, ...]
Routes = dict[str, Route]
PODS: Routes = {"CronJob": ("spec", "jobTemplate", "spec", "template"), "Pod": ()}
OF_POD: Routes = {
    "podLabels.": ("metadata", "labels"),
    "serviceAccountName": ("spec", "serviceAccountName"),
    "restartPolicy": ("spec", "restartPolicy"),
}
OF_CONTAINER: Routes = {
    "image": ("image",), "imagePullPolicy": ("imagePullPolicy",), "containerPort": ("ports", 0, "containerPort"),
    "command": ("command",), "resources.": ("resources",), "readinessProbe.": ("readinessProbe",),
    "startupProbe.": ("startupProbe",), "securityContext.": ("securityContext",),
    "livenessProbe.path": ("livenessProbe", "httpGet", "path"),
}  # fmt: skip
PATHS = ("spec", "rules", 0, "http", "paths", 0)
OF_RESOURCE: Routes = {
    "name": ("metadata", "name"), "namespace": ("metadata", "namespace"), "apiVersion": ("apiVersion",),
    "labels.": ("metadata", "labels"), "annotations.": ("metadata", "annotations"), "data.": ("data",),
    "strategy": ("spec", "strategy", "type"), "size": ("spec", "resources", "requests", "storage"),
    "accessMode": ("spec", "accessModes", 0), "host": ("spec", "rules", 0, "host"), "path": (*PATHS, "path"),
    "pathType": (*PATHS, "pathType"), "backend.service": (*PATHS, "backend", "service", "name"),
    "backend.port": (*PATHS, "backend", "service", "port", "number"), "tls": ("spec", "tls", 0, "secretName"),
    "metrics.cpu": ("spec", "metrics", 0, "resource", "target", "averageUtilization"), "spec.": ("spec",),
    "port": ("spec", "ports", 0, "port"), "targetPort": ("spec", "ports", 0, "targetPort"),
    "nodePort": ("spec", "ports", 0, "nodePort"), "protocol": ("spec", "ports", 0, "protocol"),
}  # fmt: skip
"""Where a manifest writes an attribute; where none is said, below ``spec`` under its own name."""


def manifest(thing: Thing) -> dict[str, Any]:
    """The manifest of an entity, with its facts and what these need beside them."""
    whole: dict[str, Any] = {"kind": thing.kind, "metadata": {"name": thing.name}}
    for fact in thing.facts:
        _put_fact(whole, thing.kind, fact)
    return whole


def _put_fact(whole: dict[str, Any], kind: str, fact: Fact) -> None:
    pod = PODS.get(kind, ("spec", "template"))
    container = (*pod, "spec", "containers", 0)
    attribute, value = fact.attribute, _plain(fact.value)
    name = attribute.partition(".")[2]
    if kind == "Secret" and attribute == "type":
        whole["type"] = value
    elif attribute == "selector":
        labels = dict([fact.value.split("=")])
        _put(whole, ("spec", "selector"), labels if kind == "Service" else {"matchLabels": labels})
    elif attribute == "target":
        of, _, called = fact.value.partition("/")
        _put(whole, ("spec", "scaleTargetRef"), {"kind": of, "name": called})
    elif attribute == "env.from":
        steps = {"ConfigMap": "configMapRef", "Secret": "secretRef"}
        named = [source.split("/") for source in fact.value.split(",")]
        _put(whole, (*container, "envFrom"), [{steps[of]: {"name": "".join(called)}} for of, *called in named])
    elif attribute.startswith("envSource."):
        of, _, called = fact.value.partition("/")
        source = {"ConfigMap": "configMapKeyRef", "Secret": "secretKeyRef"}[of]
        _item(whole, (*container, "env"), {"name": name, "valueFrom": {source: {"name": called}}})
    elif attribute.startswith("env."):
        _item(whole, (*container, "env"), {"name": name, "value": value})
    elif attribute.startswith("volumes."):
        _item(
            whole,
            (*pod, "spec", "volumes"),
            {"name": name, "persistentVolumeClaim": {"claimName": value.partition("/")[2]}},
        )
    elif attribute.startswith("volumeMounts."):
        _item(whole, (*container, "volumeMounts"), {"name": name, "mountPath": value})
    else:
        _put(whole, _route(attribute, pod, container), value)
        if attribute == "metrics.cpu":
            _put(whole, ("spec", "metrics", 0, "resource", "name"), "cpu")


def _plain(value: str) -> Any:
    """A number, truth value or list as such, any other text as it is."""
    bare = value.isdecimal() or value in ("true", "false") or value.startswith("[")
    return yaml.safe_load(value) if bare else value


def _route(attribute: str, pod: Route, container: Route) -> Route:
    for above, routes in ((pod, OF_POD), (container, OF_CONTAINER), ((), OF_RESOURCE)):
        for key, route in routes.items():
            if attribute == key:
                return (*above, *route)
            if key.endswith(".") and attribute.startswith(key):
                rest = attribute.removeprefix(key)
                whole = key in ("labels.", "podLabels.", "annotations.", "data.")
                return (*above, *route, *((rest,) if whole else rest.split(".")))
    return ("spec", attribute)


def _put(whole: Any, route: Route, value: object) -> None:
    """Set the value at a route; mappings and lists on the way are made."""
    *above, last = route
    for step, following in zip(above, route[1:], strict=True):
        whole = _step(whole, step, [] if following == 0 else {})
    if isinstance(last, int):
        whole.append(value)
    else:
        whole[last] = value


def _item(whole: Any, route: Route, item: dict[str, Any]) -> None:
    """Add an item to the list at a route."""
    for step, following in zip(route, (*route[1:], 0), strict=True):
        whole = _step(whole, step, [] if following == 0 else {})
    whole.append(item)


def _step(whole: Any, step: str | int, fresh: object) -> Any:
    if isinstance(step, str):
        return whole.setdefault(step, fresh)
    if len(whole) <= step:
        whole.append({})
    return whole[step]


def manifests(things: list[Thing]) -> str:
    """A code block with a manifest for each entity; the chart's is its Chart.yaml."""
    blocks = []
    for thing in things:
        whole = _chart_file(thing) if thing.kind == "Chart" else manifest(thing)
        title = "## Chart.yaml\n\n" if thing.kind == "Chart" else ""
        blocks.append(f"{title}```yaml\n{yaml.safe_dump(whole, sort_keys=False)}```\n")
    return "# Manifests\n\n" + "\n".join(blocks)


def _chart_file(thing: Thing) -> dict[str, Any]:
    whole: dict[str, Any] = {"apiVersion": "v2"}
    for fact in thing.facts:
        if fact.attribute.startswith("dependencies."):
            _, name, *field = fact.attribute.split(".")
            whole.setdefault("dependencies", [{"name": name}])[0]["".join(field) or "version"] = fact.value
        else:
            whole[fact.attribute] = fact.value
    return whole


VALUES = {
    "seed bullets": "bullets", "labelled bullets": "bullets", "attribute tables": "table", "entity tables": "table",
    "manifests": "values block", "plain.yaml": "plain.yaml",
}  # fmt: skip
"""How each dialect writes values."""


def written(dialect: str, facts: Iterable[Known]) -> tuple[str, str]:
    """A document in a dialect, and a name for its file.

    Facts of one entity come together.
    """
    grouped: dict[tuple[str, str], list[Fact]] = {}
    for known in facts:
        of = grouped.setdefault((known.kind, known.name), [])
        if known.attribute != "name" or known.kind == "Chart":
            of.append(Fact(known.attribute, known.value))
    things = [Thing(kind, name, tuple(of)) for (kind, name), of in grouped.items()]
    if dialect == "plain.yaml":
        return plain_yaml(things).text, "data-model.yaml"
    others = [thing for thing in things if thing.kind != "Values"]
    values = [thing for thing in things if thing.kind == "Values"]
    text = manifests(others) if dialect == "manifests" else PRINTERS[dialect](others).text
    return text + VALUES_PRINTERS[VALUES[dialect]](values).text, "data-model.md"


DIALECTS = (*PRINTERS, "manifests", "plain.yaml")
