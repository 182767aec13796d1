"""Sentences and tables that say who may reach whom: of these it is told in which form they would be read."""

from __future__ import annotations

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.prose.spoken import Sentence
from todo_lint.model.reading.prose.subjects import Subjects
from todo_lint.model.reading.text import words_of
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

HINT = "who may reach whom is read in a ```yaml block with the NetworkPolicy: its podSelector, ingress and egress"
_REACH = pattern(
    r"\baccepts? (?:(?:ingress|inbound|incoming|network) )?(?:traffic|connections|requests)\b.*\bfrom\b"
    r"|\b(?:allow|permit|den|block|restrict)(?:y|ies|s|ed|ing)? (?:all |any |only )?"
    r"(?:(?:inbound|outbound|incoming|outgoing|network|pod) )?"
    r"(?:ingress|egress|traffic|connections|access|communication)\b.*\b(?:from|to|between)\b"
    r"|\b(?:ingress|egress|traffic|connections) (?:is |are )?(?:only )?"
    r"(?:allowed|permitted|denied|blocked|limited|restricted) .*\b(?:from|to|between)\b"
    r"|\b(?:only reachable|reachable only) (?:from|by)\b|\bdefault[- ]deny\b|\bdeny[- ]all\b",
    2,  # re.IGNORECASE
)
_PODS = pattern(r"\bpods?\b|\bnetwork ?polic|\bnamespaces?\b|\bdatabases?\b|`", 2)
_UNSURE = pattern(
    r"\b(?:would|could|should|might|if|when|unless|optional(?:ly)?|later|future|planned|e\.g|for example|"
    r"by default|firewalls?|recommended|consider|try|verify|check|ensure|confirm)\b",
    2,
)
_POLICY = pattern(r"network ?polic", 2)
_HEADS = ("ingress from", "egress to", "allowed from", "allowed to", "can reach", "reachable from", "accepts from")


def tell_reach(subjects: Subjects, one: Sentence) -> None:
    """Tell of a sentence that says who may reach whom, where no block of the document states it."""
    if one.scope.silent or _UNSURE.search(one.text) or not _REACH.search(one.text):
        return
    about = f"{one.scope.kind} {one.scope.about} {one.around}"
    if not _PODS.search(one.text) and not _POLICY.search(about):
        return
    if any(e.kind == Kind.NETWORK_POLICY and s.attribute.startswith("spec.") for e, s in subjects.page.drafts):
        return
    if any(s.line == one.line for _, s in subjects.page.drafts):
        return
    subjects.page.unclear(Entity(Kind.NETWORK_POLICY), one.place, HINT)


def lists_reach(heads: tuple[str, ...]) -> bool:
    """Whether the head of a table says of its rows whom they may reach, and who them."""
    return any(words_of(head) in _HEADS for head in heads)
