"""Lines that state nothing by any reader, and have what a statement has: these are told, not passed as prose.

A reader takes a line for prose when it knows no form of it. Where the line stands below a heading that names a kind
of resource, and holds a port, a quantity, an image or a reference to a Secret, somebody probably meant it to hold.
Sentences explain: they end in a full stop or are long. Tables tell of their columns and cells themselves.
"""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.page import Page, Place
from todo_lint.model.reading.prose.reach import HINT as REACH
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import with_arrows
from todo_lint.model.statements import WORKLOADS, Kind, Modality
from todo_lint.patterns import pattern

_NO_FORM = pattern(
    r"prose|prose: no entity is named above it|it explains(?:, and states no value)?|a row that names no entity|"
    r".* is no key that states a fact of an? \S+|below '.*', which is no key that states a fact|"
    r"a code block without a language"
)
"""The reasons why lines are prose that say no more than that no form of them is known."""
_LONG = 14
"""A line of more words explains."""

_EXPLAINS = pattern(
    r"\be\.\s?g\b|\betc\b|\bfor (?:example|instance)\b|\b(?:must|should|may)\b|\bin (?:the )?range\b|"
    r"\b\d{4,5} ?[-\u2013] ?\d{4,5}\b|\((?-i:[A-Z])\w+(?:,? (?:or )?(?-i:[A-Z])\w+)+\)",
    re.IGNORECASE,
)
"""What a line has that tells what is possible."""
_ANYTHING = (
    r"\b(?:ClusterIP|NodePort|LoadBalancer)\b.*\d{2}",
    r"\b(?:container |target |node )?ports?\b\W{0,3}\d{2,5}\b(?!\s*%)",
    r"\b\d{2,5} -> (?:\w+ )?\d{2,5}\b|\b\d{2,5}:\d{2,5}\b(?!:)",
    r"\b(?:from|via|in|of) (?:the )?`?(?:secret|config ?map)s?`?[ :/]+`?[a-z0-9][\w.-]*-[\w.-]+",
    r"(?<![\w.])\d+(?:\.\d+)?(?:m|[KMGT]i)(?![\w.])",
    r"\b\d+ replicas?\b|\b(?:min|max)(?:imum)?(?: ?replicas)?\b\W{0,3}\d",
    r"(?<![\w./-])/[\w./*-]* -> `?[a-z]",
    r"`[a-z0-9][\w./-]*:v?\d[\w.-]*`",
    r"-> `?[a-z][a-z0-9-]*:\d{2,5}\b",
    r"\bmount(?:ed|s)? (?:at|on|to|path)?[ :]*`?/\w",
)
_KEY = r"^[-*]?\s*`?(?-i:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)`?"
_OF_KIND: dict[str, tuple[str, ...]] = {
    Kind.CONFIG_MAP: (_KEY + r"\s*(?:$|[=:(\u2013-])",),
    Kind.SECRET: (_KEY + r"\s*(?:$|[=:(\u2013-])",),
    Kind.INGRESS: (r"(?:host|domain)s?\b\W{1,3}\S+\.\S+",),
    Kind.HORIZONTAL_POD_AUTOSCALER: (r"\bcpu\b.*\d{2}\s?%",),
    Kind.PERSISTENT_VOLUME_CLAIM: (r"\bRead(?:Write|Only)(?:Once|Many|OncePod)\b",),
    **dict.fromkeys(WORKLOADS, (_KEY + r"\s*=\s*\S+",)),
}
_LOOKS = {
    kind: pattern("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)
    for kind, forms in {"": _ANYTHING, **_OF_KIND}.items()
}


def tell_overlooked(page: Page, scopes: dict[int, Scope]) -> None:
    """Note as not understood what looks like a statement and has no form that is known.

    Args:
        page: the document, read whole; its drafts get what was overlooked.
        scopes: what the headings and labels say above each line.
    """
    stated = {statement.line for _, statement in page.drafts}
    for line, reason in sorted(page.reasons.items()):
        scope = scopes.get(line, Scope())
        kind = page.about.get(line, scope.kind) or _announced(scope.about)
        if line in stated or not _NO_FORM.fullmatch(reason) or not _counts(kind, scope):
            continue
        text = page.lines[line - 1].strip()
        if _looks_stated(kind, text):
            place = Place(line, text, scope.modality, scope.environment, scope.section)
            page.unclear(Entity(kind), place, _hint(kind, text))


def _hint(kind: str, text: str) -> str:
    """In which form a line that was overlooked would be read."""
    if kind == Kind.NETWORK_POLICY:
        return REACH
    return _OF_PROBE if _GET.search(text) else HINT


HINT = "it stands below a heading that names a kind and has no form that is read; write '- Key: value' below a name"


_GET = pattern(r"`?GET /")
_OF_PROBE = "say below the name of the workload which probe it is: '- Liveness Probe: GET /health on port 8000'"
_ROW = pattern(r"<t[hd]\b", re.IGNORECASE)
_RESOURCE = pattern(
    r"\b(?:deployment|service|config ?map|secret|replicas|image|ingress|port|cpu|memory)s?\b", re.IGNORECASE
)


def html_table(lines: list[str], block: Block) -> int:
    """The first line of the cells of a table in HTML that speaks of resources; 0 where a block has none."""
    rows = [n for n in range(block.line, block.end_line + 1) if _ROW.search(lines[n - 1])]
    return rows[0] if rows and any(_RESOURCE.search(lines[n - 1]) for n in rows) else 0


def _announced(about: str) -> str:
    """The kind that a heading speaks of without naming it."""
    found = _ABOUT.search(about)
    return _KIND_OF[found[1]] if found else ""


_KIND_OF: dict[str, str] = {
    **dict.fromkeys(("autoscaling", "scaling", "auto scaling"), Kind.HORIZONTAL_POD_AUTOSCALER),
    **dict.fromkeys(("storage", "persistence"), Kind.PERSISTENT_VOLUME_CLAIM),
    **dict.fromkeys(("ports", "port mapping", "port mappings"), Kind.SERVICE),
    **dict.fromkeys(("probes", "health checks", "resource limits", "resource requirements"), Kind.DEPLOYMENT),
}
_ABOUT = pattern(rf"(?:^|\W)({'|'.join(_KIND_OF)})$")


def _counts(kind: str, scope: Scope) -> bool:
    return (
        bool(kind)
        and (describes_resource(kind) or kind == Kind.IMAGE)
        and not scope.silent
        and scope.modality is not Modality.EXAMPLE
    )


def _looks_stated(kind: str, text: str) -> bool:
    bare = with_arrows(text.replace("**", ""))
    if len(bare.split()) > _LONG or bare.endswith((".", "?", "!")) or bare.startswith("|") or _EXPLAINS.search(bare):
        return False
    own = _LOOKS.get(kind)
    return _LOOKS[""].search(bare) is not None or (own is not None and own.search(bare) is not None)
