"""Compiled schemas that decide in microseconds that an object is certainly well-formed.

The schema of a kind is bent so that it accepts only objects that decode without a problem and hold no null; known
errors of the published schemas are put right on the way. jsonschema-rs evaluates it. What it does not accept is
not yet refused: :mod:`todo_lint.kubernetes.decoding` looks closely and has the last word.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from todo_lint.kubernetes.schemas import Schema, schema_store

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

    schema = schema_store(version).schema(api_version, kind)
    schema["$defs"] = {name: gate_definition(name, body) for name, body in schema["$defs"].items()}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=False)
    return validator.is_valid


def gate_definition(name: str, body: Schema) -> Schema:
    """Return the gate's form of a definition."""
    return _REPLACED.get(name) or _strict(body)


def _strict(node: Schema) -> Schema:
    """Return a copy that refuses null and numbers that do not fit, without keywords that say nothing."""
    strict: Schema = {}
    for key, value in node.items():
        if key == "type":
            strict[key] = _without_null(value)
        elif key == "properties":
            strict[key] = {name: _strict(field) for name, field in value.items()}
        elif key == "enum":
            strict[key] = [choice for choice in value if choice is not None]
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            strict[key] = _strict(value)
        elif key in ("$ref", "required", "additionalProperties"):
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
