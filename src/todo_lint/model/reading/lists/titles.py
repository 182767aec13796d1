"""How a line begins: its label and what follows, and whether the label is the name of an entity."""

from __future__ import annotations

import re

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.kinds import Label, read_label
from todo_lint.model.reading.markup.outline import Block
from todo_lint.model.reading.scope import Scope, describes_resource
from todo_lint.model.reading.text import plain, without_remarks, words_of
from todo_lint.model.reading.values.summaries import read_summary
from todo_lint.model.reading.values.typed_keys import untyped
from todo_lint.model.reading.values.value_words import is_type
from todo_lint.model.reading.vocabulary.keys import KEYS, is_prose_key, phrase_for
from todo_lint.model.statements import Kind
from todo_lint.patterns import pattern

_COLON = pattern(
    r"((?:`[^`\n]+`|\([^()\n]*\)|\((?![^()\n]*\))|[^:`\n(]){1,70}?)\s*:(?:\s+|$)(.*)",
    re.DOTALL,
)
"""A colon within code marks or parentheses parts nothing."""
_DASH = pattern(r"(`[^`\n]+`)\s+[-\u2013\u2014=]\s+(.+)", re.DOTALL)
_TYPED = pattern(r"(`[^`\n]+` \([^()\n]*\))\s+[-\u2013\u2014]\s+(.+)", re.DOTALL)
_AT_TIMES = (
    r"(?!.*\b(?:only|if|when|unless|except|optional(?:ly)?|example|e\.g|future|or|instead|override\w*|"
    r"(?:in|for|on) (?:the )?(?:dev\w*|prod\w*|staging|test\w*|local))\b)"
)
_CODE_PAIR = pattern(
    r"`([A-Za-z][\w.-]*):\s+((?![^`]*,\s+\w+:\s)[^`]+)`(?:\s+\((?:except|unless|but)\b[^()]*\)"
    rf"|(?:\s*:|\s+[-\u2013\u2014])\s+{_AT_TIMES}[A-Za-z][^`]*)?",
    re.DOTALL | re.IGNORECASE,
)
"""A key and its value in one pair of code marks, and words why, or what is excepted: ```hostNetwork: false```."""
_KIND_FIRST = pattern(r"((?:[A-Za-z]+ ){1,3}`[^`\n]+`)(?:,| with| -| \u2013| \u2014)\s+(.+)", re.DOTALL)
_AFTER_STRONG = pattern(r"(?:\s*:|\s+[-\u2013\u2014=](?=\s))?\s*")


def split(item: Block) -> tuple[str, str]:
    """Split a line at its colon, or behind its bold start: the label, and what follows; code keeps its marks."""
    marked = item.marked
    strong = item.strong
    if strong and marked.replace("`", "").startswith(strong.replace("`", "")):
        at = _behind(marked, strong)
        rest = marked[at:]
        if strong.endswith(":") or re.match(r"\s*(?::|[-\u2013\u2014=]\s|$)", rest):
            return strong.removesuffix(":").strip(), rest[_after(rest) :].strip()
    if marked.startswith("{") and marked.endswith("}"):
        return marked, ""  # a mapping in YAML: its colons part nothing here
    match = (
        _CODE_PAIR.fullmatch(marked)
        or _COLON.fullmatch(marked)
        or _DASH.fullmatch(marked)
        or _typed(marked)
        or _kind_first(marked)
    )
    return (match[1].strip(), match[2].strip()) if match else (marked, "")


_EQUALS = pattern(
    r"(?P<key>`?[A-Za-z_][\w./-]*`?(?: [A-Za-z][\w-]*){0,3})\s+=\s+(?P<value>[^=\s][^=]*)"
    r"|(?P<name>[A-Z][A-Z0-9_]*)=(?P<said>[^=\s]\S*)"
)


def assigned(item: Block) -> tuple[str, str] | None:
    """A key and a value with a sign between them, ``Replicas = 2`` or ``LOG_LEVEL=info``; None for any other line."""
    match = _EQUALS.fullmatch(item.marked) if "=" in item.marked else None
    if match is None:
        return None
    return (match["key"], match["value"].strip()) if match["key"] else (match["name"], match["said"])


def _typed(marked: str) -> re.Match[str] | None:
    """```replicas` (integer, default: 1) - number of pods``: a key with its type, and words about it."""
    match = _TYPED.fullmatch(marked)
    return match if match and untyped(match[1])[0] != match[1] else None


