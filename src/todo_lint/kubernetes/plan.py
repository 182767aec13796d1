"""The way through the objects of a kind: which types lie where, and what is checked there.

A plan is worked out once per kind from its definitions. The short plan visits only what the gate cannot decide (the
functions of the modules, uniqueness); the full plan also checks every constraint, for explanations.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.checks import checks_of, has_checks
from todo_lint.kubernetes.constraints import (
    Constraint,
    check_field,
    check_present,
    constraints_of,
    type_key,
    value_fields,
)
from todo_lint.kubernetes.gate import gate_decides
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.schemas import Schema, SchemaStore, schema_store
from todo_lint.records import dataclass, field

_LEAVES = frozenset({"apiextensions.JSONSchemaProps", "meta.ObjectMeta"})
"""Types whose inside is left to the functions of the type that holds them."""


_UNCHECKED = frozenset({("autoscaling.MetricIdentifier", "selector")})
"""Fields that a server does not look into."""


Visit = Callable[["Node", Any, Route, Report], None]


@dataclass(slots=True, eq=False)
class Node:
    """What is checked at the values of one type.

    ``constraints`` are those of fields whether they are there or not, ``present`` those that matter only where a
    field is there. ``fields`` lead on by name: the node and how to visit what it holds (one, a list or a map).
    ``always`` are the fields that count as empty where they are absent. ``pending`` is the type whose functions
    are not imported yet; ``grow`` works the node itself out, where that has been left until it is visited.
    """

    grow: Callable[[], None] | None = None
    checks: list[Callable[[dict[str, Any], Route, Report], None]] = field(default_factory=list)
    pending: str | None = None
    constraints: list[tuple[str, Constraint]] = field(default_factory=list)
    present: dict[str, list[Constraint]] = field(default_factory=dict)
    fields: dict[str, tuple[Node, Visit]] = field(default_factory=dict)
    always: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is checked here or below."""
        return not (self.grow or self.pending or self.checks or self.constraints or self.present or self.fields)


@functools.cache
def plan(version: str, api_version: str, kind: str, *, full: bool) -> Node:
    """Return the plan of a kind."""
    store = schema_store(version)
    return _Builder(store, full).build(store.definition_name(api_version, kind), top=True)


def follow(node: Node, value: dict[str, Any], route: Route, report: Report) -> None:
    """Run all checks of a plan on a value that decodes without a problem and holds no null."""
    if node.grow or node.pending:
        _prepare(node)
    if not isinstance(value, dict):
        return  # a quantity, or a number or text: what is to be checked of it is a constraint of its field
    for check in node.checks:
        check(value, route, report)
    for name, constraint in node.constraints:
        check_field(constraint, value, name, route, report)
    fields, present = node.fields, node.present
    for name, below in value.items():
        for constraint in present.get(name, ()):
            check_present(constraint, below, (*route, name), report)
        if name in fields:
            inner, visit = fields[name]
            visit(inner, below, (*route, name), report)
    for name in node.always:
        if name not in value:
            follow(fields[name][0], {}, (*route, name), report)


def _prepare(node: Node) -> None:
    if node.grow is not None:
        node.grow()
    if node.pending is not None:
        node.checks, node.pending = checks_of(node.pending), None


def _follow_list(node: Node, values: list[Any], route: Route, report: Report) -> None:
    for number, item in enumerate(values):
        follow(node, item, (*route, number), report)


def _follow_map(node: Node, values: dict[str, Any], route: Route, report: Report) -> None:
    for key, item in values.items():
        follow(node, item, (*route, MapKey(key)), report)


_VISITS: dict[str, Visit] = {"one": follow, "list": _follow_list, "map": _follow_map}


class _Builder:
    def __init__(self, store: SchemaStore, full: bool) -> None:
        self._store = store
        self._full = full
        self._nodes: dict[str, Node] = {}

    def build(self, name: str, *, top: bool = False) -> Node:
        """Return the node of a definition. ``top``: it is that of the kind itself, whose status no server reads."""
        node = self._nodes[name] = Node()
        self._work_out(node, name, top=top)
        return node

    def _below(self, name: str) -> Node:
        """Return the node of a definition that another leads to.

        The full plan is for a few objects, and works out only what they visit; the short one is for many, and
        leaves out what leads to nothing.
        """
        known = self._nodes.get(name)
        if known is not None:
            return known
        if not self._full:
            return self.build(name)
        node = self._nodes[name] = Node()
        node.grow = functools.partial(self._work_out, node, name)
        return node

    def _work_out(self, node: Node, name: str, *, top: bool = False) -> None:
        node.grow = None
        key = type_key(name)
        body = self._store.definition(name)
        properties = body.get("properties", {})
        node.pending = key if has_checks(key) else None
        self._add_constraints(node, key, body)
        always = value_fields().get(key, ())
        for field_name, schema in properties.items():
            if top and field_name in ("status", "metadata"):
                continue
            found = _leads_to(schema)
            if found is None or type_key(found[0]) in _LEAVES or (key, field_name) in _UNCHECKED:
                continue
            inner = self._below(found[0])
            if not inner.is_empty:
                node.fields[field_name] = (inner, _VISITS[found[1]])
                if field_name in always:
                    node.always.append(field_name)

    def _add_constraints(self, node: Node, key: str, body: Schema) -> None:
        properties = body.get("properties", {})
        for name, constraint in constraints_of(key).items():
            if name not in properties:
                continue
            if self._full:
                node.constraints.append((name, constraint))
            elif not gate_decides(constraint):
                node.present.setdefault(name, []).append(constraint)
        for name, schema in properties.items():
            keys = _merge_keys(schema)
            if keys is not None:
                node.present.setdefault(name, []).append({"apply_keys": keys})


def _merge_keys(schema: Schema) -> list[str] | None:
    """Return the fields by which an apply merges the items of a list, none for a set; None where it does not merge.

    Until 1.29 most lists said it by their merge key only.
    """
    if schema.get("x-kubernetes-list-type") in ("map", "set"):
        keys: list[str] = schema.get("x-kubernetes-list-map-keys", [])
        return keys
    if "x-kubernetes-list-type" in schema or "merge" not in _strategies(schema):
        return None
    key = schema.get("x-kubernetes-patch-merge-key")
    return [] if key is None else [key]


def _strategies(schema: Schema) -> list[str]:
    """Return how a list is patched: ``merge``, also beside others (``merge,retainKeys``)."""
    text: str = schema.get("x-kubernetes-patch-strategy", "")
    return text.split(",")


def _leads_to(schema: Schema) -> tuple[str, str] | None:
    """Return the definition that a field's values belong to, and whether it holds one, a list or a map of them."""
    for form, inner in (("one", schema), ("list", schema.get("items")), ("map", schema.get("additionalProperties"))):
        if isinstance(inner, dict) and "$ref" in inner:
            return inner["$ref"].rpartition("/")[2], form
    return None
