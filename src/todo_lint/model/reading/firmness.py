"""How firmly a value is meant: the remarks that say so are read, and taken off.

``1 (configurable)``, ``e.g. 3000``, ``3 in production``, ``NodePort or LoadBalancer``, ``2-5``: each is a value and
something about it. What is about it becomes modality, environment, alternatives or bounds; the rest is the value.
"""

from __future__ import annotations

import re
from functools import lru_cache

from todo_lint.model.reading.text import last_remark, strip_marks
from todo_lint.model.statements import LATER, Modality
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_WORDS: tuple[tuple[Modality, str], ...] = (
    (
        Modality.FUTURE,
        r"(?:in the )?future|later|planned|phase (?:\d+|[ivx]+)|(?-i:TODO)(?!-)|todo(?![- ])|tbd|not yet|"
        r"post-mvp|stretch",
    ),
    (Modality.OPTIONAL, r"optional|if needed|if enabled|when enabled|disabled by default|not required"),
    (Modality.EXAMPLE, r"e\.?g\.?|for example|example|such as|for instance"),
    (Modality.AUTO_ASSIGNED, r"auto[- ]?(?:assigned|allocated|generated)|(?:automatically|randomly|dynamically) \w+"),
    (
        Modality.CONFIGURABLE,
        r"(?:default[,;]? )?(?:configurable|adjustable|customi[sz]able|overridable|scalable|tunable)",
    ),
    (Modality.DEFAULT, r"(?:by )?default"),
)
_STARTS = tuple((modality, pattern(rf"(?:{words})(?!\w)", re.IGNORECASE)) for modality, words in _WORDS)
_REMARKS = pattern(r"\(([^()]*)\)")
_QUOTED = pattern(r'"[^"]*"|`[^`]*`')
_CLAUSE = pattern(
    r"\s*[,;\u2013]\s*"
    r"((?:(?:but )?(?:configurable|adjustable|customi[sz]able|scalable)|optional|auto-assigned)\b.*)$",
    re.IGNORECASE,
)
_EXAMPLE = pattern(r"(?:e\.?g\.?,?|for example,?|such as|for instance,?|example:)\s+", re.IGNORECASE)
_IS_EXAMPLE = pattern(r"(?:an |as an |for )?(?:example|instance)(?: value| only)?|e\.?g\.?", re.IGNORECASE)
"""A remark that calls what stands in front of it an example; ``(e.g. nginx:1.26)`` gives one of something else."""
_LATER_VALUE = pattern(
    rf"(?:{_WORDS[0][1]})\s*[:,=]?\s*(?:to\s+)?(?!20\d\d\b)"
    r"(?:`[^`]+`|\"[^\"]+\"|(?-i:[A-Z][a-z]+[A-Z]\w*)|[a-z0-9./-]+:[\w.-]+|\d[\w.%]*(?:\s+(?:replicas?|pods?|instances?))?)",
    re.IGNORECASE,
)
"""A remark that says what the value will be: what stands in front of it is the one of today."""
_DEFAULT_END = pattern(r"(?<=\w),?\s+by default$", re.IGNORECASE)
_DEFAULTS = pattern(r"(?:default(?:s to)?|by default)\s*[:=]?\s+", re.IGNORECASE)

