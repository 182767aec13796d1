"""Code blocks in YAML or JSON: manifests, fragments of manifests, values, and typed blocks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from todo_lint.findings import Route, format_route
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import at
from todo_lint.model.reading.code import assignments, choices, typed
from todo_lint.model.reading.code.manifests import FRAGMENT_KEYS, Field, is_of_workload, read_fields, show
from todo_lint.model.reading.code.templates import Templated
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import alternatives, environment_of, firmest, has_placeholder, modality_at_start
from todo_lint.model.reading.kinds import Label, read_label
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.scope import NO_ENTITY, Scope, describes_resource
from todo_lint.model.reading.text import EMPTY
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import WORKLOADS, Kind, Modality, kind_named
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace

_LANGUAGES = ("yaml", "yml", "json", "helm", "")
_CHART_KEYS = {"apiVersion", "name", "version", "appVersion", "description", "type", "dependencies", "kubeVersion",
               "keywords", "maintainers", "home", "sources", "icon"}  # fmt: skip


def read_fence(page: Page, block: Block, scope: Scope, caption: str) -> None:
    """Read a code block. ``caption`` is the paragraph right above it, which may say what it is."""
    page.prose(block.line, block.line, "the edge of a code block")
    language = block.info.split()[0].strip("{}.").lower() if block.info else ""
    if scope.silent:
        page.prose(block.line, block.end_line, f"a code block {scope.silent}")
    elif language in assignments.LANGUAGES and assignments.read_assignments(page, block, scope):
        return
    elif language not in _LANGUAGES:
        page.prose(block.line, block.end_line, f"a code block in {language}")
    elif not language and not _looks_like_manifest(block.content):
        page.prose(block.line, block.end_line, "a code block without a language")
    else:
        _read(page, block, _captioned(scope, caption), caption)
        page.prose(block.line, block.end_line, "part of the code block around it")


_EXAMPLES = pattern(
    r"\be\.\s?g\.|\bfor (?:example|instance)\b|\bsuch as\b|\bcan (?:include|look|be)\b|"
    r"\b(?:in|by|with|is|here|see) (?:\w+ ){0,2}example\b",
    re.IGNORECASE,
)


def _captioned(scope: Scope, caption: str) -> Scope:
    """The scope of a block below a paragraph that says it is one of many: ``can include others``."""
    example = scope.modality is Modality.REQUIRED and _EXAMPLES.search(caption)
    return replace(scope, modality=Modality.EXAMPLE) if example else scope


def _looks_like_manifest(content: str) -> bool:
    return re.search(r"^kind:\s*\w+\s*$", content, re.MULTILINE) is not None


def _read(page: Page, block: Block, scope: Scope, caption: str) -> None:
    templated = Templated(block.content)
    lines = block.content.split("\n")
    for document in read_stream(templated.text, first_line=block.first_line):
        if isinstance(document, YamlProblem):
            if isinstance(loose := typed.read_loosely(block.content, block.first_line), YamlDocument):
                _Reader(
                    page, loose, templated, scope, _said(lines, block, loose, caption, scope), block, lines, caption
                ).read()
            elif choices.instructs(caption):
                page.prose(block.line, block.end_line, choices.REASON)
            elif block.info.lower().startswith("json") and not _OF_A_MANIFEST.search(block.content):
                page.prose(block.line, block.end_line, "a code block about nothing that a chart renders")
            else:
                page.unclear(NO_ENTITY, _place(page, block.line, scope), f"it is no YAML: {document.message}")
            return
        if document.value is not None:
            _Reader(
                page, document, templated, scope, _said(lines, block, document, caption, scope), block, lines, caption
            ).read()


_OF_A_MANIFEST = pattern(
    r"\"(?:apiVersion|kind|metadata|spec|replicas|replicaCount|image|containers|ports?|resources|data)\"\s*:"
)
"""Keys by which JSON that cannot be read is part of a manifest or of the values, and no message of an API."""


def _place(page: Page, line: int, scope: Scope) -> Place:
    return Place(line, page.lines[line - 1].strip(), scope.modality, scope.environment, scope.section)


_COMMENT = pattern(r"\s*#+\s*(.*?)\s*")


def _said(lines: list[str], block: Block, document: YamlDocument, caption: str, scope: Scope) -> Label:
    """What the lines right above a YAML document say it is: its first comment, else the paragraph before."""
    for text in itertools.islice(lines, document.line - block.first_line, None):
        comment = _COMMENT.fullmatch(text)
        if text.strip() in ("", "---"):
            continue
        if not comment:
            break
        if (label := _label(comment[1])).kind:
            return label
    return _label(caption, scope.kind if scope.entity is None else None)


def _label(text: str, section: str | None = None) -> Label:
    """What a comment or caption names: as a whole, or by a file in it, or by the kind with which it ends."""
    if file := re.search(r"\b((?:\w+[-._])?values(?:[-._]\w+)?\.ya?ml|Chart\.yaml)\b", text, re.IGNORECASE):
        return read_label(file[1])
    if len(text.split()) > 8:
        return Label()
    label = read_label(text, section)
    return label if label.kind else read_label(" ".join(text.replace(":", "").split()[-1:]))


@dataclass(slots=True)
class _Reader:
    """Reads one YAML document of a code block."""

    page: Page
    document: YamlDocument
    templated: Templated
    scope: Scope
    said: Label
    block: Block
    lines: list[str]
    caption: str = ""

    def read(self) -> None:
        value = self.document.value
        twice = self.document.duplicates
        if twice and not self.templated.has_actions:
            hint = f"{format_route(twice[0].route)} is written twice in one block; put each into a block of its own"
            self.page.unclear(NO_ENTITY, _place(self.page, twice[0].span.line, self.scope), hint)
        elif not isinstance(value, dict):
            self.page.prose(self.block.line, self.block.end_line, "a code block that holds no mapping")
        elif isinstance(kind := value.get("kind"), str):
            self._manifest(kind, value)
        elif self._is_chart(value):
            self._fields(self._entity(Kind.CHART), _chart_fields(value))
        elif choices.is_own_file(self.said) or (not self._is_of_resource() and choices.instructs(self.caption)):
            self.page.prose(self.block.line, self.block.end_line, choices.REASON)
        elif self._is_values():
            self._values(value)
        elif typed.is_typed(value):
            self.page.prose(self.block.line, self.block.end_line, "it describes types")
        else:
            self._fragment(value)

    def _manifest(self, kind: str, value: dict[str, Json]) -> None:
        value = self._without_types(value)
        if kind == "List" and isinstance(value.get("items"), list):
            self._unclear("a List is not read; write its items as documents of their own, with --- between")
            return
        if kind == Kind.SECRET:
            self.page.conceal(self.block.line, self.block.end_line)
        if kind == Kind.POD and _EXAMPLE_NAME.search(_own_name(value)):
            self.scope = replace(self.scope, modality=Modality.EXAMPLE)
        entity = self.page.add(Entity(kind_named(kind), modality=self.scope.modality, section=self.scope.section))
        above = self.scope.entity
        if above is not None and above.kind == entity.kind and above.stated in ("", _own_name(value)):
            entity = above
        self._fields(entity, read_fields(entity.kind, value))

    def _without_types(self, value: dict[str, Json]) -> dict[str, Json]:
        """The manifest without what only names a type; defaults are noted as such."""
        if not typed.names_types(value):
            return value
        kept = typed.without_types(value, self._comment)
        return kept if isinstance(kept, dict) else value

    def _is_chart(self, value: Mapping[str, Json]) -> bool:
        named = self.said.kind == Kind.CHART or self._kind() == Kind.CHART
        looks = "name" in value and ("version" in value or value.get("apiVersion") == "v2")
        return (named or value.get("apiVersion") == "v2") and looks and value.keys() <= _CHART_KEYS

    def _is_values(self) -> bool:
        if self.said.kind and self.said.kind != Kind.CHART and (self.said.name or self._kind() != Kind.VALUES):
            return self.said.kind == Kind.VALUES
        return self._kind() == Kind.VALUES or (self._kind() == Kind.CHART and "value" in self.scope.about)

    def _is_of_resource(self) -> bool:
        """Whether a heading or a comment names the resource that the block is part of."""
        above = self.scope.entity
        named = above is not None and bool(above.known_as) and describes_resource(above.kind)
        return named or (describes_resource(self.said.kind) and bool(self.said.name))

    def _kind(self) -> str:
        return self.scope.entity.kind if self.scope.entity else self.scope.kind

    def _entity(self, kind: str, name: str = "") -> Entity:
        """The entity of the scope if it is of that kind, and of that name, else a new one."""
        above = self.scope.entity
        if above is not None and above.kind == kind and (not name or above.stated in ("", name)):
            return above
        environment = environment_of(self.said.name) or self._said_environment() or self.scope.environment
        entity = Entity(kind, self.said.name, self.said.role, section=self.scope.section, environment=environment)
        entity.announced = False
        return self.page.add(entity)

    def _said_environment(self) -> str:
        """The environment that the comment at the top of the block names: ``# Default values for production``."""
        first = next((line for line in self.lines if line.strip()), "")
        comment = _COMMENT.fullmatch(first)
        return environment_of(comment[1].rpartition(" for ")[2]) if comment and " for " in comment[1] else ""

    def _values(self, value: dict[str, Json], above: Route = ()) -> None:
        """Read the values that stand below a route of the block."""
        entity = self._entity(Kind.VALUES)
        for route, leaf in values_leaves(value, above):
            place = self._place(entity, route)
            attribute = values_key(route[len(above) :])
            comment = self._comment(route)
            if (isinstance(leaf, list) and typed.is_typed(leaf)) or (leaf is None and typed.is_typed(value)):
                self.page.prose(place.line, place.line, "it describes types")  # `{ memory, cpu }` names keys alone
            elif isinstance(leaf, str) and (default := typed.typed_value(leaf, comment)) is not None:
                if default:
                    self.page.state(entity, [Fact(attribute, default, Modality.DEFAULT)], place)
                else:
                    self.page.prose(place.line, place.line, "it describes a type")
            else:
                self.page.state(entity, [self._fact(attribute, show(leaf), route)], place)

    def _fragment(self, value: dict[str, Json]) -> None:
        kind = self.said.kind if self.said.is_entity or self.said.kind in _PLURAL_SAYS else self._kind()
        if choices.are_values(kind, value):
            self.page.prose(self.block.line, self.block.end_line, choices.REASON)
            return
        if kind in (Kind.IMAGE, Kind.CHART):
            self._fields(self._entity(kind), _known(kind, value))
            values = value.get("values")
            if kind == Kind.CHART and isinstance(values, dict):
                self._values(values, ("values",))
            return
        if not kind or kind in (Kind.NETWORK, Kind.SECURITY):
            self._about_nothing(value)
            return
        if kind in (Kind.CONFIG_MAP, Kind.SECRET):
            data = _data(value)
            if kind == Kind.SECRET:
                self.page.conceal(self.block.line, self.block.end_line)
            if data is None:
                self._about_nothing(value)
                return
            value = data
        entity = self._entity(kind, _own_name(value))
        if (
            not entity.known_as
            and "name" not in value
            and "metadata" not in value
            and entity is not self.scope.entity
        ):
            self._unclear("no entity is named above it; put it below a heading with a kind and a name")
            return
        if not entity.known_as and kind in WORKLOADS and not any(is_of_workload(kind, key) for key in value):
            self._about_nothing(value)
            return
        self._fields(entity, _friendly(kind, value))

    def _about_nothing(self, value: Mapping[str, Json]) -> None:
        """A block of which nothing says what it is: misread where it holds what a workload or a Service would."""
        if self.scope.modality is Modality.EXAMPLE:
            self.page.prose(self.block.line, self.block.end_line, "an example of nothing that is named")
            return
        known = (*FRAGMENT_KEYS, "labels", "selector", "ports", "data")
        labels = any(key.startswith(("app.kubernetes.io/", "helm.sh/")) for key in value)
        if (
            labels
            or any(key in known for key in value)
            or any(phrase_for(Kind.DEPLOYMENT, key) for key in value if key not in ("name", "memory", "cpu"))
        ):
            self._unclear("say above it what it describes: values.yaml, or a kind and a name; or give it a kind:")
        else:
            self.page.prose(self.block.line, self.block.end_line, "a code block about nothing that a chart renders")

    def _fields(self, entity: Entity, fields: Iterator[Field]) -> None:
        for field in fields:
            fact = self._fact(field.attribute, field.value, field.route, field.part)
            self.page.state(entity, [fact], self._place(entity, field.route))

    def _fact(self, attribute: str, value: str, route: Route, part: str = "") -> Fact:
        attribute, value = self.templated.restore(attribute), self.templated.restore(value)
        written = at(self.document.value, route)
        comment = self._comment(route)
        modality = modality_at_start(comment.lstrip("#( ")) or Modality.REQUIRED
        if isinstance(written, str) and typed.typed_value(written, comment):
            modality = Modality.DEFAULT
        if entity_type := typed.typed_value(value, ""):
            value = entity_type
        options = alternatives(value) if re.fullmatch(r"[\w.-]+(?:\|[\w.-]+)+", value) else ()
        if options:
            modality = firmest(modality, Modality.ONE_OF)
        if has_placeholder(value):
            modality = firmest(modality, Modality.PLACEHOLDER)
        modality = Modality.REQUIRED if modality is Modality.EXAMPLE and comment else modality
        if "checksum/" in attribute:  # whatever the chart reckons
            modality = firmest(modality, Modality.EXAMPLE)
        return Fact(
            attribute,
            value or ("" if attribute.startswith(("data.", "env.")) else EMPTY),
            modality,
            alternatives=options,
            part=part,
        )

    def _place(self, entity: Entity, route: Route) -> Place:
        route = self._written(route)
        span = self.document.value_span(route) or self.document.key_span(route)
        line = span.line if span else self.document.line
        key = self.document.key_span(route)
        line = key.line if key and entity.kind in (Kind.CONFIG_MAP, Kind.SECRET) else line
        return _place(self.page, min(line, len(self.page.lines)), self.scope)

    def _written(self, route: Route) -> Route:
        """The route in the text of the block, which may have the keys of data alone."""
        value = self.document.value
        alone = isinstance(value, dict) and len(route) > 1 and route[0] == "data" and "data" not in value
        return route[1:] if alone else route

    def _comment(self, route: Route) -> str:
        """The comment behind a value on its line."""
        span = self.document.value_span(self._written(route))
        if span is None or span.end_line > len(self.page.lines):
            return ""
        line = self.lines[span.end_line - self.block.first_line]
        rest = line[span.end_column - 1 :]
        return rest.strip() if re.match(r"\s+#", rest) else ""

    def _unclear(self, hint: str) -> None:
        place = _place(self.page, self.document.line, self.scope)
        self.page.unclear(self.scope.entity or NO_ENTITY, place, hint)


