"""What is wrong only because of a difference between chart and document, and is no cause of its own.

What differs from the document is put right in a copy of the resources (see mended); what the rules about the
reference graph object to before and not after is a consequence: of a port that differs, or of a key that is missing,
it is told with the finding about that, and what uses the name of a renamed entity or key is an error where it stands,
for there the rename breaks something (see broken).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from todo_lint.findings import Severity, StatementRef, Verdict
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.resources import Resource
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Target
from todo_lint.model.statements import Attribute, Kind, Prefix, Statement
from todo_lint.records import replace
from todo_lint.rules.api import Context, Defect, Rule, Subject
from todo_lint.rules.registry import rules_for
from todo_lint.stages.mended import changed, changes, put_right

SELECTS_NONE = "service-selects-no-pods"
Spots = Mapping[tuple[object, ...], Severity]
"""Where rules object to something, and how much that matters."""
Spot = Callable[[Graph, Rule, Defect], tuple[object, ...]]
"""What a defect has in common in two graphs of the same templates: the rule, and then its place."""


class Consequences:
    """The divergences of a chart, and what follows from each of them.

    ``found`` holds the messages and places of what follows, by the place of the divergence in ``divergences``;
    ``absorbed`` are the places of those that a finding about something else tells of. ``broken`` are the defects
    where something uses the stated name of what has another one, by the place of the rename; ``by_design`` are the
    renames that the chart makes for every release.
    """

    def __init__(self, divergences: Iterable[Divergence], data_model: str, stated: Iterable[Statement] = ()) -> None:
        self.divergences = tuple(divergences)
        self.found: dict[int, dict[str, tuple[str, Target]]] = {}
        self.absorbed: set[int] = set()
        self.broken: dict[int, list[Defect]] = {}
        self.by_design: set[int] = set()
        self._joined: dict[int, list[int]] = {}
        self._data_model = data_model
        self._selectors = {s.name: s for s in stated if s.kind == Kind.SERVICE and s.attribute == Attribute.SELECTOR}
        self._mended: dict[tuple[int, int], Spots | None] = {}

    def told(self) -> tuple[Divergence, ...]:
        """The divergences with what follows from them."""
        return tuple(self._whole(number) for number in range(len(self.divergences)) if number not in self.absorbed)

    def _whole(self, number: int) -> Divergence:
        """A divergence with what follows from it, and with those that are told with it."""
        own = self.divergences[number]
        others = [self.divergences[other] for other in self._joined.get(number, ())]
        outcomes = [outcome for one in (own, *others) for outcome in one.outcomes]
        return replace(
            own,
            outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.statement.line)),
            contradictions=tuple(against for one in (own, *others) for against in one.contradictions),
            consequences=self.of(number),
        )

    def join(self, number: int, into: int) -> None:
        """Tell a divergence with another one, whose statements its own become; what follows from it does so too."""
        divergence = self.divergences[number]
        self.absorbed.add(number)
        self._joined.setdefault(into, []).append(number)
        if divergence.primary.target is not None:
            self.add(into, divergence.primary.message, divergence.primary.target)
        for message, place in self.of(number):
            self.add(into, message, place)

    def of(self, number: int) -> tuple[tuple[str, Target], ...]:
        """What follows from a divergence, by its place."""
        return tuple(self.found.get(number, {}).values())

    def add(self, number: int, message: str, place: Target) -> None:
        """Tell what else follows from a divergence."""
        self.found.setdefault(number, {}).setdefault(message, (message, place))

    def mended(self, number: int, resource: Resource) -> Resource | None:
        """A resource with the values that a divergence asks for; None where it asks for none of it."""
        found = changes(self.divergences[number].outcomes).get(str(resource.ref))
        return changed(resource, found) if found else None

    def note_designs(self, graph: Graph) -> None:
        """Note which renames follow the release's name: another release has another name there."""
        for number, divergence in enumerate(self.divergences):
            target = divergence.primary.target
            renamed = divergence.primary.verdict is Verdict.RENAMED and target is not None
            if renamed and target is not None and target.resource is not None:
                found = next((r for r in graph.resources if r.ref == target.resource.ref), None)
                if found is not None and graph.follows_release(found, target.route):
                    self.by_design.add(number)

    def sift(self, graph: Graph, context: Context, spot: Spot, rule: Rule, defect: Defect) -> Defect | None:
        """The defect; an error where a rename causes it; None where another divergence does, and tells of it."""
        here = spot(graph, rule, defect)
        for number, divergence in enumerate(self.divergences):
            if not _may_cause(divergence, rule, defect):
                continue
            still = self._still(number, graph, context, spot)
            if still is None or here in still or _moved(here, still):
                continue
            if divergence.primary.verdict is Verdict.RENAMED:
                return self._broken(number, defect)
            if isinstance(defect.place, Target):
                self.add(number, defect.message, defect.place)
                return None
        return self._as_stated(rule, defect)

    def _as_stated(self, rule: Rule, defect: Defect) -> Defect:
        """The defect; an error where a Service has the selector that the document states, and no pods have it now."""
        if rule.id != SELECTS_NONE or defect.severity is not Severity.WARNING:
            return defect
        resource = defect.place.resource if isinstance(defect.place, Target) else None
        statement = self._selectors.get(resource.ref.name) if resource else None
        if statement is None or any(o.statement == statement for one in self.divergences for o in one.outcomes):
            return defect
        ref = StatementRef(self._data_model, statement.line, statement.text, Verdict.HOLDS)
        return replace(defect, severity=Severity.ERROR, statements=(*defect.statements, ref))

    def _broken(self, number: int, defect: Defect) -> Defect:
        primary = self.divergences[number].primary
        statement = primary.statement
        ref = StatementRef(self._data_model, statement.line, statement.text, Verdict.RENAMED)
        resource = primary.target.resource if primary.target else None
        there = resource.ref.name if primary.entity and resource else primary.actual
        hint = f"use {there} here, or give back the stated name where it is"
        broken = replace(defect, severity=Severity.ERROR, hint=hint, statements=(*defect.statements, ref))
        self.broken.setdefault(number, []).append(broken)
        return broken

    def _still(self, number: int, graph: Graph, context: Context, spot: Spot) -> Spots | None:
        """What is still wrong once a divergence is mended; None where it cannot be."""
        key = (number, id(graph))
        if key not in self._mended:
            resources = put_right(graph.resources, self.divergences[number].outcomes)
            self._mended[key] = None if resources is None else _spots(graph, resources, context, spot)
        return self._mended[key]


