"""Short sentences of one form each: ``deployment/web (2 pods)``, ```token` lives in the Secret `web-auth```.

Each reader states what a sentence says, and returns whether nothing of the sentence is left to be read.
"""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import Label, read_label
from todo_lint.model.reading.lists.chart_parts import parts_in
from todo_lint.model.reading.lists.nesting import KIND_WORDS
from todo_lint.model.reading.page import WORKLOAD_KINDS, named
from todo_lint.model.reading.prose.glances import objects, of_roles, versions, without_attributes, without_versions
from todo_lint.model.reading.prose.spoken import Sentence, is_open
from todo_lint.model.reading.prose.subjects import CODE_NAME, SPOKEN_OF, Subjects, kind_of
from todo_lint.model.reading.text import not_understood
from todo_lint.model.reading.values.claims import read_claims
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.values.written_values import values_key, written
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.phrases import service_type
from todo_lint.model.reading.vocabulary.requirements import kubernetes_asked_for, lists_requirements
from todo_lint.model.statements import Attribute, Kind, Modality, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import replace

_VERSION_IS = pattern(
    r"(?:the )?(?P<claim>(?:(?:chart|application|app) version|`?appVersion`?) (?:is|:) `?v?\d[\w.+-]*`?)",
    re.IGNORECASE,
)


CODES = r"(?P<codes>`[^`]+`(?:(?:,| and|, and) `[^`]+`)*)"
_NAME_FIRST = pattern(r"([a-z0-9]+(?:-[a-z0-9]+)+)(?::\s+|\s+(?=[A-Z\d]))")
_KEPT = pattern(
    rf"{CODES} (?:all |both )?(?:(?:are|is) )?(?:lives?|stored|kept|are|is) "
    r"in (?:the )?(?:(?P<kind>secret|config ?map) )?`(?P<name>[a-z0-9][a-z0-9.-]*)`$",
    re.IGNORECASE,
)
_KEYS_OF = pattern(
    r"(?:the )?keys (?:of|in) (?:the )?(?:(?P<kind>secret|config ?map) )?`(?P<name>[a-z0-9][a-z0-9.-]*)`(?: are)?:? "
    rf"{CODES}",
    re.IGNORECASE,
)
_READS = pattern(
    r"(?:reads?|uses?|references?|consumes?|loads?|environment):?(?: (?:every|all|each)(?: of)?(?: the)? keys?)?"
    rf"(?: from| of)? {CODES}"
    r" (?:\(?(?:through|via|by|with|using) )?\(?`?envFrom`?\)?",
    re.IGNORECASE,
)
_SELECTED = pattern(
    r"selected by:? `(?P<name>[a-z0-9.-]+)` \(?(?:(?:by|through|via|with) )?(?:the )?labels? `(?P<labels>[^`]+)`\)?",
    re.I,
)
_DATUM_IS = pattern(
    r"`(?P<key>[A-Za-z_][\w.-]*)` (?:(?i:must|shall|will) )?(?:is|be|=|defaults? to|(?:is|be) set to|equals?) "
    r"(?P<value>`[^`]*`|true|false|\d+)(?: by default)?"
)


_SUBJECT_CHART = pattern(r"\bcharts?,? (?:named |called )?`", re.IGNORECASE)
_RUN_AS = pattern(
    r"\b(?:runs?|deploys?|deployed|ships?|installs?|installed)\b[^,;`]*\bas (?:an? |the |one )?"
    rf"(?P<kind>{KIND_WORDS})"
    rf"(?:,|\s+(?:named|called))?\s+{CODE_NAME.format('name')}$",
    re.IGNORECASE,
)