_PLURAL_SAYS = (Kind.VALUES,)
_EXAMPLE_NAME = pattern(r"(?:^|-)(?:examples?|sample|x{3,}|abc\w*)(?:-|$)", re.IGNORECASE)
"""How a pod is called that stands for those of a workload: ``web-example``, ``web-xxxxx``."""


def _own_name(value: Mapping[str, Json]) -> str:
    """The name that a manifest or fragment gives itself."""
    metadata = value.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else value.get("name")
    return name if isinstance(name, str) else ""


_DATA_PARTS = ("data", "stringData", "metadata", "name", "namespace", "labels", "annotations", "type", "immutable")


def _data(value: dict[str, Json]) -> dict[str, Json] | None:
    """A fragment of a ConfigMap or Secret: with ``data``, or of keys and values alone; None for anything else."""
    if value.keys() <= set(_DATA_PARTS) and ("data" in value or "stringData" in value):
        return value
    if any(isinstance(inner, (dict, list)) for inner in value.values()) or "name" in value:
        return None
    return {"data": value}


def _known(kind: str, value: Mapping[str, Json]) -> Iterator[Field]:
    """The keys of a block about an image or a chart that state a fact."""
    if kind == Kind.CHART:
        yield from _chart_fields(value)
        return
    for key, inner in value.items():
        phrase = phrase_for(kind, key)
        text = ", ".join(map(show, inner)) if isinstance(inner, list) else show(inner)
        for attribute, said in phrase(text) if phrase else ():
            yield Field(attribute, said, (key,))