def _may_cause(divergence: Divergence, rule: Rule, defect: Defect) -> bool:
    """Whether it is worth trying what a defect is without a divergence, which takes all rules about the graph.

    What has another name, or is not there, is named where it is wanted; labels name nobody.
    """
    primary = divergence.primary
    if primary.verdict is Verdict.VIOLATED:
        return True
    name = primary.entity.partition(" ")[2] or primary.statement.name
    if not primary.entity and primary.statement.attribute.startswith(Prefix.DATA):
        name = primary.statement.attribute.removeprefix(Prefix.DATA)
    selects = primary.verdict is Verdict.MISSING and rule.id.endswith("-selects-no-pods")
    return selects or _names(defect.message, name)


def _names(message: str, name: str) -> bool:
    """Whether a message speaks of a name, and not of a longer one that holds it."""
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", message) is not None


def _severity(rule: Rule, defect: Defect) -> Severity:
    return defect.severity or rule.severity


def _moved(here: tuple[object, ...], still: Spots) -> bool:
    """Whether mending has only moved the trouble: something else is wrong at the same place, and not just noted."""
    return any(other[1:] == here[1:] and matters > Severity.NOTE for other, matters in still.items())


def _spots(graph: Graph, resources: tuple[Resource, ...], context: Context, spot: Spot) -> Spots:
    mended = Graph(resources, graph.namespace, graph.outside, graph.release, complete=graph.complete)
    found: dict[tuple[object, ...], Severity] = {}
    for rule in rules_for(Subject.GRAPH):
        for defect in rule.check(mended, context):
            place = spot(mended, rule, defect)
            found[place] = max(_severity(rule, defect), found.get(place, Severity.NOTE))
    return found
