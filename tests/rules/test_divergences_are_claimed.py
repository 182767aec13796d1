"""Whatever a check can say of a statement is spoken of by exactly one rule: nothing is lost, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from todo_lint.findings import Verdict
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.conformance import CHECKS
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Modality, Statement
from todo_lint.rules.api import Context, Subject
from todo_lint.rules.registry import rules_for

ENTITIES = (Kind.IMAGE, Kind.DEPLOYMENT, Kind.SERVICE, Kind.CONFIG_MAP, Kind.SECRET)
_WORKLOAD = ("name", "replicas", "image", "containerPort", "resources.limits.cpu", "env.from")
SPOKEN_OF = (
    *((Kind.DEPLOYMENT, attribute) for attribute in _WORKLOAD),
    *((Kind.SERVICE, attribute) for attribute in ("name", "type", "port", "targetPort", "nodePort", "selector")),
    *((Kind.IMAGE, "name"), (Kind.IMAGE, "containerPort"), (Kind.SECURITY, "sensitiveData")),
    *((Kind.CHART, attribute) for attribute in ("name", "version", "appVersion")),
    *((Kind.NETWORK, attribute) for attribute in ("dns", "externalAccess", "loadBalancing")),
)
DATA = ((Kind.CONFIG_MAP, "data.key"), (Kind.SECRET, "data.key"), (Kind.VALUES, "a.b"))


def _possible() -> Iterator[tuple[str, str, Verdict, str]]:
    """What a check can yield: kind, attribute, verdict, and the entity that explains it."""
    for kind, attribute in (*(entry for entry in CHECKS if entry in SPOKEN_OF), *DATA):
        if kind in ENTITIES:
            yield kind, attribute, Verdict.MISSING, "Service web"
            yield kind, attribute, Verdict.RENAMED, "Service web"
        named = attribute == "name" and kind not in (Kind.IMAGE, Kind.CHART)
        if not named and kind is not Kind.SECRET:
            yield kind, attribute, Verdict.VIOLATED, ""
        if not named and (kind, attribute) != (Kind.IMAGE, "name"):
            yield kind, attribute, Verdict.MISSING, ""
        if attribute.startswith("data."):
            yield kind, attribute, Verdict.RENAMED, ""


@pytest.mark.parametrize(("kind", "attribute", "verdict", "entity"), list(_possible()))
def test_one_rule_speaks_of_it(kind: str, attribute: str, verdict: Verdict, entity: str) -> None:
    statement = Statement(kind, "web", attribute, "1", Modality.REQUIRED, 3, "- Key: 1")
    outcome = Outcome(statement, verdict, "it differs", "2", None, entity)
    context = Context("", ResourceSet(), "1.37", {}, "data-model.md")

    speaking = [
        rule.id
        for rule in rules_for(Subject.DIVERGENCE)
        if list(rule.check(Divergence(outcome, (outcome,), ("default",)), context))
    ]

    assert len(speaking) == 1


def test_one_rule_speaks_of_a_url_that_leads_nowhere() -> None:
    statement = Statement(Kind.CONFIG_MAP, "web", "data.url", "http://api", Modality.REQUIRED, 3, "- url: http://api")
    outcome = Outcome(statement, Verdict.VIOLATED, "it leads nowhere", "x", None, unreachable=True)
    divergence = Divergence(outcome, (outcome,), ("default",))
    context = Context("", ResourceSet(), "1.37", {}, "data-model.md")

    speaking = [rule.id for rule in rules_for(Subject.DIVERGENCE) if list(rule.check(divergence, context))]

    assert speaking == ["documented-url-unreachable"]
