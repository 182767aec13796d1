"""Writes a YAML scalar anew, in the way in which it is written."""

from __future__ import annotations

import json

from todo_lint.kubernetes_yaml.document import Json, YamlDocument
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_BLOCKS = ("|", ">")
_PROPERTIES = ("&", "*", "!")


def rewritten(written: str, text: str) -> str | None:
    """The scalar ``written`` with the value ``text``: quoted as it is, and of the same type.

    A number stays a number, a boolean a boolean, a string a string; a plain string is quoted where it would become
    something else. None where that cannot be done: a number cannot become a word, and block scalars, anchors,
    aliases, tags and scalars over several lines are left alone.
    """
    if "\n" in written or written.startswith((*_BLOCKS, *_PROPERTIES)):
        return None
    old, readable = _read(written)
    if not readable or isinstance(old, dict | list) or old is None:
        return None
    for candidate in _candidates(written, text):
        new, readable = _read(candidate)
        if readable and _alike(old, new) and _same_text(new, text):
            return candidate
    return None


@dataclass(frozen=True, slots=True)
class LineScalar:
    """A scalar on a line: as it is written, the column of its first character, from 1, and its value."""

    written: str
    column: int
    value: Json


_KEY = r"""(?P<key>"[^"]*"|'[^']*'|[^\s"':{}\[\],#&*!|>%@`-][^\s:]*)"""
_ENTRY = pattern(rf"\s*(?:-\s+)*(?:{_KEY}\s*:\s+)?(?P<rest>\S.*)")


def scalar_of_line(line: str, step: str | int) -> LineScalar | None:
    """The scalar of a line that holds one entry of a mapping, or one item of a list, and no template action.

    ``step`` is the key, or the number of the item, whose value is meant. None where something else stands there.
    """
    found = _ENTRY.fullmatch(line)
    if "{{" in line or "}}" in line or found is None:
        return None
    key = found["key"] or ""
    if (isinstance(step, str) and key.strip("\"'") != step) or (isinstance(step, int) and key):
        return None
    written = _without_comment(found["rest"])
    value, readable = _read(written)
    return LineScalar(written, found.start("rest") + 1, value) if readable else None


def _without_comment(text: str) -> str:
    """A scalar without the comment behind it."""
    if text[:1] in ("'", '"'):
        end = text.rfind(text[0])
        behind = text[end + 1 :].strip()
        return text[: end + 1] if not behind or behind.startswith("#") else text
    return text.partition(" #")[0].rstrip()


def _candidates(written: str, text: str) -> list[str]:
    """Ways to write the text, the way of ``written`` first."""
    double = json.dumps(text, ensure_ascii=False)
    single = "'" + text.replace("'", "''") + "'"
    if written.startswith('"'):
        return [double]
    if written.startswith("'"):
        return [single, double]
    return [text, double]


def _read(scalar: str) -> tuple[Json, bool]:
    """The value of a scalar as Kubernetes and Helm read it, and whether it is one wherever it may stand.

    It is read as the value of a key and as the item of a list in brackets, where a comma would end it.
    """
    block, flow = _document(f"key: {scalar}\n"), _document(f"[{scalar}]\n")
    if not isinstance(block, dict) or not isinstance(flow, list) or list(block) != ["key"] or len(flow) != 1:
        return None, False
    return block["key"], type(block["key"]) is type(flow[0]) and block["key"] == flow[0]


def _document(text: str) -> Json:
    from todo_lint.kubernetes_yaml.reader import read_document

    read = read_document(text)
    return read.value if isinstance(read, YamlDocument) else None


def _alike(old: Json, new: Json) -> bool:
    """Whether two scalars are of one JSON type."""
    if isinstance(old, bool) or isinstance(new, bool):
        return isinstance(old, bool) and isinstance(new, bool)
    numbers = (int, float)
    return isinstance(new, str) if isinstance(old, str) else isinstance(old, numbers) and isinstance(new, numbers)


def _same_text(value: Json, text: str) -> bool:
    """Whether a value is what the text says."""
    if isinstance(value, str):
        return value == text
    return json.dumps(value) == text.lower() if isinstance(value, bool) else _number(text) == value


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
