"""The verdict on one object: what an API server of a given version would say of a create."""

from __future__ import annotations

import marshal
from typing import TYPE_CHECKING, Any

from todo_lint.findings import Route
from todo_lint.kubernetes.blame import server_field
from todo_lint.kubernetes.changes import came_later, kind_changes, low_end, steady_down_to
from todo_lint.kubernetes.gate import gate
from todo_lint.kubernetes.kinds import deprecation, identity_problems, later_only, unknown_kind
from todo_lint.kubernetes.metadata import check_metadata
from todo_lint.kubernetes.minors import Minor
from todo_lint.kubernetes.plan import Node, follow, plan
from todo_lint.kubernetes.problems import Checked, ObjectVerdict, Piece, Problem, Skipped, problem
from todo_lint.kubernetes.report import Report, existing, label, server_path
from todo_lint.kubernetes.schemas import SchemaStore, schema_store
from todo_lint.kubernetes.versions import LATEST, minor_of
from todo_lint.kubernetes.words import described

if TYPE_CHECKING:
    from todo_lint.kubernetes.custom import CustomKinds

_OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
_TEMPLATES_CHECKED = 35
_CLOSE_LOOKS = 12
_FLAWLESS = Checked()
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
    wrong = _no_object(value)
    if wrong is None and _too_deep(value):
        wrong = Skipped("it is nested more than 1,900 levels deep")
    if wrong is not None:
        return wrong
    store = schema_store(version)
    return _Look(value, store, custom).verdict(minor_of(store.version))


def check_versions(value: Any, versions: tuple[str, ...], custom: CustomKinds | None = None) -> tuple[Piece, ...]:
    """Return what servers of the minor versions ``versions`` (oldest first) say of creating this object.

    The pieces follow each other from the newest version to the oldest, and cover all. An object is looked at again
    only where the schemas of what it holds differ, or where a comparison of versions had decided. ``value`` is what
    the YAML reader gave, which reads nothing that is nested too deep to be checked.

    Raises what :func:`check_object` raises.
    """
    wrong = _no_object(value)
    if wrong is not None:
        return (Piece(versions[0], versions[-1], wrong),)
    if len(versions) == 1:  # there is nothing to compare with
        (version,) = versions
        verdict = _Look(value, schema_store(version), custom).verdict(minor_of(version))
        piece = Piece(version, version, verdict)
        return (piece,) if verdict is _FLAWLESS else tuple(_without_announcements([piece]))
    pieces: list[Piece] = []
    left = versions
    while left:
        store = schema_store(left[-1])
        look = _Look(value, store, custom)
        floor = look.floor()
        while left and minor_of(left[-1]) >= floor:
            minor = Minor(minor_of(left[-1]))
            verdict = look.verdict(minor)
            low = max(floor, minor.low)
            older = tuple(version for version in left if minor_of(version) < low)
            pieces.append(Piece(left[len(older)], left[-1], verdict))
            left = older
    return tuple(_without_announcements(pieces))


def _without_announcements(pieces: list[Piece]) -> list[Piece]:
    """Leave out that an API is deprecated where a newer version among those asked about has it no more."""
    newest = pieces[0].verdict
    if not isinstance(newest, Checked) or not any(found.rule == "removed-api" for found in newest.problems):
        return pieces
    return [Piece(piece.oldest, piece.newest, _unannounced(piece.verdict)) for piece in pieces]


def _unannounced(verdict: ObjectVerdict) -> ObjectVerdict:
    if isinstance(verdict, Skipped):
        return verdict
    return Checked(tuple(found for found in verdict.problems if found.rule != "deprecated-api"))


def _no_object(value: Any) -> ObjectVerdict | None:
    """Say what keeps a document from being an object at all, whatever the version."""
    if not isinstance(value, dict):
        message = f"the document is {described(value)}, a mapping is expected"
        return Checked((problem("wrong-type", (), message, "every Kubernetes object is a mapping"),))
    identity = identity_problems(value)
    return Checked(identity) if identity else None


