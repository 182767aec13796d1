"""What has been read of a document so far: statements of entities whose names may come later, and prose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import firmest, later_of
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.names import Names, parts_of
from todo_lint.model.reading.outside import KINDS, called_so
from todo_lint.model.reading.scope import Scope
from todo_lint.model.secrecy import HIDDEN, masked, names_secret, redacted
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Attribute, DataModel, Kind, Modality, Prose, Statement
from todo_lint.records import dataclass, field, replace

MOST_STATEMENTS = 60_000


class TooManyStatementsError(Exception):
    """A document makes more than ``MOST_STATEMENTS`` statements."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said: its line, the text of it that messages show, the environment and section around."""

    line: int
    text: str
    modality: Modality = Modality.REQUIRED
    environment: str = ""
    section: str = ""
    part: str = ""


@dataclass(slots=True)
class Page:
    """The statements and prose of a document while it is read."""

    lines: list[str]
    drafts: list[tuple[Entity, Statement]] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)
    entities: list[Entity] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    concealed: set[int] = field(default_factory=set)
    """Lines about keys of Secrets: where they are prose, nobody sees their text."""
    about: dict[int, str] = field(default_factory=dict)
    """The kinds of the entities in which lines are nested that state nothing."""
    spoken: list[tuple[Block, Scope]] = field(default_factory=list)
    """Paragraphs and items that have no other form, with what stands above them: sentences, maybe."""
    outside: set[int] = field(default_factory=set)
    """Lines about what is made outside of the chart."""
    mentions: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """What lines of prose name, by which a chart's reader may know what they speak of."""
    postponed: list[Callable[[], None]] = field(default_factory=list)
    """What is read once all names of the document are known, those in sentences too."""

    def add(self, entity: Entity) -> Entity:
        """Note an entity, so that its name is stated by its label where no line of its own does so."""
        if entity not in self.names:
            self.entities.append(entity)
            self.names.add(entity)
        return entity

    def workloads(self) -> list[Entity]:
        """The workloads that have a name so far, each once."""
        called = {(e.kind, e.known_as): e for e in self.entities if e.kind in WORKLOAD_KINDS and (e.name or e.stated)}
        return list(called.values())

    def nameless(self, kind: str, section: str) -> Entity:
        """The one entity of a kind whose facts a section states without a name; another line may give it."""
        last = self.entities[-1] if self.entities else None
        if last is not None and (last.kind, last.section, last.known_as) == (kind, section, ""):
            return last
        return self.add(Entity(kind, section=section))

    def only(self, kind: str) -> Entity:
        """The one entity of a kind of which lines in several sections speak without a name."""
        known = next((e for e in self.entities if (e.kind, e.asked, e.known_as) == (kind, ONLY, "")), None)
        return known or self.add(Entity(kind, announced=False, asked=ONLY))

    def find(self, kinds: Iterable[str], name: str) -> Entity | None:
        """The entity of one of some kinds that has a name, or is the only one with it as a part of its name."""
        wanted = tuple(kinds)
        slug = "-".join(name.lower().split())
        return self.names.named(wanted, name) or (self.names.only_part(wanted, slug) if slug else None)

    def state(self, entity: Entity, facts: Iterable[Fact], place: Place) -> None:
        """Note facts of an entity, or of each that it stands for. What it or the place puts off stays put off."""
        facts = tuple(facts)
        for member in entity.members:
            self.state(member, facts, place)
        for fact in facts if not entity.members else ():
            later = later_of(entity.modality, place.modality, fact.modality)
            modality = firmest(fact.modality, place.modality if place.modality is not Modality.REQUIRED else None)
            modality = later if later is not Modality.REQUIRED else modality
            if fact.attribute == Attribute.NAME and not entity.stated:
                entity.stated = fact.value
                self.names.renamed(entity)
            environment = fact.environment or place.environment or entity.environment
            statement = Statement(
                entity.kind, "", _attribute(fact.attribute), fact.value, modality, place.line,
                self._text(entity, place, fact.attribute),
                alternatives=fact.alternatives, bounds=fact.bounds, environment=environment,
                part=fact.part or place.part, section=place.section or entity.section,
            )  # fmt: skip
            self.drafts.append((entity, statement))
        if len(self.drafts) > MOST_STATEMENTS:
            raise TooManyStatementsError

    def unclear(self, entity: Entity, place: Place, hint: str) -> None:
        """Note a statement that was not understood; of what is still to come it is prose, for nothing need hold."""
        modality = later_of(entity.modality, place.modality)
        if modality is Modality.FUTURE:
            self.reasons[place.line] = f"of the future, and not understood: {hint}"
            if entity.kind == Kind.SECRET:
                self.conceal(place.line, place.line)
            return
        statement = Statement(
            entity.kind, "", Attribute.UNKNOWN, "", modality, place.line, self._text(entity, place), understood=False,
            hint=redacted(hint), section=place.section or entity.section,
        )  # fmt: skip
        self.drafts.append((entity, statement))

    def _text(self, entity: Entity, place: Place, attribute: str = "") -> str:
        """The text of a line as messages may show it: never the value of a secret."""
        if entity.kind == Kind.SECRET and place.text.startswith("|"):
            return place.text  # the reader of tables shows the names and keys alone
        if entity.kind == Kind.SECRET or names_secret(entity.kind, attribute):
            return masked(place.text)
        return redacted(place.text)

    def conceal(self, line: int, end_line: int) -> None:
        """Keep the text of lines that may hold a value of a Secret out of every output."""
        self.concealed.update(range(line, end_line + 1))

    def prose(self, line: int, end_line: int, reason: str) -> None:
        """Note lines that state nothing; the first reason stays."""
        for number in range(line, end_line + 1):
            self.reasons.setdefault(number, reason)

    def finish(self, file: str) -> DataModel:
        """Resolve names, and account for every line that is not blank."""
        self._match_roles()
        self._refuse_nameless()
        drafts = [*self.drafts, *self._labels()]
        chart = next((e.stated for e in self.entities if e.kind == Kind.CHART and e.stated), "Chart.yaml")
        statements = [
            self._placed(replace(statement, name=_name(entity, statement, chart))) for entity, statement in drafts
        ]
        statements = self._made_outside(_without_secrets(statements))
        statements = _once(sorted(statements, key=lambda s: (s.line, s.attribute != Attribute.NAME)))
        stated = {statement.line for statement in statements}
        prose = [
            Prose(
                number,
                HIDDEN if number in self.concealed else redacted(line.strip()),
                self.reasons.get(number, "mark-up"),
                self.mentions.get(number, ()),
            )
            for number, line in enumerate(self.lines, start=1)
            if line.strip() and number not in stated
        ]
        return DataModel(file, tuple(statements), tuple(prose))

    def _made_outside(self, statements: list[Statement]) -> list[Statement]:
        """The statements, those about what the document says is made outside of the chart as such."""
        outside = {(str(e.kind), e.known_as) for e in self.entities if called_so(e.text)}
        outside |= {(str(s.kind), s.name) for s in statements if s.line in self.outside}
        return [
            replace(s, modality=Modality.OUTSIDE)
            if s.kind in KINDS and (str(s.kind), s.name) in outside and s.understood and not s.later
            else s
            for s in statements
        ]

    def _placed(self, statement: Statement) -> Statement:
        """The statement with the column on which its line's text begins."""
        line = self.lines[statement.line - 1]
        return replace(statement, column=len(line) - len(line.lstrip()) + 1)

    def _match_roles(self) -> None:
        """An entity that is only described is the one of its kind that has the description in its name."""
        known: dict[tuple[str, str], set[str]] = {}
        for entity in self.entities:
            for part in parts_of(entity.stated or entity.name):
                known.setdefault((entity.kind, part), set()).add(entity.known_as)
        for entity in self.entities:
            found = known.get((entity.kind, entity.role), set())
            if not entity.stated and not entity.name and entity.role and len(found) == 1:
                (entity.stated,) = found

    def _refuse_nameless(self) -> None:
        """Facts of an entity without any name: those of the only one of its kind, else not understood, once.

        Where no entity of the kind has a name, the only nameless one is whatever the chart renders of that kind.
        """
        kept: list[tuple[Entity, Statement]] = []
        refused: dict[int, int] = {}
        names: dict[str, set[str]] = {}
        for entity in self.entities:
            names.setdefault(entity.kind, set()).update([entity.known_as] if entity.known_as else [])
        nameless = [(entity, s) for entity, s in self.drafts if _is_nameless(entity, s)]
        several = {kind: len({id(e) for e, _ in nameless if e.kind == kind}) > 1 for kind in names}
        for entity, statement in self.drafts:
            named = names.get(entity.kind, set())
            if not _is_nameless(entity, statement):
                kept.append((entity, statement))
            elif len(named) == 1:
                (entity.stated,) = named
                kept.append((entity, statement))
            elif not named and not several.get(entity.kind):
                kept.append((entity, statement))
            elif id(entity) in refused:
                self.prose(
                    statement.line, statement.line, f"belongs to line {refused[id(entity)]}, which is not understood"
                )
            else:
                refused[id(entity)] = statement.line
                ask = entity.asked or "state it: 'Name: ...', or in the heading"
                hint = f"no name is given for this {entity.kind}; {ask}"
                kept.append(
                    (entity, replace(statement, attribute=Attribute.UNKNOWN, value="", understood=False, hint=hint))
                )
        self.drafts = kept

    def _labels(self) -> Iterator[tuple[Entity, Statement]]:
        """The names that labels state: of entities without a line of their own for it, each once."""
        stated = {(s.kind, s.value): s.line for _, s in reversed(self.drafts) if s.attribute == Attribute.NAME}
        own = {entity for entity, statement in self.drafts if statement.attribute == Attribute.NAME}
        for entity in self.entities:
            if entity in own or not entity.name or not entity.announced or entity.kind in (Kind.CHART, Kind.VALUES):
                continue
            if stated.setdefault((entity.kind, entity.name), entity.line) < entity.line:
                continue
            place = Place(entity.line, entity.text, section=entity.section)
            page = Page(self.lines)
            page.state(entity, [named(entity.name)], place)
            yield from page.drafts


