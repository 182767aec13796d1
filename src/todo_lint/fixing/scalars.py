"""Writes a YAML scalar anew, in the way in which it is written."""

from __future__ import annotations

import json

from todo_lint.kubernetes_yaml.document import Json, YamlDocument

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
