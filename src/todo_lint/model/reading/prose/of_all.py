"""Sentences that speak of all workloads: ``Both containers run as user 1000.``"""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.prose.forms_of_all import FORMS, is_of_form
from todo_lint.model.reading.prose.glances import probes
from todo_lint.model.reading.prose.short_sentences import CODES, sources
from todo_lint.model.reading.prose.spoken import HEDGED, Sentence, as_said, is_open
from todo_lint.model.reading.prose.subjects import MODAL, Subjects
from todo_lint.model.reading.values.claims import read_claims
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.statements import Prefix
from todo_lint.patterns import pattern


def read_of_all(subjects: Subjects, one: Sentence) -> None:
    """State what a sentence says of all workloads: ``Both containers run as user 1000.``"""
    text = as_said(one)
    match = _ALL.match(text)
    text = _INSIDE.sub(r", \1", text) if match else text
    if match is None and not _means_all(text):
        return
    workloads = subjects.workloads_of(one, named_all=_EACH.match(text) is not None)
    if not workloads or any(read(subjects, one, text, workloads) for read in _READERS):
        return
    if match is None or is_open(text) or (match["both"] and len(workloads) != 2):
        return
    predicate = f"{match['key']} is {match['value']}" if match["key"] else text[match.end() :].strip()
    summary = read_claims(workloads[0].kind, re.sub(rf"^{MODAL}", "", predicate))
    shared = [fact for fact in summary.facts if _is_shared(fact)]
    for entity in workloads if shared and len(shared) == len(summary.facts) else ():
        subjects.state(one, entity, shared)


def _means_all(text: str) -> bool:
    """Whether a sentence that names no workload is of a form that is read; the workloads are looked up for such."""
    return bool(_known_pair(text) or probes(text)[1] or _all_read(text) or is_of_form(text))


def _known_pair(text: str) -> tuple[str, str] | None:
    return next(((key, value) for words, key, value in _OF_ALL if words.fullmatch(text)), None)


def _all_read(text: str) -> re.Match[str] | None:
    return _ALL_READ.fullmatch(text) or _ALL_TAKE.fullmatch(text)


def _known(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``The root file system is read-only``: a sentence that says it of all without naming any."""
    found = _known_pair(text)
    if found is None:
        return False
    for entity in workloads:
        subjects.state(one, entity, read_pair(entity.kind, *found).facts)
    return True


def _of_probes(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``Probes run every 10 seconds``: of those that the sentence names, those that are stated, else of some."""
    which, fields = probes(text)
    if not fields or HEDGED.search(_MAY_FAIL.sub("", text)):
        return bool(fields)
    stated = {} if which else _stated_probes(subjects)
    for entity in workloads:
        own = which or tuple(stated.get(id(entity), ())) or (Prefix.PROBE,)
        subjects.state(one, entity, [Fact(prefix + field, value) for prefix in own for field, value in fields])
    return True


def _reading(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``All pods read these from `app-config` and `app-secrets```."""
    read = _all_read(text)
    facts = sources(subjects, read["codes"]) if read else ()
    for entity in workloads if facts else ():
        subjects.state(one, entity, facts)
    return bool(facts)


_READERS = (_known, _of_probes, _reading, *FORMS)


def _stated_probes(subjects: Subjects) -> dict[int, dict[str, None]]:
    """The probes that the document states of each workload, by its ``id``, in the order in which it does."""
    found: dict[int, dict[str, None]] = {}
    for of, statement in subjects.page.drafts:
        if "Probe." in statement.attribute:
            found.setdefault(id(of), {})[statement.attribute.partition(".")[0] + "."] = None
    return found


_WHO_READS = r"(?:all|both|each|every|the) (?:containers?|pods?|deployments?|workloads?) "
_ALL_READ = pattern(
    rf"{_WHO_READS}(?:reads?|gets?|takes?|loads?) "
    rf"(?:these|them|(?:its|their|the) [\w ]+?|all of (?:them|these)) from {CODES}",
    re.IGNORECASE,
)
_ALL_TAKE = pattern(
    rf"{_WHO_READS}(?:reads?|gets?|takes?|loads?|imports?|uses?) (?:all (?:the )?keys of )?{CODES} "
    r"(?:with|via|through|using|by) `?envFrom`?",
    re.IGNORECASE,
)
_EACH = pattern(r"(?:both|all|each|every|the [\w -]+? of (?:both|all|every|each))\b", re.IGNORECASE)
_ALL = pattern(
    r"(?:(?:(?P<both>both)|all|each|every)\s+(?:of the\s+)?(?:containers?|pods?|deployments?|workloads?|rollouts?)"
    r"|(?:the )?(?:containers|pods|deployments|workloads|rollouts))\b(?=\s)"
    r"|the (?P<key>[\w -]+?) of (?:both|all|every|each)(?: \w+)? (?:is|are) (?P<value>.+)",
    re.IGNORECASE,
)
_INSIDE = pattern(r"\s\(([^()`]*)\)$")
_MAY_FAIL = pattern(r"\b(?:may|can) fail \d+ times.*", re.IGNORECASE)
_PODS = r"(?:all |both |the )?(?:pods|containers)"
_OF_ACCOUNT = r"(?:an? |the |their |its )?service account tokens?"
_MOUNTED = (
    r"(?:auto)?mounted(?: automatically)?"
    r"(?: (?:in(?:to)?|by) (?:all |both |the |every |each )+(?:pods?|containers?))?"
)
_OF_ALL: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        pattern(r"(?:the )?root file ?systems? (?:is|are)(?: mounted)? read-only", re.IGNORECASE),
        *("read only root filesystem", "true"),
    ),
    (
        pattern(
            r"privilege escalation (?:is|must be) (?:disabled|forbidden|off)(?: \([^()]*false\W*\))?", re.IGNORECASE
        ),
        *("allow privilege escalation", "false"),
    ),
    *(
        (pattern(words, re.IGNORECASE), "automount service account token", value)
        for words, value in (
            (rf"{_PODS} (?:(?:must|shall|do) not|never) mount {_OF_ACCOUNT}", "false"),
            (rf"{_PODS} (?:(?:must|shall|always) )?mount {_OF_ACCOUNT}", "true"),
            (
                rf"{_OF_ACCOUNT} (?:is|are|must be) not {_MOUNTED}|no service account tokens? (?:is|are) {_MOUNTED}",
                "false",
            ),
            (rf"{_OF_ACCOUNT} (?:is|are|must be) (?:always )?{_MOUNTED}", "true"),
        )
    ),
)
"""Sentences that speak of all workloads without naming any, and the key and value that each states of them."""


def _is_shared(fact: Fact) -> bool:
    """Whether all workloads may have a fact in common, as a document says of them in one sentence."""
    return fact.attribute in ("imagePullPolicy", "strategy", "replicas") or fact.attribute.startswith(
        (Prefix.SECURITY_CONTEXT, f"{Prefix.SPEC}strategy.")
    )
