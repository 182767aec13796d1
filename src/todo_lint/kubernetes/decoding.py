"""Reads an object as an API server decodes it: types, unknown fields, null, numbers, quantities, times, base64.

A server decodes JSON into the types of its API before it validates anything: field names are case-sensitive,
strings never become numbers, null stands for a field that is absent and, inside a list or map, for the zero
value of its type. Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation and the
behaviour of the server's JSON decoder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.problems import Problem, problem
from todo_lint.kubernetes.proposals import quantity_hint, type_hint
from todo_lint.kubernetes.quantities import SUFFIXES, QuantityError, quantity_of
from todo_lint.kubernetes.report import MapKey, server_path
from todo_lint.kubernetes.words import described, nearest, quoted
from todo_lint.patterns import pattern

Definitions = Mapping[str, dict[str, Any]]

_LIMITS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}
_TIME = pattern(
    r"(\d{4}-\d\d-\d\d)T([01]?\d|2[0-3]):[0-5]\d:[0-5]\d([.,]\d+)?"
    r"(Z|[+-]([01]\d|2[0-4]):([0-5]\d|60))",
    re.ASCII,
)
_MICROSECONDS = pattern(r"\.\d{6}", re.ASCII)
_BASE64 = pattern(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_REF = "#/$defs/"


class Decoder:
    """Decodes values of one version's types and collects what cannot be decoded.

    ``secret`` says whether a value at a route must never be shown.
    """

    def __init__(self, definitions: Definitions, secret: Callable[[Route], bool]) -> None:
        self.problems: list[Problem] = []
        self._definitions = definitions
        self._secret = secret

    def decode(self, value: Any, schema: Mapping[str, Any], route: Route = ()) -> Any:
        """Return the value without null and without what could not be decoded."""
        name = schema.get("$ref")
        if name is not None:
            name = name.rpartition("/")[2]
            special = _SPECIAL.get(name)
            if special is not None:
                return special(self, value, route)
            schema = self._definitions[name]
        kind = _type_of(schema)
        if kind == "object":
            return self._object(value, schema, route)
        if kind == "array":
            return self._list(value, schema, route)
        return self._scalar(value, kind, schema.get("format"), route)

    def _object(self, value: Any, schema: Mapping[str, Any], route: Route) -> Any:
        if value is None:
            return {}
        if not isinstance(value, dict):
            return self._wrong(value, "a mapping", route, {})
        fields = schema.get("properties")
        if fields is not None:
            return self._struct(value, fields, route)
        values = schema.get("additionalProperties")
        if isinstance(values, dict):
            return {key: self.decode(item, values, (*route, MapKey(key))) for key, item in value.items()}
        return value

    def _struct(self, value: dict[str, Any], fields: Mapping[str, Any], route: Route) -> dict[str, Any]:
        clean = {}
        for key, item in value.items():
            schema = fields.get(key)
            if schema is None:
                self._unknown(key, value, fields, route)
            elif item is not None:
                count = len(self.problems)
                decoded = self.decode(item, schema, (*route, key))
                if len(self.problems) == count or isinstance(decoded, (dict, list)):
                    clean[key] = decoded
        return clean

    def _list(self, value: Any, schema: Mapping[str, Any], route: Route) -> Any:
        if value is None:
            return []
        if not isinstance(value, list):
            return self._wrong(value, "a list", route, [])
        items = schema.get("items") or {}
        return [self.decode(item, items, (*route, number)) for number, item in enumerate(value)]

    def _scalar(self, value: Any, kind: str | None, form: str | None, route: Route) -> Any:
        if kind is None:
            return value
        if value is None:
            return _ZERO[kind]
        if kind == "string":
            return self._string(value, form, route)
        if kind == "boolean":
            return value if isinstance(value, bool) else self._wrong(value, "true or false", route, False)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return self._wrong(value, "a number", route, 0)
        return self._integer(value, form or "int64", route) if kind == "integer" else value

    def _integer(self, value: float, form: str, route: Route) -> Any:
        written = value
        if isinstance(value, float):
            if not value.is_integer():
                return self._wrong(value, "a whole number", route, 0)
            value = int(value)  # clients turn 2.0 into 2 before they send it
        low, high = _LIMITS[form]
        if not low <= value <= high:
            bits = form.removeprefix("int")
            self._add(
                "wrong-type",
                route,
                f"{self._shown(written, route)}, which does not fit into {bits} bits: {low} to {high} is allowed",
                f"the nearest is {low if value < low else high}",
            )
            return 0
        return value

    def _string(self, value: Any, form: str | None, route: Route) -> Any:
        if not isinstance(value, str):
            return self._wrong(value, "a string", route, "")
        if form == "byte" and not _BASE64.fullmatch(value.replace("\n", "").replace("\r", "")):
            self._add(
                "invalid-base64",
                route,
                f"{_last(route)} is not base64",
                "encode it with base64, or in a Secret write it in plain under stringData",
            )
        return value

    def quantity(self, value: Any, route: Route) -> Any:
        """Decode a quantity."""
        if value is None:
            return "0"
        try:
            quantity_of(value)
        except QuantityError as error:
            self._add(
                "invalid-quantity",
                route,
                f"{self._shown(value, route)}, a quantity is expected: {error}",
                quantity_hint(str(value), SUFFIXES) or "write it like 500m, 0.5, 256Mi or 1Gi",
            )
            return "0"
        return value

    def int_or_string(self, value: Any, route: Route) -> Any:
        """Decode a whole number of 32 bits or a string."""
        if value is None:
            return 0
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return self._wrong(value, "a number or a string", route, 0)
        return self._integer(value, "int32", route)

    def time(self, value: Any, route: Route) -> Any:
        """Decode a time of RFC 3339."""
        return self._time(value, route, micro=False)

    def micro_time(self, value: Any, route: Route) -> Any:
        """Decode a time of RFC 3339 with exactly six digits after the seconds."""
        return self._time(value, route, micro=True)

    def _time(self, value: Any, route: Route, *, micro: bool) -> Any:
        if value is None:
            return None
        if not isinstance(value, str):
            return self._wrong(value, "a time", route, None)
        match = _TIME.fullmatch(value)
        precise = match is not None and _MICROSECONDS.fullmatch(match[3] or "") is not None
        if match is None or not _is_date(match[1]) or (micro and not precise):
            example = "2006-01-02T15:04:05.000000Z" if micro else "2006-01-02T15:04:05Z"
            message = f"{self._shown(value, route)}, a time of RFC 3339 is expected"
            self._add("invalid-time", route, message, f"write it like {example}")
        return value

    def anything(self, value: Any, route: Route) -> Any:
        """Keep a value whose form the type leaves open."""
        return value

    def _loose_schema(self, value: dict[str, Any], route: Route) -> Any:
        """Decode a schema inside a schema, whose unknown fields a server drops without a word."""
        count = len(self.problems)
        decoded = self.decode(value, {"$ref": _REF + _JSON_SCHEMA}, route)
        self.problems[count:] = [found for found in self.problems[count:] if found.rule != "unknown-field"]
        return decoded

    def nothing(self, value: Any, route: Route) -> Any:
        """Decode a mapping that has no fields at all."""
        if value is None:
            return {}
        return (
            self._struct(value, {}, route) if isinstance(value, dict) else self._wrong(value, "a mapping", route, {})
        )

    def schema_or_bool(self, value: Any, route: Route) -> Any:
        """Decode ``additionalProperties`` and the like inside a custom resource definition."""
        if isinstance(value, dict):
            return self._loose_schema(value, route)
        return value if isinstance(value, bool) else self._wrong(value, "true, false or a schema", route, False)

    def schema_or_list(self, value: Any, route: Route) -> Any:
        """Decode ``items`` inside a custom resource definition."""
        if isinstance(value, dict):
            return self._loose_schema(value, route)
        return self._list(value, {"items": {"$ref": _REF + _JSON_SCHEMA}}, route)

    def _unknown(self, key: str, value: dict[str, Any], fields: Mapping[str, Any], route: Route) -> None:
        meant = nearest(key, (name for name in fields if name not in value)) or nearest(key, fields)
        place = _last(route) if route else "the object"
        known = f"it knows {', '.join(sorted(fields)[:12])}" if fields else "it has no fields"
        hint = f"did you mean {meant}?" if meant else known
        if not meant and len(fields) > 12:
            hint += ", ..."
        self.problems.append(
            problem("unknown-field", (*route, key), f"{place} has no field {quoted(key)}", hint, on_key=True)
        )

    def _wrong(self, value: Any, expected: str, route: Route, zero: Any) -> Any:
        hint = "" if self._secret(route) and isinstance(value, str) else type_hint(value, expected)
        self._add("wrong-type", route, f"{self._shown(value, route)}, {expected} is expected", hint)
        return zero

    def _shown(self, value: Any, route: Route) -> str:
        return f"{_last(route)} is {described(value, secret=self._secret(route))}"

    def _add(self, rule: str, route: Route, message: str, hint: str) -> None:
        self.problems.append(problem(rule, route, message, hint, field=server_path(route)))


_JSON_SCHEMA = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps"
_ZERO: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False}
_APIEXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1."
_META = "io.k8s.apimachinery.pkg.apis.meta.v1."
_SPECIAL: dict[str, Callable[[Decoder, Any, Route], Any]] = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": Decoder.quantity,
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": Decoder.int_or_string,
    "io.k8s.apimachinery.pkg.runtime.RawExtension": Decoder.anything,
    _META + "Time": Decoder.time,
    _META + "MicroTime": Decoder.micro_time,
    _META + "FieldsV1": Decoder.anything,
    _APIEXTENSIONS + "CustomResourceSubresourceStatus": Decoder.nothing,
    _APIEXTENSIONS + "JSON": Decoder.anything,
    _APIEXTENSIONS + "JSONSchemaPropsOrArray": Decoder.schema_or_list,
    _APIEXTENSIONS + "JSONSchemaPropsOrBool": Decoder.schema_or_bool,
    _APIEXTENSIONS + "JSONSchemaPropsOrStringArray": Decoder.anything,
}


def _is_date(text: str) -> bool:
    """Say whether a text YYYY-MM-DD is a day of the calendar (which has a year 0 for the server)."""
    from datetime import date

    try:
        date.fromisoformat(text.replace("0000-", "2000-"))
    except ValueError:
        return False
    return True


def _type_of(schema: Mapping[str, Any]) -> str | None:
    """Return the type beside null, or None where the schema leaves it open."""
    kind: Any = schema.get("type")
    if isinstance(kind, list):
        kind = next(name for name in kind if name != "null")
    if kind is None and "properties" in schema:
        return "object"
    return kind if isinstance(kind, str) else None


def _last(route: Route) -> str:
    """Return the last step of a route as a name: ``replicas``, or ``ports[0]`` for an item of a list."""
    if not route:
        return "the object"
    last = route[-1]
    if isinstance(last, int):
        return f"{_last(route[:-1])}[{last}]" if len(route) > 1 else f"item {last}"
    return last
