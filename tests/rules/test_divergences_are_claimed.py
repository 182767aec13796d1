"""Whatever a check can say of a statement is spoken of by exactly one rule: nothing is lost, nothing said twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from todo_lint.findings import Verdict
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.conformance import CHECKS
from todo_lint.model.divergence import Divergence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import WORKLOADS, Kind, Modality, Prefix, Statement
from todo_lint.rules.api import Context, Subject
from todo_lint.rules.divergences import subject_of
from todo_lint.rules.registry import rules_for

ENTITIES = (Kind.IMAGE, *WORKLOADS, Kind.SERVICE, Kind.CONFIG_MAP, Kind.SECRET, Kind.INGRESS)
OPEN = tuple(
    (kind, f"{prefix}x")
    for prefix in Prefix
    if prefix not in (Prefix.DATA, Prefix.DEPENDENCY)
    for kind in (Kind.DEPLOYMENT, Kind.INGRESS, "Gateway")
)
ANY = tuple(
    (kind, attribute) for kind in (*WORKLOADS, "Gateway") for attribute in ("name", "namespace", "apiVersion")
)
DATA = ((Kind.CONFIG_MAP, "data.key"), (Kind.SECRET, "data.key"), (Kind.VALUES, "a.b"))
KEYS = tuple((Kind.VALUES, key) for key in ("image", "name", "port", "replicas", "type", "selector", "storage"))
"""Keys of the values that are called like what a resource has."""


def _possible() -> Iterator[tuple[str, str, Verdict, str]]:
    """What a check can yield: kind, attribute, verdict, and the entity that explains it."""
    for kind, attribute in (*CHECKS, *DATA, *KEYS, *OPEN, *ANY):
        if kind in ENTITIES:
            yield kind, attribute, Verdict.MISSING, "Service web"
            yield kind, attribute, Verdict.RENAMED, "Service web"
        named = attribute == "name" and kind not in (Kind.IMAGE, Kind.CHART, Kind.VALUES)
        named = named or (kind, attribute) == (Kind.PERSISTENT_VOLUME_CLAIM, "type")  # it is there, or it is not
        if not named and (kind != Kind.SECRET or attribute == "type"):
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

    divergence = Divergence(outcome, (outcome,), ("default",))

    speaking = [rule.id for rule in rules_for(subject_of(divergence)) if list(rule.check(divergence, context))]

    assert len(speaking) == 1


def test_one_rule_speaks_of_a_url_that_leads_nowhere() -> None:
    statement = Statement(Kind.CONFIG_MAP, "web", "data.url", "http://api", Modality.REQUIRED, 3, "- url: http://api")
    outcome = Outcome(statement, Verdict.VIOLATED, "it leads nowhere", "x", None, unreachable=True)
    divergence = Divergence(outcome, (outcome,), ("default",))
    context = Context("", ResourceSet(), "1.37", {}, "data-model.md")

    speaking = [rule.id for rule in rules_for(Subject.DIVERGENCE) if list(rule.check(divergence, context))]

    assert speaking == ["documented-url-unreachable"]
