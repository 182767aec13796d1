"""Values that are kept as they are written: of keys of a ConfigMap, and of keys of the values."""

from __future__ import annotations

import re

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import (
    firmest,
    has_placeholder,
    listed_alternatives,
    marked_alternatives,
    read_firmness,
)
from todo_lint.model.reading.text import (
    EMPTY,
    is_nothing,
    last_remark,
    plain,
    strip_marks,
    without_remarks,
)
from todo_lint.model.reading.values.forms import UNREAD
from todo_lint.model.reading.values.one_value import filled
from todo_lint.model.reading.values.unknown_keys import unknown_key
from todo_lint.model.reading.values.value_words import is_description, is_type
from todo_lint.model.reading.values.worded import code_first, value_in_words
from todo_lint.model.statements import Kind, Modality
from todo_lint.patterns import pattern
from todo_lint.records import replace

_MAP = pattern(r"\{\s*[\"']?[A-Za-z][\w.-]*[\"']?:\s.*\}", re.DOTALL)
_LOOSE_MAP = pattern(r"[A-Za-z][\w-]*:\s*\{.*[}\]]", re.DOTALL)
"""A mapping of mappings that has no brackets of its own: ``requests: {cpu: 1}, limits: {cpu: 2}``."""
_QUOTED = pattern(r"(?<=\.)\"([\w./-]+)\"(?=\.|$)")
"""A step of a key that has dots in itself: ``config."log.level"``."""
_VALUES_KEY = pattern(r"[A-Za-z_][\w-]*(?:\[\d*\])?(?:\.[\w/-]+(?:\[\d*\])?)*")


def values_key(key: str, value: str) -> Reading:
    """A key of the values, ``web.image.tag``, and the value it has; of ``hosts[].host`` the default's one item."""
    bare = plain(key)
    bare = _QUOTED.sub(r"\1", bare)
    if has_placeholder(bare):
        return Reading(prose="a key of which parts are filled in")
    if not _VALUES_KEY.fullmatch(bare):
        return unknown_key(Kind.VALUES, key, value)
    bare = bare.replace("[]", "[0]")
    text = plain(value)
    if _LOOSE_MAP.fullmatch(text):
        text = f"{{{text}}}"
    if _SHOUTED.fullmatch(text):
        return Reading((Fact(bare, text, Modality.EXAMPLE),))
    return written(bare, f"`{text}`" if _MAP.fullmatch(text) and "`" not in text else value)


_SHOUTED = pattern(r"[A-Z]+(?:_[A-Z]+)*_NAME(?:/\S*)?")
"""What stands for a value that whoever publishes the chart fills in: ``REGISTRY_NAME``, ``REPOSITORY_NAME/web``."""


def written(attribute: str, text: str) -> Reading:
    """A value that is kept as it is written: of a ConfigMap's key or of a key of the values.

    A remark on how firmly it is meant is taken off, and so is one behind a text in quotes or code marks. Several
    words without such marks explain the key: only its existence is stated. A text stated to be empty is ``""``.
    """
    text = text.strip()
    marked = text.startswith(("`", '"', "'"))
    if not text or (is_nothing(text) and not marked and text not in ("none", "None", "null", "nil")):
        return Reading((Fact(attribute, ""),))
    if not marked and (said := value_in_words(text)):
        return Reading((filled(Fact(attribute, *said)),))
    if is_type(text) and not marked:
        return Reading(prose="it describes a type")
    if several := _written_by_environment(attribute, text):
        return Reading(several)
    own, remark = _own_text(text)
    firm = read_firmness(remark) if remark else None
    modality = firm.modality if firm else Modality.REQUIRED
    environment = firm.environment if firm else ""
    base = Fact(attribute, strip_marks(own) or EMPTY, modality, environment)
    if options := (marked_alternatives(own) if marked else listed_alternatives(own)):
        return Reading(
            (
                replace(
                    base, value="|".join(options), modality=firmest(modality, Modality.ONE_OF), alternatives=options
                ),
            )
        )
    if not remark and "`" in own and (first := code_first(own)):
        return Reading((filled(replace(base, value=first[0] or EMPTY)),)) if first[1] else Reading(hint=_AT_TIMES)
    explained = _EXPLAINED.fullmatch(own if not remark else text)
    if (is_description(own) or explained) and '"' not in own and "://" not in own:
        return Reading((replace(base, value=""),))
    return Reading((filled(base),))


_EXPLAINED = pattern(r"[A-Z][a-z]+ \(.*\)|[A-Z][a-z]+ \((?:e\.g|for example|such as)\b.*\)")
"""A word that explains, and more about it: ``Environment (e.g. `production`)``."""
_AT_TIMES = f"{UNREAD}; write it alone behind the key, or '`debug` (dev), `info` (prod)'"


def _own_text(text: str) -> tuple[str, str]:
    """A written value, and what is said about it: as a text that starts with ``x`` for ``read_firmness``."""
    if example := re.match(r"(?:e\.?g\.?|for example|such as),?\s+", text, re.IGNORECASE):
        return text[example.end() :], "e.g. x"
    if default := re.match(r"default(?:s to)?\s*:?\s+(?=\S+$)", text, re.IGNORECASE):
        return text[default.end() :], "x (default)"
    found = last_remark(text)
    if not found or not found[0]:
        return text, ""
    before, remark = found
    said = read_firmness(f"x ({remark})")
    if said.text == "x" or re.fullmatch(r"(`[^`]*`|\"[^\"]*\")(\s*(?:or|\|)\s*(`[^`]*`|\"[^\"]*\"))*", before):
        return before, f"x ({remark})"
    return text, ""


def _written_by_environment(attribute: str, text: str) -> tuple[Fact, ...]:
    parts = re.split(r"(?<=\))\s*(?:,|;|\n|\bor\b|\band\b)\s*", text)
    firm = [read_firmness(part) for part in parts]
    bound = [bool(one.environment) for one in firm]
    quoted = all(re.match(r"[`\"]", part) for part in parts)
    if len(parts) < 2 or not (all(bound) or (any(bound) and quoted)):
        return ()
    firm = [one if one.environment else replace(one, text=without_remarks(one.text)) for one in firm]
    return tuple(Fact(attribute, strip_marks(strip_marks(one.text)), one.modality, one.environment) for one in firm)
