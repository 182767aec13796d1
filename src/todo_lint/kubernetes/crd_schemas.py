"""The schemas inside CustomResourceDefinitions: structural schemas, their defaults and CEL rules.

Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.admission import check_message
from todo_lint.kubernetes.constraints import check_apply_keys
from todo_lint.kubernetes.expressions import Fields, compile_expression, wrong_regular_expression
from todo_lint.kubernetes.report import MapKey, Report
from todo_lint.kubernetes.words import described, quoted
from todo_lint.patterns import pattern

_TYPES = ("array", "boolean", "integer", "number", "object", "string")
_JUNCTORS = ("allOf", "anyOf", "oneOf")
_ONLY_OUTSIDE = (
    "type",
    "description",
    "title",
    "default",
    "nullable",
    "additionalProperties",
    "x-kubernetes-preserve-unknown-fields",
    "x-kubernetes-embedded-resource",
    "x-kubernetes-int-or-string",
    "x-kubernetes-list-type",
    "x-kubernetes-list-map-keys",
    "x-kubernetes-map-type",
    "x-kubernetes-validations",
)
_FORBIDDEN = ("$ref", "$schema", "id", "definitions", "dependencies", "patternProperties", "additionalItems")
_CEL_TYPES = {"boolean": "bool", "integer": "int", "number": "double", "string": "string"}
_IDENTIFIER = pattern(r"[A-Za-z_]\w*")
_STEP = pattern(r"\.([^.\[\]'\"]+)|\['([^']*)'\]")
_PATH = pattern(r"(?:\.[^.\[\]'\"]+|\['[^']*'\])+")
_INT_OR_STRING = [{"type": "integer"}, {"type": "string"}]
"""The one pair of types that ``anyOf`` may name where ``x-kubernetes-int-or-string`` stands."""
_REASONS = ("FieldValueInvalid", "FieldValueForbidden", "FieldValueRequired", "FieldValueDuplicate")
_OBJECT: Fields = {"apiVersion": None, "kind": None, "metadata": {"name": None, "generateName": None}}
"""What rules can read of an object, also one inside another, whatever its schema says; nothing else of its metadata.

Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules.
"""
_OF_ANY_OBJECT = {
    "apiVersion": "string",
    "kind": "string",
    "metadata.name": "string",
    "metadata.generateName": "string",
}
_TIMES = {"date-time": "timestamp", "date": "timestamp", "duration": "duration"}


def check_schema(schema: dict[str, Any], route: Route, report: Report) -> None:
    """Check the schema of a version of a custom resource."""
    kind = schema.get("type", "")
    if not kind and not schema.get("x-kubernetes-preserve-unknown-fields"):
        report.missing((*route, "type"), "the root of a schema is an object")
    elif kind and kind != "object":
        report.invalid((*route, "type"), f"type is {quoted(kind)}, the root of a schema must be an object")
    if schema.get("nullable"):
        report.forbidden((*route, "nullable"), "the root of a schema cannot be null")
    _node(schema, route, report, root=True)


def _node(schema: dict[str, Any], route: Route, report: Report, *, root: bool = False) -> None:
    """Check one schema that may have fields below it."""
    kind = schema.get("type", "")
    free = schema.get("x-kubernetes-int-or-string") or schema.get("x-kubernetes-preserve-unknown-fields")
    if not kind and not free and not root:
        report.missing((*route, "type"), "every field has a type")
    elif kind and kind not in _TYPES:
        report.unsupported((*route, "type"), kind, _TYPES)
    _unstructural(schema, route, report)
    _pattern(schema.get("pattern"), (*route, "pattern"), report)
    _embedded(schema, kind, route, report)
    _children(schema, route, report, root=root)
    _junctors(schema, route, report)
    _lists(schema, route, report)
    if "default" in schema:
        _default(schema, route, report, root=root)
    _rules(schema, route, report, root=root)


def _unstructural(schema: dict[str, Any], route: Route, report: Report) -> None:
    """Check that a schema has none of the fields of JSON Schema that a structural schema does without."""
    for name in _FORBIDDEN:
        if schema.get(name):
            report.forbidden((*route, name), "structural schemas do not know it")
    if schema.get("uniqueItems"):
        report.forbidden((*route, "uniqueItems"), "it may not be true: checking it would take too long")
    if schema.get("x-kubernetes-preserve-unknown-fields") is False:
        report.invalid((*route, "x-kubernetes-preserve-unknown-fields"), "it must be true or not there")


def _children(schema: dict[str, Any], route: Route, report: Report, *, root: bool) -> None:
    properties, extra = schema.get("properties", {}), schema.get("additionalProperties")
    if root and extra is not None:
        report.forbidden((*route, "additionalProperties"), "the root of a schema has properties")
    elif properties and extra not in (None, True):
        report.forbidden((*route, "additionalProperties"), "it stands beside properties")
    for name, child in properties.items():
        _node(child, (*route, "properties", MapKey(name)), report)
    if isinstance(extra, dict):
        _node(extra, (*route, "additionalProperties"), report)
    items = schema.get("items")
    if isinstance(items, dict):
        _node(items, (*route, "items"), report)
    elif isinstance(items, list):
        report.forbidden((*route, "items"), "it must be one schema and no list of schemas")
    elif schema.get("type") == "array":
        report.missing((*route, "items"), "an array needs a schema of its items")


def _pattern(text: str | None, route: Route, report: Report) -> None:
    """Check that a pattern is a regular expression as Go's package regexp knows it."""
    wrong = wrong_regular_expression(text) if text else None
    if wrong:
        report.invalid(route, f"pattern is {described(text)}, no regular expression of RE2: {wrong}")


