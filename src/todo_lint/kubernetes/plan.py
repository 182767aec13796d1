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
    ApplyKeys,
    Constraint,
    check_apply_keys,
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
Step = tuple[list[Constraint], "ApplyKeys | None", "Node | None", "Visit | None"]
"""What is checked of a field that is there: constraints; the keys by which an apply merges the list that it holds;
the node of what it holds, and how to visit that (one, a list or a map)."""


@dataclass(slots=True, eq=False)
class Node:
    """What is checked at the values of one type.

    ``constraints`` are those of fields whether they are there or not, ``steps`` say by name what is checked of
    fields that are there, and ``always`` are the fields that count as empty where they are absent. ``pending`` is
    the type whose functions are not imported yet; ``grow`` works the node itself out, where that has been left until
    it is visited.
    """

    grow: Callable[[], None] | None = None
    checks: list[Callable[[dict[str, Any], Route, Report], None]] = field(default_factory=list)
    pending: str | None = None
    constraints: list[tuple[str, Constraint]] = field(default_factory=list)
    steps: dict[str, Step] = field(default_factory=dict)
    always: list[tuple[str, Node]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is checked here or below."""
        return not (self.grow or self.pending or self.checks or self.constraints or self.steps)


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
    steps = node.steps
    for name, below in value.items():
        if name in steps:
            _take(steps[name], below, (*route, name), report)
    for name, inner in node.always:
        if name not in value:
            follow(inner, {}, (*route, name), report)


def _take(step: Step, value: Any, route: Route, report: Report) -> None:
    constraints, keys, inner, visit = step
    for constraint in constraints:
        check_present(constraint, value, route, report)
    if keys is not None and value.__class__ is list:
        check_apply_keys(keys, value, route, report)
    if visit is not None and inner is not None:
        visit(inner, value, route, report)


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
        present = self._constraints(node, key, properties)
        always = value_fields().get(key, ())
        unread = ("status", "metadata") if top else ()
        for field_name, schema in properties.items():
            inner, visit = (None, None) if field_name in unread else self._way(key, field_name, schema)
            constraints, keys = present.get(field_name, []), _merge_keys(schema)
            if constraints or keys is not None or inner is not None:
                node.steps[field_name] = constraints, keys, inner, visit
            if inner is not None and field_name in always:
                node.always.append((field_name, inner))

    def _way(self, key: str, name: str, schema: Schema) -> tuple[Node, Visit] | tuple[None, None]:
        """Return where a field of the type ``key`` leads, if anything is checked there."""
        found = _leads_to(schema)
        if found is None or type_key(found[0]) in _LEAVES or (key, name) in _UNCHECKED:
            return None, None
        inner = self._below(found[0])
        return (None, None) if inner.is_empty else (inner, _VISITS[found[1]])

    def _constraints(self, node: Node, key: str, properties: dict[str, Schema]) -> dict[str, list[Constraint]]:
        """Give the full plan all constraints of a type; return those that are left for the short one, by field."""
        present: dict[str, list[Constraint]] = {}
        for name, constraint in constraints_of(key).items():
            if name not in properties:
                continue
            if self._full:
                node.constraints.append((name, constraint))
            elif not gate_decides(constraint):
                present.setdefault(name, []).append(constraint)
        return present


_KEY_DEFAULTS: dict[str, ApplyKeys] = {
    "core.ContainerPort": {"protocol": "TCP"},
    "core.LocalObjectReference": {"name": ""},
    "core.ServicePort": {"protocol": "TCP"},
}
"""What stands for an absent key, by the defaults of the API, which the bundled schemas leave out."""


def _merge_keys(schema: Schema) -> ApplyKeys | None:
    """Return the fields by which an apply merges the items of a list, none for a set; None where it does not merge.

    Until 1.29 most lists said it by their merge key only.
    """
    names: list[str] = schema.get("x-kubernetes-list-map-keys", [])
    if schema.get("x-kubernetes-list-type") not in ("map", "set"):
        if "x-kubernetes-list-type" in schema or "merge" not in _strategies(schema):
            return None
        key = schema.get("x-kubernetes-patch-merge-key")
        names = [] if key is None else [key]
    leads = _leads_to(schema)
    defaults = _KEY_DEFAULTS.get(type_key(leads[0]), {}) if leads else {}
    return {name: defaults.get(name) for name in names}


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
