"""Images in a list: ```shop-web:1.4` - the pages, port 3000`` below a heading that speaks of images."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.scope import Scope
from todo_lint.model.reading.text import not_understood
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

_REFERENCE = pattern(r"(?P<repository>[a-z0-9][a-z0-9._/-]*)(?::(?P<tag>\w[\w.-]*))?")
_FORM = "what is read looks like `web:1.4`: the pages, port 3000"


def read_listed_image(page: Page, item: Block, scope: Scope, place: Place) -> bool:
    """Read an item that begins with the reference to an image, in code marks or bold; False for any other.

    Words that explain are passed over; what has a number and is not understood is told.
    """
    nameless = scope.entity is None or (scope.entity.kind == Kind.IMAGE and not scope.entity.known_as)
    first = next((part for part in item.inlines if part.text.strip()), None)
    if scope.kind != Kind.IMAGE or not nameless or item.children or first is None or not first.style:
        return False
    match = _REFERENCE.fullmatch(first.text.strip().removesuffix(":"))
    if match is None or not re.search(r"[-:/]", match[0]):
        return False
    entity = page.add(Entity(Kind.IMAGE, match["repository"], "", item.line, place.text, scope.modality))
    behind = item.inlines[item.inlines.index(first) + 1 :]
    said = "".join(f"`{part.text}`" if part.style == "code" else part.text for part in behind)
    read = read_summary(Kind.IMAGE, re.sub(r"^[\s:\u2013\u2014(=-]+|\)$", "", said.strip()))
    tag = [Fact(Attribute.IMAGE_TAG, match["tag"])] if match["tag"] else []
    page.state(entity, [Fact(Attribute.NAME, match["repository"]), *tag, *read.facts], place)
    if unread := [part for part in read.unread if re.search(r"\d", part)]:
        page.unclear(entity, place, f"{not_understood(unread)}; {_FORM}")
    return True