def _kind_first(marked: str) -> re.Match[str] | None:
    """``StatefulSet `db`, image postgres:16``: a kind and a name in code marks, and what it is."""
    match = _KIND_FIRST.fullmatch(marked)
    return match if match and read_label(match[1]).name else None


def _behind(marked: str, strong: str) -> int:
    return len(strong) if marked.startswith(strong) else marked.index(strong.strip("`")) + len(strong) + 1


def _after(rest: str) -> int:
    match = _AFTER_STRONG.match(rest)
    return match.end() if match else 0


def is_heading(item: Block, entity: Entity) -> bool:
    """Whether an item is the name of what stands below it, or all that is said: in bold or code, and remarks."""
    if item.children:
        return bool(item.strong) or (item.marked.startswith("`") and not entity.stated)
    bare = without_remarks(item.marked).removesuffix(":")
    return not entity.stated and bare in (item.strong.removesuffix(":"), f"`{plain(bare)}`")


def lists_data(item: Block) -> bool:
    """Whether the lines below a bold label are keys of data, each with a value: then the label is no key itself."""
    pairs = [split(child) for child in item.children if child.type == "item"]
    keys = [plain(without_remarks(key)) for key, _ in pairs]
    return bool("-" in item.strong and keys) and all(
        re.fullmatch(r"[A-Za-z_][\w.-]*", key) and words_of(key) not in _OF_KEYS and (value or marked != key)
        for key, (marked, value) in zip(keys, pairs, strict=True)
    )


_OF_KEYS = frozenset(
    ("purpose", "description", "required", "type", "default", "example", "value", "format", "source", "sensitive",
     "note", "notes", "usage", "used by", "optional", "encoding", "name", "namespace", "labels")
)  # fmt: skip
"""What is said of a key of data in lines below it."""


def remarked(label: Label) -> tuple[Fact, ...]:
    """What the remark in parentheses behind the name of an entity states: ``web (ClusterIP)``."""
    return read_summary(label.kind, label.remark).facts if label.remark and describes_resource(label.kind) else ()


def is_nameless(entity: Entity) -> bool:
    """Whether nothing has named an entity of a kind that has names."""
    return not entity.known_as and describes_resource(entity.kind)


def summarised(item: Block, label: str, value: str, scope: Scope) -> Label:
    """The entity that the label of a line names, where the line may go on to say what it is."""
    entity = scope.entity
    marked = bool(item.strong) or item.marked.startswith("`") or re.fullmatch(r"(?:\w+ ){1,3}`[^`]+`", label)
    if not marked or is_type(value) or (entity is not None and not is_nameless(entity)):
        return Label()
    named = read_label(label, scope.kind)
    own = describes_resource(named.kind) and named.kind not in (Kind.CONFIG_MAP, Kind.SECRET)
    if not own or (entity is not None and named.kind != entity.kind) or scope.kind in (Kind.NETWORK, Kind.SECURITY):
        return Label()
    if plain(label) in _OF_MANIFESTS:
        return Label()
    known = any(phrase_for(kind, label) or is_prose_key(kind, label) for kind in {named.kind, scope.kind} - {""})
    return Label() if known else named


_OF_MANIFESTS = frozenset({
    "rules", "paths", "tls", "backend", "http", "spec", "metadata", "status", "template", "containers", "egress",
    "policyTypes", "metrics", "behavior", "subjects", "verbs", "roleRef", "items", "parameters", "provisioner",
})  # fmt: skip
"""Fields of manifests: a line that begins with one describes it, and names no resource."""


def has_no_keys(kind: str) -> bool:
    """Whether there is nothing but its name that a document says of a kind: then a line is about the name."""
    return kind not in KEYS


_LIKE: dict[str, str] = {
    Kind.SERVICE: "`web`: ClusterIP, port 8000",
    Kind.INGRESS: "`web`: host shop.example.com, /api -> api:8000",
    Kind.PERSISTENT_VOLUME_CLAIM: "`data`: 5Gi, ReadWriteOnce",
    Kind.HORIZONTAL_POD_AUTOSCALER: "`web`: 2-5 replicas, target CPU 70%",
}  # fmt: skip


def like(kind: str) -> str:
    """The nearest form of a summary that is read."""
    return f"what is read looks like {_LIKE.get(kind, '`web`: image web:1, 2 replicas, port 8000')}"
