"""Versions of Kubernetes that a document asks for: ``Kubernetes 1.24+``, ``needs Kubernetes 1.28 or newer``."""

from __future__ import annotations

import re

from todo_lint.model.reading.facts import Fact
from todo_lint.model.statements import Attribute, Modality
from todo_lint.patterns import pattern

_VERSION = r"v?(1\.\d{1,2})(?:\.\d+|\.x)?"
_MORE = r"(?:\s*\+|,?\s+(?:or|and)\s+(?:newer|later|higher|above|greater|up(?:wards)?|more recent))"
_LEAST = rf"(?:(?:>=|≥|at least|min(?:imum|\.)?(?: version)?:?)\s*{_VERSION}{_MORE}?|{_VERSION}{_MORE})"
_BOTH = rf"(?:between\s+)?{_VERSION}\s*(?:-|\u2013|to|through|and)\s*{_VERSION}"
_ASKED = pattern(
    r"(?P<who>.*?)\b(?:kubernetes|k8s)(?:\s+(?:clusters?|versions?|server))*\W{0,3}?"
    rf"(?:\s|\(|:|(?=[>≥]))\s*(?:(?P<both>{_BOTH})|(?P<least>{_LEAST}))\)?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = pattern(_VERSION)
_WHO = pattern(
    r"(?:.*\b(?:chart|release|installation)\b.*\b)?(?:needs?|requires?|runs? on|works? (?:on|with)|"
    r"supports?|is for)\s+(?:an?\s+|the\s+)?|(?:an?\s+|the\s+)?(?:min(?:imum|\.)?\s+)?",
    re.IGNORECASE | re.DOTALL,
)
_CHART = pattern(r"\bcharts?\b", re.IGNORECASE)
_REST = pattern(
    r"\s*(?:clusters?\b)?\s*(?:\([^()]*\)|[.;,].*|(?:and|with|on)\b.*|[-\u2013\u2014]\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
_UNSURE = pattern(
    r"\b(?:if|when|only for|unless|would|could|may|might|tested|"
    r"recommended|prefer\w*|optional(?:ly)?|earlier|older|not)\b",
    re.IGNORECASE,
)
_HEADING = pattern(
    r"(?:the )?(?:pre-?requisites?|(?:system |cluster |kubernetes |platform |version )?requirements?|"
    r"(?:target |kubernetes )?cluster|(?:kubernetes |version )*compatibility|"
    r"before you (?:begin|start)|supported (?:kubernetes )?versions?)"
    r"(?: and \w+)?",
    re.IGNORECASE,
)


def lists_requirements(heading: str) -> bool:
    """Whether below a heading stands what has to be there before the chart is installed."""
    return _HEADING.fullmatch(heading.strip(" :*")) is not None


_KEY = pattern(r"(?P<least>min(?:imum|\.)?\s+)?(?:kubernetes|k8s)(?:\s+(?:versions?|clusters?))*", re.IGNORECASE)
_AT_LEAST = pattern(r"(?:min(?:imum|\.)?|required|lowest)\b.*|versions? required", re.IGNORECASE)


def kubernetes_row(key: str, value: str, head: str = "") -> tuple[Fact, ...]:
    """``Min. Kubernetes`` and ``1.28``; ``Kubernetes`` and ``1.24+``, or ``1.24`` below *Minimum version*."""
    match = _KEY.fullmatch(key.strip())
    if match is None:
        return ()
    least = _BARE.fullmatch(value.strip()) and (match["least"] or _AT_LEAST.fullmatch(head.strip()))
    return kubernetes_asked_for(f"Kubernetes {'>= ' if least else ''}{value}", listed=True)


def kubernetes_asked_for(text: str, *, listed: bool) -> tuple[Fact, ...]:
    """The versions of Kubernetes that a line says the chart needs, as a range of minor versions; else nothing.

    Args:
        text: the line, with marks around code.
        listed: it stands where requirements are listed, and need not say whose it is.
    """
    match = _ASKED.fullmatch(text.replace("*", "").strip()) if "1." in text else None
    if match is None or _UNSURE.search(text) or not _REST.fullmatch(match["rest"]):
        return ()
    who = match["who"]
    if not _WHO.fullmatch(who) or not (listed or _CHART.search(who)):
        return ()
    said = match["both"] or match["least"]
    ends = [found[1] for found in _BARE.finditer(said)]
    return (Fact(Attribute.KUBE_VERSION, said, Modality.RANGE, bounds=(ends[0], ends[1] if match["both"] else "")),)
