"""Code blocks that show what one may put into the values: an instruction, no statement about the deployment.

They stand below headings that name a kind (*Ingress*, *Network Policy*) and look like fragments of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.model.reading.code.manifests import FRAGMENT_KEYS
from todo_lint.model.reading.firmness import environment_of
from todo_lint.model.reading.kinds import Label
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.statements import NO_RESOURCES, Kind
from todo_lint.patterns import pattern

REASON = "values that one may choose; what the defaults are is read below 'values.yaml'"

_INSTRUCTS = pattern(
    r"(?:.*[.:]\s+)?(?:(?:to|for|when|if|on|in|with|or)\b[^:.]*[,:]\s*)?(?:(?:then|and|or|also|first)\s+)?"
    r"(?:set|configure|enable|disable|override|use|add|provide|supply|customi[sz]e|change|adjust|choose|annotate|"
    r"reference|inject|specify|pass|switch|tune|replace|put)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = frozenset({*Kind} - {*NO_RESOURCES, Kind.CONFIG_MAP, Kind.SECRET} | {Kind.IMAGE})
_NAMED = frozenset(map(str, Kind))
_STATES = pattern(r"\bdefaults?\b(?!\s+(?:is|are)\s+(?:overrid|chang))|\bas follows\b", re.IGNORECASE)
_IN_MANIFESTS = frozenset((
    *FRAGMENT_KEYS, "metadata", "spec", "data", "stringData", "labels", "annotations", "selector", "template",
    "strategy", "updateStrategy", "podSelector", "scaleTargetRef", "behavior", "dataSource", "dataSourceRef",
    "jobTemplate", "sessionAffinityConfig", "defaultBackend", "persistentVolumeClaimRetentionPolicy", "ordinals",
    "successPolicy", "podFailurePolicy", "rollingUpdate", "hard", "hostAliases", "parameters", "status",
))  # fmt: skip
"""The keys of manifests of built-in kinds that hold a mapping."""


_YOU_CAN = pattern(r"(?:.*[,:]\s+)?you (?:can|may|could)\b", re.IGNORECASE)
_CAN = pattern(r"\b(?:can|may|could|you)\b", re.IGNORECASE)
_BY_PARAMETER = pattern(
    r"\b(?:using|with|via|through|by|in) the `?[\w.]+`? (?:\w+ )?"
    r"(?:parameters?|values?|options?|settings?)\b[^.]*[.:]?$",
    re.IGNORECASE,
)
"""How a sentence ends that says by which parameter something can be added."""


def instructs(caption: str) -> bool:
    """Whether the sentence above a block tells the reader to set something: ``Configure the volume through ...:``."""
    last = re.split(r"(?<=[.!?])\s+", caption.strip())[-1]
    offers = _YOU_CAN.match(last) or (_CAN.search(last) and _BY_PARAMETER.search(last))
    told = _INSTRUCTS.match(last) is not None or offers
    return bool(told) and not _STATES.search(last)


def is_own_file(said: Label) -> bool:
    """Whether a block is called a file that its reader writes, ``my-values.yaml``: no environment of the chart's."""
    return said.kind == Kind.VALUES and _OWN_FILE.fullmatch(said.name) is not None and not environment_of(said.name)


_OWN_FILE = pattern(r"\w+[-._]values\.ya?ml", re.IGNORECASE)


def are_values(kind: str, block: Mapping[str, Json]) -> bool:
    """Whether a block below the name of a kind holds values of a chart, and no part of a manifest of that kind.

    Its keys are sections such as ``ingress`` or ``networkPolicy``, and no manifest of the kind has them.
    """
    if not all(isinstance(value, dict) and value for value in block.values()):
        return False
    if kind not in _KINDS:
        sections = [block, *(section for section in block.values() if isinstance(section, dict))]
        return kind not in _NAMED and any(key.lower() == kind.lower() for section in sections for key in section)
    if kind == Kind.IMAGE:
        return True
    unknown = not any(key in _IN_MANIFESTS or phrase_for(kind, key) for key in block)
    return unknown or any(map(_is_switched, block.values()))


def _is_switched(section: Json) -> bool:
    return isinstance(section, dict) and isinstance(section.get("enabled"), bool)


__all__ = ["REASON", "are_values", "instructs", "is_own_file"]
