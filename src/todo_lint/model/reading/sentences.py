"""Sentences that say of a resource what it is: ``The Deployment `web` has 2 replicas.``

A sentence is read where its subject is a kind and a name in code marks, the name of a resource that the document
names elsewhere, or a part of the system with one workload, and what follows its verb states facts. Of any other
sentence that names a resource and holds a definite value which nothing else says of that resource, it is told that it
is not understood. What may be, was, or is denied explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from todo_lint.model.reading.claims import read_claims
from todo_lint.model.reading.definite import Value, amounts, definite_values, is_stated
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.glances import objects, of_roles, probes, versions, without_attributes, without_versions
from todo_lint.model.reading.keys import phrase_for
from todo_lint.model.reading.kinds import kind_of_words, may_be_name, read_label
from todo_lint.model.reading.nesting import KIND_WORDS, ROLES, is_own_name
from todo_lint.model.reading.outline import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place, named
from todo_lint.model.reading.pairs import read_pair
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.summaries import Summary
from todo_lint.model.reading.text import not_understood
from todo_lint.model.reading.written_values import written
from todo_lint.model.statements import LATER, NO_RESOURCES, WORKLOADS, Attribute, Kind, Modality, Prefix
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

MOST = 600
"""A sentence of more characters explains."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with marks around code and white space folded, the line on which it begins, and its scope.

    ``around`` is the block in which it stands, with the heading above.
    """

    text: str
    line: int
    scope: Scope
    around: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a part of a sentence says: of which entity, the facts, and the text of which nothing was understood."""

    entity: Entity
    facts: tuple[Fact, ...]
    unread: str


def read_sentences(page: Page) -> None:
    """Read the sentences of the blocks that the page keeps as spoken; the names of all others are known by then."""
    sentences = [one for block, scope in page.spoken for one in _sentences(block, scope)]
    reader = _Reader(page, sentences)
    left = [(one, reader.read(one)) for one in sentences]
    for one, unread in left:
        reader.together(one)
        reader.tell(one, unread)


_END = pattern(r"(?<=[.!?;])\s+(?=[A-Z`\"(*])|(?<=:)\s+(?=[A-Z])|\n\s*\n")
_ABBREVIATED = pattern(r"\b(?:e\.g|i\.e|etc|vs|approx|incl|no)\.$", re.IGNORECASE)


def _sentences(block: Block, scope: Scope) -> Iterator[Sentence]:
    """The sentences of a block, those that may hold something, each with the line on which it begins."""
    if (scope.silent and not _RELATED.search(scope.silent)) or scope.modality in (*LATER, Modality.EXAMPLE):
        return
    if _TELLS_WHY.search(scope.section):
        return
    text = block.marked
    around = f"{scope.section} {text}"
    whole = text.count("\n") == block.end_line - block.line
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        inside = text.count("`", 0, end) % 2 == 1
        if end < len(text) and (inside or _ABBREVIATED.search(text[start:end].rstrip())):
            continue
        own = text[start:end].strip()
        at = start + len(text[start:end]) - len(text[start:end].lstrip())
        if own and len(own) <= MOST:
            yield Sentence(
                " ".join(own.split()), block.line + (text.count("\n", 0, at) if whole else 0), scope, around
            )
        start = end


_TELLS_WHY = pattern(
    r"\b(?:context|background|problem|alternatives?|considered|options|pros|cons|motivation|history|consequences|"
    r"criteria|edge cases|acceptance|open questions|risks)\b",
    re.IGNORECASE,
)
"""Headings below which sentences tell why, what was before, and what follows."""
_HEDGED = pattern(
    r"\b(?:would|could|can|may|might|cannot|considered|postponed|rejected|instead|previously|formerly|was|were|ran|had|did|if|when|"
    r"whenever|unless|e\.g|for (?:example|instance)|such as|until|before|after|during|later|future|planned|rather|"
    r"phase (?:\d|[ivx]+)|in (?:production|staging|development)|per environment|optional(?:ly)?|(?-i:TODO)|tbd|"
    r"up to|at least|at most|between|try|make sure|ensure|verify|check|should see|expected|visit|open)\b",
    re.IGNORECASE,
)
"""Words by which a sentence tells what may be, was or is to be done."""
_DENIED = pattern(r"\b(?:no|not|never|neither|nor|without|none)\b|n't\b", re.IGNORECASE)
_REASON = pattern(r",?\s+(?:because|so that|since|in order to|as it|which means|to avoid|to keep|to allow)\b.*", re.I)

