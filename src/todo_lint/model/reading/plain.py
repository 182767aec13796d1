"""Data models without prose: plain YAML or JSON as ``schemas/data-model.json`` describes it."""

from __future__ import annotations

from todo_lint.errors import UserError
from todo_lint.findings import Route, format_route
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_document, read_stream
from todo_lint.model.reading.code.manifests import show
from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import firmest, has_placeholder
from todo_lint.model.reading.kinds import near_kind
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.text import normalised
from todo_lint.model.statements import Attribute, DataModel, Kind, Modality, Prefix, kind_named

SCHEMA = "schemas/data-model.json"


def read_plain(text: str, file: str) -> DataModel:
    """Read a data model written in YAML or JSON.

    Raises:
        UserError: when it is no YAML, or does not follow the schema; the line is the one at which that shows.
    """
    text = normalised(text)
    document, *others = read_stream(text) or (read_document(text),)
    if others:
        raise UserError("a data model is one YAML document; join them into one", file=file, line=others[0].line)
    if isinstance(document, YamlProblem):
        raise UserError(f"the data model is no YAML: {document.message}", file=file, line=document.line)
    _check(document, file)
    _check_kinds(document, file)
    if document.duplicates:
        twice = document.duplicates[0]
        raise UserError(f"{format_route(twice.route)} is set twice", file=file, line=twice.span.line)
    page = Page(text.split("\n"))
    value = document.value if isinstance(document.value, dict) else {}
    entities = value.get("entities")
    for number, found in enumerate(entities if isinstance(entities, list) else []):
        if isinstance(found, dict):
            _entity(page, document, ("entities", number), found)
    page.prose(1, len(page.lines), "part of the structure of the file")
    page.conceal(1, len(page.lines))
    return page.finish(file)


def _check(document: YamlDocument, file: str) -> None:
    """Hold the document against its schema."""
    import json
    from pathlib import Path

    import jsonschema_rs

    from todo_lint.model.reading.schema_errors import problem_of
    from todo_lint.shipped import shipped_path

    schema = json.loads(Path(shipped_path(SCHEMA)).read_text(encoding="utf-8"))
    errors = jsonschema_rs.validator_for(schema, mask="a value").iter_errors(document.value)
    for error in errors:
        route, said = problem_of(error, schema, document.value)
        span = document.key_span(route) or document.value_span(route)
        where = f" at {format_route(tuple(error.instance_path))}" if error.instance_path else ""
        message = f"the data model does not follow its schema{where}: {said} ({SCHEMA} describes it)"
        raise UserError(message, file=file, line=span.line if span else document.line)


def _check_kinds(document: YamlDocument, file: str) -> None:
    """Any kind may be a custom one, except for one that is nearly a known kind."""
    value = document.value if isinstance(document.value, dict) else {}
    entities = value.get("entities")
    for number, found in enumerate(entities if isinstance(entities, list) else []):
        kind = show(found.get("kind")) if isinstance(found, dict) else ""
        if near := near_kind(kind):
            route: Route = ("entities", number, "kind")
            raise UserError(
                f"{format_route(route)}: {kind} is not a kind that is known; did you mean {near}?",
                file=file,
                line=_line(document, route),
            )


def _entity(page: Page, document: YamlDocument, route: Route, found: dict[str, Json]) -> None:
    kind, name = kind_named(show(found["kind"])), show(found.get("name"))
    modality = Modality(show(found["modality"])) if "modality" in found else Modality.REQUIRED
    environment = show(found.get("environment"))
    line = _line(document, (*route, "name" if name else "kind"))
    text = _text(page, line)
    entity = page.add(Entity(kind, name, line=line, text=text, modality=modality, environment=environment))
    facts = found.get("facts")
    if not name and not facts:
        page.state(entity, [Fact(Attribute.EXISTS, "", modality)], Place(line, _text(page, line)))
    if kind == Kind.CHART and name and not (isinstance(facts, dict) and Attribute.NAME in facts):
        page.state(entity, [Fact(Attribute.NAME, name)], Place(line, text))  # the chart that the document is about
    for attribute, value in facts.items() if isinstance(facts, dict) else ():
        values = value if isinstance(value, list) else [value]
        for number, one in enumerate(values):
            here = (*route, "facts", attribute, number) if isinstance(value, list) else (*route, "facts", attribute)
            fact = _fact(kind, attribute, one)
            line = _line(document, here)
            page.state(entity, [fact], Place(line, _text(page, line)))


def _text(page: Page, line: int) -> str:
    return page.lines[line - 1].strip()


def _line(document: YamlDocument, route: Route) -> int:
    span = document.key_span(route) or document.value_span(route)
    return span.line if span else document.line


def _range(least: str, most: str) -> str:
    """A range as Markdown has it: ``2-5``, ``>= 2``, ``<= 5``; empty where no end is given."""
    if least and most:
        return f"{least}-{most}"
    return f">= {least}" if least else f"<= {most}" if most else ""


_MODALITIES = {"atLeast": Modality.RANGE, "atMost": Modality.RANGE, "oneOf": Modality.ONE_OF}


def _fact(kind: str, attribute: str, value: Json) -> Fact:
    said = value if isinstance(value, dict) else {"value": value}
    if kind == Kind.SECRET and attribute.startswith(Prefix.DATA):
        said = {key: part for key, part in said.items() if key not in ("value", "oneOf")}
    options = said.get("oneOf")
    alternatives = tuple(show(one) for one in options) if isinstance(options, list) else ()
    bounds = (show(said.get("atLeast")), show(said.get("atMost")))
    text = "|".join(alternatives) or _range(*bounds) or show(said.get("value"))
    modality = Modality(show(said["modality"])) if "modality" in said else Modality.REQUIRED
    implied = [found for key, found in _MODALITIES.items() if key in said]
    implied += [Modality.PLACEHOLDER] if has_placeholder(text) else []
    return Fact(
        attribute, text, firmest(modality if modality is not Modality.REQUIRED else None, *implied),
        show(said.get("environment")), alternatives, bounds, show(said.get("part")),
    )  # fmt: skip
