"""What a sentence speaks of: a kind and a name, a name in code marks, a part of the system, *it*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import kind_of_words, may_be_name, read_label
from todo_lint.model.reading.lists.nesting import KIND_WORDS, ROLES, is_own_name
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, named
from todo_lint.model.reading.prose.spoken import Sentence, without_code
from todo_lint.model.reading.scope import describes_resource
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Kind
from todo_lint.patterns import pattern

CODE_NAME = r"`(?P<{0}>[a-z0-9][a-z0-9.-]*)`"
MODAL = r"(?i:(?:also|always|then|thus|will|shall|must)\s+)*"
_VERB = (
    r"(?:is|are|be|remains?|stays?|has|have|runs?|uses?|listens?|answers?|exposes?|serves?|requests?|asks|needs|forwards?|maps?|routes?|sends?|"
    r"gets?|selects?|contains?|holds?|stores?|provides?|exists?|limits?|pulls?|with)\b"
)
_INTRODUCED = pattern(
    rf"\b(?:an?|the|one|second|single|our)?\s*(?P<kind>{KIND_WORDS})(?:,|\s+(?:named|called))?\s+{CODE_NAME.format('name')}"
    rf"|\b(?:an?|the)\s+{CODE_NAME.format('first')}\s+(?P<after>{KIND_WORDS})\b",
    re.IGNORECASE,
)
_SUBJECT = pattern(
    r"(?P<kinded>(?:(?:an?|the|one|second|single|our|each)\s+)*"
    rf"(?:(?P<kind>{KIND_WORDS})(?:,|\s+(?:named|called))?\s+{CODE_NAME.format('name')}"
    rf"|{CODE_NAME.format('first')}\s+(?P<after>{KIND_WORDS})\b))"
    rf"|(?:(?:the\s+)?(?:containers?|pods?)\s+of\s+)?{CODE_NAME.format('code')}"
    rf"|(?P<its>its)(?=\s+\w)"
    rf"|(?P<this>it\b|(?:this|the)\s+(?P<thiskind>{KIND_WORDS})\b)"
    rf"|(?P<role>(?:the\s+|each\s+|every\s+)?(?P<who>{'|'.join(sorted(ROLES, key=len, reverse=True))})"
    r"(?:'s)?(?:\s+(?P<part>containers?|pods?|deployment|service|workload|application|app))?)\b(?![-/])",
    re.IGNORECASE,
)
_FOLLOWS = pattern(
    rf"\s+{MODAL}(?P<verb>{_VERB})|\s*,\s+(?P<apposed>(?:an?|version|"
    r"starting (?:at|with)|also|with|which|whose|that|one|two|three|\d+|image|port|replicas?)\s)"
    r"|\s+(?P<of>(?:under|of)\s)|\s*(?P<remark>\()"
    r"|(?P<key>(?:'s)?\s+(?:[\w-]+\s+){0,3}?(?:is|are)\s)",
    re.IGNORECASE,
)
_JOINED = pattern(r"(?:`[a-z0-9][a-z0-9.-]*`,? )+and $")
_BOUNDARY = pattern(
    r"(?:^|[,;:(]|\b(?:and|so|but|while|whereas|that|where|through|by|via|in|as|to|ship|have|also|,))\s*$", re.I
)


SPOKEN_OF = (*WORKLOADS, Kind.SERVICE, Kind.PERSISTENT_VOLUME_CLAIM)
"""The kinds of which a text without a subject speaks, below a heading of one."""
_VERB_FIRST = pattern(rf"{MODAL}{_VERB}", re.IGNORECASE)
_CODE = pattern(r"`([a-z0-9][a-z0-9.-]*)`")
_BARE = pattern(r"(?<![\w./-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w./-])")
_ANY_ROLE = "|".join(sorted(ROLES, key=len, reverse=True))
_ROLE = pattern(rf"\b[Tt]he ({_ANY_ROLE})\b(?![-/])|^(?i:({_ANY_ROLE})):?(?=\s)")
_NAMED_KINDS = tuple(str(kind) for kind in Kind if kind not in NO_RESOURCES)


def kind_of(words: str) -> str:
    """The kind that words name; empty where they name none."""
    found = kind_of_words(words)
    return found[0] if found else ""


_SHORTEST = 2
_MOST = 50
"""So many names that are words, of more letters than that, are looked for in sentences."""


class Subjects:
    """Finds the entities that sentences name; ``mentioned`` are the kinds by which any of them calls a name."""

    def __init__(self, page: Page, sentences: Iterable[Sentence]) -> None:
        self.page = page
        self.previous: Entity | None = None
        self._sections: dict[str, list[tuple[Entity, int]]] = {}
        self._named: list[Entity] = []
        self._called: re.Pattern[str] | None = None
        self._kind_of: dict[str, str] = {}
        self.mentioned: dict[str, set[str]] = {}
        for one in sentences:
            for match in _INTRODUCED.finditer(one.text):
                name = match["name"] or match["first"]
                self.mentioned.setdefault(name, set()).add(kind_of(match["kind"] or match["after"]))

    def with_kinds(self, text: str) -> str:
        """A text in which *the mailer* is ``the Deployment `mailer```, where the document has one of that name."""
        if self._called is None:
            self._called = self._names_in_words()
        return self._called.sub(lambda match: f"{self._kind_of[match[1].lower()]} `{match[1].lower()}`", text)

    def _names_in_words(self) -> re.Pattern[str]:
        """What finds the names of workloads that are words, in front of a verb."""
        known = {entity.known_as: entity.kind for entity in self.page.workloads()}
        for name, kinds in self.mentioned.items():
            known.update((name, kind) for kind in kinds if kind in WORKLOAD_KINDS and name not in known)
        plain = [name for name in known if name.isalpha() and len(name) > _SHORTEST and name not in ROLES][:_MOST]
        self._kind_of = {name: str(known[name]) for name in plain}
        words = "|".join(sorted(plain, key=len, reverse=True)) or r"(?!)"
        return re.compile(rf"\b(?<=[Tt]he )({words})(?=\s+{MODAL}{_VERB})")

    def clauses(self, text: str) -> Iterator[tuple[int, int, Entity, str]]:
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
            predicate = re.sub(rf"^(?:'s)?[\s,]*{MODAL}", "", text[end:stop])
            yield start, stop, entity, predicate

    def _joined(self, before: str, match: re.Match[str], entity: Entity) -> Iterator[Entity]:
        """The other subjects of ```a`, `b` and `c``` of which the last is found."""
        joined = _JOINED.search(before) if match["code"] else None
        for name in re.findall(r"`([^`]+)`", joined[0]) if joined else ():
            if other := self.named(entity.kind, name):
                yield other

    def subjectless(self, one: Sentence, text: str) -> Iterator[tuple[int, int, Entity, str]]:
        """``Runs as user 1000``: of the entity that the heading or label above is about."""
        entity = one.scope.entity
        if entity is not None and describes_resource(entity.kind) and _VERB_FIRST.match(text):
            first = next((start for start, *_ in self.clauses(text)), len(text))
            yield 0, first, entity, re.sub(rf"^{MODAL}", "", text[:first])

    def _subject(self, match: re.Match[str]) -> Entity | None:
        """The entity that a subject names."""
        if match["kinded"]:
            name, kind = match["name"] or match["first"], kind_of(match["kind"] or match["after"])
            return self.named(kind, name)
        if match["code"]:
            kinds = self.kinds_of(match["code"])
            return self.named(kinds.pop(), match["code"]) if len(kinds) == 1 else None
        if match["role"]:
            return self.of_role(match["who"].lower(), (match["part"] or "").lower())
        return self._this(match)

    def _this(self, match: re.Match[str]) -> Entity | None:
        """What *it*, *its* and *the Deployment* speak of: the subject before, or what the heading is about."""
        if (match["thiskind"] or "").lower() == "chart":
            return self.chart
        entity = self.previous
        if entity is None or (not describes_resource(entity.kind) and entity.kind != Kind.CHART):
            return None
        return entity if not match["thiskind"] or kind_of(match["thiskind"]) == entity.kind else None

    def of_role(self, who: str, part: str) -> Entity | None:
        """The one workload, or Service, whose name has the word for a part of the system in it."""
        kinds = (Kind.SERVICE,) if part == "service" else tuple(WORKLOAD_KINDS)
        known = self.page.find(kinds, who)
        if known is not None:
            return known
        names = {(kind, name) for name, of in self.mentioned.items() for kind in of if who in name.split("-")}
        fitting = [(kind, name) for kind, name in names if kind in kinds]
        return self.named(*fitting[0]) if len(fitting) == 1 else None

    def kinds_of(self, name: str) -> set[str]:
        """The kinds of which the document has a resource of a name, or that the name itself has at its end."""
        known = {kind for kind in _NAMED_KINDS if self.page.names.named((kind,), name)}
        known = known or set(self.mentioned.get(name, ()))
        label = read_label(f"`{name}`")
        return known or ({label.kind} if label.name == name and describes_resource(label.kind) else set())

    def named(self, kind: str, name: str) -> Entity | None:
        """The resource of a kind and a name, a new one where the document has none; None for what is no name."""
        if not is_own_name(name) or not kind:
            return None
        return self.page.names.named((kind,), name) or Entity(kind, name)

    def mentions(self, one: Sentence) -> Iterator[Entity]:
        """The entities that a sentence speaks of."""
        for match in _CODE.finditer(one.text):
            for kind in self.kinds_of(match[1]) if may_be_name(match[1]) else ():
                if found := self.named(kind, match[1]):
                    yield found
        for match in _BARE.finditer(without_code(one.text)):
            label = read_label(match[0])
            if label.name == match[0] and (found := self.named(label.kind, label.name)):
                yield found
        for match in _ROLE.finditer(one.text):
            if found := self.of_role((match[1] or match[2]).lower(), ""):
                yield found
        if one.scope.entity is not None and one.scope.entity.kind in SPOKEN_OF:
            yield one.scope.entity

    def workloads_of(self, one: Sentence, *, named_all: bool) -> list[Entity]:
        """The workloads that a sentence means which names none: what stands above it is about, else all.

        Args:
            one: the sentence.
            named_all: whether it says that it means all; else it means those of which its section speaks.
        """
        above = one.scope.entity
        if above is not None and above.kind in WORKLOAD_KINDS and (above.members or above.known_as):
            return above.members or [above]
        if one.scope.part and (found := self.page.find(WORKLOAD_KINDS, one.scope.part)):
            return [found]
        section = "" if one.listed else one.scope.section
        near = {id(e) for e, line in self.of_section(section) if line != one.line}
        workloads = self._workloads()
        return [e for e in workloads if not named_all and id(e) in near] or workloads

    def of_section(self, section: str) -> list[tuple[Entity, int]]:
        """The entities of which a section has said something so far, each with the line; looked up once for all."""
        if not self._sections:
            for entity, statement in self.page.drafts:
                self._sections.setdefault(statement.section, []).append((entity, statement.line))
        return self._sections.get(section, []) if section else []

    def _workloads(self) -> list[Entity]:
        if not self._named:
            self._named = self.page.workloads()
        return self._named

    def renew(self) -> None:
        """Forget what was looked up once for all: since then more was read."""
        self._sections, self._named = {}, []

    @property
    def chart(self) -> Entity:
        """The chart, which a document need not name."""
        return next((e for e in self.page.entities if e.kind == Kind.CHART), Entity(Kind.CHART))

    def state(self, one: Sentence, entity: Entity, facts: Iterable[Fact]) -> None:
        """State facts of an entity, which becomes one of the document."""
        if entity not in self.page.names:
            entity.line, entity.text, entity.section = one.line, one.text, one.scope.section
        name = [named(entity.name)] if entity.kind == Kind.CHART and entity.name and not entity.stated else []
        self.page.state(self.page.add(entity), (*name, *facts), one.place)
        self.page.reasons.pop(one.line, None)