def _embedded(schema: dict[str, Any], kind: str, route: Route, report: Report) -> None:
    """Check what an embedded resource needs: to be an object, with fields."""
    if not schema.get("x-kubernetes-embedded-resource"):
        return
    if not kind:
        report.missing((*route, "type"), "an embedded resource is an object")
    elif kind != "object":
        report.invalid((*route, "type"), f"type is {quoted(kind)}, an embedded resource is an object")
    if not schema.get("properties") and not schema.get("x-kubernetes-preserve-unknown-fields"):
        report.missing((*route, "properties"), "an embedded resource has fields, or keeps unknown ones")


def _junctors(schema: dict[str, Any], route: Route, report: Report) -> None:
    """Check what stands in allOf, anyOf, oneOf and not.

    Of a number or text there is one form in which they may name types: an anyOf of these two, here or in the first
    part of allOf.
    """
    free = bool(schema.get("x-kubernetes-int-or-string"))
    for junctor in _JUNCTORS:
        parts = schema.get(junctor, [])
        if free and junctor == "anyOf" and parts == _INT_OR_STRING:
            continue
        for number, part in enumerate(parts):
            first = free and junctor == "allOf" and number == 0 and part.get("anyOf") == _INT_OR_STRING
            _inside({**part, "anyOf": []} if first else part, (*route, junctor, number), report)
    if isinstance(schema.get("not"), dict):
        _inside(schema["not"], (*route, "not"), report)


def _inside(schema: dict[str, Any], route: Route, report: Report) -> None:
    """Check a schema inside allOf, anyOf, oneOf or not, which may only restrict."""
    for name in _ONLY_OUTSIDE:
        value = schema.get(name)
        if value not in (None, "", False, []) or (name == "default" and value is not None):
            report.forbidden((*route, name), "inside allOf, anyOf, oneOf and not it does not belong")
    for name, child in schema.get("properties", {}).items():
        _inside(child, (*route, "properties", MapKey(name)), report)
    if isinstance(schema.get("items"), dict):
        _inside(schema["items"], (*route, "items"), report)
    for junctor in _JUNCTORS:
        for number, part in enumerate(schema.get(junctor, ())):
            _inside(part, (*route, junctor, number), report)
    if isinstance(schema.get("not"), dict):
        _inside(schema["not"], (*route, "not"), report)


def _lists(schema: dict[str, Any], route: Route, report: Report) -> None:
    kind, keys = schema.get("x-kubernetes-list-type"), schema.get("x-kubernetes-list-map-keys", [])
    at = (*route, "x-kubernetes-list-type")
    if kind is not None and kind not in ("atomic", "set", "map"):
        report.unsupported(at, kind, ("atomic", "set", "map"))
    elif kind is not None and schema.get("type") != "array":
        report.invalid((*route, "type"), "x-kubernetes-list-type is for arrays")
    if kind == "map" and not keys:
        report.missing((*route, "x-kubernetes-list-map-keys"), "a list of type map needs keys")
    elif keys and kind != "map":
        report.invalid(at, "x-kubernetes-list-map-keys need the list type map")
    if len(set(keys)) < len(keys):
        report.invalid((*route, "x-kubernetes-list-map-keys"), "x-kubernetes-list-map-keys name a field twice")
    items = schema.get("items")
    if kind == "map" and isinstance(items, dict):
        _map_keys(keys, items, route, report)
    mapping = schema.get("x-kubernetes-map-type")
    if mapping is not None and mapping not in ("atomic", "granular"):
        report.unsupported((*route, "x-kubernetes-map-type"), mapping, ("atomic", "granular"))


