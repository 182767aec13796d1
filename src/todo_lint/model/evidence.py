"""What statements are held against: one profile's rendering, the chart's metadata and its default values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from todo_lint.findings import Route, Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, ResourceSet
from todo_lint.model.dockerfiles import Dockerfile
from todo_lint.model.naming import stem, words
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.pairing import Pairing
from todo_lint.model.statements import DataModel, Statement
from todo_lint.records import dataclass
from todo_lint.records import field as record_field

Moves = Callable[[Target], bool | None]
"""Tells whether some key of the values moves a field; None where that is not known."""


def _unknown(target: Target) -> bool | None:
    return None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a check may look at. ``chart`` and ``default_values`` are None for plain manifests.

    ``namespace_given``: the user named the release's namespace, which is ``default`` otherwise. ``dockerfiles`` are
    those of the document's images, by the image's stated name; ``moves`` tells what the values can change.
    ``neighbours`` gives the names of the charts beside this one, of which the same document may speak.
    ``own_values`` are those that the profile lays over the chart's defaults. ``makes`` tells of a kind whether a
    template makes an object of it with some values, or may do so.
    """

    model: DataModel
    resources: ResourceSet
    pairing: Pairing
    namespace: str
    chart: Mapping[str, Json] | None
    default_values: Mapping[str, Json] | None
    namespace_given: bool = True
    dockerfiles: Mapping[str, Dockerfile] = record_field(default_factory=dict)
    moves: Moves = _unknown
    neighbours: Callable[[], tuple[str, ...]] = tuple
    own_values: Mapping[str, Json] = record_field(default_factory=dict)
    makes: Callable[[str], bool] = lambda kind: False


def holds(statement: Statement, target: Target | None = None) -> Outcome:
    """The rendering has what the statement says; ``target`` is where."""
    return Outcome(statement, Verdict.HOLDS, target=target)


def not_checkable(statement: Statement, reason: str = "", entity: str = "") -> Outcome:
    """Nothing in a rendering can confirm or contradict the statement."""
    return Outcome(statement, Verdict.NOT_CHECKABLE, reason, entity=entity)


def violated(statement: Statement, message: str, actual: Json, target: Target | None, entity: str = "") -> Outcome:
    """The rendering has something else."""
    return Outcome(statement, Verdict.VIOLATED, message, show(actual), target, entity)


def missing(statement: Statement, message: str, target: Target | None = None, entity: str = "") -> Outcome:
    """The rendering lacks what the statement names."""
    return Outcome(statement, Verdict.MISSING, message, "", target, entity)


def renamed(statement: Statement, message: str, actual: str, target: Target | None, entity: str = "") -> Outcome:
    """The rendering has it under another name."""
    return Outcome(statement, Verdict.RENAMED, message, actual, target, entity)


def entity_missing(statement: Statement, evidence: Evidence, message: str = "") -> Outcome:
    """The whole entity that the statement describes is not rendered; perhaps a chart beside this one renders it."""
    other = belongs_to(statement.name, evidence)
    if other is not None:
        reason = f"{statement.subject} seems to belong to the chart {other} beside this one: check that chart as well"
        return not_checkable(statement, reason, statement.subject)
    if namespace := _other_namespace(statement, evidence):
        reason = f"{statement.subject} is in the namespace {namespace}, for which this chart renders nothing"
        return not_checkable(statement, reason, statement.subject)
    unread = unread_with(statement, evidence)
    if unread is not None:
        return unread
    told = message or f"the chart renders no {statement.subject}"
    return missing(statement, told, entity=statement.subject)


def _other_namespace(statement: Statement, evidence: Evidence) -> str:
    """The namespace of an entity, where most of the document's are in another and nothing is rendered for this one.

    Such a document describes more of the cluster than one chart renders.
    """
    stated = evidence.model.namespaces()
    entity = (statement.kind, statement.name)
    own = next((namespace for namespace, entities in stated.items() if entity in entities), "")
    if not own or len(stated[own]) == max(map(len, stated.values())):
        return ""
    used = {evidence.namespace, *(resource.ref.namespace for resource in evidence.resources.resources)}
    return own if own not in used else ""


def unread_with(statement: Statement, evidence: Evidence) -> Outcome | None:
    """What becomes of a statement whose entity is in what a template renders and nobody can read; None: it is not."""
    file = unread_file(statement.kind, statement.name, evidence)
    if file is None:
        return None
    reason = f"{statement.subject} is not checked, since {file} cannot be read"
    return not_checkable(statement, reason, statement.subject)


def unread_file(kind: str, name: str, evidence: Evidence) -> str | None:
    """The file with an entity in what a template renders and nobody can read, if there is one.

    It is taken to be in a text that has its name, or that holds something of its kind and names no other entity of
    that kind: it may be renamed there.
    """
    if not evidence.resources.unreadable:
        return None
    others = {s.name for s in evidence.model.statements if s.kind == kind and s.name != name}
    for unreadable in evidence.resources.unreadable:
        text = unreadable.source.text
        of_kind = re.search(rf"^[ \t-]*kind:[ \t]*[\"']?{re.escape(kind)}\b", text, re.MULTILINE)
        if _holds(text, name) or (of_kind and not any(_holds(text, other) for other in others)):
            return unreadable.source.file
    return None


def _holds(text: str, name: str) -> bool:
    return bool(name) and re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text) is not None


def belongs_to(name: str, evidence: Evidence) -> str | None:
    """The chart beside this one whose name an entity bears, if there is one."""
    return next((chart for chart in evidence.neighbours() if _is_of(name, chart, evidence)), None)


def _is_of(name: str, chart: str, evidence: Evidence) -> bool:
    """Whether an entity bears the name of another chart, or what that has before this one, and not of this one.

    Beside ``shop-api``, ``shop-web`` is the chart of what is called ``web``.
    """
    own, other, called = set(stem(str((evidence.chart or {}).get("name", "")))), set(stem(chart)), set(words(name))
    told_apart = other - own if own & other else other
    return bool(told_apart) and told_apart <= called and not own <= called and not (own - other) & called


def field(resource: Resource, *route: str | int, on_key: bool = False) -> Target:
    """The target at a route of a resource, or its nearest parent that exists."""
    steps: Route = tuple(route)
    while steps and resource.get(*steps) is None and not _is_set(resource, steps):
        steps = steps[:-1]
    return Target(steps, resource, on_key=on_key)


def _is_set(resource: Resource, steps: Route) -> bool:
    parent = resource.get(*steps[:-1])
    return isinstance(parent, dict) and steps[-1] in parent


def show(value: Json) -> str:
    """A value as a message shows it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        import json

        return json.dumps(value, sort_keys=True, ensure_ascii=False)
    return str(value)
