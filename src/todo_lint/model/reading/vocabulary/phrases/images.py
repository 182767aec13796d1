"""References to images, and what images are built on."""

from __future__ import annotations

import re

from todo_lint.model.reading.firmness import has_placeholder, placeholders_out
from todo_lint.model.reading.text import last_remark, plain
from todo_lint.model.reading.vocabulary.phrases.basics import Facts, bare_text, name
from todo_lint.model.statements import Attribute
from todo_lint.patterns import pattern

_REFERENCE = r"[a-z0-9][\w./:@-]*"


def image(text: str) -> Facts:
    """An image reference: ``todo-frontend:latest``; where its tag is a placeholder, the repository alone."""
    bare = bare_text(text)
    repository, colon, tag = bare.rpartition(":")
    if colon and has_placeholder(tag) and "/" not in tag and not has_placeholder(repository):
        return ((Attribute.IMAGE_REPOSITORY, repository),) if re.fullmatch(_REFERENCE, repository) else ()
    filled = placeholders_out(bare, "x")
    return ((Attribute.IMAGE, bare),) if re.fullmatch(_REFERENCE, filled) and not filled.isdecimal() else ()


def image_name(text: str) -> Facts:
    """The repository of an image, which is its name, and its tag where it has one: ``todo-backend:latest``."""
    bare = bare_text(text)
    repository, colon, tag = bare.rpartition(":")
    tagged = colon and "/" not in tag and re.fullmatch(r"\w[\w.-]*", tag)
    if not tagged or not re.fullmatch(_REFERENCE, repository):
        return name(text) or (((Attribute.NAME, repository),) if colon and has_placeholder(tag) else ())
    return ((Attribute.NAME, repository), (Attribute.IMAGE_TAG, tag))


_BASE_WORDS = pattern(r"[A-Za-z][\w.+#/-]*(?: [\w.+#/-]+){0,4}")
_VERSIONED = pattern(r"\d|\b(?:lts|latest|alpine|slim|distroless|scratch|stable|bookworm|bullseye)\b", re.IGNORECASE)


def base(text: str) -> Facts:
    """``node:20-alpine``, ``Node.js LTS``, ``Python 3.11 (slim)``: what an image is built on.

    Of a description, ``Base Docker image (node:20-alpine)``, the reference behind it.
    """
    bare = re.sub(r" AS \w+$", "", bare_text(text), flags=re.IGNORECASE)
    named = _BASE_WORDS.fullmatch(bare) is not None and (" " not in bare or _VERSIONED.search(bare) is not None)
    if named or _is_tagged(bare):
        return ((Attribute.BASE, bare),)
    remark = last_remark(text)
    inside = plain(remark[1]) if remark else ""
    return ((Attribute.BASE, inside),) if _is_tagged(inside) else ()


def _is_tagged(text: str) -> bool:
    """Whether a text is a reference to an image with a tag."""
    return re.fullmatch(rf"{_REFERENCE}:[\w][\w.-]*", text) is not None
