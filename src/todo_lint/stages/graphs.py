"""The rules about whole profiles: on the reference graph of each, under its own release name and under another.

When a release is called like its chart, the usual helper for names writes that name once, and a name that is written
out in a template or in values.yaml fits by chance. Under another name, as most releases have, it does not.
"""

from __future__ import annotations

from collections.abc import Iterable

from todo_lint.findings import Route, Severity, Verdict
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.signs import signs_of
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Target
from todo_lint.model.statements import Kind
from todo_lint.records import replace
from todo_lint.rules.api import Context, Defect, Rule, Subject
from todo_lint.stages.apply_rules import RuleRunner, Sieve
from todo_lint.stages.consequences import Consequences


class Spoken:
    """The fields that findings about statements are about: one cause is reported once."""

    def __init__(self, divergences: Iterable[Divergence] = ()) -> None:
        self._fields: dict[str, list[tuple[Route, int]]] = {}
        self._keys: dict[str, int] = {}
        for number, divergence in enumerate(divergences):
            for outcome in divergence.outcomes:
                target, statement = outcome.target, outcome.statement
                if target is not None and target.resource is not None:
                    self._fields.setdefault(str(target.resource.ref), []).append((target.route, number))
                if statement.kind is Kind.CONFIG_MAP:
                    self._keys.setdefault(statement.attribute.removeprefix("data."), number)

    def by(self, place: Target) -> int | None:
        """The place, in the divergences, of the one that speaks of a field or of one above or below it, if any."""
        if place.resource is None:
            return None
        if place.resource.ref.kind == "ConfigMap" and place.route[1:] and place.route[-1] in self._keys:
            return self._keys[str(place.route[-1])]
        known = self._fields.get(str(place.resource.ref), ())
        return next((n for route, n in known if len(route) > 1 and _one_in_the_other(route, place.route)), None)


def _one_in_the_other(one: Route, other: Route) -> bool:
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]


class GraphCheck:
    """Applies the graph rules. ``context`` makes the context of a profile by its name."""

    def __init__(self, rules: RuleRunner, spoken: Spoken, consequences: Consequences) -> None:
        self._rules = rules
        self._spoken = spoken
        self._consequences = consequences

    def check(self, own: Graph, context: Context, other: Graph | None = None, others: Context | None = None) -> None:
        """Apply the rules to a profile, and to the same under another release name; what only that shows says so."""
        seen: set[object] = set()
        if other is not None:
            own.other, other.other = other, own
            self._consequences.note_designs(own)
        self._rules.apply(Subject.GRAPH, [own], context, self._first(own, context, seen), signs_of(own))
        if other is not None and others is not None:
            self._rules.apply(Subject.GRAPH, [other], others, self._second(other, seen), signs_of(other))

    def _first(self, graph: Graph, context: Context, seen: set[object]) -> Sieve:
        def sieve(rule: Rule, defect: Defect) -> Defect | None:
            seen.add(_spot(graph, rule, defect))
            spoken = self._spoken.by(defect.place) if isinstance(defect.place, Target) else None
            if spoken is not None and not self._outweighs(rule, defect, spoken):
                for message, place in defect.related:  # what is wrong for the same reason elsewhere
                    if isinstance(place, Target) and place.resource is not None and self._spoken.by(place) is None:
                        self._consequences.add(spoken, message, place)
                return None
            return self._consequences.sift(graph, context, _spot, rule, defect)

        return sieve

    def _outweighs(self, rule: Rule, defect: Defect, spoken: int) -> bool:
        """Whether what is told of a field is milder: that a name is another one, and not that it clashes."""
        renamed = self._consequences.divergences[spoken].primary.verdict is Verdict.RENAMED
        return renamed and (defect.severity or rule.severity) is Severity.ERROR

    def _second(self, graph: Graph, seen: set[object]) -> Sieve:
        """What shows only under the other name; a note there would be one too many."""

        def sieve(rule: Rule, defect: Defect) -> Defect | None:
            known = _spot(graph, rule, defect) in seen or (defect.severity or rule.severity) is Severity.NOTE
            if known or (isinstance(defect.place, Target) and self._spoken.by(defect.place) is not None):
                return None
            return replace(defect, message=f"when the release is called {graph.release}: {defect.message}")

        return sieve


def _spot(graph: Graph, rule: Rule, defect: Defect) -> tuple[object, ...]:
    """What a defect has in common under both release names: the rule, and the field by its place in the template."""
    place = defect.place
    if isinstance(place, Target) and place.resource is not None:
        return rule.id, graph.place_of(place.resource), place.route
    return rule.id, place
