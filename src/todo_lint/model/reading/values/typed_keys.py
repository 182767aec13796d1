"""Keys with their type behind them: ```name` (string, required): shop``, ``replicas (integer, default 1): 2``."""

from __future__ import annotations

from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import firmest
from todo_lint.model.reading.text import last_remark, plain
from todo_lint.model.reading.values.value_words import is_type
from todo_lint.model.statements import Modality
from todo_lint.patterns import pattern
from todo_lint.records import replace

_SAID = pattern(
    r"required|mandatory|optional|enum\b.*|constraint|semver|version|base64(?:[ -]encoded)?|url|uri|duration|"
    r"quantity|immutable|read[- ]only|sensitive|nullable|unique|default:? .*|pattern:? .*|"
    r"min(?:imum)?:? ?\d+|max(?:imum)?:? ?\d+|"
    r"\"[^\"]*\"(?: ?\| ?\"[^\"]*\")+|`[^`]*`(?: ?\| ?`[^`]*`)+|\w+(?: ?\| ?\w+)+",
    2,  # re.IGNORECASE
)


def untyped(key: str) -> tuple[str, Modality]:
    """A key without what it says of its type, and whether it says that it is optional.

    Of ``web (the shop)`` nothing is taken off: that explains.
    """
    found = last_remark(key)
    if found is None or not found[0]:
        return key, Modality.REQUIRED
    parts = [part.strip() for part in found[1].replace(";", ",").split(",")]
    if not all(_SAID.fullmatch(part) or (part and is_type(part)) for part in parts):
        return key, Modality.REQUIRED
    optional = any(plain(part).lower() == "optional" for part in parts)
    return found[0], Modality.OPTIONAL if optional else Modality.REQUIRED


_DEFAULT = pattern(r"defaults?(?: to| is)?\s*[:=]?\s*(?P<value>`[^`]+`|\"[^\"]*\"|[^\s`\"]+)", 2)  # re.IGNORECASE


def default_in(key: str) -> str:
    """The default that a key has behind it with its type, ```replicas` (integer, default: 1)``; else empty."""
    if untyped(key)[0] == key:
        return ""
    remark = (last_remark(key) or ("", ""))[1]
    found = [match for part in remark.split(",") if (match := _DEFAULT.fullmatch(part.strip()))]
    return found[0]["value"] if len(found) == 1 else ""


def as_default(reading: Reading) -> Reading:
    """A reading whose facts are defaults."""
    return replace(
        reading, facts=tuple(replace(f, modality=firmest(f.modality, Modality.DEFAULT)) for f in reading.facts)
    )


def as_firm_as(reading: Reading, modality: Modality) -> Reading:
    """A reading whose facts are optional where their key says so."""
    if modality is Modality.REQUIRED:
        return reading
    return replace(reading, facts=tuple(_optional(fact) for fact in reading.facts))


def _optional(fact: Fact) -> Fact:
    return replace(fact, modality=firmest(fact.modality, Modality.OPTIONAL))
