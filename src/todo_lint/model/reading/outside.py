"""What a document says is made outside of the chart: Secrets that somebody creates by hand, or that are synced."""

from __future__ import annotations

from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

KINDS = (Kind.SECRET, Kind.CONFIG_MAP, Kind.PERSISTENT_VOLUME_CLAIM)
"""What people make before a chart is installed."""

_HOW = r"(?:manually|by hand|outside|externally|separately|beforehand|in advance|out[- ]of[- ]band|elsewhere)"
_LABEL = pattern(
    rf"\b(?:pre-?(?:created|existing)|existing|external(?:ly managed)?(?=\s+secrets?\b)|externally managed|"
    rf"(?:created|made|managed|provided|provisioned|supplied|stored) (?:\w+ )?{_HOW}|{_HOW} (?:created|managed|made)|"
    rf"not (?:part of|in|rendered by|created by|managed by) (?:the|this) chart)\b",
    2,  # re.IGNORECASE
)
_SAID = pattern(
    rf"\b(?:external ?secrets?(?: operator)?\b|sealed ?secrets?\b|secrets manager\b|key ?vault\b|vault\b|"
    rf"parameter store\b|(?:created|made|managed|provisioned|supplied) (?:\w+ )?{_HOW}\b|"
    rf"(?:not|never) (?:rendered|created|managed|made) by (?:the|this) chart\b)",
    2,
)
_PERHAPS = pattern(
    r"\b(?:can|may|might|could|should|would|optional(?:ly)?|recommend\w*|consider\w*|alternativ\w*|prefer\w*|or|if|"
    r"unless|planned|future|production|instead|not yet|e\.g)\b",
    2,
)
"""Words beside which a way to make Secrets is one of several."""


def called_so(text: str) -> bool:
    """Whether a heading or label says that what it names is made outside: ``Secret: keys (created manually)``."""
    return _LABEL.search(text) is not None


def said_so(text: str) -> bool:
    """Whether a paragraph says that Secrets are made outside: ``All secrets are synced from Vault.``."""
    sentences = [one for one in text.replace("\n", " ").split(". ") if _SAID.search(one)]
    secrets = any("secret" in one.lower() or "credential" in one.lower() for one in sentences)
    return secrets and not any(_PERHAPS.search(one) for one in sentences)
