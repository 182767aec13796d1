"""A rename, and what it breaks, are one finding: an error where the stated name is still used.

An entity that the chart names after its release is one that the document knows by another name, and a note says so.
What uses the document's name then is wrong by itself; all that does is one finding beside the note. Any other rename
is wrong at either end, and is told with the error. So is a renamed key of a ConfigMap or Secret.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from todo_lint.config import Ignored
from todo_lint.findings import Finding, Related, Severity, StatementRef, Verdict
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.divergence import Divergence
from todo_lint.records import replace
from todo_lint.rules.api import Defect, Target
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.consequences import Consequences
from todo_lint.stages.held import Held, weight
from todo_lint.stages.mended import put_right

Found = tuple[Finding, Defect]


def join_renames(rules: RuleRunner, held: Held, consequences: Consequences, ignored: Sequence[Ignored]) -> None:
    """Make one finding of each rename and of what it breaks; ``ignored`` findings take nothing with them."""
    joiner = _Joiner(rules, held, consequences, ignored)
    for number, divergence in enumerate(consequences.divergences):
        if divergence.primary.verdict is Verdict.RENAMED and number not in consequences.absorbed:
            joiner.join(number)


class _Joiner:
    def __init__(self, rules: RuleRunner, held: Held, consequences: Consequences, ignored: Sequence[Ignored]) -> None:
        self._rules = rules
        self._held = held
        self._consequences = consequences
        self._ignored = ignored

    def join(self, number: int) -> None:
        """Join a rename, by its place in the divergences, with the statements and the findings that follow."""
        unreachable = list(self._unreachable(number))
        broken = list(self._broken(number))
        if unreachable:
            self._into_divergence(number, unreachable, broken)
        elif broken:
            self._into_findings(number, broken)

    def _unreachable(self, number: int) -> Iterator[int]:
        """The divergences about stated addresses that lead somewhere once the name is put right."""
        judge = self._held.judge
        others = [
            other
            for other, divergence in enumerate(self._consequences.divergences)
            if divergence.primary.unreachable and other not in self._consequences.absorbed
        ]
        outcomes = self._consequences.divergences[number].outcomes
        mended = put_right(self._held.resources.resources, outcomes) if others else None
        if mended is None or judge is None:
            return
        wrong = {id(outcome.statement) for outcome in judge(ResourceSet(mended)) if outcome.diverges}
        for other in others:
            if not any(id(o.statement) in wrong for o in self._consequences.divergences[other].outcomes):
                yield other

    def _broken(self, number: int) -> Iterator[Found]:
        """The findings that the rename causes, less those that are accepted."""
        caused = {id(defect) for defect in self._consequences.broken.get(number, ())}
        for finding, defect in self._rules.found:
            accepted = any(entry.covers(finding) for entry in self._ignored)
            if id(defect) in caused and not accepted and finding.severity is Severity.ERROR:
                yield finding, defect

    def _into_divergence(self, number: int, unreachable: list[int], broken: list[Found]) -> None:
        """Tell all with the first of the statements that the rename breaks."""
        first, *others = unreachable
        for other in others:
            self._consequences.join(other, first)
        for finding, defect in broken:
            if isinstance(defect.place, Target) and self._severity(first) >= finding.severity:
                self._consequences.add(first, finding.message, defect.place)
                self._drop(defect)
        if self._may_take(number, self._severity(first), self._consequences.divergences[first].profiles):
            self._consequences.join(number, first)

    def _into_findings(self, number: int, broken: list[Found]) -> None:
        """Tell all with the first of the findings that the rename causes, in each profile."""
        groups: dict[object, list[Found]] = {}
        for found in broken:
            groups.setdefault((found[0].profiles, found[0].kubernetes), []).append(found)
        profiles = tuple(profile for group in groups.values() for profile in group[0][0].profiles)
        taken = self._may_take(number, Severity.ERROR, profiles)
        for (first, defect), *others in groups.values():
            related = [Related(finding.message, finding.location) for finding, _ in others]
            joined = replace(first, related=(*related, *first.related))
            if taken:
                joined = self._with_rename(joined, self._consequences.divergences[number], number)
            self._rules.found = [(joined, d) if d is defect else (f, d) for f, d in self._rules.found]
            for _, other in others:
                self._drop(other)
        if taken:
            self._consequences.absorbed.add(number)

    def _with_rename(self, finding: Finding, divergence: Divergence, number: int) -> Finding:
        """The finding, which tells of the rename as well."""
        profile = finding.profiles[0] if finding.profiles else ""
        told = [(divergence.primary.message, divergence.primary.target), *self._consequences.of(number)]
        related = tuple(
            Related(message, self._rules.locator.location(place, profile)) for message, place in told if place
        )
        refs = {ref.line: ref for ref in finding.statements}
        for outcome in divergence.outcomes:
            line, text = outcome.statement.line, outcome.statement.text
            refs.setdefault(line, StatementRef(self._held.file, line, text, outcome.verdict))
        return replace(
            finding, related=(*related, *finding.related), statements=tuple(refs[line] for line in sorted(refs))
        )

    def _may_take(self, number: int, severity: Severity, profiles: tuple[str, ...]) -> bool:
        """Whether the rename itself can be told with something of that severity in these profiles."""
        own = self._severity(number)
        everywhere = set(self._consequences.divergences[number].profiles) <= {*profiles, ""}
        return number not in self._consequences.by_design and own <= severity and everywhere

    def _severity(self, number: int) -> Severity:
        return weight(self._rules, self._held, self._consequences.divergences[number])

    def _drop(self, defect: Defect) -> None:
        self._rules.found = [(f, d) for f, d in self._rules.found if d is not defect]
