"""A document in Markdown is walked through, each block read by the reader of its dialect."""

from __future__ import annotations

import re

from todo_lint.kubernetes_yaml.document import YamlDocument
from todo_lint.kubernetes_yaml.reader import read_document
from todo_lint.model.reading.code.fences import read_fence
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.kinds import kind_before, may_be_name, misspelt_kind, read_label, slug
from todo_lint.model.reading.lists import nesting
from todo_lint.model.reading.lists.chart_parts import TOPIC, announced_below, announces_parts
from todo_lint.model.reading.lists.components import declared_kind, names_one, states_any
from todo_lint.model.reading.lists.items import read_item, refuse
from todo_lint.model.reading.lists.titles import remarked, split
from todo_lint.model.reading.lists.trees import read_tree
from todo_lint.model.reading.markup.outline import LONGEST, Block, outline, whole_lines
from todo_lint.model.reading.markup.unclosed import closing_of
from todo_lint.model.reading.outside import said_so
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place, named
from todo_lint.model.reading.parts import is_part
from todo_lint.model.reading.prose import paragraphs
from todo_lint.model.reading.prose.announced import FIELDS, fields_of_all, variables_of_all
from todo_lint.model.reading.prose.mentions import note_mentions
from todo_lint.model.reading.prose.overlooked import html_table, tell_overlooked
from todo_lint.model.reading.prose.sentences import read_sentences
from todo_lint.model.reading.scope import NO_ENTITY, Scope, below, describes_resource
from todo_lint.model.reading.tables.captions import held_in, probed
from todo_lint.model.reading.tables.tables import read_table
from todo_lint.model.reading.text import plain, without_remarks, words_of
from todo_lint.model.statements import Kind, Modality
from todo_lint.records import replace

_UNREAD = "which is not understood"
_UNCLOSED = "a table in HTML is read where it is closed, without a blank line before lines that are indented"
_LABELS = 7
"""The level of bold labels between paragraphs: below any heading."""


