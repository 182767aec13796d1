"""What is wrong only because of a difference between chart and document, and is no cause of its own.

A field that differs from the document is put right in a copy of the resources; what the rules about the reference
graph object to before and not after is a consequence: of a port that differs it is told with the finding about the
port, and what uses the name of a renamed entity is an error where it stands, for there the rename breaks something.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Mapping

from todo_lint.findings import Route, Severity, StatementRef, Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.resources import Resource, at
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Attribute
from todo_lint.records import replace
from todo_lint.rules.api import Context, Defect, Rule, Subject
from todo_lint.rules.registry import rules_for

Spots = Mapping[tuple[object, ...], Severity]
"""Where rules object to something, and how much that matters."""
Spot = Callable[[Graph, Rule, Defect], tuple[object, ...]]
"""What a defect has in common in two graphs of the same templates: the rule, and then its place."""


class Consequences:
    """The divergences of a chart, and what follows from each of them.

    ``found`` holds the messages and places of what follows, by the place of the divergence in ``divergences``;
    ``absorbed`` are the places of those that a finding about something else tells of.
    """

    def __init__(self, divergences: Iterable[Divergence], data_model: str) -> None:
        self.divergences = tuple(divergences)
        self.found: dict[int, dict[str, tuple[str, Target]]] = {}
        self.absorbed: set[int] = set()
        self._data_model = data_model
        self._mended: dict[tuple[int, int], Spots | None] = {}

    def told(self) -> tuple[Divergence, ...]:
        """The divergences with what follows from them."""
        return tuple(
            replace(divergence, consequences=self.of(number))
            for number, divergence in enumerate(self.divergences)
            if number not in self.absorbed
        )

    def of(self, number: int) -> tuple[tuple[str, Target], ...]:
        """What follows from a divergence, by its place."""
        return tuple(self.found.get(number, {}).values())

    def add(self, number: int, message: str, place: Target) -> None:
        """Tell what else follows from a divergence."""
        self.found.setdefault(number, {}).setdefault(message, (message, place))

    def mended(self, number: int, resource: Resource) -> Resource | None:
        """A resource with the values that a divergence asks for; None where it asks for none of it."""
        found = _changes(self.divergences[number].outcomes).get(str(resource.ref))
        return changed(resource, found) if found else None

    def sift(self, graph: Graph, context: Context, spot: Spot, rule: Rule, defect: Defect) -> Defect | None:
        """The defect; an error where a rename causes it; None where another divergence does, and tells of it."""
        for number, divergence in enumerate(self.divergences):
            still = self._still(number, graph, context, spot)
            here = spot(graph, rule, defect)
            if still is None or here in still or _moved(here, _severity(rule, defect), still):
                continue
            renamed = divergence.primary.verdict is Verdict.RENAMED
            if renamed and _names(defect.message, divergence.primary.statement.name):
                return self._broken(divergence, defect)
            if not renamed and isinstance(defect.place, Target):
                self.add(number, defect.message, defect.place)
                return None
        return defect

    def _broken(self, divergence: Divergence, defect: Defect) -> Defect:
        statement = divergence.primary.statement
        ref = StatementRef(self._data_model, statement.line, statement.text, Verdict.RENAMED)
        return replace(defect, severity=Severity.ERROR, statements=(*defect.statements, ref))

    def _still(self, number: int, graph: Graph, context: Context, spot: Spot) -> Spots | None:
        """What is still wrong once a divergence is mended; None where it cannot be."""
        key = (number, id(graph))
        if key not in self._mended:
            resources = _mended(graph.resources, self.divergences[number].outcomes)
            self._mended[key] = None if resources is None else _spots(graph, resources, context, spot)
        return self._mended[key]


def _names(message: str, name: str) -> bool:
    """Whether a message speaks of a name, and not of a longer one that holds it."""
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", message) is not None


def _severity(rule: Rule, defect: Defect) -> Severity:
    return defect.severity or rule.severity


def _moved(here: tuple[object, ...], severity: Severity, still: Spots) -> bool:
    """Whether mending has only moved the trouble: something else that matters as much is wrong at the same place."""
    return any(other[1:] == here[1:] and matters >= severity for other, matters in still.items())


def _spots(graph: Graph, resources: tuple[Resource, ...], context: Context, spot: Spot) -> Spots:
    mended = Graph(resources, graph.namespace, graph.outside, graph.release, complete=graph.complete)
    found: dict[tuple[object, ...], Severity] = {}
    for rule in rules_for(Subject.GRAPH):
        for defect in rule.check(mended, context):
            place = spot(mended, rule, defect)
            found[place] = max(_severity(rule, defect), found.get(place, Severity.NOTE))
    return found


def _mended(resources: tuple[Resource, ...], outcomes: Iterable[Outcome]) -> tuple[Resource, ...] | None:
    """The resources with the stated values where outcomes found others; None where none of them can be put right."""
    changes = _changes(outcomes)
    if not changes:
        return None
    return tuple(changed(r, changes[str(r.ref)]) if str(r.ref) in changes else r for r in resources)


def _changes(outcomes: Iterable[Outcome]) -> dict[str, list[tuple[Route, Json]]]:
    """The fields that would be put right, and the values, by the resource in words."""
    changes: dict[str, list[tuple[Route, Json]]] = {}
    for outcome in outcomes:
        target = outcome.target
        if target is not None and target.resource is not None and target.route and outcome.diverges:
            right = _right(outcome, target.resource.get(*target.route))
            if right is not None:
                changes.setdefault(str(target.resource.ref), []).append((target.route, right))
    return changes


def _right(outcome: Outcome, actual: Json) -> Json:
    """The value that the document asks for at an outcome's place, in the type that stands there."""
    statement = outcome.statement
    if outcome.verdict is Verdict.RENAMED:
        return statement.name if outcome.entity and statement.attribute == Attribute.NAME else None
    if outcome.unreachable or outcome.entity or outcome.verdict is not Verdict.VIOLATED:
        return None
    if statement.attribute == Attribute.SELECTOR:
        key = outcome.target.route[-1] if outcome.target else ""
        return dict(pair.split("=", 1) for pair in statement.value.split(",") if "=" in pair).get(str(key))
    value = (*statement.alternatives, *filter(None, statement.bounds), statement.value)[0]
    if isinstance(actual, int) and not isinstance(actual, bool) and value.isdigit():
        return int(value)
    return value if isinstance(actual, (str, float, int)) and value else None


def changed(resource: Resource, changes: Iterable[tuple[Route, Json]]) -> Resource:
    """A copy of a resource with other values in some fields, and the name and namespace that it then has."""
    value: dict[str, Json] = copy.deepcopy(dict(resource.value))
    for route, right in changes:
        if not route:
            value = dict(right) if isinstance(right, dict) else value
            continue
        parent = at(value, route[:-1])
        if isinstance(parent, dict):
            parent[str(route[-1])] = right
        elif isinstance(parent, list) and isinstance(route[-1], int):
            parent[route[-1]] = right
    metadata = value.get("metadata")
    known = metadata if isinstance(metadata, dict) else {}
    ref = replace(resource.ref, name=str(known.get("name") or ""), namespace=_text(known.get("namespace")))
    return replace(resource, value=value, ref=ref)


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
