"""What Kubernetes refuses and what differs from the document, where both have one cause.

Put right in a copy, either makes the other go away: with the stated number of replicas in the place of -1 the object
is accepted, and with ``prots`` spelt ``ports`` the Service has the stated port. A wrong value is told once, as a
difference, with what Kubernetes says of it; of a misspelt field or kind, and of a name that Kubernetes refuses, the
objection is told, with the statements that are violated by it.
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Finding, Related, StatementRef, Verdict
from todo_lint.kubernetes.problems import Checked
from todo_lint.kubernetes.validate import check_versions
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, ResourceSet
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Target
from todo_lint.patterns import pattern
from todo_lint.records import replace
from todo_lint.rules.api import Defect, Subject
from todo_lint.rules.registry import rules_for
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.consequences import Consequences
from todo_lint.stages.held import Held, weight
from todo_lint.stages.mended import changed

_MEANT = pattern(r"did you mean (\S+)\?")


def join_objections(rules: RuleRunner, held: Held, consequences: Consequences, versions: tuple[str, ...]) -> None:
    """Make one finding of an objection and a divergence of one cause; ``versions`` are checked, oldest first."""
    known = {rule.id for rule in rules_for(Subject.OBJECTION)}
    if not consequences.divergences or not any(finding.rule in known for finding, _ in rules.found):
        return
    joiner = _Joiner(held, consequences, rules, versions)
    rules.found = [
        kept
        for finding, defect in rules.found
        for kept in ([(finding, defect)] if finding.rule not in known else joiner.join(finding, defect))
    ]


class _Joiner:
    def __init__(self, held: Held, consequences: Consequences, rules: RuleRunner, versions: tuple[str, ...]) -> None:
        self._held = held
        self._consequences = consequences
        self._rules = rules
        self._versions = versions
        self._judged: dict[tuple[str, str], frozenset[int]] = {}

    def join(self, finding: Finding, defect: Defect) -> Iterator[tuple[Finding, Defect]]:
        """The objection, with the statements that it explains; nothing where a divergence tells of it."""
        target = defect.place
        if not isinstance(target, Target) or target.resource is None:
            yield finding, defect
            return
        explained: list[int] = []
        for number, divergence in enumerate(self._consequences.divergences):
            if not set(finding.profiles) <= set(divergence.profiles):
                continue
            if self._mends(number, finding, target):
                if divergence.primary.verdict is Verdict.RENAMED:
                    explained.append(number)
                elif weight(self._rules, self._held, divergence) >= finding.severity:
                    self._consequences.add(number, f"Kubernetes refuses it: {defect.message}", target)
                    return
            elif number in self._explained(finding, target):
                explained.append(number)
        self._consequences.absorbed.update(explained)
        yield self._with(finding, explained), defect

    def _mends(self, number: int, finding: Finding, target: Target) -> bool:
        """Whether nothing is objected to in the field once a divergence is put right."""
        resource = self._consequences.mended(number, target.resource) if target.resource else None
        if resource is None:
            return False
        pieces = check_versions(dict(resource.value), self._versions)
        return all(
            isinstance(piece.verdict, Checked)
            and not any(p.rule == finding.rule and p.route == target.route for p in piece.verdict.problems)
            for piece in pieces
        )

    def _explained(self, finding: Finding, target: Target) -> frozenset[int]:
        """The divergences that are gone once a misspelt field or kind is put right."""
        resource, judge = target.resource, self._held.judge
        if resource is None or judge is None:
            return frozenset()
        key = (str(resource.ref), str(target.route))
        if key not in self._judged:
            right = _spelt_right(finding, target, self._consequences.divergences)
            gone: set[int] = set()
            if right is not None:
                others = tuple(
                    right if str(r.ref) == str(resource.ref) else r for r in self._held.resources.resources
                )
                wrong = {id(outcome.statement) for outcome in judge(ResourceSet(others)) if outcome.diverges}
                for number, divergence in enumerate(self._consequences.divergences):
                    if not any(id(outcome.statement) in wrong for outcome in divergence.outcomes):
                        gone.add(number)
            self._judged[key] = frozenset(gone)
        return self._judged[key]

    def _with(self, finding: Finding, explained: list[int]) -> Finding:
        """The finding with what divergences say, and their statements."""
        related: list[Related] = []
        statements: dict[int, StatementRef] = {ref.line: ref for ref in finding.statements}
        for number in explained:
            divergence = self._consequences.divergences[number]
            told = [(divergence.primary.message, divergence.primary.target), *self._consequences.of(number)]
            for message, place in told:
                profile = finding.profiles[0] if finding.profiles else ""
                where = self._rules.locator.location(place, profile) if place else finding.location
                related.append(Related(message, where))
            for outcome in divergence.outcomes:
                line, text = outcome.statement.line, outcome.statement.text
                statements.setdefault(line, StatementRef(self._held.file, line, text, outcome.verdict))
        if not explained:
            return finding
        return replace(
            finding, related=(*related, *finding.related), statements=tuple(statements[n] for n in sorted(statements))
        )


def _spelt_right(finding: Finding, target: Target, divergences: tuple[Divergence, ...]) -> Resource | None:
    """The resource with a misspelt field, or kind, as it was meant; None where that is not known."""
    resource = target.resource
    if resource is None:
        return None
    if finding.rule == "unknown-field":
        meant = _MEANT.search(finding.hint)
        return _field_renamed(resource, target, meant[1]) if meant else None
    if finding.rule == "unknown-kind":
        return _of_kind(resource, divergences)
    return None


def _field_renamed(resource: Resource, target: Target, name: str) -> Resource | None:
    parent = resource.get(*target.route[:-1])
    key = target.route[-1]
    if not isinstance(parent, dict) or key not in parent or name in parent:
        return None
    value: dict[str, Json] = {name if k == key else k: v for k, v in parent.items()}
    return changed(resource, [(target.route[:-1], value)])


def _of_kind(resource: Resource, divergences: tuple[Divergence, ...]) -> Resource | None:
    """The resource as one of the kind in which the document states an entity of its name."""
    for divergence in divergences:
        statement = divergence.primary.statement
        if divergence.primary.verdict is Verdict.MISSING and statement.name == resource.ref.name:
            of_kind = changed(resource, [(("kind",), str(statement.kind))])
            return replace(of_kind, ref=replace(of_kind.ref, kind=str(statement.kind)))
    return None
