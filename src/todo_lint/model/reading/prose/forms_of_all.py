"""Sentences of one form each that speak of all workloads: ``Updates are rolling, with at most 0 pods unavailable.``

Each reader states what a sentence says, and returns whether it is of its form.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.prose.spoken import Sentence
from todo_lint.model.reading.prose.subjects import Subjects
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.vocabulary.phrases import ROLLING
from todo_lint.model.statements import Attribute, Kind, Prefix
from todo_lint.patterns import pattern


def _rolling(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``Updates are rolling, with at most 0 pods unavailable``: the strategy, and its bounds."""
    match = _UPDATES.fullmatch(text)
    counts = [_BOUND.fullmatch(part.strip()) for part in _PARTS.split(match["bounds"] or "") if part] if match else []
    if match is None or not all(counts):
        return False
    facts = [Fact(Attribute.STRATEGY, "RollingUpdate")]
    for count in filter(None, counts):
        field = "maxUnavailable" if count["what"].lower().startswith("un") else "maxSurge"
        facts.append(Fact(ROLLING[field], _COUNTS.get(count["count"].lower(), count["count"])))
    for entity in workloads:
        if entity.kind in (Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET):
            subjects.state(one, entity, facts)
    return True


_COUNTS = {"no": "0", "zero": "0", "one": "1"}
_UPDATES = pattern(
    r"(?:the |all )?(?:updates|rollouts|deployments|pods) (?:must be|shall be|are)(?: always)? "
    r"(?:rolling(?: updates)?|rolled out|updated)(?: gradually| one by one)?(?:,? with (?P<bounds>.+))?",
    re.IGNORECASE,
)
_PARTS = pattern(r",| and ")
_BOUND = pattern(
    r"(?:at most |up to |a maximum of )?(?P<count>\d+%?|zero|no|one) (?:pods? )?"
    r"(?P<what>unavailable|surge|extra)(?: pods?)?",
    re.IGNORECASE,
)


def _injected(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``Both are injected with `envFrom```: the ConfigMaps and Secrets of which the section speaks."""
    match = _INJECTED.fullmatch(text)
    near = {
        f"{entity.kind}/{entity.known_as}": entity
        for entity, line in (subjects.of_section(one.scope.section) if match else ())
        if entity.kind in (Kind.CONFIG_MAP, Kind.SECRET) and entity.known_as and line < one.line
    }
    if match is None or not near or (match["both"] and len(near) != 2):
        return False
    for entity in workloads:
        subjects.state(one, entity, [Fact(Attribute.ENV_FROM, ",".join(near))])
    return True


_INJECTED = pattern(
    r"(?:(?P<both>both)|they|all(?: of them)?|these) (?:are|must be|shall be) "
    r"(?:injected|loaded|imported|passed|given|read|exposed)"
    r"(?: (?:in)?to (?:the |all |both )?(?:pods|containers))?(?: as (?:environment|env) variables)?"
    r" (?:with|via|through|using|by) `?envFrom`?",
    re.IGNORECASE,
)


def _mounted(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``A scratch volume is mounted at `/tmp```: the path, and the source where it is said."""
    match = _VOLUME.fullmatch(text)
    if match is None:
        return False
    empty = (Fact(Prefix.VOLUME + (match["name"] or ""), "emptyDir"),) if match["source"] else ()
    for entity in workloads:
        subjects.state(one, entity, [*empty, Fact(Prefix.MOUNT + (match["name"] or ""), match["path"])])
    return True


_VOLUME = pattern(
    r"(?:an? |the )?(?:(?P<source>`?emptyDir`?|empty dir(?:ectory)?) |(?:scratch|temporary|temp|tmp|writable) )"
    r"(?:volume )?(?:`(?P<name>[a-z][a-z0-9-]*)` )?(?:is|must be|shall be) mounted (?:at|on|to|under) "
    r"`(?P<path>/[\w./-]*)`"
    r"(?: (?:in|into|of|by) (?:all|both|each|every|the)(?: of the)? (?:pods?|containers?|workloads?|deployments?))?",
    re.IGNORECASE,
)


def _allowed(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``The startup probe allows 120 s (60 x 2 s)``: how often it may fail, and how often it asks."""
    match = _ALLOWED.fullmatch(text)
    if match is None or int(match["all"]) != int(match["times"]) * int(match["period"]):
        return False
    facts = (("failureThreshold", match["times"]), ("periodSeconds", match["period"]))
    for entity in workloads:
        subjects.state(one, entity, [Fact(Prefix.STARTUP + field, value) for field, value in facts])
    return True


_ALLOWED = pattern(
    r"(?:startup: )?(?:the |all |both )?startup probes? (?:allows?|gives?|waits?|grants?)(?: for)?(?: up to)? "
    r"(?P<all>\d+) ?s(?:ec(?:onds)?)? \((?P<times>\d+) ?(?:x|\u00d7|\*|times) ?(?P<period>\d+) ?s(?:ec(?:onds)?)?\)",
    re.IGNORECASE,
)


def _of_each(subjects: Subjects, one: Sentence, text: str, workloads: list[Entity]) -> bool:
    """``Readiness: GET `/a` on 80 every 5 s (web), GET `/b` on 81 every 9 s (api)``: a key, and a value of each."""
    key, colon, rest = text.partition(": ")
    parts = [_EACH_OF.fullmatch(part) for part in _NEXT.split(rest)] if colon and rest.endswith(")") else []
    whose = [subjects.of_role(part["who"].lower(), "") if part else None for part in parts]
    if len(parts) < _SEVERAL or not all(whose) or len({id(entity) for entity in whose}) < len(parts):
        return False
    read = [
        read_pair(entity.kind, key, part["value"]).facts if part and entity else ()
        for part, entity in zip(parts, whose, strict=True)
    ]
    for entity, facts in zip(whose, read, strict=True) if all(read) else ():
        if entity is not None:
            subjects.state(one, entity, facts)
    return all(read)


_NEXT = pattern(r"(?<=\)),?\s+(?:and\s+)?")
_EACH_OF = pattern(r"(?P<value>.+?) \((?:the )?(?P<who>[\w-]+)\)")
_SEVERAL = 2
FORMS: tuple[Callable[[Subjects, Sentence, str, list[Entity]], bool], ...] = (
    *(_rolling, _injected, _mounted, _allowed, _of_each),
)
"""The readers, each of a form of its own."""


def is_of_form(text: str) -> bool:
    """Whether a text is of one of the forms: for such the workloads are looked up."""
    several = ": " in text and text.endswith(")") and _NEXT.search(text) is not None
    return several or any(form.fullmatch(text) for form in (_UPDATES, _INJECTED, _VOLUME, _ALLOWED))


__all__ = ["FORMS", "is_of_form"]
