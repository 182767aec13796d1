"""Paragraphs that say of the table below them what it is about: ``Settings are in the ConfigMap `app-config`:``."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.lists.nesting import is_own_name
from todo_lint.model.reading.markup.blocks import Block
from todo_lint.model.reading.page import WORKLOAD_KINDS, Page, Place, named
from todo_lint.model.reading.parts import ROLES
from todo_lint.model.reading.scope import Scope
from todo_lint.model.reading.text import words_of
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_KINDS: tuple[tuple[str, str], ...] = ((Kind.CONFIG_MAP, r"\bconfig ?maps?\b"), (Kind.SECRET, r"\bsecrets?\b"))
_NO_SECRET = pattern(r"\bnon-(?:secret|sensitive)\b|\bnot secret\b", re.IGNORECASE)
_HELD = pattern(
    r"\b(?:in|from|by|of|to|into|as|named|called|is|are)\b|^(?:the )?(?:config ?map|secret)\b", re.IGNORECASE
)
_OPEN = pattern(r"\b(?:could|would|might|was|were|had|example|e\.g|never|no longer|instead)\b", re.IGNORECASE)
DEMANDED = "required"
"""What a Secret is called of which a document only tells the keys that it must have."""
_CODE = pattern(r"`([^`]+)`")


_KEYS_OF = pattern(
    r"(?:(?:required|the|these|all|necessary|expected)\s+)*(?:(?P<kind>secret|config ?map)(?:'s)?\s+(?:data\s+)?keys?"
    r"|(?:required\s+)?keys?\s+(?:of|in)\s+(?:(?:the|an?|your|existing)\s+)*(?P<of>secret|config ?map)"
    r"|(?P<must>secret|config ?map)\s+(?:must|has to|needs to|shall)\s+(?:contain|hold|have|provide)\s+"
    r"[\w ]*keys[\w ]*):",
    re.IGNORECASE,
)
"""``Required Secret keys:``, ``The Secret must contain the following keys:``."""


def _with_keys(page: Page, kind: str, table: Block, scope: Scope) -> Scope:
    """The scope of a table of keys that a Secret or ConfigMap without a name must have.

    A Secret whose keys are demanded is one that somebody makes, or the chart where nobody does.
    """
    if kind.lower() != "secret":
        return scope.with_entity(page.nameless(Kind.CONFIG_MAP, scope.section))
    page.outside.update(range(table.line, table.end_line + 1))
    return scope.with_entity(page.add(Entity(Kind.SECRET, role=DEMANDED, section=scope.section, announced=False)))


def probed(page: Page, caption: Block | None, following: Block, scope: Scope) -> Scope | None:
    """The scope of a table of probes right below a sentence about one part: *The backend answers these:*.

    None for any other table, and where the document has no one workload of that part.
    """
    if caption is None or scope.silent or scope.entity is not None or following.type != "table":
        return None
    head = following.children[0].children if following.children else ()
    if not head or words_of(head[0].marked) not in ("probe", "probe type"):
        return None
    parts = [word for word in words_of(caption.text.rstrip(":.")).split() if word in ROLES]
    found = {id(entity): entity for part in parts if (entity := page.find(WORKLOAD_KINDS, part))}
    return scope.with_entity(next(iter(found.values()))) if len(found) == 1 else None


def held_in(page: Page, caption: Block | None, following: Block, scope: Scope) -> Scope | None:
    """The scope of a table or list right below a paragraph that names the one ConfigMap or Secret that it is about.

    None where it names none, or several. What is named is stated at the paragraph's line.
    """
    if caption is None or scope.silent or scope.entity is not None or following.type != "table":
        return None
    if found := _KEYS_OF.fullmatch(caption.text.strip()):
        return _with_keys(page, found["of"] or found["kind"] or found["must"], following, scope)
    text = _NO_SECRET.sub("", caption.marked)
    names = list(dict.fromkeys(_CODE.findall(text)))
    kinds = [kind for kind, words in _KINDS if re.search(words, _CODE.sub("", text), re.IGNORECASE)]
    if (
        len(names) != 1
        or len(kinds) != 1
        or not is_own_name(names[0])
        or _OPEN.search(text)
        or not _HELD.search(text)
    ):
        return None
    place = Place(caption.line, page.lines[caption.line - 1].strip(), scope.modality, section=scope.section)
    entity = page.find((kinds[0],), names[0]) or Entity(kinds[0], names[0], "", caption.line, place.text)
    page.state(page.add(entity), [named(names[0])], place)
    return scope.with_entity(entity)
