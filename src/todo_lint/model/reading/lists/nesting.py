"""Items without a value: a kind, a name, or a part of the system, and what is nested in them is read below that."""

from __future__ import annotations

import re

from todo_lint.model.reading.firmness import later_of
from todo_lint.model.reading.kinds import Label, kind_of_words, may_be_name, read_label
from todo_lint.model.reading.lists.titles import split
from todo_lint.model.reading.markup.outline import Block, Inline, lines_of
from todo_lint.model.reading.parts import ROLES
from todo_lint.model.reading.scope import Scope, below, describes_resource
from todo_lint.model.reading.text import DENIED, plain, without_remarks, words_of
from todo_lint.model.reading.values.one_value import states
from todo_lint.model.statements import WORKLOADS, Kind
from todo_lint.patterns import pattern
from todo_lint.records import replace

KIND_WORDS = (
    r"deployment|stateful ?set|daemon ?set|cron ?job|job|pod|service|ingress|config ?map|secret|"
    r"persistent ?volume ?claim|pvc|horizontal ?pod ?autoscaler|hpa|chart"
)
"""The words for kinds by which sentences call a resource, as an expression."""
_DEEPEST = 3
_MOST_WORDS = 5


def has_items(item: Block) -> bool:
    """Whether other items are nested in an item."""
    return any(child.type == "item" for child in item.children)


def resource_of(item: Block, label: str) -> Label:
    """The resource that the label of an item names or describes, with its facts nested in the item; else nothing.

    A kind and a name in code marks name one always; the words of a kind alone where a fact of that kind is nested in
    the item, for *Deployment* is also how something is deployed.
    """
    named = read_label(label)
    if not named.is_entity or not describes_resource(named.kind):
        return Label()
    marked = named.name and "`" in label
    return named if marked or _states(item, named.kind, _DEEPEST) else Label()


_NAME = r"`(?P<{0}>[a-z0-9][a-z0-9.-]*)`"
_INTRODUCES = pattern(
    r"(?:(?:an?|the|one|there (?:is|shall be|must be) an?)\s+)?"
    rf"(?:(?P<kind>{KIND_WORDS})(?:\s+(?:named|called))?\s+{_NAME.format('name')}"
    rf"|{_NAME.format('first')}\s+(?P<after>{KIND_WORDS}))\s+(?:(?:shall|must|will)\s+)?"
    r"(?:exists?|contains?|has|have|holds?|defines?|provides?|stores?|with)\b[\w ,]*:",
    re.IGNORECASE,
)
_LETTER = pattern(r"(?:[a-z]|[ivx]{1,4})[.)]\s+")


def introduced(block: Block) -> str:
    """The kind and name of a resource of which a block announces what follows, as a label; else empty.

    ``A ConfigMap named `shop` SHALL exist with:``.
    """
    first = block.marked.partition("\n")[0]
    match = _INTRODUCES.fullmatch(first)
    if not match or DENIED.search(first):
        return ""
    return f"{match['kind'] or match['after']} `{match['name'] or match['first']}`"


def lettered(block: Block) -> list[Block]:
    """The lines of a block behind its first as items, where each begins with a letter (``a.``), without that."""
    _, *lines = lines_of(block)
    letters = [_LETTER.match(line.inlines[0].text) if line.inlines else None for line in lines]
    if not all(letters):
        return []
    return [
        replace(line, inlines=(Inline(line.inlines[0].text[letter.end() :], ""), *line.inlines[1:]))
        for line, letter in zip(lines, letters, strict=True)
        if letter
    ]


def _states(item: Block, kind: str, depth: int) -> bool:
    """Whether a line nested in an item states something that a resource of a kind has."""
    for child in item.children if depth else ():
        if child.type != "item":
            continue
        key, value = split(child)
        if (states(kind, key, value) and not _is_any_name(key, value)) or _states(child, kind, depth - 1):
            return True
    return False


def _is_any_name(key: str, value: str) -> bool:
    """Whether a line gives a name that may be one of anything: a resource's has a dash, or marks around it."""
    return words_of(key) in ("name", "namespace") and "-" not in value and "`" not in value


def declared(item: Block) -> str:
    """The kind of which a line nested in an item gives the name, beside other facts of it; empty without one.

    ``Deployment: `web-app``` and, beside it, ``Replicas: 2``.
    """
    for child in item.children:
        kind = names_kind(*split(child)) if child.type == "item" else ""
        if kind in (*WORKLOADS, Kind.PERSISTENT_VOLUME_CLAIM) and _states(item, kind, 1):
            return kind
    return ""


def names_kind(key: str, value: str) -> str:
    """The kind of which a line is the name: ``PVC: `uploads```; empty for any other line."""
    found = kind_of_words(plain(key)) if value else None
    name = plain(without_remarks(value))
    if not found or found[1] or not describes_resource(found[0]) or kind_of_words(name):
        return ""
    sure = "-" in name or "`" in value
    return found[0] if sure and may_be_name(name) and re.search(r"[a-z]", name) else ""


def named_in(label: str, value: str) -> tuple[str, tuple[str, ...]]:
    """The kind that a label is, and the names in code marks that its value is: ``Services``, ```web`, `api```."""
    found = kind_of_words(plain(label))
    if not found or not describes_resource(found[0]) or not _CODES.fullmatch(value.removesuffix(".")):
        return "", ()
    names = tuple(re.findall(r"`([^`]+)`", value))
    sure = all(map(is_own_name, names)) and (found[1] or len(names) == 1)
    return (found[0], names) if sure else ("", ())


def is_own_name(text: str) -> bool:
    """Whether a text in code marks can be the name of a resource: no kind, and no file."""
    return may_be_name(text) and not kind_of_words(text) and not text.endswith(_FILES)


_FILES = (".yaml", ".yml", ".json", ".tpl", ".md", ".txt", ".sh", ".env")
_CODES = pattern(r"`[^`]+`(?:(?:,| and|, and) `[^`]+`)*")


def announced(item: Block, label: str) -> str:
    """The kind of several resources that a label announces, of which the items in it begin with a name."""
    named = read_label(label)
    own = named.plural and (describes_resource(named.kind) or named.kind == Kind.IMAGE)
    return named.kind if own and any(_begins_with_name(child) for child in item.children) else ""


def _begins_with_name(item: Block) -> bool:
    return item.type == "item" and (bool(item.strong) or item.marked.startswith("`"))


def within(scope: Scope, item: Block, label: str) -> Scope:
    """The scope of what is nested in an item that names no resource: put off, silent, of a part of the system."""
    if len(label.split()) > _MOST_WORDS + label.count("("):
        return scope
    inner, _ = below(replace(scope, kind=""), label, item.line, item.text)
    words = [word for word in words_of(without_remarks(label)).split() if word in ROLES]
    return replace(
        scope,
        modality=later_of(scope.modality, inner.modality),
        silent=inner.silent,
        environment=inner.environment,
        label=plain(without_remarks(label)).strip(": "),
        component=words[0] if words else scope.component,
    )


def unnamed(scope: Scope, kind: str) -> str:
    """The hint for a fact of a kind below labels that name no resource: what is read there looks like this."""
    like = f"{kind} `{scope.component or 'web'}`"
    if not scope.label:
        return f"no entity is named above it; put it below a heading or an item such as '{like}'"
    return f"'{scope.label}' above it names no kind of resource; put it below an item such as '{like}'"


__all__ = [
    "KIND_WORDS",
    "ROLES",
    "announced",
    "declared",
    "has_items",
    "introduced",
    "is_own_name",
    "lettered",
    "named_in",
    "names_kind",
    "resource_of",
    "unnamed",
    "within",
]
