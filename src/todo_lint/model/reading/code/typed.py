"""Typed blocks: ``port: integer  # default: 80`` gives a type, which states nothing, and a default, which does."""

from __future__ import annotations

import re
from collections.abc import Callable

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_document
from todo_lint.model.reading.text import strip_marks
from todo_lint.patterns import pattern

_TYPE = pattern(
    r"(?:\[\])?(?:string|str|integer|int|number|float|boolean|bool|array|list|object|map|enum|any|quantity)"
    r"(?:\[[^\]]*\]\w*)*(?:\s*[(<|,].*)?",
    re.IGNORECASE | re.DOTALL,
)
_DEFAULT = pattern(
    r"\bdefaults?(?:\s+to)?\s*[:=]?\s*(\"[^\"]*\"|'[^']*'|`[^`]*`|[^\s,;)]+)\s*(?:[,;)(].*)?", re.IGNORECASE
)


def typed_value(leaf: str, comment: str) -> str | None:
    """The default of a typed leaf: empty where only the type is given; None where the leaf is no type at all."""
    if not _TYPE.fullmatch(leaf.strip()):
        return None
    for text in (comment.lstrip("# "), leaf):
        match = _DEFAULT.search(text)
        if match and not re.match(r"\.?(?:Chart|Release|Values)\b", match[1]):
            return strip_marks(match[1]) or '""'
    return ""


def is_typed(value: Json) -> bool:
    """Whether most leaves of a mapping are types: then it describes what such a thing looks like."""
    leaves = [leaf for leaf in _leaves(value) if leaf is not None]
    typed = [leaf for leaf in leaves if isinstance(leaf, str) and _TYPE.fullmatch(leaf.strip())]
    return bool(leaves) and len(typed) * 2 > len(leaves)


_FEWEST = 2
"""So many leaves of a manifest that name types make it one of types: a single one may be a value."""


def names_types(value: Json) -> bool:
    """Whether several leaves of a manifest are types: these are no values."""
    return (
        sum(isinstance(leaf, str) and _TYPE.fullmatch(leaf.strip()) is not None for leaf in _leaves(value)) >= _FEWEST
    )


def without_types(value: Json, comment_of: Callable[[Route], str], route: Route = ()) -> Json:
    """A manifest without the leaves that are types, or with the defaults that their comments say.

    Of data, the keys stay, without values.
    """
    if isinstance(value, dict):
        kept = {key: without_types(inner, comment_of, (*route, key)) for key, inner in value.items()}
        data = route[-1:] in (("data",), ("stringData",))
        return {key: inner for key, inner in kept.items() if inner not in (None, {}) or inner == value[key] or data}
    if isinstance(value, list):
        return [without_types(inner, comment_of, (*route, number)) for number, inner in enumerate(value)]
    default = typed_value(value, comment_of(route)) if isinstance(value, str) else None
    return value if default is None else default or None


def _leaves(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in _leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in _leaves(inner)]
    return [value]


def read_loosely(content: str, first_line: int) -> YamlDocument | YamlProblem:
    """Read a typed block again with what YAML does not take, ``[]string`` and ``(default: 1)``, written otherwise."""
    loose = re.sub(r"(?<=: )\[\]([a-z]+)", r"\1[]", content)
    loose = re.sub(r"(?m)(?<=\w: )[a-z]+ ?[\[(].*$", lambda match: match[0].replace(": ", ":\u00a0"), loose)
    read = read_document(loose, first_line=first_line)
    typed = isinstance(read, YamlDocument) and is_typed(read.value)
    return read if typed else YamlProblem("it is no YAML", first_line, 1)
