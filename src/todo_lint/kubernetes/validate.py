"""The verdict on one object: what an API server of a given version would say of a create."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from todo_lint.findings import Route
from todo_lint.kubernetes.gate import gate
from todo_lint.kubernetes.kinds import identity_problems, unknown_kind
from todo_lint.kubernetes.metadata import check_metadata
from todo_lint.kubernetes.plan import Node, follow, plan
from todo_lint.kubernetes.problems import Checked, ObjectVerdict, Problem, Skipped, problem
from todo_lint.kubernetes.report import Report, existing
from todo_lint.kubernetes.schemas import SchemaStore, schema_store
from todo_lint.kubernetes.versions import LATEST, minor_of
from todo_lint.kubernetes.words import described

if TYPE_CHECKING:
    from todo_lint.kubernetes.custom import CustomKinds

_OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
_TEMPLATES_CHECKED = 35
_CLOSE_LOOKS = 12
_met: dict[tuple[str, str, str], int] = {}
"""How many objects of a kind have been checked, by version, apiVersion and kind."""
_DECODING = frozenset({"unknown-field", "wrong-type", "invalid-quantity", "invalid-time", "invalid-base64"})


def check_object(value: Any, version: str = LATEST, custom: CustomKinds | None = None) -> ObjectVerdict:
    """Return what a server of the minor version ``version`` says of creating this object.

    ``value`` is plain data of one manifest. A List is taken apart by the caller. No message holds a value that
    stands under the data or stringData of a Secret. ``custom`` holds the kinds that definitions beside the object
    define (see :func:`todo_lint.kubernetes.custom.custom_kinds`).

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
        schema = custom.schemas.get((api_version, kind)) if custom else None
        if schema is not None:
            return _check_custom(value, schema, minor_of(store.version))
        unknown = unknown_kind(store, api_version, kind)
        return unknown if isinstance(unknown, Skipped) else Checked(unknown)
    report = Report(value, minor_of(store.version))
    if _surely_well_formed(value, store):
        _run(plan(store.version, api_version, kind, full=False), value, report)
    else:
        _look_closely(value, store, report)
    return Checked(_all_finished(value, report))


def _surely_well_formed(value: dict[str, Any], store: SchemaStore) -> bool:
    """Say whether the gate of the object's kind lets it pass; False also where the gate is not worth building yet.

    The verdict is the same either way. A gate takes as long to build as a dozen close looks, so that a chart with
    a few objects of a kind is checked sooner without it.
    """
    identity = (store.version, value["apiVersion"], value["kind"])
    _met[identity] = met = _met.get(identity, 0) + 1
    if met <= _CLOSE_LOOKS:
        return False
    try:
        return gate(*identity)(value)
    except UnicodeEncodeError:  # half of a pair of surrogates, which the schema engine cannot take
        return False


def _check_custom(value: dict[str, Any], schema: dict[str, Any], minor: int) -> Checked:
    """Check an object of a custom kind: its metadata as any object's, the rest by its definition."""
    from todo_lint.kubernetes.custom import check_custom
    from todo_lint.kubernetes.decoding import Decoder

    report = Report(value, minor)
    store = schema_store(f"1.{minor}")
    decoder = Decoder(store.closure(_OBJECT_META), _never)
    metadata = decoder.decode(value.get("metadata"), {"$ref": f"#/$defs/{_OBJECT_META}"}, ("metadata",))
    report.problems.extend(decoder.problems)
    if not decoder.problems:
        check_metadata({**value, "metadata": metadata}, report)
    check_custom(value, schema, report)
    return Checked(_all_finished(value, report))


def _look_closely(value: dict[str, Any], store: SchemaStore, report: Report) -> None:
    """Decode the object as a server does and, if that goes well, check every constraint on what came out."""
    from todo_lint.kubernetes.decoding import Decoder

    name = store.definition_name(value["apiVersion"], value["kind"])
    decoder = Decoder(store.closure(name), _is_secret if value["kind"] == "Secret" else _never)
    clean = decoder.decode(value, {"$ref": f"#/$defs/{name}"})
    report.problems.extend(decoder.problems)
    if not decoder.problems:
        report.root = clean
        _run(plan(store.version, value["apiVersion"], value["kind"], full=True), clean, report)


def _run(node: Node, value: dict[str, Any], report: Report) -> None:
    check_metadata(value, report)
    follow(node, value, (), report)


def _all_finished(value: dict[str, Any], report: Report) -> tuple[Problem, ...]:
    """Return the problems ready for use, each rule once per field."""
    if not report.problems:
        return ()
    found = {(problem.rule, problem.field): problem for problem in reversed(report.problems)}
    return tuple(_finished(problem, value, report) for problem in reversed(found.values()))


def _finished(found: Problem, value: dict[str, Any], report: Report) -> Problem:
    """Let a problem point at what stands in the object, and free its route of marks."""
    route = existing(found.route, value)
    on_key = found.on_key and len(route) == len(found.route)
    plain = tuple(step if isinstance(step, int) else str(step) for step in route)
    refused = found.refused and not _overlooked(found, report)
    return Problem(found.rule, plain, found.message, found.hint, on_key, found.field, refused)


def _overlooked(found: Problem, report: Report) -> bool:
    """Say whether an older server takes a StatefulSet though its pods could never be created."""
    if report.kind != "StatefulSet" or report.minor >= _TEMPLATES_CHECKED or found.rule in _DECODING:
        return False
    unchecked = ("spec.template.spec", "spec.volumeClaimTemplates")
    return found.field.startswith(unchecked) and not found.field.endswith(
        (".spec.restartPolicy", ".spec.activeDeadlineSeconds")
    )


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
