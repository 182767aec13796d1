"""What a sentence says beside its verb: fields in parentheses, addresses of Services, a Service with its type.

These state what they say whatever the sentence tells about it, unless it tells what would be, was, or is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import read_label
from todo_lint.model.reading.page import WORKLOAD_KINDS, named
from todo_lint.model.reading.parts import ROLES
from todo_lint.model.reading.prose.spoken import Sentence, is_open, is_unreal
from todo_lint.model.reading.prose.subjects import CODE_NAME, Subjects
from todo_lint.model.reading.text import not_understood, plain
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.vocabulary.addresses import addresses
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.phrases import ROLLING, service_type
from todo_lint.model.statements import Attribute, Kind, Prefix
from todo_lint.patterns import pattern


def read_asides(subjects: Subjects, one: Sentence, unread: str) -> str:
    """State what a sentence says beside its verb; ``unread`` is what nobody understood: returned less that."""
    if one.scope.silent:
        return unread
    for read in (_fields, _stated, _typed_services, _addressed, _probed):
        if is_unreal(one.text, conditions=read is not _fields):
            continue
        for said in read(subjects, one, unread) if unread else ():
            unread = unread.replace(said, "", 1)
    return unread


_REMARK = pattern(r"\((?P<inside>[^()]+)\)")
_FIELD = pattern(
    r"`?(?P<key>[a-z]+(?:[A-Z][a-z]*)+(?:\.[A-Za-z]+)*)`?(?:\s*[:=]\s*|\s+)`?(?P<value>(?=\S*[\dA-Z]|true|false)[\w%.-]+)`?"
)
_AND = pattern(r"\s*(?:[,;]|\band\b)\s*")
_OF_POD = (Attribute.IMAGE_PULL_POLICY, Attribute.STRATEGY, Attribute.RESTART_POLICY)


def _fields_of(text: str) -> tuple[Fact, ...]:
    """``maxUnavailable 0, maxSurge 1``: fields by Kubernetes' own names that all workloads may have in common."""
    parts = [_FIELD.fullmatch(part) for part in _AND.split(text.strip()) if part]
    facts: list[Fact] = []
    for part in parts:
        if part is None:
            return ()
        if rolling := ROLLING.get(part["key"]):
            facts.append(Fact(rolling, part["value"]))
            continue
        known = phrase_for(Kind.DEPLOYMENT, part["key"]) is not None
        read = read_pair(Kind.DEPLOYMENT, part["key"], part["value"]).facts if known else ()
        if not read:
            return ()
        facts += read
    own = (Prefix.SPEC, Prefix.SECURITY_CONTEXT)
    return tuple(facts) if all(f.attribute in _OF_POD or f.attribute.startswith(own) for f in facts) else ()


def _fields(subjects: Subjects, one: Sentence, unread: str) -> Iterator[str]:
    """``(terminationGracePeriodSeconds: 30)``: of the workloads that the sentence names, else those it means."""
    for match in _REMARK.finditer(unread):
        facts = _fields_of(match["inside"])
        if not facts:
            continue
        spoken = [entity for entity in subjects.mentions(one) if entity.kind in WORKLOAD_KINDS and entity.known_as]
        whose = list({id(e): e for e in spoken}.values())
        if not whose and _is_of_any(_REMARK.sub("", one.text)):
            whose = subjects.workloads_of(one, named_all=_all(one.text))
        if re.match(r"both\b", one.text, re.IGNORECASE) and len(whose) != 2:
            continue
        for entity in whose:
            subjects.state(one.at(match[0]), entity, facts)
        if whose:
            yield match[0]


_ANY = pattern(
    r"\b(?:pods?|containers?|images|deployments|rollouts?|updates?|workloads|replicas|"
    r"(?:^|: )privilege escalation (?:is|must be))\b",
    re.IGNORECASE,
)
_ONE = pattern(
    r"`(?!helm |kubectl )[^`]+`|"
    rf"\b(?:jobs?|cron ?jobs?|hooks?|init|side ?cars?|tests?|migrations?|{'|'.join(ROLES)})\b",
    re.IGNORECASE,
)


def _is_of_any(text: str) -> bool:
    """Whether a sentence speaks of pods in general, and of no part of the system, no job and no name."""
    return _ANY.search(text) is not None and _ONE.search(text) is None


def _all(text: str) -> bool:
    return re.match(r"(?:both|all|each|every)\b", text, re.IGNORECASE) is not None


_STATED = pattern(
    r"`?(?<![\w.-])[a-z]+(?:[A-Z][a-z]*)+`? (?:(?:is|are)(?: set to)?|set to|=) "
    r"`?(?=\S*[\dA-Z]|true|false)[\w%-]+`?(?![\w.]*\w)"
)
_IN_GENERAL = pattern(r"\b(?:defaults?|kubernetes|k8s|clusters?|not|other|every other|unset)\b", re.IGNORECASE)
_VERB = pattern(r" (?:(?:is|are)(?: set to)?|set to|=) ")


