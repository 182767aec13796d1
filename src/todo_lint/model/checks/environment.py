"""Environment variables of the documented workloads, one by one and by the resources that they come from."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.helm.secrets import SECRET_KEY
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.model.checks.common import Inside, absent, container_of
from todo_lint.model.deciding import Found, Spot, decide, expected
from todo_lint.model.equality import normalised_key, same_value
from todo_lint.model.evidence import Evidence, field, holds, missing, not_checkable, renamed, violated
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Prefix, Statement
from todo_lint.records import dataclass, replace

_WHOLE = {"ConfigMap": "configMapRef", "Secret": "secretRef"}
_SINGLE = {"ConfigMap": "configMapKeyRef", "Secret": "secretKeyRef"}


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a container. ``kind``, ``source`` and ``key`` say where it comes from, empty for a literal.

    ``value`` is None where it is not known, as with Secrets and with what is not rendered.
    """

    name: str
    target: Target
    kind: str = ""
    source: str = ""
    key: str = ""
    value: Json = None


def variables(inside: Inside, evidence: Evidence) -> Iterator[Variable]:
    """The variables of a container: its own first, which win over those of whole ConfigMaps and Secrets."""
    for number, entry in enumerate(items_at(inside.value, ("env",))):
        target = field(inside.resource, *inside.route, "env", number)
        name = text_at(entry, ("name",)) or ""
        for kind, step in _SINGLE.items():
            source = mapping_at(entry, ("valueFrom", step))
            if source:
                called, key = text_at(source, ("name",)) or "", text_at(source, ("key",)) or ""
                yield Variable(name, target, kind, called, key, _data(kind, called, key, evidence))
                break
        else:
            yield Variable(name, target, value=at(entry, ("value",)))
    for number, entry in enumerate(items_at(inside.value, ("envFrom",))):
        target = field(inside.resource, *inside.route, "envFrom", number)
        for kind, step in _WHOLE.items():
            of = text_at(entry, (step, "name"))
            rendered = evidence.resources.find(kind, of) if of else None
            prefix = text_at(entry, ("prefix",)) or ""
            for key in _keys(rendered):
                yield Variable(f"{prefix}{key}", target, kind, of or "", key, _data(kind, of or "", key, evidence))


def _keys(resource: Resource | None) -> list[str]:
    if resource is None:
        return []
    return [key for place in ("data", "stringData") for key in mapping_at(resource.get(place))]


def _data(kind: str, name: str, key: str, evidence: Evidence) -> Json:
    """The value of a ConfigMap's key; never that of a Secret."""
    resource = evidence.resources.find(kind, name) if kind == "ConfigMap" else None
    return resource.get("data", key) if resource else None


def _unknown_sources(inside: Inside, evidence: Evidence) -> list[str]:
    """The ConfigMaps and Secrets that are taken whole and not rendered: any variable may be in them."""
    found = []
    for entry in items_at(inside.value, ("envFrom",)):
        for kind, step in _WHOLE.items():
            name = text_at(entry, (step, "name"))
            if name and evidence.resources.find(kind, name) is None:
                found.append(f"{kind}/{name}")
    return found


def variable(statement: Statement, evidence: Evidence) -> Outcome:
    """The container has the variable, with the stated value where one is stated and can be seen."""
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    name = statement.attribute.removeprefix(Prefix.ENV)
    every = list(variables(inside, evidence))
    found = next((v for v in every if v.name == name), None)
    if found is None:
        return _without(statement, evidence, inside, name, every)
    if found.value is None:
        if not statement.value or found.kind:
            return holds(statement, found.target)
        reason = f"{name} of {inside.name} is set by a reference that no rendering resolves"
        return not_checkable(statement, reason)
    spot = Spot(found.value, _value_place(found, evidence))
    answer = Found((spot,), f"{inside.name} sets {name} to {{}}", "", found.target)
    return _masked(name, decide(statement, answer, same_value, evidence))


def _masked(name: str, outcome: Outcome) -> Outcome:
    """The outcome; where the variable's name speaks of a secret, without the value that it has."""
    if not outcome.diverges or not SECRET_KEY.search(name):
        return outcome
    return replace(
        outcome, message=f"{name} does not have the stated value (neither is shown)", actual="another value"
    )


def _value_place(found: Variable, evidence: Evidence) -> Target:
    """Where a variable's value stands: in the ConfigMap that it comes from, else in the container."""
    resource = evidence.resources.find(found.kind, found.source) if found.kind else None
    if resource is not None:
        return field(resource, "data", found.key)
    target = found.target
    return field(target.resource, *target.route, "value") if target.resource else target


def _without(statement: Statement, evidence: Evidence, inside: Inside, name: str, every: list[Variable]) -> Outcome:
    """A variable that is not there: under a near spelling, perhaps in a source that is not rendered, or missing."""
    near = next((v for v in every if normalised_key(v.name) == normalised_key(name)), None)
    if near is not None:
        message = f"{inside.name} spells the variable {name} as {near.name}"
        return renamed(statement, message, near.name, near.target)
    unknown = _unknown_sources(inside, evidence)
    if unknown:
        return not_checkable(statement, f"{name} may be in {' or '.join(unknown)}, which is not rendered")
    place = field(inside.resource, *inside.route, "env")
    return missing(statement, f"{inside.name} has no environment variable {name}", place)