def _map_keys(keys: list[str], items: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the keys of a list are fields of its items that are required or have a default."""
    properties = items.get("properties", {})
    for key in keys:
        if key not in properties:
            report.invalid((*route, "x-kubernetes-list-map-keys"), f"{quoted(key)} is no field of the items")
        elif key not in items.get("required", ()) and "default" not in properties[key]:
            at = (*route, "items", "properties", MapKey(key), "default")
            report.missing(at, "a key of the list must be required or have a default")


def _default(schema: dict[str, Any], route: Route, report: Report, *, root: bool) -> None:
    at = (*route, "default")
    if root:
        report.forbidden(at, "the root of a schema has no default")
        return
    wrong = wrong_value(schema["default"], schema)
    if wrong:
        report.invalid(at, f"default is {described(schema['default'])}: {wrong}")


def wrong_value(value: Any, schema: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a value by a structural schema, or None."""
    import jsonschema_rs

    try:
        validator = jsonschema_rs.Draft202012Validator(plain_schema(schema), validate_formats=False)
        error = next(iter(validator.iter_errors(value)), None)
    except (ValueError, jsonschema_rs.ValidationError):
        kind = schema.get("type")
        return None if kind in _TYPES else f"it cannot be of the type {quoted(kind)}"
    return None if error is None else f"it does not fit the schema ({error.kind.name})"


def plain_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a structural schema as plain JSON Schema, with null allowed where it is nullable."""
    plain: dict[str, Any] = {}
    for key, value in schema.items():
        if key == "properties":
            plain[key] = {name: plain_schema(child) for name, child in value.items()}
        elif key in ("items", "additionalProperties", "not") and isinstance(value, dict):
            plain[key] = plain_schema(value)
        elif key in _JUNCTORS:
            plain[key] = [plain_schema(part) for part in value]
        elif key == "type":
            plain[key] = [value, "null"] if schema.get("nullable") else value
        elif key in _KEPT and (key != "enum" or value):
            plain[key] = value
    if schema.get("x-kubernetes-int-or-string"):
        plain["type"] = ["integer", "string"]
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        if schema.get(exclusive) is True and bound in plain:
            plain[exclusive] = plain.pop(bound)
    return plain


_KEPT = frozenset(
    [
        "enum",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
        "multipleOf",
        "required",
        "additionalProperties",
    ]
)


_OPAQUE = ("items", "additionalProperties")
"""Below these an apply does not look: they may be a schema or something else, and their type says neither."""


def _rules(schema: dict[str, Any], route: Route, report: Report, *, root: bool) -> None:
    rules = schema.get("x-kubernetes-validations", [])
    if not rules:
        return
    if not any(step in _OPAQUE and not isinstance(step, MapKey) for step in route):
        check_apply_keys({"rule": None}, rules, (*route, "x-kubernetes-validations"), report)
    variables, fields = declared(schema, root=root)
    known = {"self": fields, "oldSelf": fields} if fields is not None else None
    for number, rule in enumerate(rules):
        at = (*route, "x-kubernetes-validations", number)
        _rule(rule, variables, known, at, report)
        _field_path(rule.get("fieldPath", ""), schema, (*at, "fieldPath"), report)


def _field_path(path: str, schema: dict[str, Any], route: Route, report: Report) -> None:
    """Check that the path to the field that a rule blames leads to a field of the schema."""
    if not path:
        return
    if _PATH.fullmatch(path) is None:
        report.invalid(route, f"fieldPath is {quoted(path)}, a path like .spec.size is expected")
        return
    found: Any = schema
    for name in steps_of(path):
        below = (found.get("properties") or {}).get(name)
        found = below if below is not None else found.get("additionalProperties")
        if not isinstance(found, dict):
            report.invalid(route, f"fieldPath is {quoted(path)}, which leads to no field of the schema")
            return


def steps_of(path: str) -> list[str]:
    """The steps of a path as the rules of definitions write it: ``.spec['a.b'].c``."""
    return [dotted or bracketed for dotted, bracketed in _STEP.findall(path)]


def _rule(
    rule: dict[str, Any],
    variables: Mapping[str, str],
    known: Mapping[str, Fields] | None,
    route: Route,
    report: Report,
) -> None:
    text, source = rule.get("rule", ""), rule.get("messageExpression", "")
    if text.strip():
        _expression(text, "bool", variables, known, (*route, "rule"), report)
    else:
        report.missing((*route, "rule"))
    if source.strip():
        _expression(source, "string", variables, known, (*route, "messageExpression"), report)
    check_message(rule.get("message", ""), (*route, "message"), report)
    reason = rule.get("reason")
    if reason is not None and reason not in _REASONS:
        report.unsupported((*route, "reason"), reason, _REASONS)
    if "\n" in text and not rule.get("message") and not source:
        report.missing((*route, "message"), "a rule of several lines needs one")
    _old_self(rule, text, route, report)


def _old_self(rule: dict[str, Any], text: str, route: Route, report: Report) -> None:
    """Check that optionalOldSelf stands only where oldSelf is used; with true it is an optional value."""
    if rule.get("optionalOldSelf") is None:
        return
    if not re.search(r"\boldSelf\b", text):
        report.invalid((*route, "optionalOldSelf"), "optionalOldSelf is for rules that use oldSelf")
    elif rule["optionalOldSelf"] and re.search(r"\boldSelf\.(?!\?|value\(|hasValue\(|orValue\(|opt|or\()", text):
        report.add("invalid-expression", (*route, "rule"), "with optionalOldSelf oldSelf is optional: use orValue()")


def _expression(
    text: str,
    kind: str,
    variables: Mapping[str, str],
    known: Mapping[str, Fields] | None,
    route: Route,
    report: Report,
) -> None:
    outcome = compile_expression(text, variables, known)
    if outcome.wrong is not None:
        report.add("invalid-expression", route, f"{route[-1]} is no valid CEL: {outcome.wrong}")
    elif outcome.type_name not in (None, kind):
        report.add("invalid-expression", route, f"{route[-1]} yields {outcome.type_name}, {kind} is expected")


def declared(schema: Mapping[str, Any], *, root: bool = False) -> tuple[dict[str, str], Fields | None]:
    """Return the CEL variables of a schema's rules with types, and the fields of ``self`` where all are known.

    ``root``: it is the schema of a whole object, which has a name whether the schema says so or not.
    """
    variables: dict[str, str] = {}
    for name in ("self", "oldSelf"):
        _declare(name, schema, variables)
        if root:
            variables.update({f"{name}.{step}": kind for step, kind in _OF_ANY_OBJECT.items()})
    fields = _fields(schema)
    return variables, {**fields, **_OBJECT} if root and fields is not None else fields


def _declare(path: str, schema: Mapping[str, Any], variables: dict[str, str]) -> None:
    variables[path] = cel_type(schema)
    if schema.get("x-kubernetes-embedded-resource"):
        variables.update({f"{path}.{step}": kind for step, kind in _OF_ANY_OBJECT.items()})
    for name, child in schema.get("properties", {}).items():
        if _IDENTIFIER.fullmatch(name) and path.count(".") < 4:
            _declare(f"{path}.{name}", child, variables)


def cel_type(schema: Mapping[str, Any]) -> str:
    """Return the CEL type of the values of a schema; ``dyn`` where it cannot be told."""
    kind = schema.get("type")
    if schema.get("x-kubernetes-int-or-string") or schema.get("nullable"):
        return "dyn"
    if kind == "string" and schema.get("format") in (*_TIMES, "byte"):
        return _TIMES.get(schema.get("format", ""), "bytes")
    if kind in _CEL_TYPES:
        return _CEL_TYPES[kind]
    if kind == "array" and isinstance(schema.get("items"), dict):
        return f"list({cel_type(schema['items'])})"
    extra = schema.get("additionalProperties")
    if kind == "object" and isinstance(extra, dict):
        return f"map(string, {cel_type(extra)})"
    return "dyn"


def _fields(schema: Mapping[str, Any]) -> Fields | None:
    properties = schema.get("properties", {})
    open_ended = schema.get("x-kubernetes-preserve-unknown-fields") or "additionalProperties" in schema
    if schema.get("type") != "object" or open_ended:
        return None
    fields: dict[str, Any] = {name: _fields(child) for name, child in properties.items()}
    if schema.get("x-kubernetes-embedded-resource"):
        fields.update(_OBJECT)
    return fields