def _is_nameless(entity: Entity, statement: Statement) -> bool:
    """Whether a statement is about a resource that has no name; that there is one needs none."""
    nameless = not entity.known_as and entity.kind not in NO_RESOURCES
    return nameless and statement.understood and statement.attribute != Attribute.EXISTS


def named(name: str) -> Fact:
    """The fact that an entity has a name, in which parts may be placeholders."""
    from todo_lint.model.reading.firmness import has_placeholder

    return Fact(Attribute.NAME, name, Modality.PLACEHOLDER if has_placeholder(name) else Modality.REQUIRED)


def _attribute(attribute: str) -> str:
    return Attribute(attribute) if attribute in _ATTRIBUTES else attribute


_ATTRIBUTES = {str(attribute) for attribute in Attribute}


def _name(entity: Entity, statement: Statement, chart: str) -> str:
    if entity.kind == Kind.CHART:
        return entity.stated or chart
    if entity.kind == Kind.VALUES:
        return entity.name or "values.yaml"
    return entity.known_as


def _without_secrets(statements: list[Statement]) -> list[Statement]:
    """The statements without the values, in their words, of what is named like a secret on the same line."""
    secret: dict[int, list[str]] = {}
    for s in statements:
        if s.value and names_secret(s.kind, s.attribute):
            secret.setdefault(s.line, []).append(s.value)
    return [replace(s, text=_blotted(s.text, secret[s.line])) if s.line in secret else s for s in statements]


def _blotted(text: str, values: list[str]) -> str:
    for value in values:
        text = text.replace(value, HIDDEN)
    return text


def _once(statements: list[Statement]) -> list[Statement]:
    """The statements without those that one line makes twice; all that is not understood of a line is one."""
    seen: dict[tuple[object, ...], Statement] = {}
    hints: dict[int, dict[str, None]] = {}
    for s in statements:
        key = (s.line, s.kind, s.name, s.attribute, s.value, s.environment, s.part, s.understood)
        seen.setdefault(key if s.understood else (s.line,), s)
        if not s.understood:
            hints.setdefault(s.line, {})[s.hint] = None
    return [s if s.understood else replace(s, hint="; ".join(hints[s.line])) for s in seen.values()]


ONLY = "put it below a heading or an item with the name of one"
"""What to write where what is said of the only workload could be of several."""
CELL = "the value of the column "
"""How the hint of a cell begins that is not understood: what other cells of its row state does not make up for it."""
WORKLOAD_KINDS = frozenset(str(kind) for kind in WORKLOADS)
