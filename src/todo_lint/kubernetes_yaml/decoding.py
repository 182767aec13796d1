"""Bytes of a file become text."""

from __future__ import annotations

from todo_lint.kubernetes_yaml.document import YamlProblem

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def decode(raw: bytes) -> str | YamlProblem:
    """Give the text of a manifest's bytes, without its byte order mark, or what is wrong with them.

    UTF-16 is taken where its byte order mark says so, as kubectl does; all else must be UTF-8. kubectl would put
    U+FFFD for bytes that are no UTF-8, which changes the object in silence: here that is a problem, and a NUL
    character, which no YAML holds, is one too.
    """
    encoding = _UTF16_BOMS.get(raw[:2])
    name = "UTF-16" if encoding else "UTF-8"
    body = raw[2:] if encoding else raw.removeprefix(_UTF8_BOM)
    try:
        text = body.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding or "utf-8")
        return _problem(f"a byte here is not {name} text", before)
    nul = text.find("\0")
    if nul >= 0:
        return _problem("a NUL character is not allowed; is this a binary file?", text[:nul])
    return text


def _problem(message: str, before: str) -> YamlProblem:
    """A problem right after the text ``before``."""
    return YamlProblem(message, before.count("\n") + 1, len(before) - before.rfind("\n"))
