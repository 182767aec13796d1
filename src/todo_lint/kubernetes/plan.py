"""The way through the objects of a kind: which types lie where, and what is checked there.

A plan is worked out once per kind from its definitions. The short plan visits only what the gate cannot decide (the
functions of the modules, uniqueness); the full plan also checks every constraint, for explanations.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import checks_of
from todo_lint.kubernetes.constraints import (
    Constraint,
    check_field,
    constraints_of,
    holds_for,
    type_key,
    value_fields,
)
from todo_lint.kubernetes.gate import gate_decides
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.schemas import Schema, SchemaStore, schema_store
from todo_lint.kubernetes.versions import minor_of

_LEAVES = frozenset({"apiextensions.JSONSchemaProps", "meta.ObjectMeta"})
"""Types whose inside is left to the functions of the type that holds them."""


_UNCHECKED = frozenset({("autoscaling.MetricIdentifier", "selector")})
"""Fields that a server does not look into."""


@dataclass(slots=True, eq=False)
class Node:
    """What is checked at the values of one type.

    ``fields`` are the fields that lead on: name, node, form ("one", "list" or "map") and whether an absent one
    counts as empty.
    """

    checks: list[Callable[[dict[str, Any], Route, Report], None]] = field(default_factory=list)
    constraints: list[tuple[str, Constraint]] = field(default_factory=list)
    fields: list[tuple[str, Node, str, bool]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is checked here or below."""
        return not (self.checks or self.constraints or self.fields)


@functools.cache
def plan(version: str, api_version: str, kind: str, *, full: bool) -> Node:
    """Return the plan of a kind."""
    store = schema_store(version)
    return _Builder(store, full).build(store.definition_name(api_version, kind), top=True)


def follow(node: Node, value: dict[str, Any], route: Route, report: Report) -> None:
    """Run all checks of a plan on a value that decodes without a problem and holds no null."""
    for check in node.checks:
        check(value, route, report)
    for name, constraint in node.constraints:
        check_field(constraint, value, name, route, report)
    for name, inner, form, always in node.fields:
        below = value.get(name)
        if below is None:
            if always:
                follow(inner, {}, (*route, name), report)
        elif form == "one":
            follow(inner, below, (*route, name), report)
        elif form == "list":
            for number, item in enumerate(below):
                follow(inner, item, (*route, name, number), report)
        else:
            for key, item in below.items():
                follow(inner, item, (*route, name, MapKey(key)), report)


class _Builder:
    def __init__(self, store: SchemaStore, full: bool) -> None:
        self._store = store
        self._full = full
        self._minor = minor_of(store.version)
        self._nodes: dict[str, Node] = {}

    def build(self, name: str, *, top: bool = False) -> Node:
        """Return the node of a definition. ``top``: it is that of the kind itself, whose status no server reads."""
        known = self._nodes.get(name)
        if known is not None:
            return known
        node = self._nodes[name] = Node()
        key = type_key(name)
        body = self._store.definition(name)
        properties = body.get("properties", {})
        node.checks.extend(checks_of(key))
        node.constraints.extend(self._constraints(key, body))
        always = value_fields().get(key, ())
        for field_name, schema in properties.items():
            if top and field_name in ("status", "metadata"):
                continue
            found = _leads_to(schema)
            if found is None or type_key(found[0]) in _LEAVES or (key, field_name) in _UNCHECKED:
                continue
            inner = self.build(found[0])
            if not inner.is_empty:
                node.fields.append((field_name, inner, found[1], field_name in always))
        return node

    def _constraints(self, key: str, body: Schema) -> list[tuple[str, Constraint]]:
        found = []
        for name, constraint in constraints_of(key, body).items():
            if name in body.get("properties", {}) and holds_for(constraint, self._minor):
                if self._full or not gate_decides(constraint):
                    found.append((name, constraint))
        found.extend(
            (name, {"apply_keys": schema.get("x-kubernetes-list-map-keys", [])})
            for name, schema in body.get("properties", {}).items()
            if schema.get("x-kubernetes-list-type") in ("map", "set")
        )
        return found


def _leads_to(schema: Schema) -> tuple[str, str] | None:
    """Return the definition that a field's values belong to, and whether it holds one, a list or a map of them."""
    for form, inner in (("one", schema), ("list", schema.get("items")), ("map", schema.get("additionalProperties"))):
        if isinstance(inner, dict) and "$ref" in inner:
            return inner["$ref"].rpartition("/")[2], form
    return None
