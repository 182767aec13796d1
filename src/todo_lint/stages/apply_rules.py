"""Runs the rules over their subjects, and keeps a rule that crashes from hiding the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from todo_lint.findings import Failure, FailureKind, Finding, Severity
from todo_lint.records import dataclass, field
from todo_lint.rules.api import Context, Defect, Rule, Subject
from todo_lint.rules.registry import rules_for
from todo_lint.stages.crashes import describe
from todo_lint.stages.locate import Locator

Sieve = Callable[[Rule, Defect], Defect | None]
"""Lets a defect pass, changed or not, or keeps it back (None)."""


@dataclass(slots=True)
class RuleRunner:
    """Applies rules and collects what they find, with the defect behind each finding, and failures.

    ``severities`` are the configured ones; None switches a rule off.
    """

    locator: Locator
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    found: list[tuple[Finding, Defect]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    _crashed: set[str] = field(default_factory=set)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings alone."""
        return tuple(finding for finding, _ in self.found)

    def apply(
        self,
        subject: Subject,
        subjects: Iterable[Any],
        context: Context,
        sieve: Sieve | None = None,
        signs: frozenset[str] | None = None,
    ) -> None:
        """Hand each subject to every rule that looks at subjects of its sort.

        Args:
            subject: the sort.
            subjects: the subjects.
            context: what the rules may look at besides.
            sieve: may keep defects back.
            signs: what the subjects show; a rule that needs a sign that is not there is not asked. None: all are.
        """
        wanted = list(subjects)
        for rule in rules_for(subject) if wanted else ():
            severity = self.severities.get(rule.id, rule.severity)
            shown = not rule.sign or signs is None or rule.sign in signs
            if severity is not None and shown:
                self.found += self._findings(rule, severity, wanted, context, sieve)

    def claim(self, subject: Subject, ids: Iterable[str]) -> None:
        """Make sure that each id is a rule's: what no rule would report must not get lost.

        ``ids`` are of objections or divergences that some rule about ``subject`` has to speak of.
        """
        known = {rule.id for rule in rules_for(subject)}
        for lost in sorted(set(ids) - known):
            message = f"no rule reports what was found: {lost}; please report this"
            self.failures.append(Failure(FailureKind.INTERNAL, message))

    def severity_of(self, subject: Subject, one: Any, context: Context) -> Severity | None:
        """How much what the rules find in one subject matters; None where they find nothing or are switched off."""
        found = []
        for rule in rules_for(subject):
            severity = self.severities.get(rule.id, rule.severity)
            for defect in rule.check(one, context) if severity is not None else ():
                found.append(severity if rule.id in self.severities else defect.severity or severity)
        return max(filter(None, found), default=None)

    def _findings(
        self, rule: Rule, severity: Severity, subjects: Iterable[Any], context: Context, sieve: Sieve | None
    ) -> Iterator[tuple[Finding, Defect]]:
        try:
            for subject in subjects:
                for found in rule.check(subject, context):
                    defect = sieve(rule, found) if sieve else found
                    if defect is None:
                        continue
                    own = severity if rule.id in self.severities else defect.severity or severity
                    yield self.locator.finding(defect, rule, own, context), defect
        except Exception as error:  # a rule that crashes must not take the others with it
            self._crash(rule, error)

    def _crash(self, rule: Rule, error: Exception) -> None:
        if rule.id not in self._crashed:
            self._crashed.add(rule.id)
            message = f"the rule {rule.id} failed: {describe(error)}; please report this"
            self.failures.append(Failure(FailureKind.INTERNAL, message))
