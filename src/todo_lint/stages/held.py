"""What came of holding renderings against a document, and the rules that speak of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from todo_lint.config import Ignored
from todo_lint.findings import Failure, FailureKind, Severity, Verdict
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.divergence import Conformance, Divergence, Outcomes
from todo_lint.model.statements import DataModel, Statement
from todo_lint.model.undocumented import Undocumented
from todo_lint.model.unread import Unread
from todo_lint.records import dataclass, replace
from todo_lint.rules.api import Context, Subject
from todo_lint.rules.divergences import subject_of
from todo_lint.rules.registry import rules_for
from todo_lint.stages.apply_rules import RuleRunner


@dataclass(frozen=True, slots=True)
class Further:
    """A rendering that is looked at only for what the document says of one environment."""

    profile: Profile
    rendered: Rendered
    resources: ResourceSet


Judge = Callable[[ResourceSet], Outcomes]
"""Holds other resources against the document."""


@dataclass(frozen=True, slots=True)
class Held:
    """What came of holding a chart against a document; ``conformance`` is None where there was nothing to hold."""

    conformance: Conformance | None = None
    remarks: tuple[str, ...] = ()
    model: DataModel | None = None
    base: str = ""
    resources: ResourceSet = ResourceSet()
    undocumented: tuple[Undocumented, ...] = ()
    further: tuple[Further, ...] = ()
    judge: Judge | None = None
    unread: Unread | None = None

    @property
    def file(self) -> str:
        """The document, empty where there is none."""
        return self.model.file if self.model else ""

    @property
    def understood(self) -> tuple[Statement, ...]:
        """What the document states of today."""
        return tuple(s for s in self.model.statements if s.understood and not s.later) if self.model else ()

    def telling(self, divergences: tuple[Divergence, ...]) -> Held:
        """The same with other divergences."""
        return replace(self, conformance=self.conformance and replace(self.conformance, divergences=divergences))

    @property
    def divergences(self) -> tuple[Divergence, ...]:
        """The divergences that were found."""
        return self.conformance.divergences if self.conformance else ()


def unheard(rules: RuleRunner, held: Held, context: Context, ignored: Sequence[Ignored]) -> tuple[Divergence, ...]:
    """The divergences that the configuration keeps out of the report: nothing else may be told with them."""
    if not ignored and None not in rules.severities.values():
        return ()
    return tuple(divergence for divergence in held.divergences if not _is_heard(rules, divergence, context, ignored))


def _is_heard(rules: RuleRunner, divergence: Divergence, context: Context, ignored: Sequence[Ignored]) -> bool:
    for rule in rules_for(subject_of(divergence)):
        if rules.severities.get(rule.id, rule.severity) is None:
            continue
        for defect in rule.check(divergence, context):
            finding = rules.locator.finding(defect, rule, rule.severity, context)
            if not any(entry.covers(finding) for entry in ignored):
                return True
    return False


def weight(rules: RuleRunner, held: Held, divergence: Divergence) -> Severity:
    """How much a divergence matters; the least where its rule is switched off."""
    context = Context("", held.resources, "", {}, held.file)
    return rules.severity_of(subject_of(divergence), divergence, context) or Severity.NOTE


def report_held(rules: RuleRunner, held: Held, context: Context) -> None:
    """Let the rules about the document speak."""
    if held.conformance is None:
        return
    unclear = [s for s, verdict in held.conformance.statements if verdict is Verdict.NOT_UNDERSTOOD]
    for subject in (Subject.DIVERGENCE, Subject.DEFAULT, Subject.FIXED):
        rules.apply(subject, [one for one in held.divergences if subject_of(one) is subject], context)
    _claim(rules, held.conformance.divergences, context)
    rules.apply(Subject.AHEAD, held.conformance.ahead, context)
    rules.apply(Subject.STATEMENT, unclear, context)
    rules.apply(Subject.CONTRADICTION, held.conformance.contradictions, context)
    rules.apply(Subject.UNDOCUMENTED, held.undocumented, context)
    rules.apply(Subject.UNREAD, [held.unread] if held.unread else [], context)


def _claim(rules: RuleRunner, divergences: tuple[Divergence, ...], context: Context) -> None:
    """Make sure that some rule speaks of each divergence: what no rule reports must not get lost."""
    for divergence in divergences:
        known = rules_for(subject_of(divergence))
        if not any(True for rule in known for _ in rule.check(divergence, context)):
            line = divergence.primary.statement.line
            message = f"no rule reports what contradicts line {line} of {context.data_model}; please report this"
            rules.failures.append(Failure(FailureKind.INTERNAL, message))
