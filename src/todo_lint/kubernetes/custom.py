"""Objects of custom kinds, judged by the CustomResourceDefinitions that come with them.

Source: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/: unknown
fields are refused by strict validation, defaults are filled in, then the schema and its CEL rules are checked.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.report import Report, label
from todo_lint.kubernetes.words import choice, described, nearest, quoted
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

Schema = Mapping[str, Any]
_OWN = ("apiVersion", "kind", "metadata")
_OPERAND = pattern(r"(?<![\w.])self(?:\.[A-Za-z_]\w*)*(?![\w(])")
_FEW_OPERANDS = 4
"""So many fields of a rule are told with their values."""


@dataclass(frozen=True, slots=True)
class CustomKinds:
    """The schemas of custom kinds by (apiVersion, kind); None where a definition leaves the form open."""

    schemas: Mapping[tuple[str, str], dict[str, Any] | None]


def custom_kinds(values: Iterable[Any]) -> CustomKinds:
    """Return the kinds that the CustomResourceDefinitions among some objects define; all others are overlooked.

    Definitions that are themselves broken give no kinds: their own check says what is wrong with them.
    """
    found: dict[tuple[str, str], dict[str, Any] | None] = {}
    for value in values:
        if isinstance(value, dict) and value.get("kind") == "CustomResourceDefinition":
            try:
                found.update(_kinds_of(value))
            except (AttributeError, KeyError, TypeError, ValueError):
                continue
    return CustomKinds(found)


def _kinds_of(definition: dict[str, Any]) -> Iterator[tuple[tuple[str, str], dict[str, Any] | None]]:
    spec = definition["spec"]
    for version in spec["versions"]:
        if version.get("served"):
            schema = (version.get("schema") or {}).get("openAPIV3Schema")
            clean = None if schema is None else _clean(schema)
            yield (f"{spec['group']}/{version['name']}", spec["names"]["kind"]), clean


_SCHEMAS_BY_NAME = frozenset({"properties", "patternProperties", "definitions", "dependencies"})
_SCHEMA_LISTS = frozenset({"allOf", "anyOf", "oneOf"})


def _clean(schema: Any) -> dict[str, Any]:
    """Return a schema without the nulls in it, which a server takes as absent.

    Raises:
        TypeError: when it has not the form of a schema.
    """
    if not isinstance(schema, dict):
        raise TypeError("a schema is no mapping")
    clean = {key: value for key, value in schema.items() if value is not None}
    for key, value in clean.items():
        if key in _SCHEMAS_BY_NAME:
            clean[key] = {name: _clean(child) for name, child in dict(value).items() if child is not None}
        elif key in _SCHEMA_LISTS:
            clean[key] = [_clean(part) for part in value]
        elif key in ("items", "not") or (key == "additionalProperties" and not isinstance(value, bool)):
            clean[key] = _clean(value)
        elif key in ("required", "x-kubernetes-validations", "x-kubernetes-list-map-keys"):
            clean[key] = list(value)
    return clean


def check_custom(value: dict[str, Any], schema: dict[str, Any], report: Report) -> None:
    """Check an object against the schema of its kind."""
    count = len(report.problems)
    _unknown(value, schema, (), report, root=True)
    if len(report.problems) > count:
        return
    filled = with_defaults(value, schema)
    _fits(filled, schema, report)
    if len(report.problems) == count:
        from todo_lint.kubernetes.custom_formats import check_formats

        check_formats(filled, schema, (), report)
    _repeated(filled, schema, (), report)
    if len(report.problems) == count:
        _rules(filled, schema, (), report)


def with_defaults(value: Any, schema: Schema) -> Any:
    """Return a copy of a value with the defaults of its schema filled in, and null replaced by them."""
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return [with_defaults(item, schema["items"]) for item in value]
    if not isinstance(value, dict):
        return value
    filled = dict(value)
    for name, child in schema.get("properties", {}).items():
        if name in filled and filled[name] is None and not child.get("nullable"):
            del filled[name]  # so a server takes a null that is not allowed
        if name not in filled and "default" in child:
            filled[name] = copy.deepcopy(child["default"])
        if name in filled:
            filled[name] = with_defaults(filled[name], child)
    extra = schema.get("additionalProperties")
    return _map_with_defaults(filled, schema.get("properties", {}), extra) if isinstance(extra, dict) else filled


def _map_with_defaults(value: dict[str, Any], fields: Mapping[str, Any], extra: Schema) -> dict[str, Any]:
    """Fill in the values of a map, and drop those that are null where that is not allowed, as a server does."""
    return {
        name: item if name in fields else with_defaults(item, extra)
        for name, item in value.items()
        if name in fields or item is not None or extra.get("nullable")
    }


def _unknown(value: Any, schema: Schema, route: Route, report: Report, *, root: bool = False) -> None:
    """Report fields that no schema knows."""
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for number, item in enumerate(value):
            _unknown(item, schema["items"], (*route, number), report)
    if not isinstance(value, dict):
        return
    fields, extra = schema.get("properties", {}), schema.get("additionalProperties")
    own = _OWN if root or schema.get("x-kubernetes-embedded-resource") else ()
    closed = (
        extra is None and not schema.get("x-kubernetes-preserve-unknown-fields") and schema.get("type") == "object"
    )
    for key, item in value.items():
        if key in own and (root or key not in fields):
            continue
        if key in fields:
            _unknown(item, fields[key], (*route, key), report)
        elif isinstance(extra, dict):
            _unknown(item, extra, (*route, key), report)
        elif closed:
            meant = nearest(key, fields)
            hint = f"did you mean {meant}?" if meant else ""
            report.add(
                "unknown-field", (*route, key), f"{label(route)} has no field {quoted(key)}", hint, on_key=True
            )


def _repeated(value: Any, schema: Schema, route: Route, report: Report) -> None:
    """Report items that repeat others in lists that are sets or maps."""
    if isinstance(value, list):
        kind, keys = schema.get("x-kubernetes-list-type"), schema.get("x-kubernetes-list-map-keys", ())
        seen: list[Any] = []
        for number, item in enumerate(value):
            key = [item.get(name) for name in keys] if kind == "map" and isinstance(item, dict) else item
            if kind in ("set", "map") and key in seen:
                report.duplicate((*route, number), key)
            seen.append(key)
            _repeated(item, schema.get("items") or {}, (*route, number), report)
    elif isinstance(value, dict):
        extra = schema.get("additionalProperties")
        for key, item in value.items():
            child = schema.get("properties", {}).get(key, extra if isinstance(extra, dict) else {})
            _repeated(item, child, (*route, key), report)


def _fits(value: dict[str, Any], schema: dict[str, Any], report: Report) -> None:
    import jsonschema_rs

    from todo_lint.kubernetes.crd_schemas import plain_schema

    try:
        validator = jsonschema_rs.Draft202012Validator(plain_schema(schema), validate_formats=False)
    except (ValueError, jsonschema_rs.ValidationError):
        return  # the definition is refused itself
    try:
        errors = list(validator.iter_errors(value))
    except UnicodeEncodeError:
        report.invalid((), "a text holds a character that does not exist")
        return
    for error in errors:
        _report_error(error, value, report)


_RULES = {
    "type": "wrong-type",
    "enum": "unsupported-value",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "exclusiveMinimum": "out-of-range",
    "exclusiveMaximum": "out-of-range",
}


_JUNCTIONS = {
    "anyOf": "one of several forms, of which it has none",
    "oneOf": "exactly one of several forms",
    "not": "something else",
}


def _report_error(error: Any, value: Any, report: Report) -> None:
    """Report one error of the schema engine in the words of the other checks."""
    route: Route = tuple(error.instance_path)
    found: Any = value
    for step in route:
        found = found[step]
    details = error.kind.as_dict()
    name = error.kind.name
    if name == "required":
        report.missing((*route, details["property"]))
    elif name == "enum":
        allowed = [option for option in details["options"] if isinstance(option, str)]
        report.unsupported(route, found, allowed)
    else:
        limit = next((item for key, item in details.items() if key not in ("name", "value")), "")
        if name in _JUNCTIONS:
            name, limit = _JUNCTIONS[name], ""
        if isinstance(limit, list):
            limit = choice([str(item) for item in limit])
        rule = _RULES.get(name, "invalid-value")
        shown = f"{name} {limit}".strip() if isinstance(limit, (str, int, float)) else name
        message = f"{label(route)} is {described(found)}, the definition of its kind asks for {shown}"
        report.add(rule, route, message, f"the nearest is {limit}" if name in ("minimum", "maximum") else "")


def _broken_rule(rule: Mapping[str, Any], value: Any, route: Route, report: Report) -> None:
    """Report a rule that does not hold: at the field that it blames, with the values of the fields that it names."""
    from todo_lint.kubernetes.crd_schemas import steps_of
    from todo_lint.kubernetes.expressions import text_of

    text, source = rule.get("rule", ""), rule.get("messageExpression", "")
    message = text_of(source, {"self": value}) if source.strip() else None
    if message is None or not message.strip() or "\n" in message:
        message = rule.get("message") or ""
    shown = f"the rule {quoted(' '.join(text.split()))} of its definition does not hold"
    told = f"{' '.join(message.split())}; {shown}" if message else shown
    steps = steps_of(rule.get("fieldPath") or "")
    values = ", ".join(_operands(text, value))
    report.add("custom-rule", (*route, *steps), f"{label((*route, *steps))}: {told}", values and f"here {values}")


def _operands(text: str, value: Any) -> Iterator[str]:
    """What stands in fields that a rule names: ``self.size is 3``; nothing of mappings, lists and what is absent."""
    for path in list(dict.fromkeys(_OPERAND.findall(text)))[:_FEW_OPERANDS]:
        found = value
        for step in path.split(".")[1:]:
            found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, (str, int, float)):
            yield f"{path} is {quoted(found)}"


def _rules(value: Any, schema: Schema, route: Route, report: Report) -> None:
    """Evaluate the CEL rules of a schema and of all below it; rules about changes do not apply to a new object."""
    from todo_lint.kubernetes.expressions import holds

    for rule in schema.get("x-kubernetes-validations", ()):
        text = rule.get("rule", "")
        if "oldSelf" not in text and holds(text, {"self": value}) is False:
            _broken_rule(rule, value, route, report)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for number, item in enumerate(value):
            _rules(item, schema["items"], (*route, number), report)
    if isinstance(value, dict):
        extra = schema.get("additionalProperties")
        for key, item in value.items():
            child = schema.get("properties", {}).get(key, extra if isinstance(extra, dict) else {})
            _rules(item, child, (*route, key), report)