_NAME = r"`(?P<{0}>[a-z0-9][a-z0-9.-]*)`"
_MODAL = r"(?i:(?:also|always|then|thus|will|shall|must)\s+)*"
_VERB = (
    r"(?:is|are|be|has|have|runs?|uses?|listens?|answers|exposes?|serves?|requests?|needs|forwards?|maps?|routes?|sends?|"
    r"gets?|selects?|contains?|holds?|stores?|provides?|exists?|limits?|pulls?|with)\b"
)
_INTRODUCED = pattern(
    rf"\b(?:an?|the|one|second|single|our)?\s*(?P<kind>{KIND_WORDS})(?:,|\s+(?:named|called))?\s+{_NAME.format('name')}"
    rf"|\b(?:an?|the)\s+{_NAME.format('first')}\s+(?P<after>{KIND_WORDS})\b",
    re.IGNORECASE,
)
_SUBJECT = pattern(
    r"(?P<kinded>(?:(?:an?|the|one|second|single|our|each)\s+)*"
    rf"(?:(?P<kind>{KIND_WORDS})(?:,|\s+(?:named|called))?\s+{_NAME.format('name')}"
    rf"|{_NAME.format('first')}\s+(?P<after>{KIND_WORDS})\b))"
    rf"|(?:(?:the\s+)?(?:containers?|pods?)\s+of\s+)?{_NAME.format('code')}"
    rf"|(?P<its>its)(?=\s+\w)"
    rf"|(?P<this>it\b|(?:this|the)\s+(?P<thiskind>{KIND_WORDS})\b)"
    rf"|(?P<role>(?:the\s+|each\s+|every\s+)?(?P<who>{'|'.join(sorted(ROLES, key=len, reverse=True))})"
    r"(?:'s)?(?:\s+(?P<part>containers?|pods?|deployment|service|workload|application|app))?)\b(?![-/])",
    re.IGNORECASE,
)
_FOLLOWS = pattern(
    rf"\s+{_MODAL}(?P<verb>{_VERB})|\s*,\s+(?P<apposed>(?:an?|version|"
    r"starting (?:at|with)|also|with|which|whose|that|one|two|three|\d+|image|port|replicas?)\s)"
    r"|\s+(?P<of>(?:under|of)\s)|\s*(?P<remark>\()"
    r"|(?P<key>(?:'s)?\s+(?:[\w-]+\s+){0,3}?(?:is|are)\s)",
    re.IGNORECASE,
)
_JOINED = pattern(r"(?:`[a-z0-9][a-z0-9.-]*`,? )+and $")
_BOUNDARY = pattern(
    r"(?:^|[,;:(]|\b(?:and|so|but|while|whereas|that|where|through|by|via|in|as|to|ship|have|also|,))\s*$", re.I
)


