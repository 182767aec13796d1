"""Sentences that say of a resource what it is: ``The Deployment `web` has 2 replicas.``

A sentence is read where its subject is a kind and a name in code marks, the name of a resource that the document
names elsewhere, or a part of the system with one workload, and what follows its verb states facts. Of any other
sentence that names a resource and holds a definite value which nothing else says of that resource, it is told that it
is not understood. What may be, was, or is denied explains.
"""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.page import Page
from todo_lint.model.reading.prose.asides import read_asides
from todo_lint.model.reading.prose.for_parts import read_for_parts
from todo_lint.model.reading.prose.of_all import read_of_all
from todo_lint.model.reading.prose.reach import tell_reach
from todo_lint.model.reading.prose.short_sentences import read_relation, read_short, read_whole
from todo_lint.model.reading.prose.spoken import Sentence, as_said, is_open, sentences_of
from todo_lint.model.reading.prose.subjects import MODAL, Subjects
from todo_lint.model.reading.prose.told_sentences import tell
from todo_lint.model.reading.values.claims import read_claims
from todo_lint.model.reading.values.summaries import Summary
from todo_lint.patterns import pattern


def read_sentences(page: Page) -> None:
    """Read the sentences of the blocks that the page keeps as spoken; the names of all others are known by then."""
    sentences = [one for block, scope in page.spoken for one in sentences_of(block, scope)]
    subjects = Subjects(page, sentences)
    left = [(one, _read(subjects, one)) for one in sentences]
    left = [(one, read_asides(subjects, one, unread)) for one, unread in left]
    subjects.renew()
    for one, _ in left:
        read_of_all(subjects, one)
    for one, unread in left:
        tell(subjects, one, unread)
        tell_reach(subjects, one)


_KEY_OF = pattern(
    r"\b(?:the )?(?P<key>(?:[\w-]+ ){0,2}(?:replicas|replica count|image|limits?|requests?|port|policy|type)) of "
    r"(?P<who>`[a-z0-9][a-z0-9.-]*`|the [a-z]+)(?:(?: is| are|:)) (?P<value>`[^`]*`|[\w.]+)(?![\w`])",
    re.IGNORECASE,
)


_FOR = pattern(
    r"^for (?P<who>`[a-z0-9][a-z0-9.-]*`|the [a-z]+),? (?:the )?(?P<key>(?:[\w-]+ ){0,2}"
    r"(?:replicas|replica count|image|limits?|requests?|port|policy|type|schedule)) (?:is|are) "
    r"(?P<value>`[^`]*`|[\w.]+)$",
    re.IGNORECASE,
)
_AND_NOT = pattern(r",?\s+(?:and|but)\s+(?:is |are |has |have |with )?(?:no|not|never|without)\b.*", re.IGNORECASE)
"""What is denied behind what is said: ``is `ClusterIP` and has no Ingress``."""


def _read(subjects: Subjects, one: Sentence) -> str:
    """State what a sentence says; returns the text of which nothing was understood."""
    subjects.previous = one.scope.entity
    text = subjects.with_kinds(as_said(one))
    if read_relation(subjects, one, text) or one.scope.silent:
        return ""
    if read_short(subjects, one, text) or read_for_parts(subjects, one, text):
        return ""
    text = _FOR.sub(lambda match: f"{match['who']}'s {match['key']} is {match['value']}", text)
    text = _KEY_OF.sub(lambda match: f"{match['who']}'s {match['key']} is {match['value']}", text)
    unread = text
    if read_whole(subjects, one, text):
        return ""
    for start, end, entity, predicate in (*subjects.subjectless(one, text), *subjects.clauses(text)):
        subjects.previous = entity
        predicate = _AND_NOT.sub("", predicate)
        if is_open(predicate):
            continue
        summary = _claims(entity, predicate)
        if not summary.facts and not re.match(rf"{MODAL}(?:be |is )?exists?\b", predicate):
            continue
        subjects.state(one.at(text[start:end]), entity, summary.facts)
        unread = unread.replace(text[start:end], "; ".join(summary.unread), 1)
    return unread


def _claims(entity: Entity, predicate: str) -> Summary:
    found = re.match(r"\((?P<in>[^()]*)\)\s*", predicate)
    inside = read_claims(entity.kind, found["in"]) if found else Summary()
    rest = read_claims(entity.kind, predicate[found.end() :] if found else predicate)
    return Summary((*inside.facts, *rest.facts), (*inside.unread, *rest.unread))
