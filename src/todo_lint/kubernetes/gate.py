"""Compiled schemas that decide in microseconds that an object is certainly well-formed.

The schema of a kind is bent so that it accepts only objects that decode without a problem and hold no null; known
errors of the published schemas are put right on the way, and the constraints of all versions are built in.
jsonschema-rs evaluates it. What it does not accept is not yet refused: :mod:`todo_lint.kubernetes.decoding` looks
closely and has the last word.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from todo_lint.kubernetes.constraints import Constraint, constraints_of, type_key, value_fields
from todo_lint.kubernetes.formats import FORMATS
from todo_lint.kubernetes.schemas import Schema, schema_store

_DEMANDS = frozenset({"required", "present", "absent"})
_LIMITS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_META = "io.k8s.apimachinery.pkg.apis.meta.v1."
_APIEXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1."
_JSON_SCHEMA = {"$ref": f"#/$defs/{_APIEXTENSIONS}JSONSchemaProps"}
_DAY = "^2[0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"

_REPLACED: dict[str, Schema] = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {
        "type": ["string", "number"],
        "pattern": r"^[0-9]{1,12}(\.[0-9]{1,3})?(m|k|M|G|T|Ki|Mi|Gi|Ti)?$",
        "minimum": 0,
        "maximum": 10**12,
    },
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": {
        "type": ["string", "integer"],
        "minimum": _LIMITS["int32"][0],
        "maximum": _LIMITS["int32"][1],
    },
    "io.k8s.apimachinery.pkg.runtime.RawExtension": {"type": "object"},
    _META + "Time": {"type": "string", "pattern": _DAY + "Z$"},
    _META + "MicroTime": {"type": "string", "pattern": _DAY + r"\.[0-9]{6}Z$"},
    _META + "FieldsV1": {"type": "object"},
    _APIEXTENSIONS + "CustomResourceSubresourceStatus": {"type": "object", "maxProperties": 0},
    _APIEXTENSIONS + "JSON": {"not": {"type": "null"}},
    _APIEXTENSIONS + "JSONSchemaPropsOrArray": _JSON_SCHEMA,
    _APIEXTENSIONS + "JSONSchemaPropsOrBool": {"anyOf": [{"type": "boolean"}, _JSON_SCHEMA]},
}
"""Stricter than the published schemas or, where these wrongly refuse, more lenient; never laxer than a server."""


@functools.cache
def gate(version: str, api_version: str, kind: str) -> Callable[[Any], bool]:
    """Return a function that says whether an object of this kind is certainly well-formed.

    Raises:
        KeyError: when no schema of this kind is bundled.
    """
    import jsonschema_rs

    store = schema_store(version)
    name = store.definition_name(api_version, kind)
    closure = store.closure(name)
    definitions = {inner: _bundled_definition(version, inner) for inner in closure}
    schema = {"$ref": f"#/$defs/{name}", "$defs": definitions}
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=False).is_valid


@functools.cache
def _bundled_definition(version: str, name: str) -> Schema:
    """Return the gate's form of a bundled definition, which the gates of several kinds hold."""
    return gate_definition(name, schema_store(version).closure(name))


def gate_definition(name: str, closure: Mapping[str, Schema]) -> Schema:
    """Return the gate's form of a definition; ``closure`` holds all that it refers to."""
    replaced = _REPLACED.get(name)
    if replaced is not None:
        return replaced
    strict = _strict(closure[name])
    properties = strict.get("properties", {})
    required = []
    for field, constraint in constraints_of(type_key(name)).items():
        if field in properties:
            properties[field] = _constrained(properties[field], constraint)
            if _DEMANDS & constraint.keys():
                required.append(field)
    for field in value_fields().get(type_key(name), ()):
        if field in properties and _lacks_when_empty(properties[field], closure):
            required.append(field)
    if required:
        strict["required"] = required
    return strict


def _lacks_when_empty(schema: Schema, closure: Mapping[str, Schema]) -> bool:
    """Say whether a mapping that is absent, and so counts as empty, would lack something that is required."""
    if "$ref" not in schema:
        return False
    name = schema["$ref"].rpartition("/")[2]
    key = type_key(name)
    if any(_DEMANDS & constraint.keys() for constraint in constraints_of(key).values()):
        return True
    fields = closure[name].get("properties", {})
    inner = (fields[field] for field in value_fields().get(key, ()) if field in fields)
    return any(_lacks_when_empty(field, closure) for field in inner)


def gate_decides(constraint: Constraint) -> bool:
    """Say whether the gate's schema expresses a constraint wholly, so that it need not be checked again."""
    if "unique" in constraint:
        return False
    form = constraint.get("format")
    if form is not None and FORMATS[form].pattern is None:
        return False
    return all(gate_decides(constraint[inner]) for inner in ("items", "values") if inner in constraint)


def _constrained(schema: Schema, constraint: Constraint) -> Schema:
    """Return the schema of a field with a constraint built in, a little stricter where it must be simpler."""
    out = dict(schema)
    for key, keyword in (
        ("enum", "enum"),
        ("min", "minimum"),
        ("max", "maximum"),
        ("longest", "maxLength"),
        ("most", "maxItems"),
    ):
        if key in constraint:
            out[keyword] = constraint[key]
    form = FORMATS[constraint["format"]] if "format" in constraint else None
    if form is not None and form.pattern is not None:
        out["pattern"] = form.pattern
        if form.longest is not None:
            out["maxLength"] = min(form.longest, out.get("maxLength", form.longest))
    if constraint.get("required"):
        out.update(minLength=1, minItems=1, minProperties=1)
        if constraint.get("zero") == "missing":
            out["minimum"] = max(1, out.get("minimum", 1))
    for key, keyword in (("items", "items"), ("values", "additionalProperties")):
        if key in constraint:
            out[keyword] = _constrained(out.get(keyword) or {}, constraint[key])
    return out


def _strict(node: Schema) -> Schema:
    """Return a copy that refuses null and numbers that do not fit, without keywords that say nothing."""
    strict: Schema = {}
    for key, value in node.items():
        if key == "type":
            strict[key] = _without_null(value)
        elif key == "properties":
            strict[key] = {name: _strict(field) for name, field in value.items()}
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            strict[key] = _strict(value)
        elif key in ("$ref", "additionalProperties"):
            strict[key] = value
    if strict.get("type") == "integer":
        strict["minimum"], strict["maximum"] = _LIMITS[node.get("format", "int64")]
    if node.get("format") == "byte":
        strict["pattern"] = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
    return strict


def _without_null(kind: Any) -> Any:
    if isinstance(kind, list):
        kinds = [name for name in kind if name != "null"]
        return kinds[0] if len(kinds) == 1 else kinds
    return kind