_VERSION_IS = pattern(
    r"(?:the )?(?P<claim>(?:(?:chart|application|app) version|`?appVersion`?) (?:is|:) `?v?\d[\w.+-]*`?)",
    re.IGNORECASE,
)
_KEY_OF = pattern(
    r"\b(?:the )?(?P<key>(?:[\w-]+ ){0,2}(?:replicas|replica count|image|limits?|requests?|port|policy|type)) of "
    r"(?P<who>`[a-z0-9][a-z0-9.-]*`|the [a-z]+)(?:(?: is| are|:)) (?P<value>`[^`]*`|[\w.]+)(?![\w`])",
    re.IGNORECASE,
)
_SPOKEN_OF = (*WORKLOADS, Kind.SERVICE, Kind.PERSISTENT_VOLUME_CLAIM)
_RELATED = pattern(r"\brelationships?\b", re.IGNORECASE)
_CODES = r"(?P<codes>`[^`]+`(?:(?:,| and|, and) `[^`]+`)*)"
_NAME_FIRST = pattern(r"([a-z0-9]+(?:-[a-z0-9]+)+)(?::\s+|\s+(?=[A-Z\d]))")
_KEPT = pattern(
    rf"{_CODES} (?:all |both )?(?:(?:are|is) )?(?:lives?|stored|kept|are|is) "
    r"in (?:the )?(?:(?P<kind>secret|config ?map) )?`(?P<name>[a-z0-9][a-z0-9.-]*)`$",
    re.IGNORECASE,
)
_READS = pattern(
    rf"(?:reads?|uses?|references?|consumes?|loads?|environment):?(?: from)? {_CODES}"
    r" (?:\(?(?:through|via|by|with|using) )?\(?`?envFrom`?\)?",
    re.IGNORECASE,
)
_ALL_READ = pattern(
    r"(?:all|both|each|every|the) (?:containers?|pods?|deployments?|workloads?) (?:reads?|gets?|takes?|loads?) "
    rf"(?:these|them|(?:its|their|the) [\w ]+?|all of (?:them|these)) from {_CODES}",
    re.IGNORECASE,
)
_SELECTED = pattern(r"selected by:? `(?P<name>[a-z0-9.-]+)` \((?:by )?(?:the )?labels? `(?P<labels>[^`]+)`\)", re.I)
_DATUM_IS = pattern(
    r"`(?P<key>[A-Za-z_][\w.-]*)` (?:(?i:must|shall|will) )?(?:is|be|=|defaults? to|(?:is|be) set to|equals?) "
    r"(?P<value>`[^`]*`|true|false|\d+)(?: by default)?"
)


_SUBJECT_CHART = pattern(r"\bcharts?,? (?:named |called )?`", re.IGNORECASE)
_RUN_AS = pattern(
    r"\b(?:runs?|deploys?|deployed|ships?|installs?|installed)\b[^,;`]*\bas (?:an? |the |one )?"
    rf"(?P<kind>{KIND_WORDS})"
    rf"(?:,|\s+(?:named|called))?\s+{_NAME.format('name')}$",
    re.IGNORECASE,
)


_VERB_FIRST = pattern(rf"{_MODAL}{_VERB}", re.IGNORECASE)