class Walker:
    """Goes through a document, and keeps what its headings say."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.stack: list[tuple[int, Scope]] = []
        self.caption = ""
        self.scopes: dict[int, Scope] = {}

    @property
    def scope(self) -> Scope:
        """What the headings and labels above say."""
        return self.stack[-1][1] if self.stack else Scope()

    def read(self, blocks: tuple[Block, ...]) -> None:
        """Read blocks in their order."""
        for number, block in enumerate(blocks):
            self._note_scope(block)
            if self._is_about_secrets(block):
                self._conceal(block)
            if block.length > LONGEST:
                self._too_long(block)
            elif block.type == "heading":
                self._heading(block, blocks[number + 1 :])
            elif block.type == "paragraph":
                self._paragraph(block)
            elif block.type == "item":
                self.read_nested(read_item(self.page, block, self.scope))
            elif block.type == "table":
                above = blocks[number - 1] if number and blocks[number - 1].type == "paragraph" else None
                told = held_in(self.page, above, block, self.scope) or probed(self.page, above, block, self.scope)
                read_table(self.page, block, told or self.scope)
            elif block.type == "fence":
                self._fence(block)
            else:
                self._markup(block)
            if block.type != "paragraph":
                self.caption = ""

    def _is_about_secrets(self, block: Block) -> bool:
        """Whether a block may hold a value of a Secret: of a paragraph, what is quoted, code or looks made up."""
        about = Kind.SECRET in (self.scope.kind, self.scope.entity.kind if self.scope.entity else "")
        if block.type == "heading":
            return re.search(r"secret.*\(.*[:=]", block.text, re.IGNORECASE) is not None
        if not about:
            return False
        if block.type == "paragraph":
            return re.search(r"[\"'`=]|:\s*\S|\w{3}\d|\d\w{3}", block.marked) is not None
        return block.type == "fence" or block.info == "html" or self.scope.silent.endswith(_UNREAD)

    def _conceal(self, block: Block) -> None:
        """Below a heading that may speak of Secrets, nobody sees the lines that are not read."""
        self.page.conceal(block.line, block.end_line)
        for child in block.children:
            self._conceal(child)

    def _fence(self, block: Block) -> None:
        if not read_tree(self.page, block, self.scope):
            read_fence(self.page, block, self.scope, self.caption)

    def _markup(self, block: Block) -> None:
        """HTML that has no form of Markdown states nothing; what is not closed and hides what follows is told."""
        line, hint, modality = html_table(self.page.lines, block), _UNCLOSED, self.scope.modality
        if closing := closing_of("\n".join(self.page.lines[block.line - 1 : block.end_line])):
            line, modality = block.line, Modality.REQUIRED  # whatever the lines speak of that it hides
            hint = f"it is not closed, and hides all lines down to line {block.end_line}; close it with '{closing}'"
        elif self.scope.silent or block.info:
            line = 0
        if line:
            place = Place(line, self.page.lines[line - 1].strip(), modality, section=self.scope.section)
            self.page.unclear(NO_ENTITY, place, hint)
        self.page.prose(block.line, block.end_line, "mark-up")

    def _note_scope(self, block: Block) -> None:
        """Keep what stands above the lines of a block, and of what is nested in it."""
        if self.scope.outside and block.type != "heading":
            self.page.outside.update(range(block.line, block.end_line + 1))
        if self.scope.kind or self.scope.about:
            for line in range(block.line, block.end_line + 1):
                self.scopes[line] = self.scope
            for child in block.children:
                self._note_scope(child)

    def read_nested(self, blocks: list[Block]) -> None:
        """Read tables and code blocks that are nested in items."""
        for block in blocks:
            if block.type in ("table", "fence"):
                self.read((block,))
            else:
                self.page.prose(block.line, block.end_line, "mark-up")

    def _too_long(self, block: Block) -> None:
        """A text of such a length explains; of a list item that cannot be told."""
        if block.type == "item":
            refuse(self.page, block)
            self.read_nested(list(block.children))
        else:
            self.page.prose(block.line, block.end_line, f"a text of more than {LONGEST:,} characters")

    def _open(self, level: int, text: str, block: Block) -> None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        above = self.scope
        scope, label = below(above, text, block.line, block.text, level=level)
        if scope.entity is not None and scope.entity is not above.entity:
            entity = scope.entity
            if not entity.name and not entity.role and above.about in nesting.ROLES:
                entity.role = above.about
            self.page.add(entity)
            place = Place(block.line, block.text, scope.modality, scope.environment, scope.section)
            self.page.state(entity, remarked(label), place)
        elif found := self._container(text):
            scope = replace(scope, entity=found, kind=found.kind)
        elif not label.kind and level > 1 and not scope.silent and (near := misspelt_kind(text)):
            place = Place(block.line, block.text, section=scope.section)
            self.page.unclear(NO_ENTITY, place, f"'{near[0]}' is not a kind; nearest: {near[1]}")
            below_it = f"below line {block.line}, {_UNREAD}"
            kind = Kind.SECRET if near[1].startswith(Kind.SECRET) else ""
            scope = replace(scope, entity=None, kind=kind, silent=below_it)
        self.stack.append((level, scope))

    def _declare(self, block: Block, following: tuple[Block, ...]) -> None:
        """Below a heading that names a part of the system, a line or the heading above says what kind that is."""
        level, scope = self.stack[-1]
        about = re.sub(r"^(?:the |component\b:? +)", "", scope.about)
        if scope.silent or not about:
            return
        kind = declared_kind(following)
        if not kind and scope.entity is None and describes_resource(scope.kind) and names_one(about):
            kind = scope.kind if states_any(scope.kind, following) else ""
        if not kind and scope.entity is None and (before := kind_before(block.marked)):
            kind, about = before[0], words_of(before[1])
            kind = kind if names_one(about) and states_any(kind, following) else ""
        if not kind:
            return
        label = read_label(re.sub(r"^component\b:?\s+", "", block.marked, flags=re.IGNORECASE), kind)
        entity = Entity(
            *(kind, label.name, slug(about.split()), block.line, block.text),
            *(scope.modality, scope.environment, scope.section),
        )
        self.stack[-1] = (level, replace(scope, kind=kind, entity=self.page.add(entity), topic=""))

    def _container(self, text: str) -> Entity | None:
        """The workload that a heading such as ``Backend Container`` is about."""
        match = re.fullmatch(
            r"(?:[\d.]+ )?(.+?) (?:containers?|pods?)(?: (?:configuration|specification|settings))?:?",
            text.replace("*", "").strip(),
            re.IGNORECASE,
        )
        found = self.page.find(WORKLOAD_KINDS, match[1]) if match else None
        if match is None or found or not is_part(match[1]) or self.scope.silent:
            return found
        section = self.scope.section  # one that is not named so far: ``Frontend Container Configuration``
        return self.page.add(Entity(Kind.DEPLOYMENT, role=slug(match[1].lower().split()), section=section))

    def _heading(self, block: Block, following: tuple[Block, ...]) -> None:
        self._open(block.level, block.marked.replace("\n", " "), block)
        self._declare(block, following)
        self.page.prose(block.line, block.end_line, "a heading")

    def _paragraph(self, block: Block) -> None:
        self.caption = block.text
        if self.scope.topic == TOPIC or self.scope.about == FIELDS:
            self.stack.pop()
        if (said := nesting.introduced(block)) and not self.scope.silent:
            self._introduction(block, said)
            return
        if block.strong and block.line == block.end_line and _is_label(block):
            self._open(_LABELS, block.marked, block)
            self.page.prose(block.line, block.end_line, "a label of the lines below it")
        elif label := self._unmarked_label(block):
            self._open(_LABELS, label, block)
            self.page.prose(block.line, block.end_line, "a label of the lines below it")
        elif block.strong and self.scope.entity is not None and not self.scope.silent:
            self._lines(block)
        elif items := paragraphs.summaries(block, self.scope):
            self._items(items, replace(self.scope, topic="", kind="", entity=None))
        elif items := paragraphs.stating(block, self.scope):
            self._items(items, replace(self.scope, topic=""))
        elif name := self._name(block):
            place = Place(block.line, block.text, self.scope.modality, self.scope.environment, self.scope.section)
            self.page.state(self.scope.entity or NO_ENTITY, [named(name)], place)
        else:
            self.page.prose(block.line, block.end_line, "prose")
            self.page.spoken.append((block, self.scope))
            self._note_outside(block)
            parts = announced_below(self.scope) if self._announces_parts(block) else None
            of_all = parts or variables_of_all(self.page, block, self.scope)
            if scope := of_all or fields_of_all(self.page, block, self.scope):
                self.stack = [*(above for above in self.stack if above[0] < _LABELS), (_LABELS, scope)]

    def _announces_parts(self, block: Block) -> bool:
        return not self.scope.silent and announces_parts(block.text)

    def _note_outside(self, block: Block) -> None:
        """Below a sentence that all Secrets are made outside of the chart, those of its section are."""
        about = f"{self.scope.kind} {self.scope.section}".lower()
        if self.stack and "secret" in about and said_so(block.text):
            level, scope = self.stack[-1]
            self.stack[-1] = (level, replace(scope, outside=True))

    def _introduction(self, block: Block, said: str) -> None:
        """A sentence that announces what is said of a resource: in the lines of its paragraph, or in those below."""
        self._open(_LABELS, said, block)
        self.page.prose(block.line, block.line, "a label of the lines below it")
        self._items(nesting.lettered(block), self.scope)
        self.page.prose(block.line, block.end_line, "prose")

    def _items(self, items: list[Block], scope: Scope) -> None:
        for item in items:
            self.read_nested(read_item(self.page, item, scope))

    def _unmarked_label(self, block: Block) -> str:
        """The text of a paragraph that is no more than a kind, a name in code marks and a colon, or such a name."""
        heading = next((scope for level, scope in reversed(self.stack) if level < _LABELS), Scope())
        return "" if self.scope.silent else paragraphs.naming(block, heading) or paragraphs.label_of(block)

    def _name(self, block: Block) -> str:
        """The name, in code marks alone on its line, of what the heading above describes without one."""
        entity = self.scope.entity
        if entity is None or entity.known_as or self.scope.silent or not describes_resource(entity.kind):
            return ""
        name = plain(block.marked)
        return name if block.marked == f"`{name}`" and may_be_name(name) else ""

    def _lines(self, block: Block) -> None:
        """A paragraph in which each line is ``**Key**: value``; the last may be the label of what stands below it."""
        lines = whole_lines(block)
        label = lines[-1] if len(lines) > 1 and lines[-1].strong and _is_label(lines[-1]) else None
        stating = lines[:-1] if label else lines
        if not lines or not all(line.strong and split(line)[1] for line in stating):
            self.page.prose(block.line, block.end_line, "prose")
            self.page.spoken.append((block, self.scope))
            return
        for item in stating:
            read_item(self.page, item, replace(self.scope, topic=""))
        if label:
            self._open(_LABELS, label.marked, label)
            self.page.prose(label.line, label.end_line, "a label of the lines below it")


def _is_label(block: Block) -> bool:
    """Whether a paragraph is a label: bold as a whole, ending in a colon, or a kind in bold and a name as code."""
    whole = all(part.style == "strong" or part.text.strip() in ("", ":") for part in block.inlines)
    if whole or (block.marked.endswith(":") and not split(block)[1] and "." not in block.text[:-1].split(" ")[-1]):
        return True
    bare = without_remarks(block.marked)
    between = "".join(part.text for part in block.inlines if not part.style)
    named = bare.endswith("`") and not without_remarks(between).strip(" :-")
    return named and bool(read_label(bare).name)


def read_page(text: str) -> Page:
    """Read a document in Markdown, with line feeds alone, into a page of statements and prose."""
    lines = text.split("\n")
    page = Page(lines)
    body = text
    if end := _front_matter(lines):
        page.prose(1, end, "front matter")
        body = "\n".join([""] * end + lines[end:])
    walker = Walker(page)
    walker.read(outline(body))
    read_sentences(page)
    for read in page.postponed:
        read()
    tell_overlooked(page, walker.scopes)
    note_mentions(page, walker.scopes)
    return page


def _front_matter(lines: list[str]) -> int:
    """The last line of front matter in YAML, or 0."""
    if lines[0].rstrip() != "---":
        return 0
    end = next((n for n, line in enumerate(lines[1:], start=2) if re.fullmatch(r"(?:---|\.\.\.)\s*", line)), 0)
    inside = read_document("\n".join(lines[1 : end - 1])) if end else None
    return end if isinstance(inside, YamlDocument) and isinstance(inside.value, dict) else 0


__all__ = ["Entity", "Kind", "Walker", "read_page"]