def _stated(subjects: Subjects, one: Sentence, unread: str) -> Iterator[str]:
    """``so terminationGracePeriodSeconds is 30``: of the one workload that is meant; else it is told."""
    found = _STATED.search(unread)
    field = _VERB.sub(" ", found[0].replace("`", ""), count=1) if found else ""
    facts = _fields_of(field)
    if not found or not facts or is_open(one.text) or _IN_GENERAL.search(one.text):
        return
    if _ONE.search(one.text.replace(found[0], "")) or any(True for _ in subjects.mentions(one)):
        return
    whose = subjects.workloads_of(one, named_all=False)
    if len(whose) == 1 or (whose and _is_of_any(one.text.replace(found[0], ""))):
        for entity in whose:
            subjects.state(one.at(found[0]), entity, facts)
        yield found[0]
    elif whose:
        like = f"a sentence is read that names the workload: The Deployment `{whose[0].known_as}` has {field}."
        subjects.page.unclear(Entity(Kind.DEPLOYMENT), one.place, f"{not_understood([found[0]])}; {like}")


_TYPED = pattern(
    r"\b(?P<type>NodePort|ClusterIP|LoadBalancer|headless) [Ss]ervice,? (?:named |called )?"
    rf"{CODE_NAME.format('name')}"
    r"(?:,? (?:on|at) (?:the )?port `?(?P<port>\d{2,5})`?)?"
)


def _typed_services(subjects: Subjects, one: Sentence, unread: str) -> Iterator[str]:
    """``through the ClusterIP Service `shop-api` on port 8000``."""
    for match in _TYPED.finditer(one.text):  # a clause may have taken the name, ``which forwards port 80``
        entity = subjects.named(Kind.SERVICE, match["name"])
        if entity is None or match["type"] not in unread:
            continue
        kind = service_type(match["type"]) or ((Attribute.CLUSTER_IP, "None"),)
        port = (Fact(Attribute.PORT, match["port"]),) if match["port"] else ()
        facts = (named(match["name"]), *(Fact(attribute, value) for attribute, value in kind), *port)
        subjects.state(one.at(match[0]), entity, facts)
        yield match[0] if match[0] in unread else match["type"]


def _addressed(subjects: Subjects, one: Sentence, unread: str) -> Iterator[str]:
    """``calls `http://shop-api:8000```: the port of a Service that the document names, or that its own name tells."""
    for address in addresses(plain(unread)):
        known = subjects.page.names.named((Kind.SERVICE,), address.host)
        label = read_label(f"`{address.host}`")
        if known is None and (label.kind != Kind.SERVICE or label.name != address.host):
            continue
        called = () if known else (named(address.host),)
        where = (Fact(Attribute.NAMESPACE, address.namespace),) if address.namespace else ()
        facts = (*called, *where, Fact(Attribute.PORT, address.port))
        subjects.state(one.at(address.host), known or Entity(Kind.SERVICE, address.host), facts)
        yield address.host


_HEALTH = pattern(r"\bprob(?:e|es|ed|ing)\b|\bhealth", re.IGNORECASE)
_OF_HEALTH = pattern(r"health|live|ready|ping|status|heartbeat", re.IGNORECASE)
_WHICH = pattern(r"\b(?:liveness|readiness|startup)\b", re.IGNORECASE)
_ASKED = pattern(
    rf"(?:\b(?:the |each )?(?P<who>{'|'.join(sorted(ROLES, key=len, reverse=True))})\b|{CODE_NAME.format('name')})"
    r"(?: (?:pods?|containers?|deployment|app|application))?"
    r"(?::|(?P<sure> (?:is|are) (?:probed|checked))| answers?| responds?)?(?: (?:at|on|with|via|by))? "
    r"`(?:GET )?(?P<path>/[\w./-]*)`(?:,? (?:on|at) (?:the )?(?:port )?`?(?P<port>\d{2,5})`?)?",
    re.IGNORECASE,
)
_EVERY = pattern(
    r",? (?:both|each|all) every (?P<period>\d+) ?s(?:ec(?:onds?)?)?"
    r"(?: with (?:an? )?timeout of (?P<timeout>\d+) ?s(?:ec(?:onds?)?)?)?",
    re.IGNORECASE,
)


def _probed(subjects: Subjects, one: Sentence, unread: str) -> Iterator[str]:
    """``The API is probed at `/health`, the site at `/```: of some probe, for it does not say of which."""
    if not _HEALTH.search(one.around) or _WHICH.search(one.text):
        return
    asked: list[Entity] = []
    for match in _ASKED.finditer(unread):
        entity = _workload(subjects, match)
        sure = match["sure"] or _HEALTH.search(one.scope.section) or _OF_HEALTH.search(match["path"])
        if entity is None or not sure:
            continue
        port = (Fact(Prefix.PROBE + "port", match["port"]),) if match["port"] else ()
        subjects.state(one.at(match[0]), entity, (Fact(Prefix.PROBE + "path", match["path"]), *port))
        asked.append(entity)
        yield match[0]
    every = _EVERY.search(unread) if asked else None
    for entity in asked if every else ():
        for field, group in (("periodSeconds", "period"), ("timeoutSeconds", "timeout")):
            if every is not None and every[group]:
                subjects.state(one.at(every[0]), entity, (Fact(Prefix.PROBE + field, every[group]),))
    if every is not None:
        yield every[0]


def _workload(subjects: Subjects, match: re.Match[str]) -> Entity | None:
    """The workload that a sentence names by a part of the system, or in code marks."""
    if match["who"]:
        return subjects.of_role(match["who"].lower(), "")
    return subjects.page.names.named(WORKLOAD_KINDS, match["name"])