class _Reader:
    """Reads sentences one by one; ``mentioned`` are the kinds by which any of them calls a name."""

    def __init__(self, page: Page, sentences: Iterable[Sentence]) -> None:
        self.page = page
        self.previous: Entity | None = None
        self.mentioned: dict[str, set[str]] = {}
        for one in sentences:
            for match in _INTRODUCED.finditer(one.text):
                name = match["name"] or match["first"]
                self.mentioned.setdefault(name, set()).add(_kind(match["kind"] or match["after"]))

    def read(self, one: Sentence) -> str:
        """State what a sentence says; returns the text of which nothing was understood."""
        self.previous = one.scope.entity
        text = _REASON.sub("", one.text).rstrip(".!: ")
        if self._relation(one, text) or one.scope.silent:
            return ""
        ways = (self._glance, self._kept, self._version, self._datum, self._terse, self._run_as)
        if any(read(one, text) for read in ways):
            return ""
        text = _KEY_OF.sub(lambda match: f"{match['who']}'s {match['key']} is {match['value']}", text)
        unread = text
        if self._whole(one, text):
            return ""
        for start, end, entity, predicate in (*self._subjectless(one, text), *self._clauses(text)):
            self.previous = entity
            if _is_open(predicate):
                continue
            summary = self._claims(entity, predicate)
            if not summary.facts and not re.match(rf"{_MODAL}(?:be |is )?exists?\b", predicate):
                continue
            self._state(one, entity, summary.facts)
            unread = unread.replace(text[start:end], "; ".join(summary.unread), 1)
        return unread

    def _terse(self, one: Sentence, text: str) -> bool:
        """``web-service NodePort 80->3000``: a name that says its kind, and nothing that is not understood."""
        match = _NAME_FIRST.match(text)
        label = read_label(match[1]) if match else None
        if match is None or label is None or label.name != match[1] or _is_open(text):
            return False
        summary = read_claims(label.kind, text[match.end() :])
        entity = self._named(label.kind, label.name) if summary.facts and not summary.unread else None
        if entity is not None:
            self._state(one, entity, summary.facts)
        return entity is not None

    def _glance(self, one: Sentence, text: str) -> bool:
        """``deployment/web (2 pods)``, ``Memory limits are 1Gi (web) and 2Gi (api)``, ``(chart version 1.0.0)``."""
        stated = objects(text) or of_roles(text, lambda who: self._of_role(who, ""))
        facts = () if stated else versions(text)
        if not (stated or facts) or _is_open(text):
            return False
        for entity, said, _ in stated:
            self._state(one, self.page.names.named((entity.kind,), entity.name) or entity, said)
        if left := list(without_attributes(stated)):
            place = Place(one.line, one.text, one.scope.modality, one.scope.environment, one.scope.section)
            self.page.unclear(stated[0][0], place, not_understood(left))
        if facts and not _SUBJECT_CHART.search(text):
            chart = next((e for e in self.page.entities if e.kind == Kind.CHART), Entity(Kind.CHART))
            self._state(one, chart, facts)
            return re.search(r"\d", without_versions(text)) is None
        return bool(stated)

    def _run_as(self, one: Sentence, text: str) -> bool:
        """``The system runs the shop as Deployment `web```: there is one of that name."""
        match = _RUN_AS.search(text) if " as " in text else None
        entity = self._named(_kind(match["kind"]), match["name"]) if match and not _is_open(text) else None
        if entity is None:
            return False
        self._state(one, entity, (named(entity.known_as),))
        return match is None or re.search(r"\d", text.replace(match["name"], "")) is None

    def _kept(self, one: Sentence, text: str) -> bool:
        """```token` and `dsn` live in the Secret `shop-secrets```: keys, and what holds them."""
        match = _KEPT.search(text)
        if match is None or (one.scope.entity is not None and one.scope.entity.kind in WORKLOAD_KINDS):
            return False  # below a workload it is a variable of its, and the key may have another name
        kinds = {_kind(match["kind"])} if match["kind"] else self._kinds_of(match["name"])
        if len(kinds) != 1 or not kinds <= {Kind.CONFIG_MAP, Kind.SECRET} or _is_open(match[0]):
            return False
        entity = self._named(kinds.pop(), match["name"])
        facts = [Fact(Prefix.DATA + key, "") for key in re.findall(r"`([\w.-]+)`", match["codes"])]
        if entity is not None:
            self._state(one, entity, facts)
        return entity is not None

    def _whole(self, one: Sentence, text: str) -> bool:
        """``Image `web:1`, port 80``: of the entity above, where all of it is understood."""
        entity = one.scope.entity
        if entity is None or entity.kind not in _SPOKEN_OF or _is_open(text):
            return False
        if one.text.endswith(":") or phrase_for(entity.kind, text):
            return False  # a key whose value is missing
        summary = read_claims(entity.kind, text)
        if summary.unread or not summary.facts:
            return False
        self._state(one, entity, summary.facts)
        return True

    def _relation(self, one: Sentence, text: str) -> bool:
        """``Reads: `app-config` through `envFrom```: of the entity above, also where relationships are listed."""
        entity = one.scope.entity
        facts: tuple[Fact, ...] = ()
        if entity is None or _is_open(text):
            return False
        if (match := _READS.fullmatch(text)) and entity.kind in WORKLOAD_KINDS:
            facts = self._sources(match["codes"])
        elif (match := _SELECTED.fullmatch(text)) and entity.kind in WORKLOAD_KINDS:
            service = self._named(Kind.SERVICE, match["name"])
            entity, facts = service or entity, read_claims(Kind.SERVICE, f"selector: {match['labels']}").facts
        if facts:
            self._state(one, entity, facts)
        return bool(facts)

    def _sources(self, codes: str) -> tuple[Fact, ...]:
        """The ConfigMaps and Secrets of some names, where the document has each of them once."""
        names = re.findall(r"`([^`]+)`", codes)
        kinds = [self._kinds_of(name) & {Kind.CONFIG_MAP, Kind.SECRET} for name in names]
        if not names or not all(len(of) == 1 for of in kinds):
            return ()
        return (
            Fact(Attribute.ENV_FROM, ",".join(f"{of.pop()}/{name}" for of, name in zip(kinds, names, strict=True))),
        )

    def _version(self, one: Sentence, text: str) -> bool:
        """``The application version is 1.0.0``: of the chart, without naming it."""
        match = _VERSION_IS.fullmatch(text)
        facts = read_claims(Kind.CHART, match["claim"]).facts if match else ()
        if facts:
            chart = next((e for e in self.page.entities if e.kind == Kind.CHART), Entity(Kind.CHART))
            self._state(one, chart, facts)
        return bool(facts)

    def _datum(self, one: Sentence, text: str) -> bool:
        """```log_level` is `info```: of the one ConfigMap that has the key."""
        match = _DATUM_IS.fullmatch(text)
        attribute = f"{Prefix.DATA}{match['key']}" if match else ""
        holders = {
            id(e): e
            for e, s in self.page.drafts
            if s.attribute == attribute and e.kind in (Kind.CONFIG_MAP, Kind.SECRET)
        }
        if match is None or len(holders) != 1:
            return False
        (holder,) = holders.values()
        if holder.kind == Kind.CONFIG_MAP:
            self._state(one, holder, written(attribute, match["value"]).facts)
        return holder.kind == Kind.CONFIG_MAP

    def _claims(self, entity: Entity, predicate: str) -> Summary:
        found = re.match(r"\((?P<in>[^()]*)\)\s*", predicate)
        inside = read_claims(entity.kind, found["in"]) if found else Summary()
        rest = read_claims(entity.kind, predicate[found.end() :] if found else predicate)
        return Summary((*inside.facts, *rest.facts), (*inside.unread, *rest.unread))

    def _clauses(self, text: str) -> Iterator[tuple[int, int, Entity, str]]:
        """Each subject of a sentence with what follows, up to the next: where, of which entity, and the predicate."""
        found: list[tuple[int, int, Entity]] = []
        for match in _SUBJECT.finditer(text):
            follows = _FOLLOWS.match(text, match.end())
            if not follows or not (match["kinded"] or _BOUNDARY.search(text[: match.start()])):
                continue
            if follows["key"] and match["code"] and not follows["key"].startswith("'s"):
                continue
            self.previous = found[-1][2] if found else self.previous
            entity = self._subject(match)
            if entity is not None and not (found and match.start() < found[-1][1]):
                found.append((match.start(), match.end(), entity))
                found += [(*found[-1][:2], one) for one in self._joined(text[: match.start()], match, entity)]
        for start, end, entity in found:
            stop = next((other for other, *_ in found if other > start), len(text))
            stop = start + len(re.sub(r"[\s,;]+(?:and|so|but|while|whereas)?\s*$", "", text[start:stop]))
            predicate = re.sub(rf"^(?:'s)?[\s,]*{_MODAL}", "", text[end:stop])
            yield start, stop, entity, predicate

    def _joined(self, before: str, match: re.Match[str], entity: Entity) -> Iterator[Entity]:
        """The other subjects of ```a`, `b` and `c``` of which the last is found."""
        joined = _JOINED.search(before) if match["code"] else None
        for name in re.findall(r"`([^`]+)`", joined[0]) if joined else ():
            if other := self._named(entity.kind, name):
                yield other

    def _subjectless(self, one: Sentence, text: str) -> Iterator[tuple[int, int, Entity, str]]:
        """``Runs as user 1000``: of the entity that the heading or label above is about."""
        entity = one.scope.entity
        if entity is not None and describes_resource(entity.kind) and _VERB_FIRST.match(text):
            first = next((start for start, *_ in self._clauses(text)), len(text))
            yield 0, first, entity, re.sub(rf"^{_MODAL}", "", text[:first])

    def _subject(self, match: re.Match[str]) -> Entity | None:
        """The entity that a subject names."""
        if match["kinded"]:
            name, kind = match["name"] or match["first"], _kind(match["kind"] or match["after"])
            return self._named(kind, name)
        if match["code"]:
            kinds = self._kinds_of(match["code"])
            return self._named(kinds.pop(), match["code"]) if len(kinds) == 1 else None
        if match["role"]:
            return self._of_role(match["who"].lower(), (match["part"] or "").lower())
        return self._this(match)

    def _this(self, match: re.Match[str]) -> Entity | None:
        """What *it*, *its* and *the Deployment* speak of: the subject before, or what the heading is about."""
        if (match["thiskind"] or "").lower() == "chart":
            return next((e for e in self.page.entities if e.kind == Kind.CHART), Entity(Kind.CHART))
        entity = self.previous
        if entity is None or (not describes_resource(entity.kind) and entity.kind != Kind.CHART):
            return None
        return entity if not match["thiskind"] or _kind(match["thiskind"]) == entity.kind else None

    def _of_role(self, who: str, part: str) -> Entity | None:
        """The one workload, or Service, whose name has the word for a part of the system in it."""
        kinds = (Kind.SERVICE,) if part == "service" else tuple(WORKLOAD_KINDS)
        known = self.page.find(kinds, who)
        if known is not None:
            return known
        names = {(kind, name) for name, of in self.mentioned.items() for kind in of if who in name.split("-")}
        fitting = [(kind, name) for kind, name in names if kind in kinds]
        return self._named(*fitting[0]) if len(fitting) == 1 else None

    def _kinds_of(self, name: str) -> set[str]:
        """The kinds of which the document has a resource of a name, or that the name itself has at its end."""
        known = {kind for kind in _NAMED_KINDS if self.page.names.named((kind,), name)}
        known = known or set(self.mentioned.get(name, ()))
        label = read_label(f"`{name}`")
        return known or ({label.kind} if label.name == name and describes_resource(label.kind) else set())

    def _named(self, kind: str, name: str) -> Entity | None:
        if not is_own_name(name) or not kind:
            return None
        return self.page.names.named((kind,), name) or Entity(kind, name)

    def _state(self, one: Sentence, entity: Entity, facts: Iterable[Fact]) -> None:
        if entity not in self.page.names:
            entity.line, entity.text, entity.section = one.line, one.text, one.scope.section
        place = Place(one.line, one.text, one.scope.modality, one.scope.environment, one.scope.section)
        name = [named(entity.name)] if entity.kind == Kind.CHART and entity.name and not entity.stated else []
        self.page.state(self.page.add(entity), (*name, *facts), place)
        self.page.reasons.pop(one.line, None)

    def together(self, one: Sentence) -> None:
        """State what a sentence says of all workloads: ``Both containers run as user 1000.``"""
        text = _REASON.sub("", one.text).rstrip(".!: ")
        match = _ALL.match(text)
        text = _INSIDE.sub(r", \1", text) if match else text
        workloads = self.page.workloads()
        if workloads and (found := next((pair for words, *pair in _OF_ALL if words.fullmatch(text)), None)):
            for entity in workloads:
                self._state(one, entity, read_pair(entity.kind, *found).facts)
            return
        which, fields = probes(text) if workloads else ((), ())
        for entity in workloads if fields and not _HEDGED.search(_MAY_FAIL.sub("", text)) else ():
            own = which or tuple(dict.fromkeys(self._probes_of(entity)))
            facts = [Fact(prefix + field, value) for prefix in own for field, value in fields]
            if facts:
                self._state(one, entity, facts)
        if fields:
            return
        if workloads and (read := _ALL_READ.fullmatch(text)) and (sources := self._sources(read["codes"])):
            for entity in workloads:
                self._state(one, entity, sources)
            return
        if match is None or not workloads or _is_open(text) or (match["both"] and len(workloads) != 2):
            return
        predicate = f"{match['key']} is {match['value']}" if match["key"] else text[match.end() :].strip()
        summary = read_claims(workloads[0].kind, re.sub(rf"^{_MODAL}", "", predicate))
        shared = [fact for fact in summary.facts if _is_shared(fact)]
        for entity in workloads if shared and len(shared) == len(summary.facts) else ():
            self._state(one, entity, shared)

    def _probes_of(self, entity: Entity) -> Iterator[str]:
        """The probes of a workload that the document states."""
        for of, statement in self.page.drafts:
            if of is entity and "Probe." in statement.attribute:
                yield statement.attribute.partition(".")[0] + "."

    def tell(self, one: Sentence, unread: str) -> None:
        """Tell of a sentence that names a resource and a definite value which is stated nowhere else of it."""
        if one.scope.silent:
            return
        about = [] if not unread or _is_open(one.text) else list(self._mentions(one))
        if not about:
            return
        known = amounts(self._related(about))
        left = [v for v in definite_values(unread, one.around) if not is_stated(v, known)]
        if not left:
            return
        entity = about[0]
        place = Place(one.line, one.text, one.scope.modality, one.scope.environment, one.scope.section)
        self.page.unclear(
            Entity(entity.kind), place, f"{not_understood([v.text for v in left])}; {_like(entity, left)}"
        )

    def _mentions(self, one: Sentence) -> Iterator[Entity]:
        """The entities that a sentence speaks of."""
        for match in _CODE.finditer(one.text):
            for kind in self._kinds_of(match[1]) if may_be_name(match[1]) else ():
                if found := self._named(kind, match[1]):
                    yield found
        for match in _BARE.finditer(_IN_CODE.sub("", one.text)):
            label = read_label(match[0])
            if label.name == match[0] and (found := self._named(label.kind, label.name)):
                yield found
        for match in _ROLE.finditer(one.text):
            if found := self._of_role((match[1] or match[2]).lower(), ""):
                yield found
        if one.scope.entity is not None and one.scope.entity.kind in _SPOKEN_OF:
            yield one.scope.entity

    def _related(self, named: list[Entity]) -> list[str]:
        """The values that the document states of some entities, and of those of the same part of the system."""
        names = {entity.known_as for entity in named}
        parts = {part for name in names for part in name.split("-") if part in ROLES}
        return [
            s.value
            for entity, s in self.page.drafts
            if s.understood and (entity.known_as in names or parts & set(entity.known_as.split("-")))
        ]