class _Look:
    """A look at one object with the schemas of one version, which may do for older versions, too."""

    def __init__(self, value: dict[str, Any], store: SchemaStore, custom: CustomKinds | None) -> None:
        self._value = value
        self._store = store
        self._identity = (value["apiVersion"], value["kind"])
        self._schema = None if store.has(*self._identity) or not custom else custom.schemas.get(self._identity)
        self._sure: bool | None = None
        self._decoded: tuple[dict[str, Any], list[Problem]] | None = None

    def floor(self) -> int:
        """Return the oldest minor version down to which the schemas say the same of this object."""
        minor = minor_of(self._store.version)
        end = low_end(kind_changes(*self._identity), minor)
        if self._store.has(*self._identity):
            name = self._store.definition_name(*self._identity)
            return max(end, steady_down_to(self._store, name, self._value, minor))
        if self._schema is not None:
            return max(end, steady_down_to(self._store, _OBJECT_META, self._value.get("metadata"), minor))
        return end

    def verdict(self, minor: int) -> ObjectVerdict:
        """Return the verdict for a minor version, by the schemas of the store."""
        report = Report(self._value, minor)
        if self._schema is not None:
            self._check_custom(self._schema, report)
        elif not self._store.has(*self._identity):
            unknown = unknown_kind(self._store, *self._identity)
            return unknown if isinstance(unknown, Skipped) else Checked(unknown)
        elif self._is_sure():
            _run(plan(self._store.version, *self._identity, full=False), self._value, report)
        else:
            self._look_closely(report)
        if self._schema is None:
            end = deprecation(self._value, minor)
            report.problems.extend([end] if end else [])
        return Checked(_all_finished(self._value, report)) if report.problems else _FLAWLESS

    def _is_sure(self) -> bool:
        if self._sure is None:
            self._sure = _gates.let_pass(self._value, self._store.version)
        return self._sure

    def _look_closely(self, report: Report) -> None:
        """Decode the object as a server does and, if that goes well, check every constraint on what came out."""
        if self._decoded is None:
            from todo_lint.kubernetes.decoding import Decoder

            name = self._store.definition_name(*self._identity)
            decoder = Decoder(self._store.closure(name), _is_secret if report.kind == "Secret" else _never)
            clean = decoder.decode(self._value, {"$ref": f"#/$defs/{name}"})
            self._decoded = clean, [self._dated(found, name) for found in decoder.problems]
        clean, problems = self._decoded
        report.problems.extend(problems)
        if not problems:
            report.root = clean
            _run(plan(self._store.version, *self._identity, full=True), clean, report)

    def _dated(self, found: Problem, definition: str) -> Problem:
        """Say of an unknown field that newer versions know it, where they do."""
        since = came_later(self._store, definition, found.route) if found.rule == "unknown-field" else None
        if since is None:
            return found
        message = f"{found.message} before Kubernetes 1.{since}"
        return Problem("field-too-new", found.route, message, later_only(since), found.on_key, found.field)

    def _check_custom(self, schema: dict[str, Any], report: Report) -> None:
        """Check an object of a custom kind: its metadata as any object's, the rest by its definition."""
        from todo_lint.kubernetes.custom import check_custom
        from todo_lint.kubernetes.decoding import Decoder

        decoder = Decoder(self._store.closure(_OBJECT_META), _never)
        at = {"$ref": f"#/$defs/{_OBJECT_META}"}
        metadata = decoder.decode(self._value.get("metadata"), at, ("metadata",))
        report.problems.extend(decoder.problems)
        if not decoder.problems:
            check_metadata({**self._value, "metadata": metadata}, report)
        check_custom(self._value, schema, report)


class _Gates:
    """Decides whether to ask the gate of a kind, and has it built when it pays off.

    The verdict is the same either way. A gate takes as long to build as a dozen close looks, so that a chart with
    a few objects of a kind is checked sooner without it.
    """

    __slots__ = ("_close_looks", "_met")

    def __init__(self) -> None:
        self._close_looks = _CLOSE_LOOKS
        self._met: dict[tuple[str, str, str], int] = {}

    def expect_many(self) -> None:
        """Build the gate of a kind as soon as there is an object of it."""
        self._close_looks = 0

    def let_pass(self, value: dict[str, Any], version: str) -> bool:
        """Say whether an object is certainly well-formed; False also where its gate is not worth building yet."""
        identity = (version, value["apiVersion"], value["kind"])
        met = self._met.get(identity, 0)
        if met < self._close_looks:
            self._met[identity] = met + 1
            return False
        try:
            return gate(*identity)(value)
        except UnicodeEncodeError:  # half of a pair of surrogates, which the schema engine cannot take
            return False


_gates = _Gates()


def expect_many_objects() -> None:
    """Prepare for thousands of objects. The verdicts stay the same."""
    _gates.expect_many()


def _run(node: Node, value: dict[str, Any], report: Report) -> None:
    check_metadata(value, report)
    follow(node, value, (), report)


def _all_finished(value: dict[str, Any], report: Report) -> tuple[Problem, ...]:
    """Return the problems ready for use, each rule once per field."""
    found = {(problem.rule, problem.field): problem for problem in reversed(report.problems)}
    return tuple(_finished(problem, value, report) for problem in reversed(found.values()))


def _finished(found: Problem, value: dict[str, Any], report: Report) -> Problem:
    """Let a problem point at what stands in the object, and free its route of marks."""
    route = existing(found.route, value)
    on_key = found.on_key and len(route) == len(found.route)
    message = found.message
    if found.rule == "missing-field" and len(found.route) > len(route) + 1:  # what should hold it is missing, too
        name = label(found.route)
        if message.startswith(f"{name} is missing"):
            message = f"{server_path(found.route[len(route) :])}{message[len(name) :]}"
    plain = tuple(step if isinstance(step, int) else str(step) for step in route)
    refused = found.refused and not _overlooked(found, report)
    field = found.field if found.rule in _DECODING else server_field(found.rule, found.field, report.root)
    return Problem(found.rule, plain, message, found.hint, on_key, field, refused)


def _overlooked(found: Problem, report: Report) -> bool:
    """Say whether an older server takes a StatefulSet though its pods could never be created."""
    if report.kind != "StatefulSet" or found.rule in _DECODING:
        return False
    unchecked = ("spec.template.spec", "spec.volumeClaimTemplates")
    checked = (".spec.restartPolicy", ".spec.activeDeadlineSeconds")
    if not found.field.startswith(unchecked) or found.field.endswith(checked):
        return False
    return report.minor < _TEMPLATES_CHECKED


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
