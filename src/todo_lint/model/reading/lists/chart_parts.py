"""Lists of the kinds that a chart makes: ``The chart includes:``, and an item with a kind for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import modality_at_start
from todo_lint.model.reading.kinds import Label, read_label
from todo_lint.model.reading.lists.item_labels import place_of
from todo_lint.model.reading.lists.titles import split
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, named
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import last_remark, plain, without_remarks
from todo_lint.model.statements import Attribute, Modality
from todo_lint.patterns import pattern
from todo_lint.records import replace

TOPIC = "what the chart makes"
"""The topic of the scope in which such a list stands."""
_MAKES = (
    r"(?:includes?|contains?|deploys?|creates?|renders?|installs?|provides?|ships?(?: with)?|consists? of|"
    r"comes? with|bundles?|packages?|manages?)"
)
_ANNOUNCES = pattern(
    rf"(?:[\w ,`.-]*\b)?(?:the|this|our) (?:[\w-]+ ){{0,2}}chart (?:also |will )?{_MAKES}(?: [\w-]+){{0,6}}:"
    r"|(?:the )?following (?:kubernetes |k8s )?(?:resources|objects|manifests) (?:are|will be|get) "
    r"(?:created|deployed|rendered|installed)[\w ]*:",
    re.IGNORECASE,
)
_DOES = r"(?:creates?d?|deploy(?:s|ed)?|renders?|rendered|installs?|installed|includes?d?)"
_HEADING = pattern(
    rf"(?:kubernetes |k8s |chart )?resources? {_DOES}|{_DOES} (?:kubernetes |k8s )?resources|"
    rf"what (?:the chart|it|is|gets) {_DOES}|chart (?:resources|contents)",
    re.IGNORECASE,
)
_INLINE = pattern(
    rf"(?:the|this|our) (?:[\w-]+ ){{0,2}}chart {_MAKES} (?P<parts>(?:[\w-]+ )?[\w -]+(?:, [\w -]+)*,? and [\w -]+)",
    re.IGNORECASE,
)
_CODE = r"(?: (?:named|called))? `[a-z0-9][a-z0-9.-]*`"
_WITH_NAMES = pattern(
    rf"(?:the|this|our) (?:helm )?chart {_MAKES} (?P<parts>[\w -]+{_CODE}(?:,?(?: and|,) [\w -]+(?:{_CODE})?)*)",
    re.IGNORECASE,
)
_CALLED = pattern(r" (?:named|called)(?= `)", re.IGNORECASE)
_FIRST = pattern(r"(?:(?P<optional>optional(?:ly)?)\b[,:]?\s*)?(?:(?:an?|one|the|its)\s+)?", re.IGNORECASE)
_AND = pattern(r"\s*(?:,|/|&|\+|\band\b)\s*")
_CONDITION = pattern(r"(?:only )?(?:if|when|unless)\b.*|(?:disabled|off) by default.*|optional.*", re.IGNORECASE)


def announces_parts(text: str) -> bool:
    """Whether a paragraph says that the chart makes what is listed below it."""
    return _ANNOUNCES.fullmatch(text.strip()) is not None


def announced_below(scope: Scope) -> Scope:
    """The scope of the list below such a paragraph."""
    return replace(scope, kind="", entity=None, topic=TOPIC)


def lists_parts(scope: Scope) -> bool:
    """Whether what a chart makes is listed here: below such a paragraph, or a heading that says so."""
    return scope.entity is None and (scope.topic == TOPIC or _HEADING.fullmatch(scope.about) is not None)


def read_part(page: Page, item: Block, scope: Scope) -> bool:
    """State that there is what an item of such a list names; False where that is no kind."""
    if not lists_parts(scope):
        return False
    label, said = split(item)
    first = _FIRST.match(plain(label))
    bare = label.replace("`", "")[first.end() :] if first else label
    parts = tuple(_labels(label[first.end() :] if first and "`" not in label[: first.end()] else bare))
    if not parts:
        return False
    found = last_remark(label)
    notes = [found[1]] if found else []
    optional = bool(first and first["optional"]) or any(_CONDITION.match(plain(note)) for note in (*notes, said))
    modality = Modality.OPTIONAL if optional else _later(said)
    place = replace(place_of(item, scope), modality=modality)
    for part in parts:
        entity = Entity(part.kind, part.name, "", item.line, place.text, modality, scope.environment, scope.section)
        facts = [named(part.name)] if part.name else [Fact(Attribute.EXISTS, "")]
        page.state(page.add(entity) if part.name else entity, facts, place)
    return True


def parts_in(text: str) -> tuple[Label, ...]:
    """What ``The chart creates a Deployment `web`, a Service and an Ingress`` names; else nothing."""
    match = (_INLINE.fullmatch(text) or _WITH_NAMES.fullmatch(text)) if "chart " in text else None
    return tuple(_labels(_CALLED.sub("", match["parts"]))) if match else ()


def _labels(text: str) -> Iterator[Label]:
    """The kind that a text names, or those of its parts where each of them names one; else nothing."""
    parts = [
        re.sub(r"^(?:an?|one|the)\s+", "", part, flags=re.IGNORECASE)
        for part in _AND.split(without_remarks(text))
        if part
    ]
    labels = [read_label(part) for part in parts]
    if len(parts) > 1 and all(describes_resource(label.kind) for label in labels):
        yield from labels
    elif describes_resource((whole := read_label(parts[0] if len(parts) == 1 else text)).kind):
        yield whole


def _later(said: str) -> Modality:
    modality = modality_at_start(said) if said else None
    return modality if modality in (Modality.OPTIONAL, Modality.FUTURE) else Modality.REQUIRED
