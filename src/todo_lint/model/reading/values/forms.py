"""The nearest form that is read, for a value that is not.

What a hint shows is read by construction: an example is shown only where the parser of the key reads it.
"""

from __future__ import annotations

from functools import cache

from todo_lint.model.reading.vocabulary.phrases import Phrase

UNREAD = "its value is not understood"
_EXAMPLES: tuple[tuple[str, str, str], ...] = (
    ("GET /health on port 8080, period 10s", "robe", "GET /health on port 8080, period 10s, timeout 3s"),
    ("80 (external), 3000 (target)", "targetPort", "80 (external), 3000 (target)"),
    ("256Mi memory, 100m CPU", "resources", "256Mi memory, 100m CPU"),
    ("512Mi", "memory", "512Mi, >= 512Mi or 256Mi-1Gi"),
    ("500m", "cpu", "500m, <= 1 or 250m-500m"),
    ("1Gi", "size", "1Gi, or >= 1Gi"),
    ("3", "replicas", "3, >= 2, 2-5 or '1 (dev), 3 (production)'"),
    ("8080", "ort", "8080"),
    ("ClusterIP", "type", "ClusterIP, 'NodePort or LoadBalancer', or 'NodePort (dev), LoadBalancer (production)'"),
    ("RollingUpdate", "strategy", "RollingUpdate"),
    ("shop/web:1.2", "image", "shop/web:1.2"),
    ("app=web", "selector", "app=web"),
    ("30", "Seconds", "30s"),
    ("true", "", "true"),
)
"""A text, a part of the name of the attribute that it states, and what to show where it does."""


@cache
def unread(phrase: Phrase) -> str:
    """The hint for a value that the parser of its key does not read."""
    for text, attribute, shown in _EXAMPLES:
        facts = phrase(text)
        if any(attribute in stated for stated, _ in facts) and not _takes_anything(phrase):
            return f"{UNREAD}; what is read looks like {shown}"
    return UNREAD


def _takes_anything(phrase: Phrase) -> bool:
    """Whether a parser takes any text: then an example says nothing."""
    return bool(phrase("any text at all"))