def _friendly(kind: str, value: Mapping[str, Json]) -> Iterator[Field]:
    """The fields of a fragment; a key at its top may also be one of those that are understood in bullets."""
    rest: dict[str, Json] = {}
    for key, inner in value.items():
        phrase = (
            None
            if isinstance(inner, (dict, list)) or kind in (Kind.CONFIG_MAP, Kind.SECRET)
            else phrase_for(kind, key)
        )
        facts = phrase(show(inner)) if phrase else ()
        for attribute, said in facts:
            yield Field(attribute, said, (key,))
        if not facts:
            rest[key] = inner
    yield from read_fields(kind, rest)


def _chart_fields(value: Mapping[str, Json]) -> Iterator[Field]:
    for key in ("name", "version", "appVersion", "apiVersion", "type", "description", "kubeVersion"):
        if value.get(key) is not None:
            yield Field(key, show(value[key]), (key,))
    dependencies = value.get("dependencies")
    for number, found in enumerate(dependencies if isinstance(dependencies, list) else []):
        if isinstance(found, dict) and found.get("name"):
            route = ("dependencies", number, "version" if found.get("version") else "name")
            name = f"dependencies.{show(found['name'])}"
            yield Field(name, show(found.get("version")), route)
            for key in ("repository", "condition"):
                if found.get(key):
                    yield Field(f"{name}.{key}", show(found[key]), ("dependencies", number, key))


def values_leaves(value: Json, route: Route = ()) -> Iterator[tuple[Route, Json]]:
    """The leaves of values; a list is one leaf."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from values_leaves(inner, (*route, key))
    else:
        yield route, value


def values_key(route: Route) -> str:
    """A dotted key of the values; a dot inside a key is escaped, as Helm's --set does."""
    return ".".join(str(step).replace(".", "\\.") for step in route)
