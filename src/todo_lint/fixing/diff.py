"""Changes of files as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator


def unified_diff(file: str, old: bytes, new: bytes) -> str:
    """The changed lines of a file as a unified diff, without lines around them: these may show what is secret.

    ``patch -p1`` applies it, and ``git apply --unidiff-zero``. Line endings are kept.
    """
    return "".join(_lines(file, old.decode("utf-8", "replace"), new.decode("utf-8", "replace")))


def _lines(file: str, old: str, new: str) -> Iterator[str]:
    # Only a line feed ends a line, as in the editors and in Helm; str.splitlines would end it elsewhere, too.
    before, after = _split(old), _split(new)
    for line in difflib.unified_diff(before, after, f"a/{file}", f"b/{file}", n=0):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _split(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    last = lines.pop().removesuffix("\n")
    return [*lines, last] if last else lines