_ALL = pattern(
    r"(?:(?:(?P<both>both)|all|each|every)\s+(?:of the\s+)?(?:containers?|pods?|deployments?|workloads?|rollouts?)"
    r"|(?:the )?(?:containers|pods|deployments|workloads|rollouts))\b(?=\s)"
    r"|the (?P<key>[\w -]+?) of (?:both|all|every|each)(?: \w+)? (?:is|are) (?P<value>.+)",
    re.IGNORECASE,
)
_INSIDE = pattern(r"\s\(([^()`]*)\)$")
_MAY_FAIL = pattern(r"\b(?:may|can) fail \d+ times.*", re.IGNORECASE)
_OF_ALL: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        pattern(r"(?:the )?root file ?systems? (?:is|are)(?: mounted)? read-only", re.IGNORECASE),
        *("read only root filesystem", "true"),
    ),
    (
        pattern(r"privilege escalation (?:is|must be) (?:disabled|forbidden|off)(?: \(.*\))?", re.IGNORECASE),
        *("allow privilege escalation", "false"),
    ),
    (
        pattern(
            r"(?:all )?(?:pods|containers) (?:(?:must|shall|do) not|never) mount (?:an? |the |their )?"
            r"service account tokens?",
            re.IGNORECASE,
        ),
        *("automount service account token", "false"),
    ),
    (
        pattern(
            r"(?:the )?service account tokens? (?:is|are) not (?:auto)?mounted(?: automatically)?", re.IGNORECASE
        ),
        *("automount service account token", "false"),
    ),
)
"""Sentences that speak of all workloads without naming any, and the key and value that each states of them."""
_CODE = pattern(r"`([a-z0-9][a-z0-9.-]*)`")
_BARE = pattern(r"(?<![\w./-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w./-])")
_ANY_ROLE = "|".join(sorted(ROLES, key=len, reverse=True))
_ROLE = pattern(rf"\b[Tt]he ({_ANY_ROLE})\b(?![-/])|^(?i:({_ANY_ROLE})):?(?=\s)")
_NAMED_KINDS = tuple(str(kind) for kind in Kind if kind not in NO_RESOURCES)