def variable_source(statement: Statement, evidence: Evidence) -> Outcome:
    """Where a variable comes from: ``ConfigMap``, ``Secret/app-secrets``, ``Secret/app-secrets:jwt_secret``."""
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    name = statement.attribute.removeprefix(Prefix.ENV_SOURCE)
    every = list(variables(inside, evidence))
    found = next((v for v in every if v.name == name), None)
    if found is None:
        return _without(statement, evidence, inside, name, every)
    if any(_same_source(wanted, found, evidence) for wanted in statement.alternatives or (statement.value,)):
        return holds(statement, found.target)
    actual = f"{found.kind}/{found.source}" if found.kind else "its own value"
    if found.key and ":" in statement.value:
        actual = f"{actual}:{found.key}"
    message = f"{inside.name} takes {name} from {actual}; the document says {expected(statement)}"
    if called := _prefixed(statement.value, found, evidence):
        return renamed(statement, message, found.source, found.target, called)
    return violated(statement, message, actual, found.target)


def _prefixed(stated: str, found: Variable, evidence: Evidence) -> str:
    """The ConfigMap or Secret that a source is, whose name has the release's or the chart's in front; else empty.

    Only of one that the document does not describe: one that it describes is paired with what is rendered.
    """
    whole, _, key = stated.partition(":")
    kind, _, name = whole.partition("/")
    same = kind == found.kind and key in ("", found.key) and bool(name)
    if not same or evidence.model.about(kind, name) or not found.source.endswith(f"-{name}"):
        return ""
    return f"{kind} {name}"


def _same_source(stated: str, found: Variable, evidence: Evidence) -> bool:
    whole, _, key = stated.partition(":")
    kind, _, name = whole.partition("/")
    if kind.lower() in ("value", "literal"):
        return not found.kind
    return (
        kind == found.kind
        and (not name or evidence.pairing.same_name(kind, name, found.source))
        and (not key or key == found.key)
    )


def env_sources(statement: Statement, evidence: Evidence) -> Outcome:
    """The container takes its environment from each kind, or resource, that the document names."""
    inside = container_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    for wanted in statement.value.split(","):
        kind, _, name = wanted.strip().partition("/")
        if kind in _WHOLE and not _takes(inside, kind, name, evidence):
            which = f"the {kind} {name}" if name else f"a {kind}"
            message = f"{inside.name} takes no environment from {which}; the document says it does"
            entity = f"{kind} {name}" if name and _is_missing(kind, name, evidence) else ""
            return missing(statement, message, field(inside.resource, *inside.route, "envFrom"), entity)
        astray = _astray(inside, kind, evidence) if kind in _WHOLE and not name else None
        if astray is not None:
            source, target, described = astray
            message = f"{inside.name} takes its environment from the {kind} {source}, which is not rendered"
            return missing(statement, f"{message}; the document describes {described}", target)
    return holds(statement, field(inside.resource, *inside.route, "envFrom"))


def _is_missing(kind: str, name: str, evidence: Evidence) -> bool:
    """Whether an entity that the document describes is not rendered: that is said of the entity itself."""
    described = any(s.kind == kind and s.name == name for s in evidence.model.statements)
    return described and evidence.pairing.of(kind, name) is None


def _astray(inside: Inside, kind: str, evidence: Evidence) -> tuple[str, Target, str] | None:
    """Where a container reads nothing of a kind but what is not there, beside described entities that are rendered.

    The answer is the name that it reads, the field, and the names that the document describes. A document that says
    "from the ConfigMap" means the one it describes.
    """
    described = {s.name: None for s in evidence.model.statements if s.kind == kind and s.name}
    if not any(evidence.pairing.of(kind, name) for name in described):
        return None
    first: tuple[str, Target] | None = None
    for source, route in _sources(inside, kind):
        known = any(evidence.pairing.same_name(kind, name, source) for name in described)
        if known or evidence.resources.find(kind, source) is not None:
            return None
        first = first or (source, field(inside.resource, *inside.route, *route))
    return (*first, ", ".join(described)) if first else None


def _sources(inside: Inside, kind: str) -> Iterator[tuple[str, Route]]:
    """The names of what a container reads of a kind, whole or by key, and the routes to them in the container."""
    for number, entry in enumerate(items_at(inside.value, ("envFrom",))):
        if (name := text_at(entry, (_WHOLE[kind], "name"))) and not at(entry, (_WHOLE[kind], "optional")):
            yield name, ("envFrom", number, _WHOLE[kind], "name")
    for number, entry in enumerate(items_at(inside.value, ("env",))):
        step = ("valueFrom", _SINGLE[kind])
        if (name := text_at(entry, (*step, "name"))) and not at(entry, (*step, "optional")):
            yield name, ("env", number, *step, "name")


def _takes(inside: Inside, kind: str, name: str, evidence: Evidence) -> bool:
    sources = [text_at(entry, (_WHOLE[kind], "name")) for entry in items_at(inside.value, ("envFrom",))]
    sources += [text_at(entry, ("valueFrom", _SINGLE[kind], "name")) for entry in items_at(inside.value, ("env",))]
    return any(
        source is not None and (not name or evidence.pairing.same_name(kind, name, source)) for source in sources
    )