def _terse(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``web-service NodePort 80->3000``: a name that says its kind, and nothing that is not understood."""
    match = _NAME_FIRST.match(text)
    label = read_label(match[1]) if match else None
    if match is None or label is None or label.name != match[1] or is_open(text):
        return False
    summary = read_claims(label.kind, text[match.end() :])
    entity = subjects.named(label.kind, label.name) if summary.facts and not summary.unread else None
    if entity is not None:
        subjects.state(one, entity, summary.facts)
    return entity is not None


def _glance(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``deployment/web (2 pods)``, ``Memory limits are 1Gi (web) and 2Gi (api)``, ``(chart version 1.0.0)``."""
    stated = objects(text) or of_roles(text, lambda who: subjects.of_role(who, ""))
    facts = () if stated else versions(text)
    if not (stated or facts) or is_open(text):
        return False
    for entity, said, _ in stated:
        subjects.state(one, subjects.page.names.named((entity.kind,), entity.name) or entity, said)
    if left := list(without_attributes(stated)):
        subjects.page.unclear(stated[0][0], one.place, not_understood(left))
    if facts and not _SUBJECT_CHART.search(text):
        subjects.state(one, subjects.chart, facts)
        return re.search(r"\d", without_versions(text)) is None
    return bool(stated)


def _run_as(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``The system runs the shop as Deployment `web```: there is one of that name."""
    match = _RUN_AS.search(text) if " as " in text else None
    entity = subjects.named(kind_of(match["kind"]), match["name"]) if match and not is_open(text) else None
    if entity is None:
        return False
    subjects.state(one, entity, (named(entity.known_as),))
    return match is None or re.search(r"\d", text.replace(match["name"], "")) is None


def _kept(subjects: Subjects, one: Sentence, text: str) -> bool:
    """```token` and `dsn` live in the Secret `shop-secrets```: keys, and what holds them."""
    match = _KEPT.search(text) or _KEYS_OF.fullmatch(text)
    if match is None or (one.scope.entity is not None and one.scope.entity.kind in WORKLOAD_KINDS):
        return False  # below a workload it is a variable of its, and the key may have another name
    kinds = {kind_of(match["kind"])} if match["kind"] else subjects.kinds_of(match["name"])
    if len(kinds) != 1 or not kinds <= {Kind.CONFIG_MAP, Kind.SECRET} or is_open(match[0]):
        return False
    entity = subjects.named(kinds.pop(), match["name"])
    facts = [Fact(Prefix.DATA + key, "") for key in re.findall(r"`([\w.-]+)`", match["codes"])]
    if entity is not None:
        subjects.state(one, entity, facts)
    return entity is not None


def read_whole(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``Image `web:1`, port 80``: of the entity above, where all of it is understood."""
    entity = one.scope.entity
    if entity is None or entity.kind not in SPOKEN_OF or is_open(text):
        return False
    if one.text.endswith(":") or phrase_for(entity.kind, text):
        return False  # a key whose value is missing
    summary = read_claims(entity.kind, text)
    if summary.unread or not summary.facts:
        return False
    subjects.state(one, entity, summary.facts)
    return True


def read_relation(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``Reads: `app-config` through `envFrom```: of the entity above, also where relationships are listed."""
    entity = one.scope.entity
    facts: tuple[Fact, ...] = ()
    if entity is None or is_open(text):
        return False
    if (match := _READS.fullmatch(text)) and entity.kind in WORKLOAD_KINDS:
        facts = sources(subjects, match["codes"])
    elif (match := _SELECTED.fullmatch(text)) and entity.kind in WORKLOAD_KINDS:
        service = subjects.named(Kind.SERVICE, match["name"])
        entity, facts = service or entity, read_claims(Kind.SERVICE, f"selector: {match['labels']}").facts
    if facts:
        subjects.state(one, entity, facts)
    return bool(facts)


def sources(subjects: Subjects, codes: str) -> tuple[Fact, ...]:
    """The ConfigMaps and Secrets of some names, where the document has each of them once."""
    names = re.findall(r"`([^`]+)`", codes)
    kinds = [subjects.kinds_of(name) & {Kind.CONFIG_MAP, Kind.SECRET} for name in names]
    if not names or not all(len(of) == 1 for of in kinds):
        return ()
    return (Fact(Attribute.ENV_FROM, ",".join(f"{of.pop()}/{name}" for of, name in zip(kinds, names, strict=True))),)


def _version(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``The application version is 1.0.0``: of the chart, without naming it."""
    match = _VERSION_IS.fullmatch(text)
    facts = read_claims(Kind.CHART, match["claim"]).facts if match else ()
    if facts:
        subjects.state(one, subjects.chart, facts)
    return bool(facts)


def _datum(subjects: Subjects, one: Sentence, text: str) -> bool:
    """```log_level` is `info```: of the one ConfigMap that has the key."""
    match = _DATUM_IS.fullmatch(text)
    if match is None:
        return False
    attribute = f"{Prefix.DATA}{match['key']}"
    holders = {
        id(e): e
        for e, s in subjects.page.drafts
        if s.attribute == attribute and e.kind in (Kind.CONFIG_MAP, Kind.SECRET)
    }
    if len(holders) != 1:
        return False
    (holder,) = holders.values()
    if holder.kind == Kind.CONFIG_MAP:
        subjects.state(one, holder, written(attribute, match["value"]).facts)
    return holder.kind == Kind.CONFIG_MAP


def _requires(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``Kubernetes 1.24+`` below *Prerequisites*, ``The chart needs Kubernetes 1.28 or newer``."""
    listed = lists_requirements(one.scope.about) or lists_requirements(one.scope.label)
    facts = kubernetes_asked_for(text, listed=listed)
    if facts:
        subjects.state(one, subjects.chart, facts)
    return bool(facts)


def _makes(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``The chart creates a Deployment `web`, a Service and an Ingress``: there is each of them."""
    made = () if is_open(text) else parts_in(text)
    for part in made:
        if not part.name:
            subjects.page.state(
                Entity(part.kind, section=one.scope.section), (Fact(Attribute.EXISTS, ""),), one.place
            )
        elif entity := None if _is_told(subjects, part) else subjects.named(part.kind, part.name):
            subjects.state(one, entity, [named(part.name)])
    if made:
        subjects.page.reasons.pop(one.line, None)
    return bool(made)


def _is_told(subjects: Subjects, part: Label) -> bool:
    """Whether a resource has a place of its own in the document: that is where one looks for what it says of it."""
    return subjects.page.names.named((part.kind,), part.name) is not None


_ROUTED = pattern(
    r"(?:the |an? )?ingress\b[^`;]{0,80}?\b(?:routes?|forwards?|sends?)\b[^`;]{0,40}? to (?:the )?"
    rf"(?:service )?{CODE_NAME.format('name')}(?: service)?(?:,? (?:on |at )?\(?port `?(?P<port>\d{{2,5}})`?\)?)?"
    rf"|(?:the )?(?:service )?{CODE_NAME.format('exposed')}(?: service)? (?:is|gets) exposed "
    r"(?:via|through|by) (?:the |an? )?ingress",
    re.IGNORECASE,
)


def _routed(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``The Ingress forwards requests to `web```, ```web` is exposed via Ingress``: where there is one."""
    match = _ROUTED.fullmatch(text.rstrip(";")) if "ngress" in text else None
    if match is None or is_open(text):
        return False
    known = [entity for entity in subjects.page.entities if entity.kind == Kind.INGRESS]
    ingress = known[0] if known else Entity(Kind.INGRESS, section=one.scope.section, announced=False)
    facts = [Fact(Attribute.BACKEND_SERVICE, match["name"] or match["exposed"])]
    facts += [Fact(Attribute.BACKEND_PORT, match["port"])] if match["port"] else []
    if len(known) < _SEVERAL:
        subjects.state(one, ingress, facts)
    return len(known) < _SEVERAL


_SEVERAL = 2
_SET = pattern(r"`(?P<key>(?!spec\.|metadata\.|data\.|status\.)[a-z][\w-]*(?:\.[\w-]+)+)\s*[=:]\s*(?P<value>[^`]+)`")
_DEFAULT = pattern(r"\bdefaults?\b", re.IGNORECASE)


_CHOSEN = pattern(
    r"\b(?:change|pass|override|enable|disable|choose|switch|turn|raise|lower|run|install)\b"
    r"|\bset\b(?! (?:by default|to)\b)|` or `",
    re.IGNORECASE,
)
"""What a sentence has that tells how to choose another value."""


def _defaults(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``The default is `web.replicas=1```: keys of the values, with their defaults."""
    told = "`" in text and _DEFAULT.search(text) and not (is_open(text) or _CHOSEN.search(text))
    found = list(_SET.finditer(text)) if told else []
    if not found or len({match["key"] for match in found}) < len(found):
        return False  # nothing, or one of several values of a key
    entity = next((e for e in subjects.page.entities if e.kind == Kind.VALUES), Entity(Kind.VALUES))
    for match in found:
        facts = values_key(match["key"], f"`{match['value']}`").facts
        subjects.state(one, entity, [replace(fact, modality=Modality.DEFAULT) for fact in facts])
    return True


_TYPE_FOR = pattern(
    r"(?:an? )?(?P<type>NodePort|ClusterIP|LoadBalancer)(?: service)?(?: type)? for (?:the )?(?P<who>[a-z]+)"
    r"(?: service)?",
    re.IGNORECASE,
)


def _typed_for(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``NodePort service type for the frontend``: of the Service of a part of the system."""
    match = _TYPE_FOR.fullmatch(text)
    entity = subjects.of_role(match["who"].lower(), "service") if match else None
    if match is None or entity is None:
        return False
    subjects.state(one, entity, [Fact(attribute, value) for attribute, value in service_type(match["type"])])
    return True


_NAMED_FIRST = pattern(
    r"(?P<kind>HPA|horizontal ?pod ?autoscaler|PDB|pod ?disruption ?budget|PVC|persistent ?volume ?claim|ingress) "
    rf"{CODE_NAME.format('name')}: (?P<said>.+)",
    re.IGNORECASE,
)


def _summarised(subjects: Subjects, one: Sentence, text: str) -> bool:
    """``HPA `web`: 2-6 replicas at 75 % CPU``: a kind, a name, and what it is, all of which is understood."""
    match = _NAMED_FIRST.fullmatch(text)
    entity = subjects.named(kind_of(match["kind"]), match["name"]) if match and not is_open(text) else None
    summary = read_summary(entity.kind, match["said"]) if match and entity else None
    if entity is None or summary is None or summary.unread or not summary.facts:
        return False
    subjects.state(one, entity, (named(entity.known_as), *summary.facts))
    return True


_WAYS = (
    *(_summarised, _typed_for, _requires, _makes, _routed, _glance, _kept, _version, _datum, _terse, _run_as),
    _defaults,
)


def read_short(subjects: Subjects, one: Sentence, text: str) -> bool:
    """State what a sentence of a known form says; whether it is of one.

    Args:
        subjects: what finds the entities that the sentence names.
        one: the sentence.
        text: its text as ``as_said`` has it.
    """
    return any(read(subjects, one, text) for read in _WAYS)