ENVIRONMENTS = {
    "production": "production", "prod": "production", "development": "development", "dev": "development",
    "staging": "staging", "stage": "staging", "local": "local", "minikube": "local", "kind": "local",
    "test": "test", "testing": "test", "ci": "ci", "cloud": "cloud", "qa": "qa",
}  # fmt: skip
"""The words that name an environment, and the name that it gets."""
_ONE = r"(production|prod|development|dev|staging|local|minikube|test|cloud|qa)"
_ENVIRONMENT_REMARK = pattern(
    rf"(?:in |for |on )?(?:the )?(?:local )?{_ONE}(?: (?:environment|cluster|only|development))*", re.IGNORECASE
)
_ENVIRONMENT_END = pattern(
    rf"\s+(?:in|for|on) (?:the )?(?!local$|test$){_ONE}(?: (?:environment|cluster))?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Firmness:
    """How a text is meant: its modality, the environment it is bound to (or empty), and the text that remains."""

    text: str
    modality: Modality
    environment: str = ""


@lru_cache(maxsize=512)
def read_firmness(text: str) -> Firmness:
    """Take off what a value says about itself: remarks at its end, ``e.g.`` in front, ``in production``."""
    text = text.strip()
    found: list[Modality] = []
    environment = ""
    while True:
        shorter, modality, where = _take_off(text)
        if shorter == text:
            break
        text, environment = shorter, environment or where
        found += [modality] if modality else []
    return Firmness(text, firmest(*found), environment)


def _take_off(text: str) -> tuple[str, Modality | None, str]:
    """The text less one thing that it says about itself, and what that was."""
    if remark := last_remark(text):
        before, inside = remark
        modality, environment = _said_by(inside)
        if before and (modality or environment):
            other = modality is Modality.EXAMPLE and not _IS_EXAMPLE.fullmatch(inside)
            other = other or (modality is Modality.FUTURE and _LATER_VALUE.fullmatch(inside) is not None)
            return before, None if other else modality, environment
        if not before and modality:
            return ("", modality, "")
    elif clause := _CLAUSE.search(text):
        return text[: clause.start()], modality_at_start(clause[1].removeprefix("but ")), ""
    elif ending := _ENVIRONMENT_END.search(text):
        return text[: ending.start()], None, ENVIRONMENTS[ending[1].lower()]
    if example := _EXAMPLE.match(text):
        return text[example.end() :], Modality.EXAMPLE, ""
    if default := _DEFAULTS.match(text):
        return text[default.end() :], Modality.DEFAULT, ""
    if default := _DEFAULT_END.search(text):
        return text[: default.start()], Modality.DEFAULT, ""
    return text, None, ""


def _said_by(remark: str) -> tuple[Modality | None, str]:
    environment = _ENVIRONMENT_REMARK.fullmatch(remark)
    return modality_at_start(remark), ENVIRONMENTS[environment[1].lower()] if environment else ""


def modality_at_start(text: str) -> Modality | None:
    """The modality that the first words of a remark name, or None."""
    return next((modality for modality, words in _STARTS if words.match(text.strip())), None)


def modality_of(text: str) -> Modality:
    """How firmly a line or heading is meant, by the remarks in parentheses that it carries outside of quotes."""
    found = (modality_at_start(remark) for remark in _REMARKS.findall(_QUOTED.sub("", text)))
    return firmest(*(modality for modality in found if modality is not Modality.EXAMPLE))


def later_of(*modalities: Modality) -> Modality:
    """Future or optional, if one of the modalities says so, else required: how a heading colours what is below."""
    return next((later for later in LATER if later in modalities), Modality.REQUIRED)


_ORDER = {modality: number for number, modality in enumerate(Modality)}


def firmest(*modalities: Modality | None) -> Modality:
    """Of several modalities the one that decides, in the order in which Modality lists them."""
    return min((modality for modality in modalities if modality), key=_ORDER.__getitem__, default=Modality.REQUIRED)


def environment_of(text: str) -> str:
    """The environment that a heading or label names (``Production``, ``values-prod.yaml``), or an empty text."""
    whole = _ENVIRONMENT_REMARK.fullmatch(re.sub(r"[`*:]", "", text).strip())
    file = re.search(r"values[-._](\w+)\.ya?ml", text, re.IGNORECASE)
    own = re.search(r"(\w+)[-._]values\.ya?ml", text, re.IGNORECASE)
    remark = last_remark(text)
    if whole:
        return ENVIRONMENTS[whole[1].lower()]
    if file:
        return ENVIRONMENTS.get(file[1].lower(), file[1].lower())
    if own:
        return ENVIRONMENTS.get(own[1].lower(), "")
    return environment_of(remark[1]) if remark else ""


_OR = pattern(r"\s+or\s+|\s*\|\s*", re.IGNORECASE)
_EITHER = pattern(r"^(?:either|one of)\s+", re.IGNORECASE)
_OR_MARKED = pattern(r"(?<=[`\"'])\s*(?:,?\s+or\s+|\|)\s*(?=[`\"'])", re.IGNORECASE)


def alternatives(text: str) -> tuple[str, ...]:
    """The values of ``A or B``, ``A|B``; empty where there are no two."""
    parts = [part.strip().strip(",") for part in _OR.split(_EITHER.sub("", text))]
    if len(parts) > 1 and "," in parts[0]:
        parts = [*(part.strip() for part in parts[0].split(",")), *parts[1:]]
    return tuple(parts) if len(parts) > 1 and all(parts) else ()


def listed_alternatives(text: str) -> tuple[str, ...]:
    """The values of ``Always, IfNotPresent, or Never``: three words or more in a list that ends in *or*."""
    options = alternatives(text) if _LISTED.fullmatch(text) else ()
    return tuple(option.removeprefix("or ") for option in options)


_LISTED = pattern(r"[\w.-]+(?:,\s+[\w.-]+)+,?\s+or\s+[\w.-]+", re.IGNORECASE)


def marked_alternatives(text: str) -> tuple[str, ...]:
    """The values of ```a` or `b```, where each stands in marks of its own: in free text ``a or b`` is just text."""
    parts = _OR_MARKED.split(text)
    return tuple(strip_marks(part) for part in parts) if len(parts) > 1 else ()


_NUMBER = r"(\d[\d.]*\s*(?:[kMGTPE]i?B?|m|%)?)"
_LEAST, _MOST = r"min(?:imum|\.)?(?: of)?:?", r"max(?:imum|\.)?(?: of)?:?"
_RANGES: tuple[tuple[re.Pattern[str], bool, bool], ...] = (
    (pattern(rf"{_NUMBER}\s*(?:-|\u2013|\u2014|to|\.\.\.?)\s*{_NUMBER}"), True, True),
    (pattern(rf"between {_NUMBER} and {_NUMBER}", re.IGNORECASE), True, True),
    (
        pattern(rf"{_LEAST}\s*{_NUMBER}\s*(?:[,;/]|and)\s*{_MOST}\s*{_NUMBER}", re.IGNORECASE),
        True,
        True,
    ),
    (pattern(rf"(?:>=|≥|at least|{_LEAST})\s*{_NUMBER}", re.IGNORECASE), True, False),
    (pattern(rf"{_NUMBER}\s*(?:\+|or more|and more|or higher|min(?:imum|\.)?)", re.IGNORECASE), True, False),
    (pattern(rf"{_NUMBER}\s*(?:-|\u2013|\u2014|to|\.\.\.?)\s*(?:n|∞|many|unlimited)", re.IGNORECASE), True, False),
    (pattern(rf"(?:<=|≤|up to|at most|{_MOST}|no more than)\s*{_NUMBER}", re.IGNORECASE), False, True),
    (pattern(rf"{_NUMBER}\s*(?:or less|max(?:imum|\.)?)", re.IGNORECASE), False, True),
)


def bounds(text: str) -> tuple[str, str] | None:
    """The ends of ``2-5``, ``>= 2``, ``up to 1Gi``; an end that is open is empty. None where it is no range."""
    for expression, lower, upper in _RANGES:
        if match := expression.fullmatch(text.strip()):
            ends = [end.replace(" ", "").removesuffix("B") for end in match.groups()]
            return (ends[0] if lower else "", ends[-1] if upper else "")
    return None


_PLACEHOLDER = pattern(
    r"\{\{.*?\}\}|\$\{[^}]*\}|\{[A-Za-z][\w. -]*\}|<[A-Za-z][\w .-]*>|\[[a-z][\w -]*\](?=[-:/.]|$)|\u2026|\.\.\.$"
)


_LOOKED_AT = 5_000  # characters of a text, of whole files in code blocks


def has_placeholder(text: str) -> bool:
    """Whether parts of a text are to be filled in: ``{tag}``, ``<release>``, ``{{ .Release.Name }}``, ``...``."""
    return _PLACEHOLDER.search(text, 0, _LOOKED_AT) is not None


def placeholders_out(text: str, by: str) -> str:
    """The text with each placeholder replaced by another text."""
    return _PLACEHOLDER.sub(lambda _: by, text)