def _is_shared(fact: Fact) -> bool:
    """Whether all workloads may have a fact in common, as a document says of them in one sentence."""
    return fact.attribute in ("imagePullPolicy", "strategy", "replicas") or fact.attribute.startswith(
        (Prefix.SECURITY_CONTEXT, f"{Prefix.SPEC}strategy.")
    )


def _is_open(text: str) -> bool:
    """Whether a text says what may be, was, or is not; *never as root*, and the policy *Never*, are none of these."""
    bare = _NOT_ROOT.sub("", _IN_CODE.sub("", text))
    return _HEDGED.search(bare) is not None or _DENIED.search(bare) is not None


_IN_CODE = pattern(r"`[^`]*`")
_NOT_ROOT = pattern(
    r"(?-i:\bNever\b)(?!\s+\w)|\b(?:never|not) as root\b|\bnon-root\b|\b(?:no|without) privilege escalation\b",
    re.IGNORECASE,
)


_LIKE: dict[str, str] = {
    Kind.SERVICE: "is of type ClusterIP and listens on port 8000",
    Kind.CONFIG_MAP: "contains the keys `LOG_LEVEL` and `API_URL`",
    Kind.SECRET: "contains the keys `TOKEN` and `PASSWORD`",
    Kind.PERSISTENT_VOLUME_CLAIM: "has size 5Gi",
    Kind.HORIZONTAL_POD_AUTOSCALER: "has min replicas 2 and max replicas 5",
    Kind.INGRESS: "has host shop.example.com",
}


def _like(entity: Entity, left: list[Value]) -> str:
    """The nearest form that is read, for values of which nothing was understood."""
    if entity.kind in WORKLOAD_KINDS and all(value.of_probe for value in left):
        return f"a probe is read below the name '{entity.known_as}', as '- Liveness Probe: GET /health, period 10s'"
    said = _LIKE.get(
        entity.kind, "has 2 replicas, listens on port 8000, requests 100m CPU and is limited to 1Gi memory"
    )
    return f"a sentence is read that looks like: The {entity.kind} `{entity.known_as}` {said}."


def _kind(words: str) -> str:
    found = kind_of_words(words)
    return found[0] if found else ""
