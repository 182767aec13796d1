"""The verdict on one object: what an API server of a given version would say of a create."""

from __future__ import annotations

import marshal
from typing import Any

from todo_lint.findings import Route
from todo_lint.kubernetes.gate import gate
from todo_lint.kubernetes.kinds import identity_problems, unknown_kind
from todo_lint.kubernetes.problems import Checked, ObjectVerdict, Problem, Skipped, problem
from todo_lint.kubernetes.schemas import SchemaStore, schema_store
from todo_lint.kubernetes.versions import LATEST
from todo_lint.kubernetes.words import described


def check_object(value: Any, version: str = LATEST) -> ObjectVerdict:
    """Return what a server of the minor version ``version`` says of creating this object.

    ``value`` is plain data of one manifest. A List is taken apart by the caller. No message holds a value that
    stands under the data or stringData of a Secret.

    Raises:
        UserError: when the version is not supported.
        ToolError: when the bundled schemas are missing.
    """
    if not isinstance(value, dict):
        message = f"the document is {described(value)}, a mapping is expected"
        return Checked((problem("wrong-type", (), message, "every Kubernetes object is a mapping"),))
    identity = identity_problems(value)
    if identity:
        return Checked(identity)
    if _too_deep(value):
        return Skipped("it is nested more than 1,900 levels deep")
    store = schema_store(version)
    api_version, kind = value["apiVersion"], value["kind"]
    if not store.has(api_version, kind):
        unknown = unknown_kind(store, api_version, kind)
        return unknown if isinstance(unknown, Skipped) else Checked(unknown)
    if gate(store.version, api_version, kind)(value):
        return Checked()
    return Checked(_decoding_problems(value, store))


def _decoding_problems(value: dict[str, Any], store: SchemaStore) -> tuple[Problem, ...]:
    """Decode the object as a server does and return what is wrong with it."""
    from todo_lint.kubernetes.decoding import Decoder

    name = store.definition_name(value["apiVersion"], value["kind"])
    decoder = Decoder(store.closure(name), _never if value["kind"] != "Secret" else _is_secret)
    decoder.decode(value, {"$ref": f"#/$defs/{name}"})
    return tuple(decoder.problems)


def _too_deep(value: dict[str, Any]) -> bool:
    """Say whether an object is nested so deep that a recursive check could break.

    marshal walks plain data in C and gives up at 2,000 levels, far less than what harms the schema engine.
    """
    try:
        marshal.dumps(value)
    except ValueError:
        return True
    return False


def _is_secret(route: Route) -> bool:
    return bool(route) and route[0] in ("data", "stringData")


def _never(route: Route) -> bool:
    return False
